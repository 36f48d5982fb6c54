"""The archive: WARC files that others can read, found by address and date, whole after a kill."""

from __future__ import annotations

import contextlib
import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from crawlers.archive import Reader, find, list_batches, read_batch
from crawlers.model import NoticeFetched, RunEnded
from crawlers.settings import Settings
from tests.crawlers.conftest import Crawler
from tests.crawlers.site import Page, Site, notice


def records(settings: Settings, at: int = -1) -> list[tuple[str, str, str]]:
    """Type, address and status of the records of a batch."""
    path = Path(settings.archive) / f"{list_batches(settings)[at].id}.warc.gz"
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            status = (
                record.http_headers.get_statuscode() if record.rec_type in ("response", "revisit") else ""
            )
            found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "", status))
    return found


def test_a_batch_is_a_valid_warc_of_requests_answers_and_events(
    site: Site, crawler: Crawler, capsys: pytest.CaptureFixture[str]
) -> None:
    site.put_notices(1)
    crawler.crawl(site.portal())
    u = site.url
    assert records(crawler.settings) == [
        ("warcinfo", "", ""),
        ("response", u("/robots.txt"), "404"), ("request", u("/robots.txt"), ""),
        ("response", u("/list.html"), "200"), ("request", u("/list.html"), ""),
        ("response", u("/n/1.html"), "200"), ("request", u("/n/1.html"), ""),
        ("metadata", u("/n/1.html"), ""),
        ("metadata", u("/"), ""),
    ]  # fmt: skip
    [batch] = list_batches(crawler.settings)
    path = Path(crawler.settings.archive) / f"{batch.id}.warc.gz"
    command = type("Command", (), {"inputs": [str(path)], "verbose": False})
    checker = Checker(command)
    checker.process_all()
    assert (checker.exit_value, capsys.readouterr().out) == (0, "")
    assert b"WARC/1.1" in gzip.decompress(path.read_bytes())


def test_what_is_unchanged_is_kept_once_and_noted_as_a_revisit(
    site: Site, crawler: Crawler, of: Callable[..., Settings]
) -> None:
    site.etags = True
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow:", headers={"Content-Type": "text/plain"})
    site.put_notices(1)
    crawler.crawl(site.portal())
    site.etags = False
    crawler.at += timedelta(hours=1)
    crawler.crawl(site.portal(), settings=of(recheck_days=0))
    site.etags = True
    crawler.at += timedelta(hours=1)
    crawler.crawl(site.portal(), settings=of(recheck_days=0))
    u = site.url
    again = [r for r in records(crawler.settings, 1) if r[0] == "revisit"]
    assert again == [("revisit", u(p), "200") for p in ("/robots.txt", "/list.html", "/n/1.html")]
    third = [r for r in records(crawler.settings, 2) if r[0] == "revisit"]
    assert third == [("revisit", u("/robots.txt"), "200"), *third[1:]]
    assert not [r for r in records(crawler.settings, 2) if r[0] == "response"]


def test_an_answer_is_found_by_address_and_date_also_through_a_revisit(
    site: Site, crawler: Crawler, of: Callable[..., Settings]
) -> None:
    site.put_notices(1)
    start = crawler.at
    crawler.crawl(site.portal())
    crawler.at += timedelta(days=1)
    crawler.crawl(site.portal(), settings=of(recheck_days=0))
    crawler.at += timedelta(days=1)
    site.pages["/n/1.html"] = notice(1, "<p>修订</p>")
    crawler.crawl(site.portal(), settings=of(recheck_days=0))
    url = site.url("/n/1.html")
    hits = find(crawler.settings, url)
    assert [hit.at for hit in hits] == [start + timedelta(days=n) for n in (2, 1, 0)]
    second = find(crawler.settings, url, start + timedelta(days=1, hours=5))[0]
    assert second.media_type == "warc/revisit"
    with Reader(crawler.settings) as reader:
        assert reader.answer(second.ref).body.decode() == notice(1)
        assert reader.answer(hits[0].ref).body.decode() == notice(1, "<p>修订</p>")


def test_addresses_that_differ_in_capitals_only_are_two_in_the_index(site: Site, crawler: Crawler) -> None:
    site.pages["/list.html"] = site.list_of(
        ("/n/A.html", "甲", "2026-11-20"), ("/n/a.html", "乙", "2026-11-20")
    )
    site.pages |= {"/n/A.html": notice(1), "/n/a.html": notice(2)}
    crawler.crawl(site.portal())
    assert [hit.url for hit in find(crawler.settings, site.url("/n/a.html"))] == [site.url("/n/a.html")]


def test_a_file_is_on_the_disk_before_the_archive_names_it(
    site: Site, crawler: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put_notices(1)
    done: list[str] = []
    synced, replaced = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda file: (done.append("on disk"), synced(file)))
    monkeypatch.setattr(os, "replace", lambda *names: (done.append("named"), replaced(*names)))
    crawler.crawl(site.portal())
    assert done == ["on disk", "named"]


def test_packed_and_chunked_answers_come_back_as_they_were(site: Site, crawler: Crawler) -> None:
    site.put_notices(2, 1)
    site.pages["/n/1.html"] = Page(gzip.compress(notice(1).encode()), headers={"Content-Encoding": "gzip"})
    site.pages["/n/2.html"] = lambda _: Page(chunks=iter([notice(2)[:50].encode(), notice(2)[50:].encode()]))
    crawler.crawl(site.portal())
    [events] = crawler.events(site.portal())
    bodies = [e.page.body.decode() for e in events if isinstance(e, NoticeFetched)]
    assert bodies == [notice(2), notice(1)]


def test_an_answer_that_is_cut_off_is_kept_as_truncated(site: Site, crawler: Crawler) -> None:
    site.put_notices(1)
    site.pages["/n/1.html"] = Page(gzip.compress(bytes(30_000_000)), headers={"Content-Encoding": "gzip"})
    crawler.crawl(site.portal())
    [batch] = list_batches(crawler.settings)
    with (Path(crawler.settings.archive) / f"{batch.id}.warc.gz").open("rb") as file:
        cut = [
            r.rec_headers.get_header("WARC-Truncated")
            for r in ArchiveIterator(file)
            if r.rec_type == "response"
        ]
    assert cut == [None, None, "length"]


def test_batches_are_listed_oldest_first_also_within_a_second(site: Site, crawler: Crawler) -> None:
    site.put_notices(1)
    reports = [crawler.crawl(site.portal()) for _ in range(5)]
    assert [b.id.rsplit("-", 1)[1] for b in list_batches(crawler.settings)] == [r.run_id for r in reports]


# Imports once, then crawls in a new process for each line that it reads, and says its number.
NURSERY = """
import os, sys
from crawlers.crawl import crawl_portal
from crawlers.portal import load_portal
from crawlers.settings import load_settings
settings = load_settings()
portal = load_portal("site", settings.portal_dirs)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        crawl_portal(portal, settings, full=True)
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""
PORTAL = """
id = "site"
name = "试验市人民政府"
region = "试验市"
adcode = "610000"
level = "city"
family = "plain"
home = "{base}/"
columns = [{{ name = "文件", path = "/list.html" }}]
list = {{ item = "li", date = "span" }}
"""


class Nursery:
    """Crawls in processes that can be killed."""

    def __init__(self, site: Site, settings: Settings, folder: Path) -> None:
        self.site = site
        folder.mkdir()
        (folder / "site.toml").write_text(PORTAL.format(base=site.base), "utf-8")
        places = {"FGF_DATA_DIR": str(settings.data_dir), "FGF_PORTALS_DIR": str(folder), "FGF_PACE": "0"}
        command = [sys.executable, "-c", NURSERY]
        self.process = subprocess.Popen(
            command, env=os.environ | places, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def crawl(self, kill_after: int | None = None, delay: float = 0) -> None:
        """Crawl; kill -9 so many requests and seconds later."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        before = len(self.site.asked)
        self.process.stdin.write("crawl\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        if kill_after is not None:
            while len(self.site.asked) < before + kill_after:
                time.sleep(0.0005)
            time.sleep(delay)
            os.kill(child, signal.SIGKILL)
        assert self.process.stdout.readline() == "ended\n"

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


def test_nothing_is_lost_and_nothing_twice_after_many_kills(
    site: Site, settings: Settings, tmp_path: Path
) -> None:
    """kill -9 at 20 moments of a crawl, then a crawl to its end."""
    numbers = range(100, 0, -1)
    site.put_notices(*numbers)
    for n in numbers:
        site.pages[f"/n/{n}.html"] = notice(n, f'<p>附件：<a href="/files/{n}.pdf">附件{n}.pdf</a></p>')
        site.pages[f"/files/{n}.pdf"] = Page(
            b"%PDF-1.4 " + bytes([n]) * 2000, headers={"Content-Type": "x/y"}
        )
    with contextlib.closing(Nursery(site, settings, tmp_path / "portals")) as nursery:
        for kill in range(20):
            nursery.crawl(kill_after=2 + kill % 9, delay=kill % 7 * 0.0007)
        nursery.crawl()
    events = [event for batch in list_batches(settings) for event in read_batch(settings, batch.id)]
    notices = [event for event in events if isinstance(event, NoticeFetched)]
    assert sorted(e.url for e in notices) == sorted(site.url(f"/n/{n}.html") for n in numbers)
    assert all(e.files[0].body == b"%PDF-1.4 " + bytes([int(e.files[0].name[2:-4])]) * 2000 for e in notices)
    batches = [list(read_batch(settings, batch.id)) for batch in list_batches(settings)]
    assert all(isinstance(batch[-1], RunEnded) for batch in batches)
    assert {batch[-1].report.stop for batch in batches[:-1] if isinstance(batch[-1], RunEnded)} == {"killed"}
    assert all(batch[-1].report.is_first for batch in batches if isinstance(batch[-1], RunEnded))
    for batch in list_batches(settings):
        with (Path(settings.archive) / f"{batch.id}.warc.gz").open("rb") as file:
            assert all(record.content_stream().read() is not None for record in ArchiveIterator(file))
    assert list((settings.spool / "site").glob("*")) == []


def test_a_record_that_was_being_written_is_cut_off(site: Site, crawler: Crawler) -> None:
    site.put_notices(3, 2, 1)
    crawler.crawl(site.portal())
    [batch] = list_batches(crawler.settings)
    whole = Path(crawler.settings.archive) / f"{batch.id}.warc.gz"
    data = whole.read_bytes()
    spooled = crawler.settings.spool / f"{batch.id}.warc.gz"
    for size in (len(data) - 1, len(data) // 2, 100, 0):
        for file in [*crawler.settings.state.iterdir(), *whole.parent.iterdir()]:
            file.unlink()
        spooled.write_bytes(data[:size])
        crawler.crawl(site.portal())
        batches = crawler.events(site.portal())
        found = sorted(e.url for events in batches for e in events if isinstance(e, NoticeFetched))
        assert found == [site.url(f"/n/{n}.html") for n in (1, 2, 3)]
        assert all(isinstance(events[-1], RunEnded) for events in batches)
