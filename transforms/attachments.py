"""The files of a notice: their texts, and what they say of it when its page is only a cover."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from transforms.pieces import Page, build_document
from transforms.records import AttachmentRecord, Document
from transforms.source import SourceFile
from transforms.structure import Layout, read_layout
from transforms.text import bare

_COVER = 300  # characters of a body that only points to its attachments


def read_attachments(
    files: Sequence[SourceFile], ocr: bool = False
) -> tuple[list[AttachmentRecord], list[Document], list[Page]]:
    """Record, document and page of each file, in order. What could not be got or read has a problem.

    With `ocr`, scans are read by OCR.
    """
    records, documents, pages = [], [], []
    for file in files:
        page = _page(file, ocr)
        document = build_document(page.pieces, file.name)
        problem = file.error or "; ".join(f"{p.where}: {p.reason}" for p in page.problems)
        body = file.body or b""
        records.append(
            AttachmentRecord(
                name=file.name,
                url=file.url,
                media_type=file.media_type,
                bytes=len(body),
                sha256=file.sha256 or (hashlib.sha256(body).hexdigest() if body else ""),
                text=document.text,
                problem=problem,
            )
        )
        documents.append(document)
        pages.append(page)
    return records, documents, pages


def _page(file: SourceFile, ocr: bool) -> Page:
    if file.body is None:
        return Page()
    from transforms.files import read_file

    return read_file(file.body, ocr=ocr)


def letter_among(pages: Sequence[Page], layout: Layout) -> Layout | None:
    """The layout of the attachment that is the notice itself: a cover page has the letter as a file.

    Known by the page's title above its text; a list or form that the letter encloses has another.
    """
    if layout.recipients or sum(len(piece.text) for piece in layout.body) > _COVER:
        return None
    for page in pages:
        found = read_layout(page.pieces)
        one, other = bare(found.title.text), bare(layout.title.text)
        if one and other and (one in other or other in one):
            return found
    return None
