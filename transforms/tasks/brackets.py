"""Pairs of brackets, in one pass whatever is never closed."""

from __future__ import annotations

import re

_OPENS = {"）": "（", "〕": "〔", "》": "《", "”": "“"}
ROUND_OR_SQUARE, QUOTING, TITLES = (re.compile(kinds) for kinds in ("[（）〔〕]", "[《》“”]", "[《》]"))
"""The kinds of brackets that are asked for."""


def pairs(text: str, start: int, end: int, kinds: re.Pattern[str]) -> list[tuple[int, int]]:
    """Outermost pairs of the `kinds` of brackets in `text[start:end]`: (at the opening, after the closing).

    A bracket that is never closed is as if it were not there.
    """
    found: list[tuple[int, int]] = []
    open_at: list[tuple[str, int]] = []
    for match in kinds.finditer(text, start, end):
        char, at = match[0], match.start()
        opener = _OPENS.get(char)
        if opener is None:
            open_at.append((char, at))
        elif open_at and open_at[-1][0] == opener:
            begin = open_at.pop()[1]
            while found and found[-1][0] > begin:
                found.pop()
            found.append((begin, at + 1))
    return found
