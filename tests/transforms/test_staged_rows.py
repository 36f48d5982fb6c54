"""Each event of a crawl as the row of its staged batch, from a WARC file written by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crawlers.archive import put
from crawlers.events import PageFacts, notice_json, rejected_json, removed_json, run_json
from crawlers.http import Exchange
from crawlers.model import Listed, NoticeRemoved, Portal, Rejected, RunEnded, RunReport
from crawlers.settings import Settings
from crawlers.warc import WarcFile, payload_digest
from transforms.staging import plan_staging, stage_archive
from transforms.staging_rows import body_selectors

AT = datetime(2024, 3, 11, 1, 2, 3, tzinfo=UTC)
URL, NAME = "http://127.0.0.1/t1.html", "demo/20240311T010203Z-run7.warc.gz"
LETTER = (
    "<html><body><h1>示范市人民政府办公室关于精简材料的通知</h1><div id='zoom'><p>各县人民政府：</p>"
    "<p>一、精简材料。2024年6月底前完成。（市司法局牵头）</p></div></body></html>"
)
COMPENDIUM = "".join(
    f"{number}. 示范省人民政府关于推进{what}改革的意见（2024年{number}月5日）\n各县要抓紧落实，按时完成。\n"
    for number, what in ((1, "一网通办"), (2, "证照分离"))
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, portals_dir=str(tmp_path / "none"))


def archived(settings: Settings, page: str | None, *events: Mapping[str, Any], name: str = NAME) -> str:
    """Closes a batch of one page (or none) and these events; gives the page's reference."""
    file = WarcFile(settings.spool / "open.warc.gz", name)
    ref = ""
    if page is not None:
        body = page.encode()
        got = Exchange("GET", URL, (), b"", 200, "OK", (("Content-Type", "text/html"),), body, body, AT)
        ref = file.exchange(got, payload_digest(body), None)
        listed = Listed(url=URL, title="来自列表的题目", listed_on=date(2024, 3, 12), index_no="0001/2024-1")
        facts = PageFacts(ref, AT.isoformat(), hashlib.sha256(body).hexdigest())
        file.event(URL, AT, notice_json("restored", URL, AT, listed, facts, ()))
    for event in events:
        file.event(event.get("url", URL), AT, event)
    file.close()
    put(settings, file.path, name, file.index)
    return ref


def ended(*seen: str, is_first: bool = False) -> dict[str, Any]:
    report = RunReport("run7", "demo", AT, 3.5, "ok", "nothing new", ("看一看",), is_first=is_first, listed=9)
    return run_json(RunEnded(report, AT, seen))


def rows(settings: Settings, columns: str) -> list[tuple[Any, ...]]:
    paths = [str(path) for path in settings.staging.glob("*/*.parquet")]
    return duckdb.execute(
        f"select {columns} from read_parquet(?) order by event, url, part",  # noqa: S608
        [paths],
    ).fetchall()


def test_a_removal_a_rejection_and_what_was_seen_in_place_are_rows_of_their_own(settings: Settings) -> None:
    archived(
        settings,
        None,
        removed_json(NoticeRemoved("http://127.0.0.1/gone", AT, "404")),
        rejected_json(Rejected("http://127.0.0.1/odd", AT, "page", "too long", "demo/x#5")),
        ended("http://127.0.0.1/a", "http://127.0.0.1/b", is_first=True),
    )
    report = stage_archive(settings)
    assert (report.batches, report.notices, report.tasks, report.rejected) == (1, 0, 0, 1)
    assert rows(settings, "event, url, stage, reason, archive_ref") == [
        ("rejected", "http://127.0.0.1/odd", "page", "too long", "demo/x#5"),
        ("removed", "http://127.0.0.1/gone", None, "404", None),
        ("run", None, None, None, None),
        ("seen", "http://127.0.0.1/a", None, None, None),
        ("seen", "http://127.0.0.1/b", None, None, None),
    ]
    batch = "demo/20240311T010203Z-run7"
    assert set(rows(settings, 'batch_id, portal_id, run_id, is_first_crawl, "at"')) == {
        (batch, "demo", "run7", True, AT)
    }
    assert rows(settings, "run.outcome, run.reasons, run.listed")[2] == ("ok", ["看一看"], 9)


def test_a_page_is_staged_with_its_facts_and_those_of_its_list(settings: Settings) -> None:
    ref = archived(settings, LETTER, ended())
    assert (stage_archive(settings).notices, stage_archive(settings).unchanged) == (1, 1)
    [row] = rows(
        settings,
        "event, url, part, change, archive_ref, page_sha256, is_first_crawl, notice.title, notice.index_no, "
        "notice.listed_on, len(notice.tasks), notice.url",
    )[:1]
    sha256 = hashlib.sha256(LETTER.encode()).hexdigest()
    title = "示范市人民政府办公室关于精简材料的通知"
    facts = (title, "0001/2024-1", "2024-03-12", 1, URL)
    assert row == ("notice", URL, 0, "restored", ref, sha256, False, *facts)


def test_the_documents_of_one_page_are_its_parts(settings: Settings) -> None:
    archived(settings, COMPENDIUM, ended())
    assert stage_archive(settings).notices == 2
    assert rows(settings, "part, notice.written_on")[:2] == [(0, "2024-01-05"), (1, "2024-02-05")]


@pytest.mark.parametrize(
    ("page", "reason"), [("<html><body></body></html>", "no text"), ("{}", "without a record of a notice")]
)
def test_a_page_without_a_notice_is_rejected_by_the_reader_with_its_reason(
    settings: Settings, page: str, reason: str
) -> None:
    ref = archived(settings, page, ended())
    report = stage_archive(settings)
    assert (report.notices, report.rejected) == (0, 1)
    [(event, url, stage, found, archive_ref)] = rows(settings, "event, url, stage, reason, archive_ref")[:1]
    assert (event, url, stage, archive_ref) == ("rejected", URL, "read", ref)
    assert reason in found


def test_a_batch_of_a_killed_crawl_has_the_run_of_its_name(settings: Settings) -> None:
    archived(settings, LETTER)
    stage_archive(settings)
    assert rows(settings, "event, run_id, is_first_crawl") == [("notice", "run7", False)]


def test_only_the_portals_that_are_asked_for_are_staged_and_progress_is_told(settings: Settings) -> None:
    for place, portal in enumerate(("demo", "other", "demo")):
        archived(settings, LETTER, ended(), name=f"{portal}/2024031{place}T010203Z-run7.warc.gz")
    told: list[tuple[int, int, str]] = []
    report = stage_archive(settings, ["demo"], progress=lambda *said: told.append(said))
    assert (report.batches, report.unchanged, report.notices, report.tasks) == (2, 0, 2, 2)
    assert told == [(1, 2, "demo"), (2, 2, "demo")]
    waiting, unchanged = plan_staging(settings)
    assert ([batch.portal_id for batch in waiting], unchanged) == (["other"], 2)


def test_the_selectors_of_a_portal_go_before_those_of_its_family_and_none_comes_twice() -> None:
    portal = Portal("demo", "示范市", "示范市", "610000", "city", "vsb", "http://127.0.0.1/", (), ())
    family = body_selectors(portal)
    assert family
    own = replace(portal, page={"body": ["div.own", family[0]]})
    assert body_selectors(own) == ("div.own", *family)
