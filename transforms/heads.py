"""The head of a document: its title and number line, in any order, with what stands between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.compendium import title_lines
from transforms.doc_numbers import normalise
from transforms.issuers import UNIT, read_recipients, split_units
from transforms.pieces import Piece
from transforms.text import bare
from transforms.titles import Title, looks_like_title, read_title

_HEAD_PIECES = 14
_LINES_ABOVE = 6
_LONGEST = 300  # characters of a line of a title
_LONGEST_LINE = 60  # characters of a title that only its place shows
_NO_TITLE_LINE = re.compile(r"[。；：:！？]|[年月]\d{1,2}日$")
_SCRAPS, _SCRAP = 5, 30  # lines below a title that are no part of the notice, and their longest
_OFTEN_THE_SITE = ("heading", "title")  # a page's <h1> and <title> name a column or the site as well
# What stands behind a number on its line: who signed, or the day.
_BESIDE_NUMBER = re.compile(r"\s*签发人.*$|(?<=号)\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日$")
_RED_HEAD = re.compile(
    r"[\u4e00-\u9fff（） ]{4,60}(?:文件|公报)|(?:特急|加急|平急|急件|机密|秘密)|签发人[:：].{0,20}|000\d{3}"
    # the number under which a ministry of justice registered it: HHCR-2023-01005
    r"|[A-Z]{2,10}[-—–]?(?:19|20)\d\d[-—–]?\d{2,6}"
)


@dataclass(slots=True)
class TitleAndNumber:
    """What the head of a document says; `end` is the piece with which its body begins."""

    title: Title = field(default_factory=lambda: Title(""))
    title_origin: str = ""
    doc_no: str | None = None
    end: int = 0


def page_title(titles: Sequence[tuple[str, str]]) -> tuple[Title, str] | None:
    """What the page says is the title: the first in the form of a title, else the first that cannot be the
    name of the site."""
    sure = next((pair for pair in titles if looks_like_title(pair[0])), None)
    sure = sure or next((pair for pair in titles if pair[1] not in _OFTEN_THE_SITE), None)
    return (read_title(sure[0]), sure[1]) if sure else None


def doubtful_title(titles: Sequence[tuple[str, str]], origin: str) -> tuple[Title, str] | None:
    """A title of `origin` (heading, title) that does not have the form of one, for want of a better one."""
    return next(((read_title(text), place) for text, place in titles if place == origin), None)


def read_head(pieces: Sequence[Piece], titles: Sequence[tuple[str, str]]) -> TitleAndNumber:
    """Title and number line at the top of `pieces`; `titles` are what the page says, most trusted first."""
    head = TitleAndNumber(*(page_title(titles) or (Title(""), "")))
    head.end = _after_title(pieces, 0, head.title) or _before_title(pieces, head.title)
    while head.end < min(_HEAD_PIECES, len(pieces)):
        piece = pieces[head.end]
        if piece.cells or read_recipients(piece.text) is not None:
            break
        at = _number_line(pieces, head) or _title_line(pieces, head)
        if not at:
            break
        head.end = at
    return head if head.title.text else (_named_by_place(pieces, head.end) or head)


def _named_by_place(pieces: Sequence[Piece], at: int) -> TitleAndNumber | None:
    """A head whose title has not the form of one (`2021年重点工作任务`): the line between which and the
    salutation there is only the number."""
    if at + 2 >= len(pieces) or any(piece.cells for piece in pieces[at : at + 3]):
        return None
    line, number = pieces[at].text, normalise(pieces[at + 1].text)
    if not number or read_recipients(pieces[at + 2].text) is None:
        return None
    is_letterhead = all(UNIT.fullmatch(name) for name in split_units(line))
    if is_letterhead or not 6 <= len(line) <= _LONGEST_LINE or _NO_TITLE_LINE.search(line):
        return None
    return TitleAndNumber(read_title(line), "text", number, at + 2)


def _number_line(pieces: Sequence[Piece], head: TitleAndNumber) -> int | None:
    """Where the head goes on behind a number or another line that letters have above their text."""
    at = head.end
    number = normalise(_BESIDE_NUMBER.sub("", pieces[at].text))
    if number and head.doc_no is None:
        head.doc_no = number
        return at + 1
    if order := _order(pieces, at):
        head.doc_no = head.doc_no or order
        return at + 2
    return None


def _title_line(pieces: Sequence[Piece], head: TitleAndNumber) -> int | None:
    """Where the head goes on behind its title, a line of the letterhead or scraps above the number."""
    at = head.end
    if (end := _after_title(pieces, at, head.title)) > at:
        return end
    if _RED_HEAD.fullmatch(pieces[at].text):
        return at + 1
    if head.title.text and head.doc_no is None and (below := _number_below(pieces, at)):
        return below
    title, end = title_lines(pieces, at) or (None, at)
    if title is None or (head.title.text and not _same(title.text, head.title.text)):
        return None
    if not head.title.text:
        head.title, head.title_origin = title, "text"
    return end


def _number_below(pieces: Sequence[Piece], at: int) -> int | None:
    """Where the number line stands below scraps of the page's frame (`作者：…`, `大`, `中`, `小`)."""
    for near in range(at + 1, min(at + _SCRAPS, len(pieces))):
        scrap = pieces[near - 1]
        if scrap.cells or len(scrap.text) > _SCRAP or read_recipients(scrap.text) is not None:
            return None
        if normalise(pieces[near].text):
            return near
    return None


def _before_title(pieces: Sequence[Piece], title: Title) -> int:
    """Where the title stands below short lines in a text without page title: breadcrumbs, a date."""
    if title.text:
        return 0
    for at, piece in enumerate(pieces[:_LINES_ABOVE]):
        if title_lines(pieces, at):
            return at
        known = normalise(piece.text) or _RED_HEAD.fullmatch(piece.text) or _order(pieces, at)
        if known or piece.cells or len(piece.text) > 40 or re.search(r"[。；：:]$", piece.text):
            break
    return 0


def _order(pieces: Sequence[Piece], at: int) -> str | None:
    """The number of an order, whose head is `某省人民政府令` above `第230号`."""
    if at + 1 >= len(pieces) or not re.fullmatch(r"[\u4e00-\u9fff]{2,30}令", pieces[at].text):
        return None
    serial = re.fullmatch(r"[（(]?第?\s?(\d{1,4})\s?号[）)]?", pieces[at + 1].text)
    return f"{pieces[at].text}第{serial[1]}号" if serial else None


def _after_title(pieces: Sequence[Piece], at: int, title: Title) -> int:
    """Where the body goes on behind the page's title, which it repeats on one or several lines; `at` if
    not."""
    wanted = bare(title.text)
    joined = ""
    for end in range(at, min(at + 5, len(pieces))):
        if not wanted or pieces[end].cells or len(pieces[end].text) > _LONGEST:
            break
        joined += bare(read_title(pieces[end].text).text)
        if joined == wanted:
            return end + 1
        if not joined or not wanted.startswith(joined):
            break
    return at


def _same(one: str, other: str) -> bool:
    return one in other or other in one
