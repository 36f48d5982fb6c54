"""Selectors raise what a person needs to know; text is what a reader sees."""

from __future__ import annotations

import pytest

from crawlers.errors import PageChanged
from crawlers.select import attribute, one, parse, some, text, tidy

PAGE = parse(
    "<title>维护公告</title><p>系统升级</p><p class='a b'>甲<script>x()</script><!-- 乙 --><i>丙</i></p>"
)


def test_some_names_the_selectors_and_the_page_that_it_met() -> None:
    with pytest.raises(
        PageChanged, match=r"ul\.list li or table tr: expected some.*found none in page '维护公告'"
    ):
        some(PAGE, ["ul.list li", "table tr"])


def test_some_takes_the_first_selector_that_matches() -> None:
    assert [node.tag for node in some(PAGE, ["ul li", "p"])] == ["p", "p"]


def test_one_refuses_a_second_element() -> None:
    assert one(PAGE, "p.a").tag == "p"
    with pytest.raises(PageChanged, match="p: expected one element, found 2"):
        one(PAGE, "p")


def test_text_leaves_out_scripts_comments_and_what_it_is_told_to() -> None:
    node = one(PAGE, "p.a")
    assert text(node) == "甲丙"
    assert text(node, {one(PAGE, "i")}) == "甲"
    assert attribute(node, "class") == "a b"
    assert attribute(node, "title") == ""


def test_text_of_markup_nested_by_the_thousand_is_read() -> None:
    assert text(parse("<span>" * 3000 + "底")) == "底"


@pytest.mark.parametrize(
    ("printed", "line"),
    [
        ("文\u3000\u3000号\xa0：", "文 号 ："),
        ("\u200b办发〔2021〕14号\u200d\u200d", "办发〔2021〕14号"),
        ("关于\r\n   印发要点", "关于印发要点"),
        ("Notice\n 1", "Notice 1"),
    ],
)
def test_tidy_puts_text_on_one_line_without_invisible_characters(printed: str, line: str) -> None:
    assert tidy(printed) == line
