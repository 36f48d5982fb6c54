"""The lists of the seven working portals, walked from first page to last, against what is really there."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest

from crawlers.check import check_portal
from crawlers.errors import PageChanged
from crawlers.families import load_family
from crawlers.model import Answer, Listed, ListPage, Portal, Request
from crawlers.portal import load_portal
from crawlers.settings import Settings
from tests.families.stored import expected_of, read_stored_list, read_stored_notice
from tests.world.worlds import World, running_world

TEMPLATES = Path(__file__).parent.parent / "world" / "portals"
PORTALS = sorted(path.stem for path in TEMPLATES.glob("*.toml"))


@dataclass(frozen=True)
class Lists:
    """The running portals, and their files."""

    world: World
    folder: Path

    def portal(self, name: str) -> Portal:
        return load_portal(name, [self.folder])


@pytest.fixture(scope="module")
def lists(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lists]:
    with running_world(shared) as running:
        yield Lists(running, running.write_portal_files(tmp_path_factory.mktemp("portals")))


@pytest.fixture(autouse=True)
def fresh(lists: Lists) -> Iterator[None]:
    yield
    lists.world.control("reset")


def ask(request: Request, charset: str) -> Answer:
    """The answer to a request as the fetcher gives it, without its politeness."""
    data = urlencode(request.form).encode() if request.form else None
    asked = urllib.request.Request(request.url, data, dict(request.headers))
    with urllib.request.urlopen(asked, timeout=20) as reply:
        body = reply.read()
        return Answer(reply.url, reply.status, {}, body, body.decode(charset), datetime.now(UTC))


@dataclass
class Walk:
    """All pages of a list, and what they list."""

    pages: list[ListPage]

    @property
    def items(self) -> dict[str, Listed]:
        return {item.url: item for page in self.pages for item in page.items}


def walk(lists: Lists, name: str, most: int = 60, between: Callable[[int], object] = abs) -> Walk:
    """Follow `next` to the end; begin anew, once, when the number of pages has changed on the way."""
    portal = lists.portal(name)
    family, charset = load_family(portal.family), "gb18030" if name == "qingdao" else "utf-8"
    done = Walk([])
    counts: set[int | None] = set()
    request: Request | None = family.first_request(portal, portal.columns[0])
    while request and len(done.pages) < most:
        page = family.read_list(ask(request, charset), portal, portal.columns[0])
        done.pages.append(page)
        between(len(done.pages))
        counts.add(page.pages)
        request = page.next
        if len(counts - {None}) > 1:
            counts.clear()
            request = family.first_request(portal, portal.columns[0])
    return done


def truth_urls(lists: Lists, name: str) -> set[str]:
    """Addresses that the list of a portal holds: notices, and what is no notice of its own."""
    portal: dict[str, Any] = lists.world.truth()[name]
    listed = {n.get("listed_as") or n["url"] for n in portal["notices"] if n["listed"] and not n["removed"]}
    return listed | {urljoin(portal["base"], item["href"]) for item in portal["not_own_items"]}


@pytest.mark.parametrize("name", PORTALS)
def test_a_walk_lists_exactly_what_is_there(lists: Lists, name: str) -> None:
    done = walk(lists, name)
    assert set(done.items) == truth_urls(lists, name)
    assert all(not page.skipped for page in done.pages)
    assert len({page.pages for page in done.pages} - {None}) <= 1, "a list that nobody changes has one length"


@pytest.mark.parametrize("name", PORTALS)
def test_titles_and_days_are_those_of_the_list(lists: Lists, name: str) -> None:
    items = walk(lists, name).items
    for notice in lists.world.truth()[name]["notices"]:
        if notice["listed"] and not notice["removed"]:
            item = items[notice.get("listed_as") or notice["url"]]
            assert item.title == " ".join(notice["title"].split())
            assert str(item.listed_on) == notice["list_date"]


@pytest.mark.parametrize("name", PORTALS)
def test_broken_markup_loses_nothing(lists: Lists, name: str) -> None:
    expected = walk(lists, name).items
    lists.world.control("faults", set="malformed:1")
    assert walk(lists, name).items == expected


@pytest.mark.parametrize("fault", ["empty_list", "layout_change"])
@pytest.mark.parametrize("name", PORTALS)
def test_a_list_without_rows_or_in_another_layout_is_an_error(lists: Lists, name: str, fault: str) -> None:
    lists.world.control("faults", set=fault)
    with pytest.raises(PageChanged, match=lists.world.urls[name]):
        walk(lists, name)


@pytest.mark.parametrize("name", PORTALS)
def test_a_looping_pager_is_followed_and_never_believed(lists: Lists, name: str) -> None:
    expected = truth_urls(lists, name)
    lists.world.control("faults", set="pager_loop")
    assert set(walk(lists, name, most=30).items) == expected


@pytest.mark.parametrize("name", PORTALS)
def test_links_that_are_no_web_address_are_skipped_with_a_reason(lists: Lists, name: str) -> None:
    lists.world.control("faults", set="ssrf_links")
    done = walk(lists, name)
    assert [reason for page in done.pages for reason in page.skipped if "file:///etc/passwd" in reason]
    assert set(done.items) == {url for url in truth_urls(lists, name) if not url.startswith("file:")}


def test_no_row_is_lost_when_a_page_is_added_while_vsb_is_walked(lists: Lists) -> None:
    def publish(page: int) -> None:
        if page == 1:
            lists.world.control("publish", n="5", portal="hanzhong")

    before = truth_urls(lists, "hanzhong")
    found = set(walk(lists, "hanzhong", between=publish).items)
    assert found >= truth_urls(lists, "hanzhong") >= before


def test_the_last_egovinfo_page_is_not_read_for_ever(lists: Lists) -> None:
    done = walk(lists, "shangluo")
    assert done.pages[-1].next is None
    assert len(done.pages) == lists.world.truth()["shangluo"]["list_pages"]


def test_a_title_that_looks_like_markup_stays_as_printed(lists: Lists) -> None:
    lists.world.control("faults", set="script_title")
    for name in PORTALS:
        assert any("<script>" in item.title for item in walk(lists, name).items.values()), name


@pytest.mark.parametrize("name", PORTALS)
def test_what_check_saves_is_a_stored_page(
    lists: Lists, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawlers.check_save.SAVED", tmp_path)
    portal = lists.portal(name)
    folder = str(lists.folder)
    check = check_portal(portal, Settings(data_dir=tmp_path, pace=0, portals_dir=folder), save=True)
    assert check.is_healthy, check.problems
    pages = {path.stem: path for path in (tmp_path / name).iterdir() if path.suffix not in (".json", ".toml")}
    assert sorted(pages) == ["list", "notice-1"]
    assert read_stored_list(pages["list"], portal) == expected_of(pages["list"])
    notice = read_stored_notice(pages["notice-1"], portal)
    assert notice["notice"] == expected_of(pages["notice-1"])["notice"]
