"""Crawling the working portals of ../shared/portals in tests, and comparing with what is really there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.archive import list_batches, read_batch
from crawlers.crawl import crawl_portal
from crawlers.http import Limits
from crawlers.model import Event, NoticeFetched, Portal, RunReport
from crawlers.portal import load_portal
from crawlers.settings import Settings
from tests.world.worlds import World

PORTALS = ("shaanxi", "tianshui", "qingdao", "hanzhong", "shangluo", "yuebei", "council")
QUICK = Limits(connect=2, read=2, deadline=0.3)  # a dripping answer is given up early: tests are not patient
PATIENT = Limits(connect=10, read=20, deadline=30)  # nothing drips, but the world is slow to make its traps


@dataclass
class Worldly:
    """Crawls the world's portals into one data folder."""

    world: World
    folder: Path
    settings: Settings

    def portal(self, name: str) -> Portal:
        return load_portal(name, [self.folder])

    def crawl(self, name: str, **options: Any) -> RunReport:
        usual: dict[str, Any] = {"full": True, "limits": QUICK, "sleep": _no_wait}
        settings = options.pop("settings", self.settings)
        return crawl_portal(self.portal(name), settings, **(usual | options))

    def events(self, name: str) -> list[Event]:
        """All events of a portal's batches."""
        return [e for b in list_batches(self.settings, name) for e in read_batch(self.settings, b.id)]

    def held(self, name: str) -> dict[str, list[tuple[str, ...]]]:
        """By path of a notice: for each time that it came as new, the hashes of its files."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for event in self.events(name):
            if isinstance(event, NoticeFetched):
                files = tuple(sorted(file.sha256 for file in event.files))
                path = path_of(event.url)
                if event.change == "new":
                    found.setdefault(path, []).append(files)
                else:
                    found[path][-1] = files
        return found

    def truth(self, name: str) -> dict[str, list[tuple[str, ...]]]:
        """What `held` should be: every notice of the portal's lists that can be had, once, with its files."""
        portal = self.world.control("truth", portal=name)["portals"][name]
        return {
            path_of(notice["url"]): [tuple(sorted(file["sha256"] for file in notice["attachments"]))]
            for notice in portal["notices"]
            if notice["listed"] and not ({"soft404", "robots"} & set(notice["flags"]))
        }

    def titles(self, name: str) -> dict[str, str]:
        """Titles of a portal's notices by path, as its lists print them."""
        notices = self.world.control("truth", portal=name)["portals"][name]["notices"]
        return {path_of(notice["url"]): notice["title"] for notice in notices}


def _no_wait(_: float) -> None:
    """What tests do instead of sleeping."""


def path_of(url: str) -> str:
    """Path and query of an address."""
    return "/" + url.split("/", 3)[3]
