"""A signature of a task's text: what the warehouse knows it by after a small correction."""

from __future__ import annotations

from struct import pack
from zlib import crc32

_DIVIDERS = "，。；：、！？（）〔〕"  # of clauses, besides the line end
_KEPT = 8


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
    sums = sorted(set(map(crc32, filter(None, lines.encode().split(b"\n")))))[:_KEPT]
    return pack(f">{len(sums)}I", *sums).hex()
