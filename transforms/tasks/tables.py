"""Task tables: rows of `序号 / 工作任务 / 具体措施 / 牵头单位 / 责任单位 / 完成时限` and the like.

Columns are told by the meaning of their heads. Cells may span rows, a row may be cut by a page break, the
head
may be repeated on each page, or left out on the second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.records import Cell
from transforms.tasks import headers
from transforms.tasks.attribution import Mark, Notes, read_marks
from transforms.tasks.drafts import Draft, Span
from transforms.tasks.kinds import MEASURE, SAFEGUARD, holds_no_tasks, is_safeguard
from transforms.tasks.labels import Label, label_at
from transforms.tasks.lead_notes import find_note
from transforms.tasks.parts import Table
from transforms.tasks.shares import Share, by_note, read_shares
from transforms.tasks.table_heads import Columns, Row, grid, is_head, read_head
from transforms.tasks.unit_lists import is_whole
from transforms.tasks.view import View

_CHINESE_NUMBER = re.compile("（?[一二三四五六七八九十]{1,3}）?[、.]?")


@dataclass(slots=True)
class _Reading:
    """What has been read of a row that may go on in the next one."""

    draft: Draft
    key: tuple[int, ...]
    row: Row = field(default_factory=dict)


class TableReader:
    """Reads the task tables of a part; a table without a head takes that of the table before it."""

    def __init__(self, view: View, notes: Notes) -> None:
        self._view = view
        self._notes = notes
        self._columns: Columns = {}
        self._alike: tuple[int, ...] = ()  # columns whose cells make two rows one
        self._sections: list[tuple[str, str]] = []  # style of its label, text
        self._path: tuple[str, ...] = ()
        self._spans_of: dict[int, Span] = {}  # of the cells of the table at hand, by their identity
        self._texts_of: dict[int, str] = {}

    def read(self, table: Table, path: tuple[str, ...] = ()) -> list[Draft]:
        """The drafts of a table's rows; none when it is no task table."""
        if path != self._path:
            self._path, self._sections = path, []
        readings: list[_Reading] = []
        for row in self._rows(table):
            self._row(row, readings)
        return [reading.draft for reading in readings]

    def holds_tasks(self, table: Table) -> bool:
        """Whether `read` would find a draft: the first row that is one says so."""
        readings: list[_Reading] = []
        for row in self._rows(table):
            self._row(row, readings)
            if readings:
                return True
        return False

    def _rows(self, table: Table) -> list[Row]:
        """The rows below the head of a task table, none of another; the head's columns are kept."""
        rows = grid(table.block.cells)
        self._place_cells(table.block.cells)
        columns, first = read_head(rows, self._text)
        if columns:
            self._columns, self._sections = columns, []
            self._alike = self._columns_but_measures()
            for cell in rows[first - 1].values():
                if note := find_note(self._view.folded, *self._span(cell)):
                    self._notes.lead = note[1]
        elif not self._columns or max(rows[0], default=-1) != max(self._columns):
            return []
        return rows[first:]

    def _place_cells(self, cells: tuple[Cell, ...]) -> None:
        """Where each cell stands in the view, and its text: both are asked for many times."""
        place, text = self._view.place, self._view.folded
        self._spans_of = {id(cell): (place(cell.start), place(cell.end)) for cell in cells}
        self._texts_of = {key: text[start:end] for key, (start, end) in self._spans_of.items()}

    def _row(self, row: Row, readings: list[_Reading]) -> None:
        texts = {id(cell): self._text(cell) for cell in row.values()}
        filled = {key for key, text in texts.items() if text}
        if not filled or (is_head(row, self._text) and len(filled) > 2):
            return
        if (len(filled) == 1 or self._is_named_section(row, filled)) and self._section(row, texts):
            return
        cells: dict[str, list[Cell]] = {}
        for column in sorted(row):
            if what := self._columns.get(column):
                cells.setdefault(what, []).append(row[column])
        key = tuple(
            id(cell)
            for what in (headers.NUMBER, headers.MATTER, headers.MEASURE)
            for cell in cells.get(what, [])
        )
        last = readings[-1] if readings else None
        if last and (
            key == last.key or self._goes_on(cells) or self._differs_in_measure_alone(row, last.row)
        ):
            self._add(last.draft, cells, new_text=key != last.key)
            return
        spans = self._spans(cells)
        if not spans or holds_no_tasks(self._sections[-1][1] if self._sections else ""):
            return
        readings.append(_Reading(self._draft(row, cells, spans), key, row))

    def _is_named_section(self, row: Row, filled: set[int]) -> bool:
        """Whether a row holds a Chinese number and a name alone: 一 | 优化服务."""
        numbers = [cell for column, cell in row.items() if self._columns.get(column) == headers.NUMBER]
        return len(filled) == 2 and any(_CHINESE_NUMBER.fullmatch(self._text(cell)) for cell in numbers)

    def _section(self, row: Row, texts: dict[int, str]) -> bool:
        """Whether the row is a section's name: one text, across the table or with a label."""
        named = [row[column] for column in sorted(row) if texts[id(row[column])]]
        cell = named[0]
        start, end = self._span(cell)[0], self._span(named[-1])[1]
        text = self._view.folded[start:end]
        label = label_at(text if cell is named[-1] else texts[id(cell)] + "、", 0, len(text))
        wide = cell.column_span >= max(2, len(self._columns) - 1) or len({id(c) for c in row.values()}) == 1
        if not (wide or (label and label.style.rank <= 4)) or len(text) > 80:
            return False
        if text.startswith(("注：", "备注", "说明：", "填表")):
            return True
        style = label.style.name if label else ""
        styles = [name for name, _ in self._sections]
        if style in styles:
            del self._sections[styles.index(style) :]
        self._sections.append((style, self._view.plain[start:end]))
        return True

    def _goes_on(self, cells: dict[str, list[Cell]]) -> bool:
        """Whether a row only continues the one before it: it has no number and no matter of its own."""
        numbers = cells.get(headers.NUMBER, [])
        matters = cells.get(headers.MATTER, [])
        if numbers and any(self._text(cell) for cell in numbers):
            return False
        if not numbers:
            return (
                bool(matters) and bool(cells.get(headers.MEASURE)) and not any(self._text(c) for c in matters)
            )
        return not any(self._text(cell) for cell in matters) or not any(
            self._text(cell) for what in (*headers.UNIT_COLUMNS, headers.DUE) for cell in cells.get(what, [])
        )

    def _differs_in_measure_alone(self, row: Row, above: Row) -> bool:
        """Whether a row has the number, the matter and the units of the one above it in the same cells."""
        return bool(self._alike) and all(row.get(column) is above.get(column) for column in self._alike)

    def _columns_but_measures(self) -> tuple[int, ...]:
        """The columns of numbers, matters, units and dates; none where no column holds numbers or units."""
        known = self._columns.values()
        if headers.NUMBER not in known or not any(what in headers.UNIT_COLUMNS for what in known):
            return ()
        alike = (headers.NUMBER, headers.MATTER, *headers.UNIT_COLUMNS, headers.DUE)
        return tuple(column for column, what in self._columns.items() if what in alike)

    def _draft(self, row: Row, cells: dict[str, list[Cell]], spans: list[Span]) -> Draft:
        view = self._view
        sections = tuple(text for _, text in self._sections)
        groups = tuple(
            view.plain[slice(*self._span(cell))]
            for cell in cells.get(headers.SECTION, [])
            if self._text(cell)
        )
        path = (*self._path, *sections, *groups)
        safe = any(is_safeguard(self._name(name)) for name in path)
        numbers = [self._text(cell) for cell in cells.get(headers.NUMBER, [])]
        places = [self._span(cell) for cell in {id(c): c for c in row.values()}.values() if self._text(cell)]
        first = min(
            self._span(cell) for what in (headers.MATTER, headers.MEASURE) for cell in cells.get(what, [])
        )
        own = self._own_label(first)
        draft = Draft(
            no=self._number(numbers[0]) if numbers else own.no if own else "",
            path=path,
            title=self._title(cells, spans),
            spans=[],
            marks=[],
            kind=SAFEGUARD if safe else MEASURE,
            rule="table-row",
            start=min(start for start, _ in places),
            end=max(end for _, end in places),
            shares=[*self._notes.standing],
        )
        self._add(draft, cells, new_text=True)
        return draft

    def _add(self, draft: Draft, cells: dict[str, list[Cell]], new_text: bool) -> None:
        """Take the cells of a row into its draft."""
        text = self._view.folded
        for span in self._spans(cells) if new_text else []:
            if span not in draft.spans:
                draft.spans.append(span)
                draft.end = max(draft.end, span[1])
                draft.marks.extend(read_marks(text, *span, self._notes))
        for role in headers.UNIT_COLUMNS:
            for cell in cells.get(role, []):
                start, end = self._span(cell)
                if start < end and not any(mark.start == start for mark in draft.marks):
                    shares = by_note(text, self._shares(cell, role), self._notes.lead)
                    draft.marks.append(Mark(start, end, tuple(shares), "table-column"))
                    draft.aside.append((start, end))
        for what, kept in ((headers.DUE, draft.aside), (headers.GOAL, draft.goals)):
            for cell in cells.get(what, []):
                span = self._span(cell)
                if span[0] < span[1] and span not in kept:
                    kept.append(span)

    def _shares(self, cell: Cell, role: str) -> list[Share]:
        """The units of a cell; without marks the blanks and line ends between its names divide them."""
        start, end = self._span(cell)
        text = self._view.folded
        if any(mark in text[start:end] for mark in "、，；："):
            return read_shares(text, start, end, role, "table-column")
        cuts = [at for at in range(start + 1, end) if self._view.gap(at) or text[at] == "\n"]
        pieces: list[Span] = []
        for at in [*cuts, end]:  # a name that the cell's edge cut is whole further on
            if at == end or (
                is_whole(text[start:at].strip("\n")) and text[at : at + 2].lstrip("\n")[:1] not in "（〔"
            ):
                pieces.append((start, at))
                start = at
        return [share for a, b in pieces for share in read_shares(text, a, b, role, "table-column")]

    def _spans(self, cells: dict[str, list[Cell]]) -> list[Span]:
        found: list[Span] = []
        for what in (headers.MATTER, headers.MEASURE):
            for cell in cells.get(what, []):
                span = self._span(cell)
                if span[0] < span[1] and span not in found:
                    found.append(span)
        if found and (label := self._own_label(found[0])):
            found[0] = (label.end, found[0][1])
        return found

    def _own_label(self, span: Span) -> Label | None:
        """The label that a row's text begins with, where no column holds the numbers."""
        if headers.NUMBER in self._columns.values():
            return None
        label = label_at(self._view.folded, *span)
        return label if label and label.end < span[1] else None

    def _title(self, cells: dict[str, list[Cell]], spans: list[Span]) -> Span:
        start, end = spans[0]
        if len(spans) == 1 or not cells.get(headers.MATTER):
            stop = self._view.folded.find("。", start, end)
            end = stop if stop > start else end
        while end > start + 1 and self._view.folded[end - 1] in "。；：，！":
            end -= 1
        return start, end

    @staticmethod
    def _number(printed: str) -> str:
        label = label_at(printed + "、", 0, len(printed) + 1) or label_at(printed, 0, len(printed))
        return label.no if label else printed

    @staticmethod
    def _name(heading: str) -> str:
        label = label_at(heading, 0, len(heading))
        return heading[label.end :] if label else heading

    def _span(self, cell: Cell) -> Span:
        return self._spans_of[id(cell)]

    def _text(self, cell: Cell) -> str:
        return self._texts_of[id(cell)]
