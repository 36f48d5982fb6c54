"""What a file is by its first bytes: names and headers of portals are often wrong."""

from __future__ import annotations

import zipfile
from io import BytesIO

_OFFICE = "application/vnd.openxmlformats-officedocument."
EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/x-ole-storage": ".doc",
    _OFFICE + "wordprocessingml.document": ".docx",
    _OFFICE + "spreadsheetml.sheet": ".xlsx",
    _OFFICE + "presentationml.presentation": ".pptx",
    "application/ofd": ".ofd",
    "application/zip": ".zip",
    "application/vnd.rar": ".rar",
    "application/x-7z-compressed": ".7z",
    "application/rtf": ".rtf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/tiff": ".tif",
    "text/html": ".html",
    "text/plain": ".txt",
}
_STARTS = (
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script")
# Names of the main stream of an OLE file, as its directory writes them.
_STREAMS = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_PARTS = (
    ("word/", _OFFICE + "wordprocessingml.document"),
    ("xl/", _OFFICE + "spreadsheetml.sheet"),
    ("ppt/", _OFFICE + "presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
)


def media_type(body: bytes) -> str:
    """The media type of a file by its content; `application/octet-stream` when nothing is recognised."""
    head = body[:1024].lstrip(b"\xef\xbb\xbf\r\n\t \0")
    if b"%PDF-" in body[:1024]:  # some systems put a few bytes before it, and readers accept that
        return "application/pdf"
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if body.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(body)
    if body.startswith(b"PK\x03\x04"):
        return _zip(body)
    if head[:200].lower().startswith(_HTML):
        return "text/html"
    return "text/plain" if body and _is_text(body[:4096]) else "application/octet-stream"


def _ole(body: bytes) -> str:
    for name, kind in _STREAMS:
        if name.encode("utf-16-le") in body:
            return kind
    return "application/x-ole-storage"


def _zip(body: bytes) -> str:
    try:
        names = zipfile.ZipFile(BytesIO(body)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "application/zip"
    for part, kind in _PARTS:
        if any(name.startswith(part) for name in names):
            return kind
    return "application/zip"


def _is_text(head: bytes) -> bool:
    if any(byte < 9 or 13 < byte < 32 for byte in head):
        return False
    for charset in ("utf-8", "gb18030"):
        for cut in range(4):  # the last character may be cut through
            try:
                head[: len(head) - cut].decode(charset)
            except UnicodeDecodeError:
                continue
            return True
    return False
