"""What the tests of the crawler share: a site of their own, settings in a folder of their own, and no
waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.archive import list_batches, read_batch
from crawlers.crawl import crawl_portal
from crawlers.http import Limits
from crawlers.model import Event, Portal, RunReport
from crawlers.settings import Settings
from tests.crawlers.site import Site, running_site

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
QUICK = Limits(connect=2, read=2, deadline=2)


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on loopback."""
    with running_site() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a data folder of their own; loopback needs no pace."""
    return Settings(data_dir=tmp_path / "data", pace=0)


class Crawler:
    """Crawls a portal without waiting, at a time that the test sets, and gives back what the archive
    holds.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.at = NOW
        self.slept: list[float] = []

    def crawl(self, portal: Portal, **options: Any) -> RunReport:
        usual: dict[str, Any] = {"limits": QUICK, "settings": self.settings}
        return crawl_portal(portal, now=lambda: self.at, sleep=self.slept.append, **(usual | options))

    def events(self, portal: Portal) -> list[list[Event]]:
        """The events of each batch."""
        return [list(read_batch(self.settings, b.id)) for b in list_batches(self.settings, portal.id)]


@pytest.fixture
def crawler(settings: Settings) -> Crawler:
    return Crawler(settings)


@pytest.fixture
def of(settings: Settings) -> Callable[..., Settings]:
    """The settings with some of them changed."""
    return lambda **changes: settings.model_copy(update=changes)
