"""The lines of a table's row, one below the other in a dump, over the row's columns by what these hold.

A unit's name or a date goes on in the next line until it is whole; what a column may hold its head tells.
`dump_tables` asks here where the width of a row's lines does not tell its columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from transforms.tasks import headers
from transforms.tasks.unit_lists import is_whole
from transforms.text import width

_LONGEST_ROW = 40  # lines; what is longer keeps the columns that the width of its lines gives
_DUE = re.compile(
    r"(?:20\d\d年)?(?:\d{1,2}月)?.{0,4}(?:前|底|日|月|内)|(?:20\d\d年)?(?:第?[一二三四]季度|[上下]半年).{0,2}|"
    r"(?:持续|长期|常态|全年|立即|即时|贯穿).{0,6}|20\d\d年"
)
_NEXT_UNIT = re.compile(r"(?:[局委厅办院]|公司|中心|部门|公室|政府)(?=[省市县区州各国]..)")
_DIVIDERS = re.compile(r"[、，；,;/]")
_GOOD, _BAD, _BREAK, _NO_WAY = 4, -4, -6, -10_000


def fit(texts: Sequence[str], heads: Sequence[str]) -> int:
    """How many of a row's cells of units and dates hold what their heads say, less those that do not."""
    return sum((cell > 0) - (cell < 0) for cell in map(_fits, texts, heads))


def _fits(text: str, head: str) -> int:
    text = re.sub(r"\s", "", text)
    what = headers.meaning(head)
    if not text or what not in (*headers.UNIT_COLUMNS, headers.DUE):
        return 0
    if what == headers.DUE:
        return _GOOD if len(text) < 24 and _DUE.fullmatch(text) else _BAD
    return _GOOD if _are_units(text) else _BAD


@lru_cache(maxsize=4096)
def _are_units(text: str) -> bool:
    names = _DIVIDERS.split(text)
    return len(text) < 200 and all(
        len(name) > 2 and is_whole(name) and not _NEXT_UNIT.search(name) for name in names
    )


def spread(lines: Sequence[str], heads: Sequence[str], narrow: float) -> list[str] | None:
    """`lines` as one text for each of `heads`, in the way that fits best; None where there are too many.

    `narrow` is the greatest width of a line in a narrow column.
    """
    count = len(lines)
    if count > _LONGEST_ROW or not heads:
        return None
    # For each number of lines: how well they fit the columns so far, and where these end.
    ways: list[tuple[int, list[int]]] = [(0, [])]
    ways += [(_NO_WAY, [])] * count
    for head in heads:
        ways = [
            max(
                (
                    (ways[start][0] + _worth(lines, start, stop, head, narrow), [*ways[start][1], stop])
                    for start in range(stop + 1)
                ),
                key=lambda way: way[0],
            )
            for stop in range(count + 1)
        ]
    return ["".join(lines[start:stop]) for start, stop in pairwise([0, *ways[count][1]])]


def _worth(lines: Sequence[str], start: int, stop: int, head: str, narrow: float) -> int:
    """What speaks for `lines[start:stop]` as the cell of the column `head`."""
    what = headers.meaning(head)
    if start == stop:
        if what in (headers.MATTER, headers.MEASURE):
            return _BAD
        return 0 if what in (headers.SUPPORT, None) else -1  # who supports is missing most often
    worth = _fits("".join(lines[start:stop]), head)
    if lines[stop - 1].endswith(("、", "，", "和")) and stop < len(lines):
        worth += _BREAK
    for line in lines[start:stop]:
        wide = width(line.rstrip("、，")) > narrow
        if wide:
            worth += 3 if what == headers.MEASURE else -3
        elif what in (headers.MATTER, headers.MEASURE):
            worth += 2 if what == headers.MATTER else 1
    return worth
