"""Workbooks for offices: what a portal wrote is always text in them, never a formula.

Besides its type, each text cell carries the quote prefix, so that it stays text when somebody edits it, too.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.files import write_bytes
from reports.text import safe_link, safe_text

MOST_CHARACTERS = 32_767
LINE_HEIGHT, TALLEST_ROW = 15.5, 400.0  # points; spreadsheet programs allow 409
LONGEST_LINK, MOST_LINKS = 2_000, 65_000  # spreadsheet programs refuse longer ones, and more on a sheet
_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)
_HEAD = PatternFill("solid", fgColor="F2E4E3")
_FONT = "宋体"
_LINKED = Font(name=_FONT, color="17508F", underline="single")
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
LINK_WORD = "打开"
MARKS = {"red": "FDE0DD", "yellow": "FFF1CC"}


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere; empty where the address is none to follow.

    It has a narrow column of its own, `LINK`: LibreOffice does not wrap linked text, and cuts it on paper.
    """

    url: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its width in characters; neighbours of one group share one above theirs."""

    name: str
    width: int = 14
    group: str = ""


LINK = Column("链接", 6)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its title, columns, rows, and the colour mark of each row by its number."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    title: str = ""
    notes: Sequence[str] = ()
    marks: dict[int, str] | None = None
    above: str = ""  # a line between title and heading, as forms have for the unit that fills them in


def write_workbook(target: Path, tables: Sequence[Table], made_on: date) -> None:
    """Write the tables as sheets of one workbook. `made_on` is its date: a second writing is alike."""
    write_bytes(target, workbook_bytes(tables, made_on))


def workbook_bytes(tables: Sequence[Table], made_on: date) -> bytes:
    """The workbook as a file's bytes."""
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    taken: set[str] = set()
    for table in tables:
        _write_sheet(book.create_sheet(sheet_name(table.name, taken)), table)
    book.properties.creator = "放管服改革政策周报"
    book.properties.created = book.properties.modified = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001 - the format knows no zones
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that spreadsheet programs accept: 31 characters, none of []:*?/\\, unlike those `taken`."""
    base = safe_text(wanted).replace("\n", " ").replace("\t", " ").translate(_FORBIDDEN_IN_NAMES).strip()[:31]
    base = base or "表"
    name, number = base, 2
    while name.casefold() in taken:
        ending = f"~{number}"
        name, number = base[: 31 - len(ending)] + ending, number + 1
    taken.add(name.casefold())
    return name


def _write_sheet(sheet: Worksheet, table: Table) -> None:
    row = 1
    whole = sum(column.width for column in table.columns)
    for text, size, aligned in ((table.title, 16, "center"), (table.above, 11, "left")):
        if text:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(table.columns))
            _text(sheet.cell(row, 1), text)
            sheet.cell(row, 1).quotePrefix = True
            sheet.cell(row, 1).font = Font(name=_FONT, size=size, bold=size > 11)
            sheet.cell(row, 1).alignment = Alignment(horizontal=aligned, vertical="center", wrap_text=True)
            # No program makes merged cells high enough by itself.
            lines = -(-_width(safe_text(text)) * size // (11 * whole))
            sheet.row_dimensions[row].height = min(1.6 * size * lines + 6, TALLEST_ROW)
            row += 1
    first = row
    head = _write_heading(sheet, table.columns, first)
    looks = _Looks()
    for place, values in enumerate(table.rows):
        mark = (table.marks or {}).get(place, "")
        for number, value in enumerate(values, 1):
            cell = sheet.cell(head + 1 + place, number)
            looks.put_on(cell, _fill(cell, value), mark)
        sheet.row_dimensions[head + 1 + place].height = _height(values, table.columns)
    _lay_out(sheet, table, first, head)
    for place, note in enumerate(table.notes):
        cell = sheet.cell(head + len(table.rows) + 2 + place, 1)
        _text(cell, note)
        cell.quotePrefix = True
        cell.font = Font(name=_FONT, size=10, color="595959")


def _write_heading(sheet: Worksheet, columns: Sequence[Column], first: int) -> int:
    """Write the heading from row `first`; gives its last row, the second where columns are grouped."""
    last = first + any(column.group for column in columns)
    for group, own in groupby(enumerate(columns, 1), key=lambda item: item[1].group):
        numbered = list(own)
        if group:
            start, end = numbered[0][0], numbered[-1][0]
            _head_cell(sheet, first, start, group)
            sheet.merge_cells(start_row=first, end_row=first, start_column=start, end_column=end)
        for number, column in numbered:
            _head_cell(sheet, last if group else first, number, column.name)
            if last > first and not group:
                sheet.merge_cells(start_row=first, end_row=last, start_column=number, end_column=number)
            sheet.column_dimensions[get_column_letter(number)].width = column.width
    return last


def _head_cell(sheet: Worksheet, row: int, number: int, text: str) -> None:
    cell = sheet.cell(row, number)
    _text(cell, text)
    cell.quotePrefix = True
    cell.font, cell.fill, cell.border = Font(name=_FONT, bold=True), _HEAD, _BORDER
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


class _Looks:
    """How cells of a kind and mark look, made once a sheet: for each cell it would take most of the time."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, str], Any] = {}

    def put_on(self, cell: Any, kind: str, mark: str) -> None:  # the types know no `_style`
        known = self.made.get((kind, mark))
        if known is None:
            cell.font = _LINKED if kind == "link" else Font(name=_FONT)
            across = "center" if kind in ("date", "link") else None
            cell.border, cell.alignment = (
                _BORDER,
                Alignment(horizontal=across, vertical="top", wrap_text=True),
            )
            if mark in MARKS:
                cell.fill = PatternFill("solid", fgColor=MARKS[mark])
            if kind == "date":
                cell.number_format = "yyyy-mm-dd"
            if kind in ("text", "link"):
                cell.quotePrefix = True
            self.made[kind, mark] = copy(cell._style)
        else:
            cell._style = copy(known)


def _fill(cell: Cell | MergedCell, value: Any) -> str:
    """Put the value into the cell; gives its kind: text, link, date or number."""
    if isinstance(value, Link):
        address = safe_link(value.url)
        if not address or len(address) > LONGEST_LINK or (cell.row or 0) > MOST_LINKS:
            return "text"
        _text(cell, LINK_WORD)
        cell.hyperlink = address
        return "link"
    if isinstance(value, date | int | float):
        cell.value = value
        return "date" if isinstance(value, date) else "number"
    _text(cell, "、".join(map(str, value)) if isinstance(value, tuple | list) else value)
    return "text"


def _height(values: Sequence[Any], columns: Sequence[Column]) -> float:
    """Height in points that shows the longest cell whole: not every program fits rows to their text."""
    lines = 1
    for value, column in zip(values, columns, strict=True):
        text = LINK_WORD if isinstance(value, Link) else value
        words = "、".join(map(str, text)) if isinstance(text, tuple | list) else safe_text(text)
        lines = max(lines, sum(-(-_width(line) // column.width) or 1 for line in words[:2_000].split("\n")))
    return min(LINE_HEIGHT * lines + 4, TALLEST_ROW)


def _width(line: str) -> int:
    """Width in columns: a Chinese character takes two."""
    return len(line.encode("gbk", "replace"))


def _text(cell: Cell | MergedCell, value: object) -> None:
    text = safe_text(value)
    cell.value = text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
    cell.data_type = "s"


def _lay_out(sheet: Worksheet, table: Table, first: int, head: int) -> None:
    """Frozen heading, filter, and printing on A4 across, one page wide, with the heading on each page."""
    last = get_column_letter(len(table.columns))
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{last}{head + max(1, len(table.rows))}"
    sheet.print_title_rows = f"{first}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页 共 &N 页"))
