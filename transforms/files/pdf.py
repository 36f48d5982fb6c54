"""PDF with a text layer → pieces, by pdfium: paragraphs by their typesetting, tables by their rules."""

from __future__ import annotations

import pypdfium2 as pdfium
from pypdfium2 import raw

from transforms.files import ocr
from transforms.files.layout import Line, join_segments, paragraphs, without_frame
from transforms.files.ruled import Rule, cut_ruled_tables
from transforms.pieces import Page, Piece
from transforms.records import Problem
from transforms.text import clean

_MOST_PAGES = 500


def read(data: bytes, allowance: ocr.Allowance | None = None) -> Page:
    """The pieces of a PDF; a scan is read by OCR where there is an allowance for it, otherwise it gives none
    and a problem that says so."""
    page = Page()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        page.problems.append(Problem("file", f"not a readable PDF: {error}"))
        return page
    size = len(document)
    if size > _MOST_PAGES:
        page.problems.append(Problem("file", f"{size} pages; only the first {_MOST_PAGES} were read"))
    lines: list[Line] = []
    for number in range(min(size, _MOST_PAGES)):
        try:
            found, tables = _read_page(document[number], number)
        except pdfium.PdfiumError as error:
            page.problems.append(Problem(f"page {number + 1}", f"pdfium cannot read it: {error}"))
            continue
        if tables:
            page.pieces += paragraphs(lines)
            lines = []
            for part in tables:
                page.pieces += [part] if isinstance(part, Piece) else paragraphs(part)
        else:
            lines += found
    page.pieces += paragraphs(lines)
    if page.pieces or page.problems:
        return page
    if allowance:
        return ocr.read(document, allowance)
    remedy = f"its text needs OCR ({ocr.INSTALL}, then FGF_OCR=1 or --ocr)"
    page.problems.append(Problem("file", f"PDF of {size} pages without a text layer (a scan): {remedy}"))
    return page


def _read_page(sheet: pdfium.PdfPage, number: int) -> tuple[list[Line], list[Piece | list[Line]]]:
    """The printed lines of a page; when it holds ruled tables, its lines and tables in order instead."""
    height = sheet.get_height()
    text = sheet.get_textpage()
    segments = []
    for place in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(place)
        words = clean(text.get_text_bounded(left, bottom, right, top)).replace("\n", "")
        if words.strip():
            segments.append(Line(words, left, right, height - top, height - bottom, number))
    segments = without_frame(segments, height)
    parts = cut_ruled_tables(segments, _rules(sheet, height))
    if any(isinstance(part, Piece) for part in parts):
        return [], [part if isinstance(part, Piece) else join_segments(part) for part in parts]
    return join_segments(segments), []


def _rules(sheet: pdfium.PdfPage, height: float) -> list[Rule]:
    """Thin paths of a page, as the rules of its tables; a box gives its four sides."""
    rules: list[Rule] = []
    for shape in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, bottom, right, top = shape.get_bounds()
        rules += Rule.sides(left, height - top, right, height - bottom)
    return rules
