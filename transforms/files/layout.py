"""Lines with their places on a typeset page → paragraphs. For PDF and OFD."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from transforms.issuers import read_recipients
from transforms.pieces import Piece
from transforms.text import joined, tidy
from transforms.titles import looks_like_title
from transforms.unwrap import LABEL, PAGE_MARK, STANDS_ALONE

_LETTERHEAD = re.compile(r"[\u4e00-\u9fff（）]{4,40}文件")
_FINAL = ("。", "！", "？", "；", "：", "…", "）", "〕", "】", ":", ";")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; y grows downwards, in points or millimetres."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page: int

    @property
    def size(self) -> float:
        """Height of its letters."""
        return max(0.1, self.bottom - self.top)


def join_segments(segments: Sequence[Line]) -> list[Line]:
    """Pieces of text that stand side by side as printed lines, in reading order; two columns one after the
    other."""
    lines: list[Line] = []
    for page in sorted({segment.page for segment in segments}):
        on_page = [segment for segment in segments if segment.page == page]
        for column in _columns(on_page):
            lines += _side_by_side(column)
    return lines


def _columns(segments: Sequence[Line]) -> list[list[Line]]:
    """The segments of a page in one or two columns, told by a gutter that hardly any line crosses."""
    if len(segments) < 16:
        return [list(segments)]
    left, right = min(s.left for s in segments), max(s.right for s in segments)
    middle, wide = (left + right) / 2, right - left
    crossing = [s for s in segments if s.left < middle - 0.02 * wide and s.right > middle + 0.02 * wide]
    one = [s for s in segments if s.right <= middle + 0.02 * wide]
    other = [s for s in segments if s.left >= middle - 0.02 * wide]
    if len(crossing) > 0.15 * len(segments) or min(len(one), len(other)) < 0.3 * len(segments):
        return [list(segments)]
    top = min(s.top for s in [*one, *other])
    above = [s for s in crossing if s.top <= top]
    below = [s for s in crossing if s.top > top]
    return [above, one, other, below]


def _side_by_side(segments: Sequence[Line]) -> list[Line]:
    lines: list[Line] = []
    for segment in sorted(segments, key=lambda s: (round((s.top + s.bottom) / 2, 1), s.left)):
        last = lines[-1] if lines else None
        if last and _overlap(last, segment) > 0.5 * min(last.size, segment.size):
            first, second = (last, segment) if last.left <= segment.left else (segment, last)
            blank = " " if second.left - first.right > 0.8 * segment.size else ""
            lines[-1] = Line(
                first.text + blank + second.text,
                first.left,
                max(first.right, second.right),
                min(first.top, second.top),
                max(first.bottom, second.bottom),
                first.page,
            )
        else:
            lines.append(segment)
    return lines


def _overlap(one: Line, other: Line) -> float:
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def without_frame(lines: Sequence[Line], height: float) -> list[Line]:
    """The lines without page numbers and running heads."""
    pages = {line.page for line in lines}
    repeated = Counter((line.text, round(line.top)) for line in lines)
    kept = []
    for line in lines:
        at_edge = line.top < 0.09 * height or line.bottom > 0.9 * height
        is_number = PAGE_MARK.match(line.text.strip()) or line.text.strip().isdecimal()
        is_running = len(pages) >= 3 and repeated[line.text, round(line.top)] >= 0.6 * len(pages)
        if not (at_edge and (is_number or is_running)):
            kept.append(line)
    return kept


def paragraphs(lines: Sequence[Line]) -> list[Piece]:
    """Paragraphs by what typesetting shows: indents, wider gaps, short last lines, centred and right-hand
    lines."""
    if not lines:
        return []
    lines = [_indented(line) for line in lines]
    left, right = _margins(lines)
    size = median(line.size for line in lines)
    gaps = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and b.top > a.top]
    usual = median(gaps) if gaps else size * 1.6
    pieces: list[Piece] = []
    last: Line | None = None
    for place, line in enumerate(lines):
        align = _align(line, left, right, size)
        text = tidy(line.text)
        if not text:
            continue
        if (
            last is None
            or _is_signature(lines, place)
            or _begins(last, line, align, pieces[-1], left, right, size, usual)
        ):
            pieces.append(Piece(text, "paragraph", align))
        else:
            pieces[-1] = replace(pieces[-1], text=joined(pieces[-1].text, text))
        last = line
    return [replace(piece, text=tidy(piece.text)) for piece in pieces]


def _is_signature(lines: Sequence[Line], place: int) -> bool:
    """A short line without marks above a line that is a date."""
    if place + 1 >= len(lines) or not STANDS_ALONE.fullmatch(lines[place + 1].text.strip()):
        return False
    text = lines[place].text.strip()
    return len(text) <= 32 and not text.endswith(_FINAL[:5]) and "，" not in text


def _indented(line: Line) -> Line:
    """Full-width blanks at the start of a line are an indent."""
    text = line.text.lstrip("\u3000 ")
    blanks = len(line.text) - len(text)
    return replace(line, text=text, left=line.left + blanks * line.size * 0.9) if blanks else line


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Left and right margin of the text block: where most lines begin and where the longest end."""
    begins = Counter(round(line.left / 4) for line in lines)
    common = [place for place, count in begins.items() if count >= 0.15 * len(lines)]
    left = min(common, default=min(begins)) * 4.0
    ends = sorted(line.right for line in lines)
    return left, ends[int(0.9 * (len(ends) - 1))]


def _align(line: Line, left: float, right: float, size: float) -> str:
    before, after = line.left - left, right - line.right
    if before > 2.6 * size and after < 4.5 * size and line.left > (left + right) / 2:
        return "right"
    if before > 2.6 * size and abs(before - after) < 2.2 * size:
        return "center"
    return ""


def _begins(
    last: Line, line: Line, align: str, piece: Piece, left: float, right: float, size: float, usual: float
) -> bool:
    """Whether a line begins a paragraph."""
    if (
        align != piece.align
        or align
        or STANDS_ALONE.fullmatch(line.text)
        or STANDS_ALONE.fullmatch(last.text)
    ):
        return True
    if line.page == last.page and line.top - last.top > 1.45 * usual:
        return True
    indent = line.left - left
    if 1.3 * size < indent < 4.5 * size and last.left - left < indent + size:
        return True
    is_short = last.right < right - 1.8 * size
    if _heads_end(piece.text, line.text):
        return True
    if LABEL.match(line.text) and (is_short or last.text.endswith(_FINAL)):
        return True
    return is_short and last.text.endswith(_FINAL)


def _heads_end(above: str, line: str) -> bool:
    """Whether the lines of a head part here, which scans set flush left show by their words alone: below the
    letterhead, and between title and salutation."""
    is_salutation = line.endswith(("：", ":")) and read_recipients(line) is not None
    return _LETTERHEAD.fullmatch(above) is not None or (is_salutation and looks_like_title(above))
