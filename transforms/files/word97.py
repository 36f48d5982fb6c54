"""DOC of Word 97–2003 and WPS → pieces: the text by its piece table, as [MS-DOC] 2.4.1 describes it.

Reads words, paragraphs and tables of regular rows; automatic numbers and pictures are not in the text stream.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

from xlrd.compdoc import CompDoc, CompDocError

from transforms.pieces import CellText, Page, Piece
from transforms.records import Problem
from transforms.text import clean, tidy

_FLAGS, _TEXT_LENGTH, _PIECES = 0x0A, 0x4C, 0x01A2  # places in the file information block
_ENCRYPTED, _TABLE_ONE, _ONE_BYTE = 0x0100, 0x0200, 0x40000000
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_OBJECTS = re.compile("[\x01\x02\x03\x04\x05\x08\x1f\x28](?=\x00)|[\x01\x02\x08\x1f]")
_TABLE = re.compile("(?:[^\r\x07]*(?:\r[^\r\x07]*){0,30}\x07){2,}")


def read(data: bytes) -> Page | None:
    """The pieces of a DOC file; None when it is of another kind or damaged, so that a program may try."""
    try:
        text = _text(data)
    except (CompDocError, struct.error, IndexError, ValueError, AssertionError):
        return None
    if text is None or not text.strip():
        return None
    if text == "encrypted":
        return Page(problems=[Problem("file", "the DOC file is encrypted")])
    return Page(pieces=list(_pieces(text)))


def _text(data: bytes) -> str | None:
    files = CompDoc(data, logfile=io.StringIO())
    stream = files.get_named_stream("WordDocument")
    if not stream or len(stream) < _PIECES + 8:
        return None
    (flags,) = struct.unpack_from("<H", stream, _FLAGS)
    if flags & _ENCRYPTED:
        return "encrypted"
    table = files.get_named_stream("1Table" if flags & _TABLE_ONE else "0Table")
    (length,) = struct.unpack_from("<I", stream, _TEXT_LENGTH)
    start, size = struct.unpack_from("<II", stream, _PIECES)
    if not table or not size:
        return None
    return "".join(_runs(stream, table[start : start + size]))[:length]


def _runs(stream: bytes, pieces: bytes) -> Iterator[str]:
    """The stretches of text in order; each is UTF-16 or one byte a character."""
    at = 0
    while pieces[at] == 1:  # property modifiers stand before the table of pieces
        at += 3 + struct.unpack_from("<H", pieces, at + 1)[0]
    (size,) = struct.unpack_from("<I", pieces, at + 1)
    count = (size - 4) // 12
    plc = pieces[at + 5 : at + 5 + size]
    limits = struct.unpack_from(f"<{count + 1}I", plc)
    for number in range(count):
        (place,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)
        letters = limits[number + 1] - limits[number]
        if place & _ONE_BYTE:
            begin = (place & ~_ONE_BYTE) // 2
            yield stream[begin : begin + letters].decode("cp1252", "replace")
        else:
            yield stream[place : place + 2 * letters].decode("utf-16-le", "replace")


def _pieces(text: str) -> Iterator[Piece]:
    while (shorter := _FIELD.sub(lambda match: match[1] or "", text)) != text:
        text = shorter
    text = _OBJECTS.sub("", text).replace("\x1e", "-").replace("\x0b", "\r").replace("\x0c", "\r")
    at = 0
    for table in _TABLE.finditer(text):
        first_paragraph = text.rfind("\r", at, text.find("\x07", table.start())) + 1
        begin = max(table.start(), first_paragraph)
        yield from _paragraphs(text[at:begin])
        yield from _rows(text[begin : table.end()])
        at = table.end()
    yield from _paragraphs(text[at:])


def _paragraphs(text: str) -> Iterator[Piece]:
    for line in re.split("[\r\x07]", text):
        words = tidy(clean(line))
        if words:
            yield Piece(words)


def _rows(text: str) -> Iterator[Piece]:
    """A table piece. A row ends in an empty mark of its own, so all its marks are one more than its cells."""
    marks = [tidy(clean(cell).replace("\n", " ")) for cell in text.split("\x07")[:-1]]
    for columns in range(1, min(30, len(marks))):
        if len(marks) % (columns + 1) == 0 and not any(marks[columns :: columns + 1]):
            cells = [
                CellText(mark, number // (columns + 1), number % (columns + 1))
                for number, mark in enumerate(marks)
                if number % (columns + 1) < columns
            ]
            yield (
                Piece(kind="table", cells=tuple(cells))
                if columns > 1
                else Piece(" ".join(filter(None, marks)))
            )
            return
    yield from (Piece(mark) for mark in marks if mark)
