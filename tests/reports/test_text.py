"""Hostile text is shown as text, wherever it goes."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reports import render
from reports.text import markdown_text, one_line, safe_link, safe_text

HOSTILE = (
    "<script>alert(1)</script>",
    "[看这里](javascript:alert(1))",
    "![图](https://evil.example/pixel.png)",
    "https://evil.example/ 自动链接 www.evil.example",
    "# 标题\n- 列表\n1. 一\n> 引用\n***粗***\n`码`\n|表|格|",
    "~~删~~ $x$ &lt;b&gt; &amp;",
    "1. 一、总则",
)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "/relative",
        "//x.example/a",
        "java\nscript:alert(1)",
        "http://",
        "http://[bad",
        "file:///etc/passwd",
        "",
        None,
    ],
)
def test_a_link_that_is_not_absolute_http_is_dropped(link: str | None) -> None:
    assert safe_link(link) == ""


def test_a_link_of_a_portal_stays_as_it_is() -> None:
    link = "https://www.linhe.example:8080/col/col12/art/2023/art_1.html?a=1&b=%E4%B8%AD#x"
    assert safe_link(link) == link


def test_a_link_cannot_end_its_place_in_markup() -> None:
    link = safe_link("https://www.linhe.example/a b(c)\"><'\u202e中")
    assert not re.search(r"[\s()\"<>']", link)
    assert link.endswith("%E4%B8%AD")


def test_bidirectional_and_invisible_characters_are_taken_out() -> None:
    assert safe_text("公告\u202etxt.exe\u2066\u200b\ufeff\u00ad") == "公告txt.exe"


def test_a_control_character_shows_that_something_was_there() -> None:
    assert safe_text("甲\x00乙\x1b[31m\ud800") == "甲\ufffd乙\ufffd[31m\ufffd"
    assert safe_text("甲\r\n乙\u2028丙\t丁") == "甲\n乙\n丙\t丁"


def test_a_line_is_cut_with_an_ellipsis() -> None:
    assert one_line("  甲\n乙  丙 ", 4) == "甲 乙…"
    assert len(one_line("长" * 10_000, 120)) == 120


@given(st.text())
def test_safe_text_has_nothing_that_xml_forbids(text: str) -> None:
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", safe_text(text)
    )


def _tokens(text: str) -> set[str]:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    found = set()
    for token in parser.parse(text):
        found.add(token.type)
        found |= {child.type for child in token.children or ()}
    return found


@given(
    st.text()
    | st.sampled_from(HOSTILE)
    | st.lists(st.sampled_from(list("*_`[]()<>!#-+1.|~ \\&a\n")), max_size=12).map("".join)
)
def test_markdown_text_is_read_as_text_alone(text: str) -> None:
    found = _tokens("前" + markdown_text(text)) | _tokens(markdown_text(text).strip())
    assert found <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special", "softbreak"}


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_the_words_themselves(text: str) -> None:
    class Words(HTMLParser):
        words = ""

        def handle_data(self, data: str) -> None:
            self.words += data

    reader = Words()
    reader.feed(MarkdownIt().render("前" + markdown_text(text)))
    assert reader.words.strip() == "前" + one_line(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_templates_escape_every_value(text: str) -> None:
    page = render.html().from_string("<p>{{ value }}</p>").render(value=text)
    assert page.count("<") == 2
    assert unescape(page.removeprefix("<p>").removesuffix("</p>")) == safe_text(text)
