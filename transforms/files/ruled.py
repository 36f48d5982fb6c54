"""Tables that a page rules with lines: the cells are the fields between the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.files.layout import Line, join_segments
from transforms.pieces import CellText, Piece
from transforms.text import tidy

_THIN = 2.5
_NEAR = 3.0
_MOST_RULES = 4000


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical line; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_flat(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top

    @classmethod
    def sides(cls, left: float, top: float, right: float, bottom: float) -> list[Rule]:
        """The rules of a path: itself when thin, its four sides when it is a box."""
        width, height = right - left, bottom - top
        if min(width, height) <= _THIN:
            return [cls(left, top, right, bottom)] if max(width, height) > 6 else []
        return [
            cls(left, top, right, top),
            cls(left, bottom, right, bottom),
            cls(left, top, left, bottom),
            cls(right, top, right, bottom),
        ]


def cut_ruled_tables(segments: Sequence[Line], rules: Sequence[Rule]) -> list[Piece | list[Line]]:
    """The segments of a page with its ruled tables cut out, from top to bottom."""
    if not 6 <= len(rules) <= _MOST_RULES:
        return [list(segments)]
    parts: list[Piece | list[Line]] = []
    rest = list(segments)
    for group in sorted(_connected(rules), key=lambda group: min(rule.top for rule in group)):
        rows = _merged([(rule.top + rule.bottom) / 2 for rule in group if rule.is_flat])
        columns = _merged([(rule.left + rule.right) / 2 for rule in group if not rule.is_flat])
        if len(rows) < 3 or len(columns) < 3:
            continue
        inside = [
            s for s in rest if rows[0] < _middle(s)[1] < rows[-1] and columns[0] < _middle(s)[0] < columns[-1]
        ]
        if len(inside) < 2:
            continue
        parts.append([s for s in rest if s not in inside and s.top < rows[0]])
        parts.append(_table(inside, rows, columns, group))
        rest = [s for s in rest if s not in inside and s.top >= rows[0]]
    return [part for part in [*parts, rest] if part]


def _middle(segment: Line) -> tuple[float, float]:
    # a cell's text begins inside the cell, though a line of it may be merged with that of the next
    return min(segment.left + 2.0, (segment.left + segment.right) / 2), (segment.top + segment.bottom) / 2


def _merged(values: Sequence[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules in groups that touch one another: sweep from the top, joining boxes that overlap."""
    groups: list[list[Rule]] = []
    boxes: list[tuple[float, float, float, float]] = []
    for rule in sorted(rules, key=lambda rule: rule.top):
        box = (rule.left - _NEAR, rule.top - _NEAR, rule.right + _NEAR, rule.bottom + _NEAR)
        touching = [k for k, other in enumerate(boxes) if _touch(box, other)]
        merged = [rule]
        for k in reversed(touching):
            merged += groups.pop(k)
            other = boxes.pop(k)
            box = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
        groups.append(merged)
        boxes.append(box)
    return groups


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _table(
    segments: Sequence[Line], rows: Sequence[float], columns: Sequence[float], rules: Sequence[Rule]
) -> Piece:
    """Cells between the rules; where a rule is missing between two fields they are one cell."""
    owner = _owners(rows, columns, rules)
    texts: dict[tuple[int, int], list[Line]] = {}
    for segment in segments:
        across, down = _middle(segment)
        row = max(k for k in range(len(rows) - 1) if rows[k] <= down or k == 0)
        column = max(k for k in range(len(columns) - 1) if columns[k] <= across or k == 0)
        texts.setdefault(owner[row, column], []).append(segment)
    cells = []
    for place in sorted(set(owner.values())):
        fields = [field for field, first in owner.items() if first == place]
        lines = join_segments(texts.get(place, []))
        text = tidy("".join(line.text for line in lines))
        height = max(row for row, _ in fields) - place[0] + 1
        width = max(column for _, column in fields) - place[1] + 1
        cells.append(CellText(text, place[0], place[1], height, width))
    return Piece(kind="table", cells=tuple(cells))


def _owners(
    rows: Sequence[float], columns: Sequence[float], rules: Sequence[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each field of the grid the first field of its cell."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            middle = (columns[column] + columns[column + 1]) / 2
            centre = (rows[row] + rows[row + 1]) / 2
            if row and not _is_ruled(rules, True, rows[row], middle):
                owner[row, column] = owner[row - 1, column]
            elif column and not _is_ruled(rules, False, columns[column], centre):
                owner[row, column] = owner[row, column - 1]
            else:
                owner[row, column] = (row, column)
    return owner


def _is_ruled(rules: Sequence[Rule], is_flat: bool, place: float, across: float) -> bool:
    for rule in rules:
        if rule.is_flat is not is_flat:
            continue
        if (
            is_flat
            and abs((rule.top + rule.bottom) / 2 - place) <= _NEAR
            and rule.left - 1 <= across <= rule.right + 1
        ):
            return True
        if (
            not is_flat
            and abs((rule.left + rule.right) / 2 - place) <= _NEAR
            and rule.top - 1 <= across <= rule.bottom + 1
        ):
            return True
    return False
