"""The kind of a file by its content: names and media types of portals are often wrong."""

from __future__ import annotations

import io
import re
import zipfile

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = (
    (b"{\\rtf", "rtf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"Foundermate", "ceb"),
)
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|meta|title|div|table|p|span|script|ucap\w*)\b", re.I)
_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("OFD.xml", "ofd"))


def kind_of(data: bytes) -> str:
    """html, json, text, pdf, docx, xlsx, xls, doc, ofd, zip, or the name of a kind that cannot be read."""
    if not data.strip(b"\x00\t\r\n "):
        return "empty"
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_ZIP):
        return _in_zip(data)
    if head.startswith(_OLE):
        return _in_ole(data)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if b"\x00" in head.replace(b"\x00\x00\xfe\xff", b"") and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary"
    return _in_text(data)


def _in_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "zip"  # a cut one: its reader says so
    for part, kind in _PARTS:
        if any(name.startswith(part) for name in names):
            return kind
    return "zip"


def _in_ole(data: bytes) -> str:
    """The main stream of an OLE file; names stand in its directory in UTF-16."""
    for name, kind in (
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("Book", "xls"),
        ("PowerPoint Document", "ppt"),
    ):
        if name.encode("utf-16-le") in data:
            return kind
    return "ole"


def _in_text(data: bytes) -> str:
    start = data[:8192].lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t \x00")
    # Not `[某政办发〔2023〕24号]某市…`, a text that opens with its number.
    if re.match(rb"""\{\s*["'}A-Za-z_$]|\[\s*[\]\[{"'\d\-tfn]""", start):
        return "json"
    if start.startswith(b"<") or len(_MARKUP.findall(data[:8192])) >= 3:
        return "html"
    # JSONP: JSON as the argument of a function
    if re.match(rb"[A-Za-z_$][\w$.]{0,60}\s*\(\s*[{\[]", start):
        return "json"
    return "text"
