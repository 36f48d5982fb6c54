"""A notice of the platform gkmlpt has two addresses on its host (PORTALS.md, T2): it is one notice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest

from crawlers.cdxj import surt
from crawlers.model import Column, NoticeFetched, NoticeRemoved
from crawlers.settings import Settings
from crawlers.urls import identity
from tests.crawlers.conftest import Crawler
from tests.crawlers.site import Page, Site, notice

DISCLOSED = "/gkmlpt/content/8/8123/post_8123456.html"
PUBLISHED = "/zwgk/zcwj/content/post_8123456.html"
ROW = ("关于第1号事项的通知", "2026-11-20")


@pytest.mark.parametrize(
    "other", [PUBLISHED, "/cfgb/2023/content/post_8123456.html", "/content/post_8123456.html"]
)
def test_both_addresses_of_a_post_have_one_identity(other: str) -> None:
    assert identity(f"https://www.demo.example{other}") == identity(f"http://www.demo.example{DISCLOSED}")


@pytest.mark.parametrize(
    "other",
    [
        "https://www.demo.example/zwgk/zcwj/content/post_8123457.html",  # another post
        "https://www.other.example/zwgk/zcwj/content/post_8123456.html",  # another site
        "https://www.demo.example/zwgk/zcwj/content/mpost_8123456.html",
        "https://www.demo.example/zwgk/zcwj/content/post_8123456.html?page=2",
    ],
)
def test_what_only_looks_like_it_has_an_identity_of_its_own(other: str) -> None:
    assert identity(other) != identity(f"https://www.demo.example{DISCLOSED}")


def test_the_archive_keeps_the_addresses_apart() -> None:
    assert surt(f"http://www.demo.example{DISCLOSED}") == f"example,demo,www){DISCLOSED}"


def columns(site: Site) -> tuple[Column, ...]:
    site.pages["/disclosed.html"] = site.list_of((DISCLOSED, *ROW))
    site.pages["/published.html"] = site.list_of((PUBLISHED, *ROW))
    site.pages[DISCLOSED] = notice(1, "<i>目录</i>")
    site.pages[PUBLISHED] = notice(1, "<i>栏目</i>")
    return Column("信息公开目录", "/disclosed.html"), Column("政策文件", "/published.html")


def test_a_notice_in_two_columns_under_two_addresses_is_fetched_once(site: Site, crawler: Crawler) -> None:
    portal = site.portal(columns=columns(site))
    report = crawler.crawl(portal)
    assert (report.new, report.listed) == (1, 2)
    assert PUBLISHED not in site.asked
    [batch] = crawler.events(portal)
    assert [event.url for event in batch if isinstance(event, NoticeFetched)] == [site.url(DISCLOSED)]


def test_a_notice_that_is_gone_from_one_address_and_listed_under_the_other_is_looked_for_there(
    site: Site, crawler: Crawler, of: Callable[..., Settings]
) -> None:
    both = columns(site)
    eager = of(recheck_days=0)
    crawler.crawl(site.portal(columns=both[:1]), settings=eager)
    site.pages[DISCLOSED] = Page("", 404)
    crawler.at = crawler.at.replace(hour=5)
    assert crawler.crawl(site.portal(columns=both[:1]), settings=eager).removed == 1
    crawler.at = crawler.at.replace(hour=8)
    report = crawler.crawl(site.portal(columns=both[1:]))
    assert report.restored == 1
    events = [e for batch in crawler.events(site.portal()) for e in batch]
    kinds = [(type(e).__name__, e.url) for e in events if isinstance(e, NoticeFetched | NoticeRemoved)]
    assert kinds == [
        ("NoticeFetched", site.url(DISCLOSED)),
        ("NoticeRemoved", site.url(DISCLOSED)),
        ("NoticeFetched", site.url(PUBLISHED)),
    ]


def test_a_memory_made_by_other_rules_of_identity_is_made_again(
    site: Site, crawler: Crawler, settings: Settings
) -> None:
    portal = site.portal(columns=columns(site))
    crawler.crawl(portal)
    with closing(sqlite3.connect(settings.state / "site.sqlite")) as memory:
        memory.execute("update notices set id = ?", (site.url(DISCLOSED).split("//")[1],))
        memory.execute("update facts set value = '1' where name = 'identity'")
        memory.commit()
    crawler.at += timedelta(hours=1)
    report = crawler.crawl(portal)
    assert (report.new, report.listed) == (0, 2)
