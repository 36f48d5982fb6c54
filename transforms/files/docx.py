"""DOCX → pieces: paragraphs with their automatic numbers, headings, tables with merged cells, in order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from transforms.files.numbering import Numbering
from transforms.pieces import CellText, Page, Piece
from transforms.records import Problem
from transforms.text import clean, in_one_cell, tidy

Element = Any
_SKIPPED = {qn(name) for name in ("w:del", "w:moveFrom", "w:instrText", "w:pict")}
_ALIGN = {"center": "center", "right": "right", "end": "right"}


def read(data: bytes) -> Page:
    """The pieces of a document's body; text boxes follow the paragraph that they are anchored in."""
    page = Page()
    try:
        document = docx.Document(io.BytesIO(data))
        numbering = Numbering.of(document)
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        page.problems.append(Problem("file", f"not a readable DOCX: {error!r}"[:200]))
        return page
    page.pieces = list(_pieces(document.element.body, numbering))
    if not page.pieces:
        page.problems.append(Problem("file", "DOCX without text: perhaps it holds pictures only"))
    return page


def _pieces(parent: Element, numbering: Numbering) -> Iterator[Piece]:
    for element in parent:
        if element.tag == qn("w:p"):
            yield from _paragraph(element, numbering)
        elif element.tag == qn("w:tbl"):
            yield from _table(element, numbering)
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _pieces(element, numbering)


def _paragraph(element: Element, numbering: Numbering) -> Iterator[Piece]:
    label = numbering.label(element)
    text = clean("".join(_text(element)))
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    is_heading = style is not None and str(style.get(qn("w:val"))).lower().startswith(("heading", "标题"))
    align = element.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    side = _ALIGN.get(str(align.get(qn("w:val"))), "") if align is not None else ""
    for number, line in enumerate(text.split("\n")):
        words = tidy((label if number == 0 else "") + line)
        if words:
            yield Piece(words, "heading" if is_heading else "paragraph", side)
    for box in element.iter(qn("w:txbxContent")):
        if not any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
            yield from _pieces(box, numbering)


def _text(element: Element) -> Iterator[str]:
    """Words of a paragraph as they are printed: insertions in, deletions and field codes out."""
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str) or tag == qn("w:txbxContent"):
            continue
        if tag == qn("w:t"):
            yield child.text or ""
        elif tag in (qn("w:br"), qn("w:cr")):
            yield "" if child.get(qn("w:type")) == "page" else "\n"
        elif tag == qn("w:tab"):
            yield " "
        elif tag == qn("w:noBreakHyphen"):
            yield "-"
        elif not tag.endswith("}AlternateContent"):
            yield from _text(child)


def _table(table: Element, numbering: Numbering) -> Iterator[Piece]:
    cells: list[CellText] = []
    open_cells: dict[int, int] = {}  # column -> index of the cell that goes on downwards
    for row, line in enumerate(_own(table, "w:tr")):
        column = 0
        for cell in _own(line, "w:tc"):
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            width = (
                int(span.get(qn("w:val")))
                if span is not None and str(span.get(qn("w:val"))).isdecimal()
                else 1
            )
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is not None and merge.get(qn("w:val")) != "restart" and column in open_cells:
                above = cells[open_cells[column]]
                cells[open_cells[column]] = CellText(
                    above.text, above.row, above.column, row - above.row + 1, above.column_span
                )
            else:
                cells.append(CellText(_cell_text(cell, numbering), row, column, 1, width))
                open_cells[column] = len(cells) - 1
            column += width
    cells.sort(key=lambda cell: (cell.row, cell.column))
    if cells and max(cell.column for cell in cells) == 0:
        yield from (Piece(cell.text) for cell in cells if cell.text)
    elif any(cell.text for cell in cells):
        yield Piece(kind="table", cells=tuple(cells))


def _own(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, those in form fields too, and not those of tables within it."""
    return (found for found in parent.iter(qn(name)) if next(found.iterancestors(parent.tag)) is parent)


def _cell_text(cell: Element, numbering: Numbering) -> str:
    return in_one_cell(
        piece.text or " ".join(inner.text for inner in piece.cells) for piece in _pieces(cell, numbering)
    )
