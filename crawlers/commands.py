"""What the commands of `python -m crawlers` do: data on stdout, messages and progress on stderr."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import asdict
from datetime import date
from pathlib import Path
from shutil import disk_usage

from crawlers.archive import list_batches
from crawlers.bars import bars
from crawlers.errors import CrawlError, WrongPortalFile
from crawlers.health import Health, is_local, read_health
from crawlers.model import Column, Portal, RunReport
from crawlers.portal import load_portal, portal_ids
from crawlers.settings import Settings, load_settings
from crawlers.state import last_failure
from crawlers.urls import host_of, is_web

_ROOM = 32 * 2**20  # bytes; with less than that an error of a file is one of the disk


def say(message: str) -> None:
    """A message for the person, not part of the data."""
    print(message, file=sys.stderr)


def list_portals() -> int:
    """Print the portals, one a line, columns parted by tabs: id, name, family, last crawl, health."""
    settings = load_settings()
    checked = read_health(settings)
    crawled = {batch.portal_id: batch.id for batch in list_batches(settings)}
    bad = 0
    for portal_id in _some_ids(settings):
        try:
            portal = load_portal(portal_id, settings.portal_dirs)
        except WrongPortalFile as error:
            say(f"error: {error}")
            bad += 1
            continue
        last = _stamp(crawled[portal_id]) if portal_id in crawled else "never"
        state = _state_of(portal, checked.get(portal_id), settings)
        print("\t".join((portal.id, portal.name, portal.family, last, state)))
    return 1 if bad else 0


def _some_ids(settings: Settings) -> list[str]:
    """The ids of all portals. Raises WrongPortalFile when there is none: a folder's name is wrong, then."""
    if found := portal_ids(settings.portal_dirs):
        return found
    raise WrongPortalFile(
        f"FGF_PORTALS_DIR={settings.portals_dir}: no portal file there. Remedy: folders with <id>.toml files"
    )


def _state_of(portal: Portal, health: Health | None, settings: Settings) -> str:
    """How a portal fares, by its last check and its last crawl."""
    if health and not health.is_healthy:
        return f"failing: {health.reason}"
    if failure := last_failure(portal.id, settings):
        return f"failing: the last crawl: {failure}"
    if health:
        return "healthy"
    return "local" if is_local(portal) else "described"


def crawl_portals(ids: Sequence[str], since: date | None, full: bool) -> int:
    """Crawl portals side by side and print each report as a line of JSON; 1 when one of them failed."""
    from crawlers.crawl import crawl_portal

    settings = load_settings()
    portals = [load_portal(portal_id, settings.portal_dirs) for portal_id in dict.fromkeys(ids)]
    with bars([portal.id for portal in portals]) as progress, ThreadPoolExecutor(settings.workers) as pool:
        crawls = [
            pool.submit(crawl_portal, portal, settings, since=since, full=full, progress=progress[portal.id])
            for portal in portals
        ]
        try:
            wait(crawls)
        except KeyboardInterrupt:
            # A crawl may be ended at any moment, so nobody waits for those under way: see recover.py.
            say("stopped; what was fetched is kept, and the next crawl goes on")
            os._exit(1)
    done = [_told(portal, crawl, settings) for portal, crawl in zip(portals, crawls, strict=True)]
    return 0 if all(done) else 1


def _told(portal: Portal, crawl: Future[RunReport], settings: Settings) -> bool:
    """Print what came of a crawl; False when it failed."""
    error = crawl.exception()
    if error is not None:
        kind = "" if isinstance(error, CrawlError) else f"{type(error).__name__}: "
        say(f"{portal.id}: {kind}{error}")
        if isinstance(error, OSError | sqlite3.Error) and (remedy := _remedy(settings.data_dir)):
            say(f"{portal.id}: {remedy}")
        return False
    report = crawl.result()
    for reason in report.reasons:
        say(reason if reason.startswith(f"{portal.id}: ") else f"{portal.id}: {reason}")
    print(json.dumps(asdict(report), ensure_ascii=False, default=str))
    return report.outcome != "failed"


def _remedy(data_dir: Path) -> str:
    """What to do about an error of a file; '' when it is neither the folder's nor the disk's."""
    if not data_dir.is_dir():
        return f"FGF_DATA_DIR={data_dir} is no folder and cannot be made. Remedy: one that can be written"
    free = disk_usage(data_dir).free
    left = f"the disk of {data_dir} has {free // 2**20} MB left. Remedy: docs/runbooks/disk-full.md"
    return left if free < _ROOM else ""


def check_portals(ids: Sequence[str], save: bool) -> int:
    """Check the named portals, or all when none is named; 1 when one of them is not healthy."""
    from crawlers.check import check_portal
    from crawlers.check_print import print_check, print_line

    settings = load_settings()
    wanted = list(ids) or _some_ids(settings)
    failed = 0
    for portal_id in wanted:
        try:
            portal = load_portal(portal_id, settings.portal_dirs)
            check = check_portal(portal, settings, save=save)
        except CrawlError as error:
            say(f"{portal_id}: {error}")
            failed += 1
            continue
        (print_check if ids else print_line)(check)
        failed += not check.is_healthy
    return 1 if failed else 0


def recognise_page(page: str) -> int:
    """Print the family of a list page, from its address or a saved file, and the reason."""
    from crawlers.recognise import recognise

    url, html = _page(page, load_settings())
    family, reason = recognise(url, html)
    print(f"{family}\t{reason}")
    return 0


def _page(page: str, settings: Settings) -> tuple[str, str]:
    from crawlers.charset import decode
    from crawlers.fetch import Fetcher
    from crawlers.model import Request

    if not is_web(page):
        try:
            return "", decode(Path(page).read_bytes())
        except OSError as error:
            raise CrawlError(
                f"{page}: neither a web address nor a file that can be read ({error})"
            ) from error
    host = host_of(page)
    portal = Portal(host, page, "", "000000", "city", "plain", page, (host,), (Column("list", page),))
    fetcher = Fetcher(portal, settings)
    try:
        answer = fetcher.get(Request(page)).answer
    finally:
        fetcher.close()
    if answer.status != 200:
        raise CrawlError(f"{page}: status {answer.status}")
    return answer.url, answer.text


def _stamp(batch_id: str) -> str:
    """`portal/20260112T063000Z-…` as 2026-01-12 06:30 (UTC)."""
    text = batch_id.rpartition("/")[2]
    return f"{text[:4]}-{text[4:6]}-{text[6:8]} {text[9:11]}:{text[11:13]}Z"
