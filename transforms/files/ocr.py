"""Scanned pages of a PDF → pieces, by RapidOCR with the models of its wheel (the extra `ocr`); off by
default.

Runs in the child process that opens files, on one thread. A page costs about 5 s there, so pages and
seconds are limited; the files of an archive share one allowance.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from transforms.files.layout import Line, join_segments, paragraphs, without_frame
from transforms.pieces import Page
from transforms.records import Problem
from transforms.text import clean

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MOST_PAGES = 30
SECONDS = 240.0
INSTALL = "pip install '.[ocr]'"
_LONG_SIDE = 2000  # pixels: what the engine itself reduces a larger picture to
_MOST_SCALE = 4.0  # 288 dpi: finer than scanners of offices, so that a tiny page is not blown up

Corners = Sequence[Sequence[float]]  # top left, top right, bottom right, bottom left; (x, y) in pixels


@dataclass(slots=True)
class Allowance:
    """How many pages one file may have read by OCR, and for how many seconds from the first on."""

    pages: int = MOST_PAGES
    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    until: float | None = None

    def take_page(self) -> bool:
        """Whether another page may be read; if so it counts as begun."""
        if self.until is None:
            self.until = self.clock() + self.seconds
        if self.pages <= 0 or self.clock() >= self.until:
            return False
        self.pages -= 1
        return True


def read(document: PdfDocument, allowance: Allowance) -> Page:
    """The pieces of a scan, with a problem that marks them as read by OCR; without the extra, a problem
    that says how to install it."""
    from pypdfium2 import PdfiumError

    try:
        engine = _engine()
    except ImportError as error:
        reason = f"a scan of {len(document)} pages; OCR is on but not installed ({error}): {INSTALL}"
        return Page(problems=[Problem("file", reason)])
    lines: list[Line] = []
    page = Page()
    size = done = len(document)
    for number in range(size):
        if not allowance.take_page():
            done = number
            break
        try:
            lines += _read_page(engine, document[number], number)
        except PdfiumError as error:
            page.problems.append(Problem(f"page {number + 1}", f"pdfium cannot draw it: {error}"))
    page.pieces = paragraphs(lines)
    page.problems += what_to_say(bool(page.pieces), done, size)
    return page


def what_to_say(has_text: bool, done: int, size: int) -> list[Problem]:
    """The problems of a scan of `size` pages of which `done` were read."""
    problems = []
    if has_text:
        problems.append(Problem("file", "read by OCR: may hold mistakes"))
    elif done:
        problems.append(Problem("file", "a scan in which OCR found no text"))
    if done < size:
        limit = f"at most {MOST_PAGES} pages and {SECONDS:.0f} s for one file"
        problems.append(Problem("file", f"OCR read {done} of {size} pages: {limit}"))
    return problems


@cache
def _engine() -> Any:
    """The engine, its models loaded once a process. Raises ImportError without the extra."""
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1})


def _read_page(engine: Any, sheet: PdfPage, number: int) -> list[Line]:
    """The printed lines of a page in reading order."""
    scale = scale_of(sheet.get_width(), sheet.get_height())
    found = engine(sheet.render(scale=scale).to_numpy())
    if found.boxes is None:  # an empty page
        return []
    segments = [to_line(box, text, scale, number) for box, text in zip(found.boxes, found.txts, strict=True)]
    return join_segments(without_frame([s for s in segments if s.text], sheet.get_height()))


def scale_of(width: float, height: float) -> float:
    """Pixels a point at which a page is drawn: its long side gets no more than the engine looks at, so
    that a page of any size costs the same memory."""
    return min(_MOST_SCALE, _LONG_SIDE / max(width, height))


def to_line(corners: Corners, text: str, scale: float, page: int) -> Line:
    """A recognised line in points. Scans lean and boxes are drawn wide, so it is as high as its letters are
    wide, about the middle of its corners."""
    xs, ys = [float(x) / scale for x, _ in corners], [float(y) / scale for _, y in corners]
    text = clean(text).replace("\n", "").strip()
    left, right = min(xs), max(xs)
    middle = sum(ys) / len(ys)
    boxed = (ys[2] + ys[3] - ys[0] - ys[1]) / 2
    letters = sum(0.5 if letter.isascii() else 1.0 for letter in text)
    size = min(boxed, (right - left) / letters) if letters else boxed
    return Line(text, left, right, middle - size / 2, middle + size / 2, page)
