"""Attachments as real files, made when they are asked for, with the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from functools import lru_cache

from samples.notice import Attachment
from samples.pdf import make_pdf
from samples.site import BANNER

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@lru_cache(maxsize=64)
def make_file(attachment: Attachment, day: date) -> bytes:
    """The bytes of an attachment; `day` is what it says of its making."""
    makers = {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf}
    made = makers[attachment.ending](attachment)
    return made if attachment.ending == "pdf" else _settle(made, day)


def _pdf(attachment: Attachment) -> bytes:
    return make_pdf(attachment.blocks)


def _docx(attachment: Attachment) -> bytes:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()
    document.core_properties.comments = BANNER
    align = {"c": WD_ALIGN_PARAGRAPH.CENTER, "r": WD_ALIGN_PARAGRAPH.RIGHT}
    document.sections[0].header.paragraphs[0].text = BANNER
    for block in attachment.blocks:
        if block.kind != "t":
            paragraph = document.add_paragraph(block.text)
            if block.kind in align:
                paragraph.alignment = align[block.kind]
            continue
        table = document.add_table(len(block.rows), max(len(row) for row in block.rows), style="Table Grid")
        for row, cells in zip(block.rows, table.rows, strict=True):
            if len(row) == 1:
                cells.cells[0].merge(cells.cells[-1])
            for text, cell in zip(row, cells.cells, strict=False):
                cell.text = text
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _xlsx(attachment: Attachment) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment

    book = Workbook()
    book.properties.description = BANNER
    sheet = book.worksheets[0]
    sheet.title = "任务表"
    if sheet.oddHeader is not None:
        sheet.oddHeader.center.text = BANNER
    for block in attachment.blocks:
        for row in block.rows or ((block.text,),):
            sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    for letter, width in zip("ABCDEF", (6, 24, 60, 24, 36, 20), strict=True):
        sheet.column_dimensions[letter].width = width
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _settle(made: bytes, day: date) -> bytes:
    """The same package without the moment of its making: the libraries write the clock into it."""
    settled = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as source,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = STAMP.sub(rb"\g<1>" + f"{day.isoformat()}T08:00:00Z".encode(), part)
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 8, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, part)
    return settled.getvalue()
