"""The parts of one document: title, number line, salutation, body, signature.

Works on the pieces of one document, whatever the format they came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.compendium import Head, title_lines
from transforms.dates import IN_TEXT, bare_date
from transforms.doc_numbers import normalise
from transforms.issuers import UNIT, read_recipients, split_units
from transforms.pieces import Piece
from transforms.text import bare
from transforms.titles import Title, looks_like_title, read_title

_HEAD_PIECES = 14
_SIGNATURE_LINES = 24
_LINES_ABOVE = 6
_LETTER = 8
_SIGNER = re.compile(r"\s*签发人.*$")
_RED_HEAD = re.compile(
    r"[\u4e00-\u9fff（） ]{4,60}(?:文件|公报)|(?:特急|加急|平急|急件|机密|秘密)|签发人[:：].{0,20}|000\d{3}"
)
_ATTACHMENT = re.compile(r"附[件表录]?\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?")
_NOT_SIGNED = re.compile(r"[。；！？，,;]|^附|[:：]$")


@dataclass(slots=True)
class Layout:
    """What the places of a document say. `body` are its pieces below title and number line."""

    title: Title = field(default_factory=lambda: Title(""))
    title_origin: str = ""
    doc_no: str | None = None
    recipients: list[str] = field(default_factory=list)
    signers: list[str] = field(default_factory=list)
    signed_on: str | None = None
    body: list[Piece] = field(default_factory=list)


def read_layout(
    pieces: Sequence[Piece], titles: Sequence[tuple[str, str]] = (), head: Head | None = None
) -> Layout:
    """The layout of one document. `titles` are what the page says elsewhere, most trusted first; `head` is
    its place in a compendium."""
    layout = Layout()
    start = 0
    if head:
        layout.title, layout.title_origin, layout.doc_no = head.title, "text", head.doc_no
        start = head.end
    else:
        start = _read_head(pieces, titles, layout)
    layout.body = list(pieces[start:])
    _read_salutation(layout)
    _read_signature(layout)
    _read_announcement(layout)
    if not layout.title.text:
        _title_below_signature(layout)
    return layout


def _page_title(titles: Sequence[tuple[str, str]]) -> tuple[Title, str]:
    """The page's title. A heading may be the site's name: the first in the form of a title, if any has it."""
    if not titles:
        return Title(""), ""
    printed, origin = next((pair for pair in titles if looks_like_title(pair[0])), titles[0])
    return read_title(printed), origin


def _read_head(pieces: Sequence[Piece], titles: Sequence[tuple[str, str]], layout: Layout) -> int:
    """Title and number line at the top, in any order; returns where the body begins."""
    layout.title, layout.title_origin = _page_title(titles)
    at = _after_title(pieces, 0, layout.title) or _before_title(pieces, layout.title)
    while at < min(_HEAD_PIECES, len(pieces)):
        piece = pieces[at]
        if piece.cells or read_recipients(piece.text) is not None:
            break
        number = normalise(_SIGNER.sub("", piece.text))
        after_title = _after_title(pieces, at, layout.title)
        if number and layout.doc_no is None:
            layout.doc_no = number
            at += 1
        elif order := _order(pieces, at):
            layout.doc_no = layout.doc_no or order
            at += 2
        elif after_title > at:
            at = after_title
        elif _RED_HEAD.fullmatch(piece.text):
            at += 1
        elif found := title_lines(pieces, at):
            title, end = found
            if not layout.title.text:
                layout.title, layout.title_origin = title, "text"
            elif not _same(title.text, layout.title.text):
                break
            at = end
        else:
            break
    return at


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
        if not wanted or pieces[end].cells:
            break
        joined += bare(read_title(pieces[end].text).text)
        if joined == wanted:
            return end + 1
        if not joined or not wanted.startswith(joined):
            break
    return at


def _same(one: str, other: str) -> bool:
    return one in other or other in one


def _read_salutation(layout: Layout) -> None:
    for piece in layout.body[:4]:
        if piece.cells:
            return
        recipients = read_recipients(piece.text)
        if recipients is not None:
            layout.recipients = recipients
            return


def _read_signature(layout: Layout) -> None:
    """Units and date of the first signature: lines of units above a line that is a date."""
    for at, piece in enumerate(layout.body):
        if piece.cells:
            continue
        day = bare_date(piece.text) or _date_at_end(piece.text)
        if not day:
            continue
        units = [*_units_above(layout.body, at), *_units_beside(piece.text)]
        ends_letter = layout.recipients and at < _LETTER and title_lines(layout.body, at + 1)
        if units or piece.align == "right" or at >= len(layout.body) - 4 or ends_letter:
            layout.signed_on = day
            layout.signers = units
            return


_ANNOUNCED = re.compile(
    r"(?P<day>\d{4}年\d{1,2}月\d{1,2}日)，(?P<units>[\u4e00-\u9fff、 ]{4,60})(?:联合)?印发了?《"
)


def _read_announcement(layout: Layout) -> None:
    """`2023年2月13日，中共某省委、某省人民政府印发了《…》`: how party and government publish without a
    letter."""
    for piece in layout.body[:2]:
        match = None if piece.cells else _ANNOUNCED.match(piece.text)
        if match and not layout.signed_on:
            layout.signed_on = bare_date(match["day"])
            layout.signers = layout.signers or split_units(match["units"])


def _date_at_end(line: str) -> str | None:
    """The date of `某市人民政府 2023年4月13日` on one line."""
    if len(line) > 70 or _NOT_SIGNED.search(line):
        return None
    for shape in IN_TEXT:
        for match in shape.pattern.finditer(line):
            rest = line[match.end() :].strip("日 ")
            if not rest and UNIT.fullmatch(line[: match.start()].strip(" 　")):
                return bare_date(line[match.start() :])
    return None


def _units_beside(line: str) -> list[str]:
    name = re.split(r"\s*(?:\d{4}\s*年|二[〇○零])", line, maxsplit=1)[0].strip()
    return split_units(name) if name and UNIT.fullmatch(name) else []


def _units_above(pieces: Sequence[Piece], at: int) -> list[str]:
    units: list[str] = []
    for piece in reversed(pieces[max(0, at - _SIGNATURE_LINES) : at]):
        text = piece.text.strip()
        if piece.cells or len(text) > 60 or _NOT_SIGNED.search(text):
            break
        names = split_units(text)
        if not names or not all(UNIT.fullmatch(name) for name in names):
            break
        units = [*names, *units]
    return units


def _title_below_signature(layout: Layout) -> None:
    """Without a covering title the printed title of the attached document counts: the first one in the
    text."""
    for at in range(len(layout.body)):
        found = title_lines(layout.body, at)
        if found:
            layout.title, layout.title_origin = found[0], "text"
            return
