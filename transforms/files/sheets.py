"""XLSX and XLS → pieces: each sheet as the titles above its table, the table, and the notes below it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence

import openpyxl
import xlrd
from openpyxl.utils.exceptions import InvalidFileException

from transforms.pieces import CellText, Page, Piece
from transforms.records import Problem
from transforms.text import clean, tidy

_MOST_CELLS = 300_000
Spans = dict[tuple[int, int], tuple[int, int]]  # first cell of a merged range -> rows, columns


def read_xlsx(data: bytes) -> Page:
    """The pieces of an XLSX workbook; formulas give their stored values."""
    page = Page()
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        OSError,
        EOFError,
    ) as error:
        page.problems.append(Problem("file", f"not a readable XLSX: {error!r}"[:200]))
        return page
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible" or _is_too_large(
            page, sheet.title, sheet.max_row * sheet.max_column
        ):
            continue
        spans = {
            (area.min_row - 1, area.min_col - 1): (
                area.max_row - area.min_row + 1,
                area.max_col - area.min_col + 1,
            )
            for area in sheet.merged_cells.ranges
        }
        rows = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        page.pieces += _sheet(rows, spans)
    return page


def read_xls(data: bytes) -> Page:
    """The pieces of an old XLS workbook."""
    page = Page()
    try:
        try:
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        except NotImplementedError:
            book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
    except (
        xlrd.XLRDError,
        xlrd.compdoc.CompDocError,
        AssertionError,
        IndexError,
        ValueError,
        KeyError,
        OverflowError,
    ) as error:
        page.problems.append(Problem("file", f"not a readable XLS: {error!r}"[:200]))
        return page
    for sheet in book.sheets():
        if sheet.visibility or _is_too_large(page, sheet.name, sheet.nrows * sheet.ncols):
            continue
        spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
        rows = [
            [_xls_text(sheet.cell(row, column), book.datemode) for column in range(sheet.row_len(row))]
            for row in range(sheet.nrows)
        ]
        page.pieces += _sheet(rows, spans)
    return page


def _is_too_large(page: Page, title: str, cells: int) -> bool:
    """Whether a sheet has more cells than are read; then the page says so."""
    if cells > _MOST_CELLS:
        page.problems.append(Problem(f"sheet {title}", f"more than {_MOST_CELLS} cells: not read"))
    return cells > _MOST_CELLS


def _xls_text(cell: xlrd.sheet.Cell, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return _text(xlrd.xldate_as_datetime(cell.value, datemode))
        except (xlrd.XLDateError, ValueError, OverflowError):
            return _text(cell.value)
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else _text(cell.value)


def _text(value: object) -> str:
    """A cell as it is shown: no `.0` behind whole numbers, days without their midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return (
            value.date().isoformat()
            if value.time() == dt.time()
            else value.isoformat(sep=" ", timespec="minutes")
        )
    return tidy(clean(str(value)).replace("\n", " "))


def _sheet(rows: Sequence[Sequence[str]], spans: Spans) -> Iterator[Piece]:
    """Rows with one text only, above and below the table, are titles and notes; empty rows and columns fall
    away."""
    filled = [number for number, row in enumerate(rows) if any(row)]
    if not filled:
        return
    first = next((number for number in filled if sum(map(bool, rows[number])) > 1), None)
    if first is None:
        yield from (Piece(text) for number in filled for text in rows[number] if text)
        return
    last = max(number for number in filled if sum(map(bool, rows[number])) > 1)
    last = max([last, *[n for n in filled if n > last and not _is_note(rows[n])]])
    yield from (
        Piece(text, "heading", "center")
        for number in filled
        if number < first
        for text in rows[number]
        if text
    )
    yield Piece(kind="table", cells=tuple(_cells(rows, [n for n in filled if first <= n <= last], spans)))
    yield from (Piece(text) for number in filled if number > last for text in rows[number] if text)


def _is_note(row: Sequence[str]) -> bool:
    return sum(map(bool, row)) == 1 and next(text for text in row if text).startswith(
        ("注", "备注", "说明", "填报")
    )


def _cells(rows: Sequence[Sequence[str]], numbers: Sequence[int], spans: Spans) -> Iterator[CellText]:
    used = [
        column
        for column in range(max(len(rows[n]) for n in numbers))
        if any(_at(rows[n], column) for n in numbers)
    ]
    place = {column: number for number, column in enumerate(used)}
    line = {number: row for row, number in enumerate(numbers)}
    covered = {
        (top + down, left + right)
        for (top, left), (height, width) in spans.items()
        for down in range(min(height, 2000))
        for right in range(min(width, 200))
        if down or right
    }
    for number in numbers:
        for column in used:
            if (number, column) in covered:
                continue
            height, width = spans.get((number, column), (1, 1))
            height = sum(1 for other in range(number, number + height) if other in line)
            width = sum(1 for other in range(column, column + width) if other in place)
            yield CellText(
                _at(rows[number], column), line[number], place[column], max(1, height), max(1, width)
            )


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
