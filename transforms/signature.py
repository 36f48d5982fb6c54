"""The signature of a document: who signed it and on what day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.dates import IN_TEXT, bare_date
from transforms.issuers import UNIT, split_units
from transforms.pieces import Piece
from transforms.text import narrow_figures

_SIGNATURE_LINES = 24
_LAST_PIECES = 4
_SENTENCE_ENDS = re.compile(r"。[”）)]?$")
_NOT_SIGNED = re.compile(r"[。；！？，,;]|^附|[:：]$")
_ANNOUNCED = re.compile(
    r"(?P<day>\d{4}年\d{1,2}月\d{1,2}日)，(?P<units>[\u4e00-\u9fff、 ]{4,60})(?:联合)?印发了?《"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """The units that signed, as printed, and the day as an ISO date."""

    units: tuple[str, ...] = ()
    day: str | None = None


def read_signature(body: Sequence[Piece]) -> Signature:
    """The first signature of a body: lines of units above a line that is a date; else its announcement."""
    below_text = False
    for at, piece in enumerate(body):
        if piece.cells:
            continue
        if day := bare_date(piece.text) or _date_at_end(piece.text):
            units = (*_units_above(body, at), *_units_beside(piece.text))
            # A date on a line of its own below a sentence is the letter's, whoever signed: 省长 is no unit.
            alone = below_text and bare_date(piece.text)
            if units or alone or piece.align == "right" or at >= len(body) - _LAST_PIECES:
                return Signature(units, day)
        below_text = below_text or _SENTENCE_ENDS.search(piece.text) is not None
    return _announcement(body)


def _announcement(body: Sequence[Piece]) -> Signature:
    """`2023年2月13日，中共某省委、某省人民政府印发了《…》`: how party and government publish without a
    letter."""
    for piece in body[:2]:
        match = None if piece.cells else _ANNOUNCED.match(piece.text)
        if match:
            return Signature(tuple(split_units(match["units"])), bare_date(match["day"]))
    return Signature()


def _date_at_end(line: str) -> str | None:
    """The date of `某市人民政府 2023年4月13日` on one line."""
    if len(line) > 70 or _NOT_SIGNED.search(line):
        return None
    line = narrow_figures(line)
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
