"""Selectors mean what they mean in a browser, within an element that is a row of a list."""

from __future__ import annotations

import pytest

from crawlers.css import select
from crawlers.errors import WrongPortalFile
from crawlers.select import one, parse

PAGE = parse(
    "<div class='list'><ul id=top><li class='row odd'><b>1</b><a href=/1 title=甲>一</a><i>x</i>"
    "<span>2023</span><a href=/1b>又</a></li><li class=row><a href=/2>二</a></li></ul></div><p>外</p>"
)
ROW = one(PAGE, "li.odd")


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("a", ["/1", "/1b"]),
        ("a[title]", ["/1"]),
        ("div.list ul > li a", ["/1", "/1b"]),  # what stands before the last part may be around the row
        ("ul.other a", []),
        ("#top > a", []),
        ("b + a", ["/1"]),
        ("b ~ a", ["/1", "/1b"]),
        ("i + span + a", ["/1b"]),
        ("a:nth-of-type(2), a[title]", ["/1", "/1b"]),  # in page order
        ("a:not([title])", ["/1b"]),
        ("li:has(> span) > a:first-of-type", ["/1"]),
    ],
)
def test_a_selector_means_inside_a_row_what_it_means_in_a_browser(css: str, found: list[str]) -> None:
    assert [node.get("href") for node in select(ROW, css)] == found


def test_a_row_is_not_inside_itself() -> None:
    assert select(ROW, "li") == []
    assert len(select(PAGE, "li")) == 2


def test_what_is_no_selector_is_an_error_of_the_portal_file() -> None:
    with pytest.raises(WrongPortalFile, match=r"'li\[' is no CSS selector"):
        select(PAGE, "li[")
