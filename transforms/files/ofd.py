"""OFD (GB/T 33190) → pieces: the text objects of its pages. A small reader of our own, since libraries for
it are AGPL."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from transforms.files.layout import Line, join_segments, paragraphs, without_frame
from transforms.pieces import Page
from transforms.records import Problem

Element = Any
_MOST_PAGES = 500
_MOST_BYTES = 50_000_000
_HEIGHT = 297.0  # millimetres, where a page does not say its size


def read(data: bytes) -> Page:
    """The pieces of an OFD file."""
    page = Page()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            lines, height = _lines(archive)
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, KeyError, ValueError, OSError) as error:
        page.problems.append(Problem("file", f"not a readable OFD: {error!r}"[:200]))
        return page
    page.pieces = paragraphs(without_frame(join_segments(lines), height))
    if not page.pieces:
        page.problems.append(
            Problem(
                "file", "OFD without text objects (a scan): its text needs OCR, which is done for PDF only"
            )
        )
    return page


def _lines(archive: zipfile.ZipFile) -> tuple[list[Line], float]:
    root = _read(archive, "OFD.xml")
    lines: list[Line] = []
    height = _HEIGHT
    for reference in _all(root, "DocRoot"):
        document_path = (reference.text or "").lstrip("/")
        document = _read(archive, document_path)
        height = _box(next(_all(document, "PhysicalBox"), None))[3] or height
        for number, sheet in enumerate(_all(document, "Page")):
            if number >= _MOST_PAGES or not sheet.get("BaseLoc"):
                break
            content = _read(archive, _joined(document_path, sheet.get("BaseLoc")))
            for text in _all(content, "TextObject"):
                lines += _text_object(text, number)
    return lines, height


def _text_object(text: Element, page: int) -> Iterator[Line]:
    """The words of a text object with their box in millimetres."""
    left, top, width, height = _box(text.get("Boundary"))
    words = "".join(code.text or "" for code in _all(text, "TextCode"))
    if words.strip():
        yield Line(words.strip("\n"), left, left + width, top, top + max(height, 0.1), page)


def _box(value: Any) -> tuple[float, float, float, float]:
    """`x y width height` of an attribute or element; zeros when it says none."""
    text = value if isinstance(value, str) else (value.text if value is not None else "") or ""
    numbers = [float(part) for part in text.split()[:4]]
    return tuple(numbers + [0.0] * (4 - len(numbers)))  # type: ignore[return-value]


def _all(element: Element, name: str) -> Iterator[Element]:
    """Elements of a local name: files use several namespaces for the same standard."""
    return (found for found in element.iter() if str(found.tag).rsplit("}", 1)[-1] == name)


def _joined(document: str, relative: str) -> str:
    path = (
        relative.lstrip("/")
        if relative.startswith("/")
        else posixpath.join(posixpath.dirname(document), relative)
    )
    return posixpath.normpath(path)


def _read(archive: zipfile.ZipFile, name: str) -> Element:
    info = archive.getinfo(name)
    if info.file_size > _MOST_BYTES:
        raise ValueError(f"{name} holds more than {_MOST_BYTES} bytes")
    return fromstring(archive.read(info), forbid_dtd=True)
