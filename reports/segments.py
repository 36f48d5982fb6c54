"""Texts cut at the places where evidence stands, so that a page can show it in place.

Offsets count characters as Python does. A browser counts otherwise (some rare characters of names count twice
there), so texts are cut here and never there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from reports.text import safe_text

T = TypeVar("T")

# The narrower evidence wins where two overlap: a date inside a figure's words is still a date.
KINDS = ("unit", "deadline", "rhythm", "target", "citation")


@dataclass(frozen=True, slots=True)
class Span:
    """Evidence in a text: its kind (`task` or one of KINDS), place, and the task it belongs to, or -1."""

    kind: str
    start: int
    end: int
    task: int = -1


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text, the evidence it is (empty: none) and the task that it stands in, or -1."""

    text: str
    kind: str
    task: int


def segments(text: str, spans: Iterable[Span]) -> list[Segment]:
    """The whole text in stretches. Spans outside of the text are left out; tasks may hold other tasks."""
    length, shown = len(text), _shower(text)
    fit = [s for s in spans if 0 <= s.start < s.end <= length]
    tasks = sorted((s for s in fit if s.kind == "task"), key=_length, reverse=True)
    marks = sorted((s for s in fit if s.kind in KINDS), key=_length, reverse=True)
    edges = sorted({0, length, *(s.start for s in fit), *(s.end for s in fit)})
    task_at = _painted(edges, ((s, s.task) for s in tasks), -1)
    kind_at = _painted(edges, ((s, s.kind) for s in marks), "")
    found: list[Segment] = []
    for start, end in pairwise(edges):
        piece = Segment(shown(text[start:end]), kind_at[start], task_at[start])
        # Two dates that touch are two marks; plain text that an outer edge cut is one again.
        if found and not piece.kind and not found[-1].kind and found[-1].task == piece.task:
            piece = Segment(found.pop().text + piece.text, "", piece.task)
        found.append(piece)
    return found


def _shower(text: str) -> Callable[[str], str]:
    """What makes a piece fit to show: nothing has to, where the whole text is fit already."""
    return str if safe_text(text) == text else safe_text


def _length(span: Span) -> int:
    return span.end - span.start


def _painted(edges: list[int], spans: Iterable[tuple[Span, T]], ground: T) -> dict[int, T]:
    """What each stretch is, painting long spans first and shorter ones over them."""
    at = dict.fromkeys(edges, ground)
    place = {edge: number for number, edge in enumerate(edges)}
    for span, value in spans:
        for edge in edges[place[span.start] : place[span.end]]:
            at[edge] = value
    return at
