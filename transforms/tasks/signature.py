"""A signature of a task's text: what the warehouse knows it by after a small correction."""

from __future__ import annotations

from struct import Struct
from zlib import crc32

_DIVIDERS = "，。；：、！？（）〔〕"  # of clauses, besides the line end
_KEPT = 8
_WORDS = [Struct(f">{count}I") for count in range(_KEPT + 1)]
_OF_NOTHING = crc32(b"")


def clauses(text: str) -> str:
    """A folded text with a line for each clause, every character in its place."""
    for mark in _DIVIDERS:  # replaced one by one: a fifth of the time of a pattern that splits
        text = text.replace(mark, "\n")
    return text


def sign(lines: str) -> str:
    """The eight smallest checksums of a text's clauses, in hexadecimal, smallest first.

    A correction changes one clause, so most of the eight stay; two texts' shared eights estimate how much of
    them is the same. `lines` is what `clauses` made of the text.
    """
    found = set(map(crc32, lines.encode().split(b"\n")))
    found.discard(_OF_NOTHING)
    sums = sorted(found)[:_KEPT]
    return _WORDS[len(sums)].pack(*sums).hex()
