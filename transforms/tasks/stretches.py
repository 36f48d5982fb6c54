"""Stretches of text that do not overlap, found by bisection: what is taken, what lies inside what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection


class Stretches:
    """Disjoint stretches `(start, end)` in order."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, stretches: Collection[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        if not stretches:  # as mostly
            return
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        self._ends = [end for _, end in ordered]

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them overlaps `start:end`."""
        at = bisect_right(self._ends, start)
        return at < len(self._starts) and self._starts[at] < end

    def hold(self, at: int) -> tuple[int, int] | None:
        """The one that `at` lies in, or None."""
        n = bisect_right(self._starts, at) - 1
        return (self._starts[n], self._ends[n]) if n >= 0 and at < self._ends[n] else None

    def take(self, start: int, end: int) -> bool:
        """Add `start:end` unless it overlaps one of them; whether it was added."""
        if self.touch(start, end):
            return False
        n = bisect_left(self._starts, start)
        self._starts.insert(n, start)
        self._ends.insert(n, end)
        return True
