"""An element of a page → pieces in reading order: paragraphs, headings and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from transforms.pieces import CellText, Piece
from transforms.run_on import LONG, cut_run_on, holds_indents, is_run_on
from transforms.text import clean, in_one_cell, tidy
from transforms.words import BLOCK_TAGS, UNPRINTED_TAGS

Element = Any  # lxml ships no types for its elements

SKIPPED = frozenset(UNPRINTED_TAGS.split())
_BLOCKS = frozenset(BLOCK_TAGS.split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ALIGN = re.compile(r"text-align\s*:\s*(center|right)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:bd)?(?:share|sharebuttonbox|bdsharebuttonbox|related|relate|xgxx|xgwj|xgjd|prevnext|ewm|qrcode|crumbs?|breadcrumb|"
    r"toolbar|print|footer|header|nav|sidebar|jiathis\w*|social-share)(?:$|[\s_-])",
    re.I,
)
FILE_ENDING = re.compile(
    r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|7z|ceb|txt|pptx?|rtf|jpe?g|png|tiff?)\s*$", re.I
)
_FILE_LINK = re.compile(
    r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|7z|ceb|pptx?|rtf)(?:$|[?#])|down(?:load|file)|attach", re.I
)
_MOST_DEPTH = 250
_MOST_SPAN = 100


@dataclass(slots=True)
class _Walk:
    """The pieces found so far, and the paragraph that is being collected."""

    pieces: list[Piece] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    linked: int = 0  # characters of the paragraph that are links
    to_files: bool = False
    # Place of the longest paragraph that may be several run together, and its text with all its blanks.
    printed: tuple[int, str] = (0, "")
    kind: str = "paragraph"
    align: str = ""

    def flush(self) -> None:
        if self.buffer:
            text = "".join(self.buffer)
            line = tidy(clean(text).replace("\n", " ")) if not text.isspace() else ""
            if line and not self._is_only_links(line):
                self.pieces.append(Piece(line, self.kind, self.align))
                if len(text) > len(self.printed[1]) and (len(line) > LONG or holds_indents(text.strip())):
                    self.printed = (len(self.pieces) - 1, text)
            self.buffer.clear()
        self.linked = 0
        self.to_files = False

    def _is_only_links(self, line: str) -> bool:
        """Whether a line is an attachment, or one of the links that surround a text."""
        if self.linked < 0.9 * len(line):
            return False
        return FILE_ENDING.search(line) is not None if self.to_files else len(line) > 1


def read_pieces(element: Element) -> list[Piece]:
    """The pieces below an element. Links to files alone in their paragraph are attachments, not text."""
    walk = _Walk()
    _read(element, walk, 0)
    walk.flush()
    return _without_run_on(walk)


def _without_run_on(walk: _Walk) -> list[Piece]:
    """The pieces; a paragraph that is the whole text is cut into those that it was."""
    place, text = walk.printed
    if not is_run_on(text.strip(), sum(len(piece.text) for piece in walk.pieces)):
        return walk.pieces
    cut = [Piece(line) for line in cut_run_on(clean(text).replace("\n", " "))]
    return [*walk.pieces[:place], *cut, *walk.pieces[place + 1 :]]


def _read(element: Element, walk: _Walk, depth: int) -> None:
    tag = element.tag
    if tag in _BLOCKS:
        _read_block(element, walk, depth)
        return
    if tag == "br":
        walk.flush()
    elif tag == "a" and (target := element.get("href")) and not target.startswith("#"):
        _read_children(element, walk, depth)
        walk.linked += len("".join(element.itertext()).strip())
        walk.to_files = walk.to_files or _FILE_LINK.search(target) is not None
    else:
        _read_children(element, walk, depth)


def _read_children(element: Element, walk: _Walk, depth: int) -> None:
    if element.text:
        walk.buffer.append(element.text)
    if depth > _MOST_DEPTH:
        walk.buffer.append("".join(element.itertext()))
        return
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SKIPPED and not is_hidden(child):
            _read(child, walk, depth + 1)
        if child.tail:
            walk.buffer.append(child.tail)


def is_hidden(element: Element) -> bool:
    """Whether an element is no part of what the reader of a page sees as its text."""
    style = element.get("style")
    if style and "none" in style and _HIDDEN.search(style):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 1 and _FRAME.search(names) is not None and len("".join(element.itertext())) < 400


def _read_block(element: Element, walk: _Walk, depth: int) -> None:
    tag = element.tag
    walk.flush()
    if tag == "table":
        walk.pieces += _read_table(element, depth)
        return
    if tag == "pre":
        walk.pieces += [
            Piece(tidy(line)) for line in clean("".join(element.itertext())).split("\n") if line.strip()
        ]
        return
    outer = walk.kind, walk.align
    if tag in _HEADINGS:
        walk.kind = "heading"
    walk.align = _align(element) or walk.align
    if tag == "li" and (number := _list_number(element)):
        walk.buffer.append(number)
    _read_children(element, walk, depth)
    walk.flush()
    walk.kind, walk.align = outer


def _align(element: Element) -> str:
    if element.tag == "center":
        return "center"
    style = element.get("style")
    match = _ALIGN.search(style) if style else None
    value = match[1].lower() if match else (element.get("align") or "").lower()
    return value if value in ("center", "right") else ""


def _list_number(item: Element) -> str:
    """The figure that a browser prints before an item of an ordered list."""
    parent = item.getparent()
    if (
        parent is None
        or parent.tag != "ol"
        or re.match(r"\s*[\d（(一二三四五六七八九十]", "".join(item.itertext()))
    ):
        return ""
    start = parent.get("start") or "1"
    before = sum(1 for sibling in item.itersiblings("li", preceding=True))
    return f"{int(start) + before}." if start.isdecimal() and len(start) < 6 else ""


def _read_table(table: Element, depth: int) -> list[Piece]:
    """A table piece, or the pieces in it when it only lays out the page."""
    rows = list(_rows(table))
    if not rows:
        return []
    if max(len(row) for row in rows) == 1 or any(_is_layout(cell) for row in rows for cell in row):
        walk = _Walk()
        for row in rows:
            for cell in row:
                _read_children(cell, walk, depth + 1) if depth < _MOST_DEPTH else walk.buffer.append(
                    "".join(cell.itertext())
                )
                walk.flush()
        return walk.pieces
    cells = tuple(_grid(rows))
    caption = next(table.iterchildren("caption"), None)
    titled = (
        [Piece(text, "heading", "center")] if caption is not None and (text := cell_text(caption)) else []
    )
    return [*titled, Piece(kind="table", cells=cells)] if any(cell.text for cell in cells) else []


def _rows(table: Element) -> Iterator[list[Element]]:
    for child in table:
        if child.tag == "tr":
            yield [cell for cell in child if cell.tag in ("td", "th")]
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _rows(child)


def _is_layout(cell: Element) -> bool:
    """Whether a cell holds a stretch of the page rather than a value."""
    paragraphs = 0
    for element in cell.iter("p", "table", "br", "div"):
        if element.tag == "table":
            return True
        paragraphs += 1
    return paragraphs > 8 and len("".join(cell.itertext()).strip()) > 900


def cell_text(cell: Element) -> str:
    """The text of a cell on one line; its paragraphs separated by a blank."""
    walk = _Walk()
    _read_children(cell, walk, 0)
    walk.flush()
    return in_one_cell(piece.text for piece in walk.pieces)


def _grid(rows: list[list[Element]]) -> Iterator[CellText]:
    """The cells with their places. A cell that spans rows keeps its columns taken until the row below it."""
    taken_until: dict[int, int] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while taken_until.get(column, 0) > row:
                column += 1
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            for covered in range(column, column + width):
                taken_until[covered] = row + height
            yield CellText(cell_text(cell), row, column, height, width)
            column += width


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(int(value), _MOST_SPAN) if value.isdecimal() and 0 < len(value) < 5 and int(value) else 1
