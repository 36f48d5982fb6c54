"""Documents within one text: where each begins. A file may hold one notice or a collection of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.dates import bare_date
from transforms.doc_numbers import normalise
from transforms.issuers import UNIT, issuers_of_title
from transforms.pieces import Piece
from transforms.titles import Title, looks_like_title, read_title
from transforms.unwrap import LABEL

_TITLE_LINES = 4
_ATTACHMENT = re.compile(r"附[件表录]?\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?\s*")
_PRINTS = re.compile(r"印发|转发|批转|下达|公布")
_LETTER = re.compile(r"(?:通知|函|公告|决定)$")
_VERB = re.compile(r"关于|印发|转发|批转|发布|公布")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document in a list of pieces: title lines `[start, end)`, and the number line's place."""

    start: int
    end: int
    title: Title
    doc_no: str | None
    number_line: int | None


def find_heads(pieces: Sequence[Piece]) -> list[Head]:
    """The heads of the documents that a text holds, when it holds several; else an empty list.

    A head is a title beside a line that is a document number, or a numbered title with a date in brackets.
    The title of an attachment is none, and a forwarding notice with the forwarded one is one document.
    """
    heads: list[Head] = []
    at = 0
    while at < len(pieces):
        head = _head_at(pieces, at)
        if head:
            heads.append(head)
            at = head.end
        else:
            at += 1
    seen = {(head.doc_no, head.title.text) for head in heads}
    if len(seen) < 2 or (
        len({head.doc_no for head in heads if head.doc_no}) == 1 and not heads[-1].title.dated
    ):
        return []
    forwards = len(heads) == 2 and re.search(r"转发|批转", heads[0].title.text)
    return [] if forwards else heads


def title_lines(pieces: Sequence[Piece], start: int) -> tuple[Title, int] | None:
    """The title that begins with piece `start`, perhaps over several lines, and where it ends."""
    joined = ""
    for end in range(start, min(start + _TITLE_LINES, len(pieces))):
        piece = pieces[end]
        if piece.cells or len(piece.text) > 160 or normalise(piece.text) or bare_date(piece.text):
            return None
        if joined and LABEL.match(piece.text):
            return None  # a new item of a list
        if joined and not UNIT.fullmatch(joined) and _begins_a_title(piece.text):
            return None
        # Joint issuers stand on lines of their own; between their names a blank is printed.
        between = " " if UNIT.fullmatch(joined) and issuers_of_title(piece.text) else ""
        joined += between + piece.text
        if looks_like_title(joined) and not _goes_on(pieces, end, joined):
            return read_title(joined), end + 1
        if re.search(r"[。；：:]$", piece.text):
            return None
    return None


def _begins_a_title(line: str) -> bool:
    """Whether a line is a title by itself that names its issuer first."""
    return looks_like_title(line) and bool(issuers_of_title(read_title(line).text))


def _goes_on(pieces: Sequence[Piece], end: int, joined: str) -> bool:
    """Whether the title's phrase is still open: `关于印发…工作方案` with `的通知` on the next line."""
    if end + 1 >= len(pieces) or pieces[end + 1].cells:
        return False
    following = pieces[end + 1].text
    opened = joined.count("《") > joined.count("》")
    both = joined + following
    letter = (
        _PRINTS.search(joined) and not _LETTER.search(joined) and _LETTER.search(both) and len(following) < 60
    )
    return bool(opened or letter or following.startswith("的")) and (opened or looks_like_title(both))


def _head_at(pieces: Sequence[Piece], at: int) -> Head | None:
    if pieces[at].cells or (at and _ATTACHMENT.fullmatch(pieces[at - 1].text)):
        return None
    found = title_lines(pieces, at)
    if not found:
        return None
    title, end = found
    if not _VERB.search(title.text):
        return None
    for near in (end, at - 1):
        if 0 <= near < len(pieces) and (number := normalise(pieces[near].text)):
            return Head(min(at, near), max(end, near + 1), title, number, near)
    if title.label and title.dated:
        return Head(at, end, title, title.doc_no, None)
    return None
