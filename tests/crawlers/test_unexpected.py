"""A fault of the reading code costs what it was met at, and is named with portal and address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawlers import crawl, files, notices
from crawlers.__main__ import main
from crawlers.check import check_portal
from crawlers.families import plain
from crawlers.lists import records, rows
from crawlers.model import Answer, NoticeFetched, Rejected, Request
from tests.crawlers.conftest import Crawler
from tests.crawlers.site import Page, Site, notice
from tests.crawlers.test_commands import PORTAL


def failing_for(
    real: Callable[..., Any], is_met: Callable[..., bool], error: Exception
) -> Callable[..., Any]:
    """The real function, but for arguments with which it raises."""

    def function(*arguments: Any, **named: Any) -> Any:
        if is_met(*arguments):
            raise error
        return real(*arguments, **named)

    return function


def fetched(crawler: Crawler, site: Site) -> list[str]:
    events = [event for batch in crawler.events(site.portal()) for event in batch]
    return sorted(event.url for event in events if isinstance(event, NoticeFetched))


def rejected(crawler: Crawler, site: Site) -> list[Rejected]:
    return [e for batch in crawler.events(site.portal()) for e in batch if isinstance(e, Rejected)]


def test_a_row_that_cannot_be_dealt_with_costs_that_row(
    site: Site, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put_notices(3, 2, 1)

    def is_second(row: Any, *_: Any) -> bool:
        return "第2号" in "".join(row.itertext())

    monkeypatch.setattr(rows, "read_row", failing_for(rows.read_row, is_second, KeyError("syh")))
    report = crawler.crawl(site.portal())
    assert fetched(crawler, site) == [site.url("/n/1.html"), site.url("/n/3.html")]
    assert report.outcome == "partial"
    [reason] = report.reasons
    assert reason.startswith(f"site: {site.url('/list.html')}: row 2: unexpected KeyError: 'syh'")
    assert "a fault of the reading code" in reason
    [row] = rejected(crawler, site)
    assert (row.stage, row.url) == ("list", site.url("/list.html"))


def test_a_record_of_an_interface_that_cannot_be_dealt_with_costs_that_record(
    site: Site, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put_notices(2, 1)
    found = [{"title": f"第{n}号", "url": f"/n/{n}.html", "date": "2026-11-20"} for n in (2, 1)]
    site.pages["/api?page=1"] = Page(str({"rows": found}).replace("'", '"'))
    portal = site.portal(list={"rows": "rows", "page_param": "page", "date": "date"}, columns=())
    portal = site.portal(list=portal.list, columns=(site.portal().columns[0].__class__("接口", "/api"),))
    is_second = lambda row, *_: row["url"] == "/n/2.html"  # noqa: E731
    monkeypatch.setattr(records, "read_record", failing_for(records.read_record, is_second, TypeError("int")))
    report = crawler.crawl(portal)
    assert fetched(crawler, site) == [site.url("/n/1.html")]
    assert any("row 1: unexpected TypeError: int" in reason for reason in report.reasons)


def test_a_list_page_that_cannot_be_dealt_with_loses_nothing_of_the_other_pages(
    site: Site, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put_notices(*range(9, 0, -1), per_page=3)

    def is_second(answer: Answer, *_: Any) -> bool:
        return answer.url.endswith("/list_1.html")

    with monkeypatch.context() as broken:
        error = AttributeError("'NoneType' object has no attribute 'group'")
        broken.setattr(plain, "read_list", failing_for(plain.read_list, is_second, error))
        report = crawler.crawl(site.portal())
    assert fetched(crawler, site) == [site.url(f"/n/{n}.html") for n in (7, 8, 9)]
    assert report.outcome == "partial"
    [reason] = report.reasons
    assert reason.startswith(f"site: {site.url('/list_1.html')}: unexpected AttributeError: 'NoneType'")
    crawler.crawl(site.portal())  # the code was repaired
    assert fetched(crawler, site) == [site.url(f"/n/{n}.html") for n in range(1, 10)]


def test_a_first_page_that_cannot_be_dealt_with_is_the_failure_of_its_column_alone(
    site: Site, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put_notices(1)
    site.pages["/other.html"] = site.pages["/list.html"]
    column = site.portal().columns[0]
    portal = site.portal(columns=(type(column)("另一栏", "/other.html"), column))

    def is_other(answer: Answer, *_: Any) -> bool:
        return answer.url.endswith("/other.html")

    monkeypatch.setattr(plain, "read_list", failing_for(plain.read_list, is_other, ValueError("13")))
    report = crawler.crawl(portal)
    assert fetched(crawler, site) == [site.url("/n/1.html")]
    assert report.outcome == "partial"
    assert report.reasons[0].startswith(f"site: {site.url('/other.html')}: unexpected ValueError: 13")


def test_a_column_that_cannot_be_asked_for_leaves_the_others(
    site: Site, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put_notices(1)
    column = site.portal().columns[0]
    portal = site.portal(columns=(type(column)("另一栏", "/other.html"), column))

    def is_other(_: Any, asked: Any) -> bool:
        return bool(asked.name == "另一栏")

    broken = failing_for(plain.first_request, is_other, KeyError("unitid"))
    monkeypatch.setattr(plain, "first_request", broken)
    report = crawler.crawl(portal)
    assert fetched(crawler, site) == [site.url("/n/1.html")]
    assert report.reasons[0].startswith("site: column '另一栏' (/other.html): unexpected KeyError: 'unitid'")


def test_a_notice_that_cannot_be_dealt_with_is_kept_without_its_files_and_the_others_come(
    site: Site, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put_notices(3, 2, 1)

    def is_third(answer: Answer) -> bool:
        return answer.url.endswith("/n/3.html")

    broken = failing_for(notices.find_attachments, is_third, IndexError("list index out of range"))
    monkeypatch.setattr(notices, "find_attachments", broken)
    report = crawler.crawl(site.portal())
    assert fetched(crawler, site) == [site.url(f"/n/{n}.html") for n in (1, 2, 3)]
    assert report.outcome == "partial"
    [reason] = report.reasons
    assert reason.startswith(f"site: {site.url('/n/3.html')}: unexpected IndexError: list index")


def test_an_address_that_cannot_be_dealt_with_is_rejected_and_the_others_come(
    site: Site, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put_notices(3, 2, 1)

    def is_second(_: Any, request: Request, **__: Any) -> bool:
        return request.url.endswith("/n/2.html")

    from crawlers.run import Run

    monkeypatch.setattr(Run, "get", failing_for(Run.get, is_second, ValueError("broken")))
    report = crawler.crawl(site.portal())
    assert fetched(crawler, site) == [site.url("/n/1.html"), site.url("/n/3.html")]
    assert report.reasons[0].startswith(f"site: {site.url('/n/2.html')}: unexpected ValueError: broken")
    [page] = rejected(crawler, site)
    assert (page.stage, page.url) == ("page", site.url("/n/2.html"))


def test_a_file_that_cannot_be_dealt_with_never_loses_its_notice(
    site: Site, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put_notices(1)
    site.pages["/n/1.html"] = notice(1, '<a href="/a.pdf">附件1.pdf</a><a href="/b.pdf">附件2.pdf</a>')
    site.pages["/a.pdf"], site.pages["/b.pdf"] = b"%PDF-1.4 a", b"%PDF-1.4 b"

    def is_a(body: bytes) -> bool:
        return body.endswith(b"a")

    monkeypatch.setattr(files, "media_type", failing_for(files.media_type, is_a, OverflowError("size")))
    report = crawler.crawl(site.portal())
    [event] = [e for e in crawler.events(site.portal())[0] if isinstance(e, NoticeFetched)]
    assert [bool(file.error) for file in event.files] == [True, False]
    assert "unexpected OverflowError: size" in event.files[0].error
    assert report.outcome == "partial"


def test_a_portal_whose_crawl_breaks_off_never_stops_the_others(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.put_notices(1)
    folder = tmp_path / "portals"
    folder.mkdir()
    for name in ("bad", "good"):
        (folder / f"{name}.toml").write_text(PORTAL.format(id=name, base=site.base), "utf-8")
    for name, value in (("DATA_DIR", str(tmp_path / "data")), ("PORTALS_DIR", str(folder)), ("PACE", "0")):
        monkeypatch.setenv(f"FGF_{name}", value)

    def is_bad(portal: Any, *_: Any) -> bool:
        return bool(portal.id == "bad")

    broken = failing_for(crawl.crawl_portal, is_bad, OSError("No space left on device"))
    monkeypatch.setattr(crawl, "crawl_portal", broken)
    assert main(["crawl", "bad", "good"]) == 1
    said = capsys.readouterr()
    assert '"portal_id": "good"' in said.out
    assert '"new": 1' in said.out
    assert "bad: OSError: No space left on device" in said.err


def test_a_check_names_the_portal_and_what_broke(
    site: Site, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put_notices(1)
    monkeypatch.setattr(plain, "read_list", failing_for(plain.read_list, lambda *_: True, KeyError("x")))
    check = check_portal(site.portal(), crawler.settings)
    assert not check.is_healthy
    assert check.problems[0].startswith(f"site: {site.url('/list.html')}: unexpected KeyError: 'x'")
