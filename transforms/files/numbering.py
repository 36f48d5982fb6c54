"""Automatic paragraph numbers of DOCX: `一、`, `（二）`, `3.` are printed by Word and stand in no
paragraph's text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

Element = Any
_IDEOGRAPHS = "〇一二三四五六七八九"
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "japaneseCounting",
    "taiwaneseCounting",
    "chineseLegalSimplified",
)


@dataclass(slots=True)
class Numbering:
    """Formats of the numbered lists of a document, and how far each has counted."""

    levels: dict[tuple[str, int], tuple[str, str, int]] = field(
        default_factory=dict
    )  # (list, level) -> format
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """The lists of a document; none when it numbers nothing."""
        found = cls()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return found
        abstract = {item.get(qn("w:abstractNumId")): item for item in root.iterchildren(qn("w:abstractNum"))}
        for item in root.iterchildren(qn("w:num")):
            reference = item.find(qn("w:abstractNumId"))
            source = abstract.get(reference.get(qn("w:val"))) if reference is not None else None
            for level in source.iterchildren(qn("w:lvl")) if source is not None else ():
                place = level.get(qn("w:ilvl")) or "0"
                found.levels[item.get(qn("w:numId")), int(place)] = (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    int(_value(level, "w:start", "1") or "1"),
                )
        return found

    def label(self, paragraph: Element) -> str:
        """What Word prints before a paragraph; "" before one that is not numbered, and for bullets."""
        properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is None:
            return ""
        number = _value(properties, "w:numId", "")
        level = _value(properties, "w:ilvl", "0")
        key = (number, int(level) if level.isdecimal() else 0)
        if key not in self.levels or self.levels[key][0] in ("bullet", "none"):
            return ""
        self.counts[key] = self.counts.get(key, self.levels[key][2] - 1) + 1
        for deeper in [other for other in self.counts if other[0] == number and other[1] > key[1]]:
            del self.counts[deeper]
        return re.sub(r"%(\d)", lambda match: self._figure(number, int(match[1]) - 1), self.levels[key][1])

    def _figure(self, number: str, level: int) -> str:
        style, _, start = self.levels.get((number, level), ("decimal", "", 1))
        count = self.counts.get((number, level), start)
        return ideographic(count) if style in _CHINESE else str(count)


def ideographic(number: int) -> str:
    """1–99 in ideographs: 一, 十, 十二, 二十三."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_IDEOGRAPHS[tens]}十"
    return head + (_IDEOGRAPHS[ones] if ones else "")


def _value(parent: Element, name: str, default: str) -> str:
    found = parent.find(qn(name))
    value = found.get(qn("w:val")) if found is not None else None
    return str(value) if value is not None else default
