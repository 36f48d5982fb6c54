"""A check that finds no rows says which elements look like some."""

from __future__ import annotations

from crawlers.check import check_portal
from crawlers.check_rows import likely_rows
from crawlers.select import parse, some
from crawlers.settings import Settings
from tests.crawlers.site import Site

MENU = "<ul class=menu><li><a href=/>首页</a></li><li><a href=/zw>公开</a></li><li><a href=/hd>互动</a></ul>"
ROWS = "".join(
    f"<li><a href=/{n}.html>关于做好第{n}项工作的通知</a><span>2026-11-20</span></li>" for n in range(5)
)
ASIDE = "".join(f"<div class=hot><a href=/h{n}.html>热点解读之第{n}篇文章</a></div>" for n in range(3))
PAGE = f"<body>{MENU}<div><ul class='xx-list w'>{ROWS}</ul>{ASIDE}</div></body>"


def test_what_repeats_with_titled_links_is_named_most_frequent_first() -> None:
    assert likely_rows(PAGE) == [
        "ul.xx-list > li (5 links, such as '关于做好第0项工作的通知')",
        "div > div.hot (3 links, such as '热点解读之第0篇文章')",
    ]


def test_a_selector_that_is_proposed_finds_the_rows() -> None:
    assert len(some(parse(PAGE), likely_rows(PAGE)[0].split(" (")[0])) == 5


def test_a_page_in_which_nothing_repeats_has_no_proposals() -> None:
    assert likely_rows(MENU) == likely_rows("") == []


def test_a_check_without_rows_proposes_some(site: Site, settings: Settings) -> None:
    site.pages["/list.html"] = PAGE
    check = check_portal(site.portal(list={"item": "table.none tr"}), settings)
    assert "table.none tr: expected some elements" in check.problems[0]
    assert "What repeats in the page: ul.xx-list > li (5 links" in check.problems[0]
