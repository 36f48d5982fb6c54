"""What the readers of the formats hand on: pieces of a page in reading order, and the labels met.

A reader (HTML, text, PDF …) makes a `Page`; `build_document` turns its pieces into a text with offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from transforms.records import BODY, Block, Cell, Document, LabelledValue, Problem


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell of a table piece: its text on one line, its row and column from 0, and its spans."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or heading (`text`), or a table (`cells`, in reading order)."""

    text: str = ""
    kind: str = "paragraph"  # paragraph | heading | table
    align: str = ""  # center | right where the source says so
    cells: tuple[CellText, ...] = ()


@dataclass(slots=True)
class Page:
    """What one page or file says, before it is known how many documents it holds."""

    pieces: list[Piece] = field(default_factory=list)
    fields: list[LabelledValue] = field(default_factory=list)
    titles: list[tuple[str, str]] = field(default_factory=list)  # (title, where it stood), most trusted first
    problems: list[Problem] = field(default_factory=list)


def table_rows(cells: Sequence[CellText]) -> list[list[CellText]]:
    """The cells of a table piece, row by row."""
    rows: list[list[CellText]] = []
    last = None
    for cell in cells:
        if cell.row != last:
            rows.append([])
            last = cell.row
        rows[-1].append(cell)
    return rows


def build_document(pieces: Iterable[Piece], name: str = BODY) -> Document:
    """Pieces as one text: paragraphs joined by line feeds, cells by tabs, rows by line feeds."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        if piece.cells:
            text, cells = _table_text(piece.cells, at)
        else:
            text, cells = piece.text, ()
        if not text.strip():
            continue
        blocks.append(Block(piece.kind, at, at + len(text), cells, piece.align))
        parts.append(text)
        at += len(text) + 1
    return Document("\n".join(parts), tuple(blocks), name)


def _table_text(cells: Sequence[CellText], at: int) -> tuple[str, tuple[Cell, ...]]:
    placed: list[Cell] = []
    lines: list[str] = []
    for row in table_rows(cells):
        start = at
        for cell in row:
            placed.append(
                Cell(start, start + len(cell.text), cell.row, cell.column, cell.row_span, cell.column_span)
            )
            start += len(cell.text) + 1
        lines.append("\t".join(cell.text for cell in row))
        at += len(lines[-1]) + 1
    return "\n".join(lines), tuple(placed)
