"""Whatever comes in: never an exception, always a notice, and time that grows with the size and no faster."""

# ruff: noqa: E501 - sentences of notices stay on one line

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transforms.test_pages import LAYOUTS, PARAGRAPHS, page
from tests.transforms.test_texts import LETTER, wrapped
from transforms.compendium import find_heads
from transforms.contacts import read_contacts
from transforms.issuers import split_units
from transforms.markup import read_pieces
from transforms.pieces import build_document
from transforms.plain import read_text
from transforms.read import Source, read_notices
from transforms.regions import place_of
from transforms.relevance import read_relevance
from transforms.run_on import cut_run_on
from transforms.titles import doc_type, read_title
from transforms.unwrap import unwrap

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WHOLE = page("".join(LAYOUTS.values()), PARAGRAPHS + "<table><tr><td rowspan=9>1<td>二</table>")
WORDS = st.sampled_from(
    ["关于", "印发", "的通知", "《", "》", "（", "）", "〔2024〕", "1号", "一、", "（一）", "1.", "：", "。", "，", "\n", " ", "\t", "　",
     "示范市人民政府", "2024年3月8日", "索引号", "附件", "|", "# Page 3:", "序号", "电话：", "<td>", "<table>", "&nbsp;", "\u200b", "\x00"]
)  # fmt: skip


@QUICK
@given(data=st.binary(max_size=400))
def test_any_bytes_are_a_notice_with_a_problem_or_a_text(data: bytes) -> None:
    for notice in read_notices(data, Source("bytes")):
        assert notice.text or notice.title or notice.problems


@QUICK
@given(text=st.lists(WORDS, max_size=60).map("".join))
def test_any_words_of_notices_are_read_and_lose_nothing_they_quote(text: str) -> None:
    for notice in read_notices(text.encode(), Source("text")):
        for contact in notice.contacts:
            assert notice.text[contact.start : contact.end] == contact.quote
        for task in notice.tasks:
            assert task.read_from != "body" or notice.text[task.start : task.end] == task.quote


@QUICK
@given(cut=st.integers(0, len(WHOLE)))
def test_any_cut_of_a_page_is_read(cut: int) -> None:
    assert read_notices(WHOLE[:cut], Source("page"))


@QUICK
@given(place=st.integers(0, len(WHOLE) - 1), noise=st.binary(min_size=1, max_size=6))
def test_any_noise_in_a_page_is_read(place: int, noise: bytes) -> None:
    [notice] = read_notices(WHOLE[:place] + noise + WHOLE[place + len(noise) :], Source("page"))
    assert notice.text or notice.problems


@QUICK
@given(lines=st.lists(st.text(alphabet="一二三。，、（）关于的通知1 ", max_size=44), max_size=30))
def test_unwrapping_moves_no_letter(lines: list[str]) -> None:
    def letters(texts: list[str]) -> str:
        return "".join("".join(texts).split())

    assert letters(unwrap(lines, 40.0)) == letters(lines)


@QUICK
@given(text=st.text(alphabet="一二、（）。：1. 关于政府市年月日", max_size=300))
def test_cutting_a_run_on_moves_no_letter(text: str) -> None:
    assert "".join("".join(cut_run_on(text)).split()) == "".join(text.split())


@QUICK
@given(text=st.text(max_size=200))
def test_small_readers_take_any_text(text: str) -> None:
    read_title(text)
    doc_type(text)
    split_units(text)
    place_of(text)
    read_contacts(text)
    read_relevance(text, text)
    document = build_document(read_text(text).pieces)
    assert all(document.text[block.start : block.end] for block in document.blocks)


def _dump(size: int) -> None:
    unwrap(wrapped(LETTER, 40) * size, 40.0)


def _text(size: int) -> None:
    find_heads(
        read_text("\n".join([*LETTER, "关于《" * 9, "（" * 60, "1" * 90, "年月日" * 20] * size)).pieces
    )


def _run_on(size: int) -> None:
    cut_run_on(" ".join(LETTER * size))


def _contacts(size: int) -> None:
    read_contacts(("（联系人：" + "张三、" * 9 + "a" * 30 + "@" + "b." * 9 + "1390000" * 3) * size)


def _nested(size: int) -> None:
    read_notices(("<div><table><tr><td>" * 40 * size + "文本。").encode(), Source("page"))


def _table(size: int) -> None:
    row = "<tr><td rowspan=200 colspan=200>一<td>二<td>三</tr>"
    read_notices(
        f"<div id=zoom><p>正文，如下。</p><table>{row * 3 * size}</table></div>".encode(), Source("page")
    )


@pytest.mark.parametrize("work", [_dump, _text, _run_on, _contacts, _nested, _table])
def test_time_grows_with_the_size_and_no_faster(work: Callable[[int], None]) -> None:
    def seconds(size: int) -> float:
        best = 9.9
        for _ in range(3):
            started = time.process_time()
            work(size)
            best = min(best, time.process_time() - started)
        return best

    seconds(5)
    small, large = seconds(10), seconds(80)
    # Eight times the size may take eight times as long; three times that is room for noise.
    assert large < 24 * small + 0.15, f"{small:.3f} s for 10, {large:.3f} s for 80"


def test_a_page_of_many_megabytes_is_read_in_seconds() -> None:
    body = PARAGRAPHS * 2000
    started = time.process_time()
    [notice] = read_notices(page("", body), Source("page"))
    assert time.process_time() - started < 30
    assert len(notice.text) > 300_000


def test_the_shared_pages_are_read_whatever_is_cut_off(shared: Path) -> None:
    paths = sorted((shared / "corpus" / "pages").glob("*.html"))
    assert paths
    for path in paths:
        data = path.read_bytes()
        for part in (3, 5, 9):
            assert read_notices(data[: len(data) // part], Source(path.name))


def test_deep_markup_is_read_without_recursion_errors() -> None:
    from lxml import etree

    root = etree.fromstring("<div>" * 240 + "底" + "</div>" * 240, parser=etree.HTMLParser(huge_tree=True))
    assert [piece.text for piece in read_pieces(root)] == ["底"]


@pytest.mark.parametrize(
    ("name", "said_by"),
    [
        *product(
            ["zlib", "rot13", "idna", "undefined", "unicode_escape", "utf-16", "utf-7"], ["page", "header"]
        ),
        ("x\0y", "header"),
    ],
)
def test_a_charset_in_which_no_page_is_written_is_not_believed(name: str, said_by: str) -> None:
    """Python knows decoders of that name; they fail, or make halves of characters that nothing can store."""
    words = "为方便企业和群众办事，请各单位设置引导台 \\ud800。"
    meta = f'<meta charset="{name}">' if said_by == "page" else ""
    page = f"<html><head>{meta}<title>示范市人民政府关于设置引导台的通知</title></head><body><p>{words}</p></body></html>"
    charset = name if said_by == "header" else None
    [notice] = read_notices(page.encode("gb18030"), Source("page", charset=charset))
    assert notice.title == "示范市人民政府关于设置引导台的通知"
    assert notice.text == words


def test_halves_of_characters_in_json_are_shown_as_unreadable_and_stop_nothing() -> None:
    record = '{"title": "关于设置\\ud800引导台的通知", "content": "<p>请各县市区\\udc00认真执行。</p>", "x\\ud800": "\\ud83d\\ude00"}'
    [notice] = read_notices(record.encode(), Source("data"))
    assert (notice.title, notice.text) == ("关于设置?引导台的通知", "请各县市区?认真执行。")
    assert ("x?", "😀") in [(pair.label, pair.value) for pair in notice.fields]
