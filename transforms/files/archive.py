"""ZIP → pieces of the files in it, one after the other, with limits on depth, count and size."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from transforms.pieces import Page, Piece
from transforms.records import Problem

if TYPE_CHECKING:
    from transforms.files.ocr import Allowance

MOST_FILES = 100
MOST_BYTES = 100_000_000
_UTF8_NAME = 0x800  # flag bit of an entry whose name is UTF-8; all others come from Chinese Windows


def read(data: bytes, depth: int, allowance: Allowance | None = None) -> Page:
    """The pieces of all readable files, each below a heading with its name; names may lie, so content
    decides."""
    from transforms.files.formats import read_known

    page = Page()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                page.problems.append(
                    Problem("file", f"{len(entries)} files; only the first {MOST_FILES} were read")
                )
            for name, content in _contents(archive, entries[:MOST_FILES], page):
                inner = read_known(content, depth + 1, allowance)
                page.pieces += [Piece(name, "heading"), *inner.pieces] if inner.pieces else []
                page.problems += [Problem(f"{name}: {p.where}", p.reason) for p in inner.problems]
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError) as error:
        page.problems.append(Problem("file", f"not a readable ZIP: {error!r}"[:200]))
    return page


def _contents(
    archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], page: Page
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each entry, as long as there is room for them all; the page says what is missing."""
    total = 0
    for entry in entries:
        name = _name(entry)
        if entry.flag_bits & 1:
            page.problems.append(Problem(name, "needs a password"))
            continue
        content = _content(archive, entry, MOST_BYTES - total)
        if content is None:
            page.problems.append(
                Problem(name, f"the archive unpacks to more than {MOST_BYTES} bytes: not read")
            )
            return
        total += len(content)
        yield name, content


def _name(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes | None:
    """The unpacked bytes, None when they exceed `room`: declared sizes are not believed."""
    with archive.open(entry) as stream:
        content = stream.read(room + 1)
    return None if len(content) > room else content
