"""Which reader reads which kind of file. Runs in the child process; each reader is imported when it is
needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transforms.files.kinds import kind_of
from transforms.pieces import Page
from transforms.records import Problem

if TYPE_CHECKING:
    from transforms.files.ocr import Allowance

_MOST_DEPTH = 2
_UNREAD = {
    "empty": "the file is empty",
    "image": "a picture: its text needs OCR, which is done for PDF only",
    "rar": "RAR archives cannot be read here: unpack it and read its files",
    "7z": "7z archives cannot be read here: unpack it and read its files",
    "ceb": "CEB files can be read by Founder Apabi Reader only",
    "pptx": "slides are not read",
    "ppt": "slides are not read",
    # LibreOffice takes it for plain text, and its bytes for letters.
    "ole": "an OLE file without a text or sheet that antiword or LibreOffice could read: cut or broken",
    "gzip": "a gzip stream: unpack it first",
    "binary": "a binary file of an unknown kind",
}


def read_known(data: bytes, depth: int = 0, allowance: Allowance | None = None) -> Page:
    """The page that a file makes, by its content; scans by OCR only within an allowance."""
    kind = kind_of(data)
    if kind in _UNREAD:
        return Page(problems=[Problem("file", _UNREAD[kind])])
    if kind == "zip":
        if depth >= _MOST_DEPTH:
            return Page(
                problems=[Problem("file", f"an archive within archives, deeper than {_MOST_DEPTH}: not read")]
            )
        from transforms.files import archive

        return archive.read(data, depth, allowance)
    if kind in ("pdf", "docx", "ofd"):
        return _typeset(data, kind, allowance)
    if kind in ("xlsx", "xls"):
        from transforms.files import sheets

        return sheets.read_xlsx(data) if kind == "xlsx" else sheets.read_xls(data)
    if kind in ("doc", "rtf"):
        from transforms.files import legacy

        return legacy.read(data)
    return _written(data, kind)


def _typeset(data: bytes, kind: str, allowance: Allowance | None) -> Page:
    if kind == "pdf":
        from transforms.files import pdf

        return pdf.read(data, allowance)
    if kind == "docx":
        from transforms.files import docx

        return docx.read(data)
    from transforms.files import ofd

    return ofd.read(data)


def _written(data: bytes, kind: str) -> Page:
    if kind == "html":
        from transforms.html_page import read_html
        from transforms.source import Source

        return read_html(data, Source(name="file"))
    from transforms.charset import decode
    from transforms.plain import read_text

    return read_text(decode(data)[0])
