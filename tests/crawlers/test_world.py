"""The seven working portals, crawled: everything once, nothing elsewhere, politely, and again and again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawlers.model import NoticeFetched, NoticeRemoved
from crawlers.settings import Settings
from tests.crawlers.worldly import PORTALS, Worldly, path_of
from tests.world.worlds import World, running_world


@pytest.fixture(scope="module")
def world(shared: Path) -> Iterator[World]:
    with running_world(shared) as running:
        yield running


@pytest.fixture
def worldly(world: World, tmp_path: Path) -> Worldly:
    world.control("reset")
    settings = Settings(data_dir=tmp_path / "data", pace=0)
    return Worldly(world, world.write_portal_files(tmp_path / "portals"), settings)


def log_of(world: World, portal: str) -> dict[str, Any]:
    """What the portal has been asked since the last call."""
    log: dict[str, Any] = world.control("log", portal=portal, reset=1)[portal]
    return log


@pytest.mark.parametrize("portal", PORTALS)
def test_every_notice_is_found_once_with_its_files_and_nothing_off_site(
    worldly: Worldly, portal: str
) -> None:
    worldly.crawl(portal)
    assert worldly.held(portal) == worldly.truth(portal)
    log = worldly.world.control("log")
    assert log["outside"]["count"] == 0
    assert log[portal]["first_request"] == "/robots.txt"
    assert log[portal]["disallowed_hits"] == []
    assert log[portal]["max_concurrent"] == 1


@pytest.mark.parametrize("portal", PORTALS)
def test_a_crawl_without_news_costs_two_requests(worldly: Worldly, portal: str) -> None:
    worldly.crawl(portal)
    log_of(worldly.world, portal)
    report = worldly.crawl(portal, full=False)
    assert (report.outcome, report.new, report.changed) == ("ok", 0, 0)
    assert log_of(worldly.world, portal)["count"] <= 2


@pytest.mark.parametrize("portal", PORTALS)
def test_what_is_published_is_found_by_the_next_crawl(worldly: Worldly, portal: str) -> None:
    worldly.crawl(portal)
    worldly.world.control("publish", n=3, portal=portal)
    log_of(worldly.world, portal)
    report = worldly.crawl(portal, full=False)
    assert report.new == 3
    assert log_of(worldly.world, portal)["count"] < 15
    assert worldly.held(portal) == worldly.truth(portal)


def test_a_revised_and_a_removed_notice_are_seen_when_they_are_due(worldly: Worldly) -> None:
    daily = worldly.settings.model_copy(update={"recheck_days": 0.0})
    revised, removed = "tianshui-2023-points", "yuebei-2022-zdrw"
    seen: dict[str, set[str]] = {}
    for portal in ("tianshui", "yuebei"):
        worldly.crawl(portal)
    worldly.world.control("revise", id=revised)
    worldly.world.control("remove", id=removed)
    for portal in ("tianshui", "yuebei"):
        before = len(worldly.events(portal))
        worldly.crawl(portal, full=False, settings=daily)
        for event in worldly.events(portal)[before:]:
            if isinstance(event, NoticeFetched):
                seen.setdefault(event.change, set()).add(path_of(event.url))
            if isinstance(event, NoticeRemoved):
                seen.setdefault("removed", set()).add(path_of(event.url))
    truth = worldly.world.truth()
    paths = {n["id"]: path_of(n["url"]) for p in ("tianshui", "yuebei") for n in truth[p]["notices"]}
    assert paths[revised] in seen["changed"]
    assert seen["removed"] == {paths[removed]}
    assert "new" not in seen


def test_real_delays_are_obeyed_on_the_clock(worldly: Worldly) -> None:
    """Tianshui asks for 2 s between requests, qingdao for nothing: then it is our own second."""
    polite = worldly.settings.model_copy(update={"pace": 1.0, "budget": 4})
    import time

    for portal, least in (("tianshui", 2000), ("qingdao", 1000)):
        worldly.crawl(portal, settings=polite, sleep=time.sleep)
        assert log_of(worldly.world, portal)["gaps_ms"]["min"] >= least
