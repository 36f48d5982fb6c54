"""Paragraphs from hard-wrapped text: dumps of typeset pages whose lines were cut at the margin.

Such dumps cut a second time wherever the typesetter's text runs change, mostly beside punctuation, so one
printed line may arrive as several. The reader therefore looks for the cheapest way to put the pieces back
into printed lines of full width and those into paragraphs, which end in a short line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from transforms.text import joined, tidy, width

PAGE_MARK = re.compile(
    r"#*\s*(?:Page|PAGE|page|第)\s*\d{1,5}\s*页?\s*(?:[:：]|of \d+|/\s*\d+)?\s*$|[-—－]+ ?\d{1,4} ?[-—－]+$"
)
LABEL = re.compile(
    r"[一二三四五六七八九十百]{1,4}[、．.]|[（(][一二三四五六七八九十百]{1,4}[）)]|\d{1,3}[.．、](?!\d)|[（(]\d{1,3}[）)]"
    r"|第[一二三四五六七八九十百]{1,4}[章条节]|附件|附表|抄送|[—－-]{2}"
)
# A date, a document number or a closing formula has its printed line for itself.
STANDS_ALONE = re.compile(
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4}) ?年 ?[\d一二三四五六七八九十]{1,3} ?月"
    r" ?[\d一二三四五六七八九十]{1,3} ?日"
    r"|[\u4e00-\u9fff（）()]{2,16} ?[〔\[【（(] ?\d{4} ?[〕\]】）)] ?第? ?\d{1,5} ?号"
    r"|第 ?\d{1,4} ?号"  # of an order, below the words `某省人民政府令`
    r"|[（(](?:此件|本文|此文).{2,12}[）)]|特此\S{2,4}。"
)
_CLOSING = tuple("，。、；：！？）〕】》”’）],.;:!?)％%")
_FINAL = tuple("。！？；：…）〕】)]”.;:")
_OPENING = tuple("（〔【《“‘([")
_MARKS = frozenset('，。、；：！？）〕】》”’（〔【《“‘—…·()[],.;:!?"')
_PAGE_HEAD = re.compile(
    r"#+\s*(?:Page|第)\s*\d{1,5}\s*页?\s*[:：]?\s*$", re.I
)  # what dumps put before a page
_WIDEST = 60
_TOLERANCE = 1.6
_INDENT = 2.0
_RUNS = 14  # a printed line never came in more pieces than this


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    width: float
    page_ends: bool  # a page ends after it


def full_width(lines: Sequence[str]) -> float | None:
    """Width of the text block in ideographs, or None when the lines do not look hard-wrapped.

    Hard-wrapped is what has many long lines of the same width that end in the middle of a sentence; a dump
    that marks its pages is so however short it is.
    """
    widths = [round(width(line)) for line in lines if width(line) >= 18]
    if widths and max(widths) <= _WIDEST and any(_PAGE_HEAD.match(line.strip()) for line in lines):
        return float(max(widths, key=lambda size: (widths.count(size) > 1, size)))
    if len(widths) < 6 or max(widths) > 120:
        return None
    counts = Counter(widths)
    near = {size: counts[size - 1] + counts[size] + counts[size + 1] for size in counts}
    full = max((size for size in near if near[size] >= 0.25 * len(widths)), default=0)
    wrapped = [line for line in lines if abs(width(line) - full) <= 1.5]
    open_ended = [line for line in wrapped if not line.rstrip().endswith(_FINAL)]
    if full == 0 or len(open_ended) < 4 or len(open_ended) < 0.5 * len(wrapped):
        return None
    return float(
        max((size for size in (full - 1, full, full + 1) if counts[size]), key=lambda size: counts[size])
    )


def unwrap(lines: Sequence[str], full: float) -> list[str]:
    """The paragraphs of hard-wrapped `lines` (page marks and empty lines included), given the full width."""
    kept: list[_Line] = []
    for line in lines:
        text = line.strip()
        if PAGE_MARK.match(text):
            if kept:
                kept[-1] = _Line(kept[-1].text, kept[-1].width, True)
        elif text:
            kept.append(_Line(text, width(text), False))
    return [
        tidy(reduce(joined, (line.text for line in kept[start:end])))
        for start, end in _paragraphs(kept, full)
    ]


def _paragraphs(lines: Sequence[_Line], full: float) -> list[tuple[int, int]]:
    """Cheapest way from the first line to the last. A state is a cut between lines and whether it ends a
    paragraph."""
    infinite = float("inf")
    size = len(lines)
    # best[k][ends]: cost of all before line k, and the (cut, state) it came from
    best = [[infinite, infinite] for _ in range(size + 1)]
    came: list[list[tuple[int, int]]] = [[(0, 1), (0, 1)] for _ in range(size + 1)]
    best[0][1] = 0.0
    for start in range(size):
        for begins in (0, 1):
            so_far = best[start][begins]
            if so_far == infinite:
                continue
            for end, cost, ends in _printed_lines(lines, start, begins, full):
                if so_far + cost < best[end][ends]:
                    best[end][ends] = so_far + cost
                    came[end][ends] = (start, begins)
    return _cuts(came, size)


def _cuts(came: list[list[tuple[int, int]]], size: int) -> list[tuple[int, int]]:
    cuts, at, state = [size], size, 1
    while at:
        at, state = came[at][state]
        if state:
            cuts.append(at)
    cuts.reverse()
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def _printed_lines(
    lines: Sequence[_Line], start: int, begins: int, full: float
) -> list[tuple[int, float, int]]:
    """Every printed line that may begin at `start`: (where it ends, its cost, does the paragraph end
    there)."""
    room = full - (_INDENT if begins else 0.0)
    cost = _start_cost(lines, start) if begins else _continue_cost(lines[start].text)
    found: list[tuple[int, float, int]] = []
    total = 0.0
    for end in range(start + 1, min(start + _RUNS, len(lines)) + 1):
        line = lines[end - 1]
        if end - 1 > start:
            if lines[end - 2].page_ends:
                break
            cost += _seam_cost(lines[end - 2].text, line.text)
        total += line.width
        if total > full + _TOLERANCE and end - 1 > start:
            break
        over = max(0.0, total - full - _TOLERANCE)
        found.append((end, cost + _end_cost(lines, start, end, begins, total, room), 1))
        if end < len(lines):
            short = max(0.0, room - _TOLERANCE - total) + over
            colon = 1.5 if line.text.endswith(("：", ":")) else 0.0
            found.append((end, cost + colon + min(60.0, short * short + short), 0))
    return found


def _start_cost(lines: Sequence[_Line], start: int) -> float:
    text = lines[start].text
    if LABEL.match(text) or STANDS_ALONE.fullmatch(text) or _is_signature(lines, start):
        return -1.5
    if text.startswith(_CLOSING):
        return 12.0
    # A bracket after a full stop is nearly always the attribution of the sentence before it.
    return 3.5 if text.startswith(("（", "〔", "(", "[")) else 0.0


def _is_signature(lines: Sequence[_Line], at: int) -> bool:
    """A short line without marks above a line that is a date."""
    text = lines[at].text
    follows = at + 1 < len(lines) and STANDS_ALONE.fullmatch(lines[at + 1].text)
    return bool(follows) and len(text) <= 32 and not _MARKS & {*text.rstrip("）)")[:-4]}


def _continue_cost(text: str) -> float:
    if STANDS_ALONE.fullmatch(text):
        return 9.0
    return 2.0 if LABEL.match(text) else 0.0


def _seam_cost(left: str, right: str) -> float:
    """Two pieces of one printed line: the cut stands beside a mark, hardly ever inside a word."""
    if STANDS_ALONE.fullmatch(left) or STANDS_ALONE.fullmatch(right):
        return 9.0
    cost = 0.4 if left[-1] in _MARKS or right[0] in _MARKS else 7.0
    # A colon at a cut ends a salutation or lead-in more often than it stands inside a printed line.
    cost += {"：": 2.5, ":": 2.5, "。": 0.4}.get(left[-1], 0.0)
    return cost + (1.5 if LABEL.match(right) else 0.0)


def _end_cost(lines: Sequence[_Line], start: int, end: int, begins: int, total: float, room: float) -> float:
    """A paragraph that ends here: best after a full stop or in a short line before a label."""
    text = lines[end - 1].text
    if text.endswith(_OPENING) or text.endswith(("，", "、")):
        return 14.0
    if end == len(lines) or text.endswith(_FINAL):
        return 0.5
    cost = 0.0
    if not begins:
        cost = 3.5
    elif any("。" in line.text for line in lines[start : end - 1]):
        cost = 6.0  # a sentence and then a line that is none: a signature stands on a line of its own
    if total > room - _TOLERANCE:
        return cost + 5.0
    return cost + (1.5 if LABEL.match(lines[end].text) else 2.5)
