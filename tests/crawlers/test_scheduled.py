"""What the scheduled crawl takes, and its verdict: one bad portal file or failed portal stops nobody else."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.errors import CrawlError, Refused, WrongPortalFile
from crawlers.health import portals_to_crawl
from crawlers.scheduled import PortalsFailed, crawl_or_raise, crawled_since, judge_run, readable_portals
from crawlers.settings import Settings
from tests.crawlers.site import Page, Site

LOCAL = """
id = "{id}"
name = "示范市人民政府"
region = "示范市"
adcode = "000000"
level = "city"
family = "plain"
home = "{home}"
[[columns]]
name = "文件"
path = "/list.html"
[list]
item = "li"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "portals"
    folder.mkdir()
    (folder / "good.toml").write_text(LOCAL.format(id="good", home="http://127.0.0.1:9/"), "utf-8")
    (folder / "live.toml").write_text(LOCAL.format(id="live", home="https://www.demo-city.example/"), "utf-8")
    (folder / "bad.toml").write_text('id = "bad"\n', "utf-8")
    return Settings(data_dir=tmp_path, portals_dir=str(folder), pace=0)


def test_a_bad_portal_file_does_not_hide_the_other_portals(settings: Settings) -> None:
    assert portals_to_crawl(settings) == ["bad", "good"]
    assert [portal.id for portal in readable_portals(settings)] == ["good", "live"]


def test_the_crawl_of_a_bad_portal_file_names_file_and_key(settings: Settings) -> None:
    with pytest.raises(WrongPortalFile, match=r"bad\.toml: family: is missing"):
        crawl_or_raise("bad", settings)


def test_portals_that_are_left_out_are_named_with_the_remedy(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        portals_to_crawl(settings)
    assert "live: never checked" in caplog.text
    assert "python -m crawlers check" in caplog.text


def test_the_verdict_names_every_portal_without_a_report() -> None:
    report = {"portal_id": "good", "outcome": "ok", "reasons": []}
    judge_run(["good"], [report])
    with pytest.raises(CrawlError, match="1 of 2 portals failed: bad"):
        judge_run(["bad", "good"], [report])


def test_the_verdict_says_of_each_failed_portal_why(
    site: Site, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    file = Path(settings.portals_dir) / "site.toml"
    file.write_text(LOCAL.format(id="site", home=f"{site.base}/"), "utf-8")
    site.pages["/list.html"] = Page("no", 403)
    started = datetime.now(UTC).replace(microsecond=0)
    with pytest.raises(Refused):
        crawl_or_raise("site", settings)
    archived = crawled_since(settings, ["site", "gone"], started)
    with pytest.raises(CrawlError, match="2 of 2 portals failed: site, gone"):
        judge_run(["site", "gone"], [], archived)
    assert f"site: {site.url('/list.html')}: status 403: the portal forbids it" in caplog.text
    assert "gone: its own task says why" in caplog.text


def test_only_a_failure_that_left_no_crawl_in_the_archive_is_the_verdicts_own_to_tell(
    settings: Settings,
) -> None:
    started = datetime(2026, 11, 22, 6, tzinfo=UTC)
    for portal_id, stamp in (("good", "20261122T060501Z"), ("live", "20261121T060501Z")):
        folder = Path(settings.archive) / portal_id
        folder.mkdir(parents=True)
        (folder / f"{stamp}-abc.warc.gz").touch()
    archived = crawled_since(settings, ["good", "live"], started)
    assert archived == {"good": ""}
    with pytest.raises(PortalsFailed, match="1 of 1 portals failed: good"):
        judge_run(["good"], [], archived)
    with pytest.raises(CrawlError, match="2 of 2 portals failed: good, live") as caught:
        judge_run(["good", "live"], [], archived)
    assert not isinstance(caught.value, PortalsFailed)


def test_when_the_portals_could_not_be_listed_the_verdict_says_so() -> None:
    with pytest.raises(CrawlError, match="could not be listed"):
        judge_run(None, [])
