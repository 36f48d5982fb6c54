"""The grid of a table and its head: what each column holds, by the meanings of `headers`."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from transforms.records import Cell
from transforms.tasks import headers

_HEAD_ROWS = 4
_LEAST_WIDTH = 5  # characters a row that say what is to be done, on average
_LEAST_WIDTH_OF_MEASURES = 12
Columns = dict[int, str]
Row = dict[int, Cell]
TextOf = Callable[[Cell], str]


def grid(cells: tuple[Cell, ...]) -> list[Row]:
    """For each row its cells by column, those that span into it included."""
    rows: dict[int, Row] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + max(1, min(cell.row_span, 2000))):
            if row > cell.row + 500:
                break
            for column in range(cell.column, cell.column + max(1, min(cell.column_span, 60))):
                rows.setdefault(row, {}).setdefault(column, cell)
    return [rows[row] for row in sorted(rows)]


def read_head(rows: list[Row], text: TextOf) -> tuple[Columns, int]:
    """Columns by meaning and the first row after the head; none and 0 when it is no task table."""
    for n, row in enumerate(rows[:_HEAD_ROWS]):
        columns = _columns(row, text)
        known, heads = set(columns.values()), [text(cell) for cell in row.values()]
        if len(known) < 2:
            continue
        if not known & {headers.MATTER, headers.MEASURE}:
            named = _with_widest(row, columns, rows[n + 1 :], text) or _with_goals(row, columns, text)
            if _is_task_head(set(named.values())):
                return named, n + 1
            continue
        below = rows[n + 1] if n + 1 < len(rows) else {}
        two_rows = any(cell.row_span > 1 for cell in row.values()) and is_head(below, text)
        if two_rows:
            columns |= _columns(below, text)
        if _is_task_head(set(columns.values())) and not headers.is_catalogue(columns.values(), heads):
            rest = rows[n + 1 + two_rows :]
            columns |= _sections(columns, rest, text)
            return _with_measures(_goals_as_measures(columns), row, rest, text), n + 1 + two_rows
    return {}, 0


def is_head(row: Row, text: TextOf) -> bool:
    """Whether a row names columns of a task table."""
    return sum(headers.meaning(text(cell)) is not None for cell in row.values()) >= 2


def _columns(row: Row, text: TextOf) -> Columns:
    return {column: what for column, cell in row.items() if (what := headers.meaning(text(cell)))}


def _with_widest(head: Row, columns: Columns, below: list[Row], text: TextOf) -> Columns:
    """Columns of a head that has no name for what is to be done: it is the widest of the unknown ones."""
    width = {
        column: sum(len(text(row[column])) for row in below if column in row)
        for column in head.keys() - columns.keys()
    }
    widest = max(width, key=lambda column: width[column], default=None)
    if widest is None or width[widest] < _LEAST_WIDTH * len(below):
        return {}
    if not headers.says_who_works([text(cell) for cell in head.values()]):
        return {}
    return columns | {widest: headers.MATTER}


def _with_goals(head: Row, columns: Columns, text: TextOf) -> Columns:
    """Columns of a head whose goals say what is to be done; none when it has no goals, or indicators."""
    if headers.GOAL not in columns.values() or not headers.says_who_works([text(c) for c in head.values()]):
        return {}
    return {column: headers.MATTER if what == headers.GOAL else what for column, what in columns.items()}


def _sections(columns: Columns, below: list[Row], text: TextOf) -> Columns:
    """The columns of matters that are sections of the matters right of them.

    They stand left of the rows' numbers, or say the same in rows whose matter differs.
    """
    number = min((column for column, what in columns.items() if what == headers.NUMBER), default=0)
    matters = sorted(column for column, what in columns.items() if what == headers.MATTER)
    found: Columns = {}
    for column, right in pairwise(matters):
        cells = [(text(row[column]), text(row[right])) for row in below if column in row and right in row]
        repeats = any(a[0] == b[0] != "" and a[1] != b[1] for a, b in pairwise(cells))
        if column < number < right or repeats:
            found[column] = headers.SECTION
    return found


def _goals_as_measures(columns: Columns) -> Columns:
    """The columns of matters without measures: what the goals then say is what is to be done."""
    if headers.MEASURE in columns.values():
        return columns
    return {column: headers.MEASURE if what == headers.GOAL else what for column, what in columns.items()}


def _with_measures(columns: Columns, head: Row, below: list[Row], text: TextOf) -> Columns:
    """Columns of matters that no known column explains: a wide one of unknown name does."""
    matters = [column for column, what in columns.items() if what == headers.MATTER]
    if headers.MEASURE in columns.values() or not matters or not below:
        return columns
    widths = {
        column: sum(len(text(row[column])) for row in below if column in row)
        for column in head
        if column > max(matters) and column not in columns and headers.may_hold_measures(text(head[column]))
    }
    widest = max(widths, key=lambda column: widths[column], default=None)
    if widest is None or widths[widest] < _LEAST_WIDTH_OF_MEASURES * len(below):
        return columns
    return columns | {widest: headers.MEASURE}


def _is_task_head(known: set[str]) -> bool:
    says_who = bool(known & {*headers.UNIT_COLUMNS, headers.DUE})
    return says_who or (headers.MEASURE in known and bool(known & {headers.NUMBER, headers.MATTER}))
