"""Tables in hard-wrapped dumps: cells that arrive one below the other, without rules between them.

Known by their 序号 column: each row begins with the next number on a line of its own. The column of the long
texts is told by the width of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from transforms.dump_columns import fit, spread
from transforms.pieces import CellText, Piece
from transforms.run_on import NUMERAL_LABEL
from transforms.text import tidy, width
from transforms.unwrap import PAGE_MARK

_SECTION = re.compile(rf"(?:{NUMERAL_LABEL})\S{{2,40}}")
_BELOW = re.compile(r"附件|附表|注[:：]|备注[:：]|\d{1,3}[.．、]\s?\D|.{2,20}[〔\[]\d{4}[〕\]]\s?\d+\s?号$")
_HEADER_LINES = 12
_LEAST_ROWS = 2


@dataclass(slots=True)
class _Row:
    number: str = ""
    section: str = ""
    pages: list[list[str]] = field(default_factory=lambda: [[]])  # lines of the row, page by page


def cut_tables(lines: Sequence[str], full: float) -> Iterator[Piece | Sequence[str]]:
    """`lines` with their tables cut out: runs of other lines, and a table piece for each table."""
    at = kept = 0
    while at < len(lines):
        header_end = _header(lines, at)
        rows, end = _rows(lines, header_end, full) if header_end else ([], 0)
        if len([row for row in rows if row.number]) < _LEAST_ROWS or header_end is None:
            at += 1
            continue
        yield lines[kept:at]
        yield _table(_header_cells(lines[at:header_end]), rows)
        at = kept = end
    yield lines[kept:]


def _header(lines: Sequence[str], at: int) -> int | None:
    """Where the header that begins with 序号 at `at` ends: before the row 1 or a section above it."""
    text = lines[at].strip()
    if text == "序" and at + 1 < len(lines) and lines[at + 1].strip() == "号":
        start = at + 2
    elif text == "序号":
        start = at + 1
    else:
        return None
    for end in range(start, min(start + _HEADER_LINES, len(lines))):
        line = lines[end].strip()
        if line == "1" or _SECTION.fullmatch(line):
            return end if end > start else None
    return None


def _header_cells(lines: Sequence[str]) -> list[str]:
    texts = [line.strip() for line in lines if line.strip() and not PAGE_MARK.match(line.strip())]
    cells: list[str] = []
    for text in texts:
        # 序/号 and 责任/单位: a cell so narrow that its word is cut
        if cells and len(text) <= 2 and len(cells[-1]) <= 2:
            cells[-1] += text
        else:
            cells.append(text)
    return cells


def _rows(lines: Sequence[str], start: int, full: float) -> tuple[list[_Row], int]:
    rows: list[_Row] = []
    expected = 1
    at = start
    while at < len(lines):
        line = lines[at].strip()
        if not line:
            pass
        elif PAGE_MARK.match(line) and line != str(expected):
            if rows:
                rows[-1].pages.append([])
        elif line == str(expected):
            rows.append(_Row(number=line))
            expected += 1
        elif _SECTION.fullmatch(line) and _number_follows(lines, at, expected):
            rows.append(_Row(section=line))
        elif width(line) >= full - 4 or _BELOW.match(line) or not rows:
            break
        else:
            rows[-1].pages[-1].append(line)
        at += 1
    return rows, at


def _number_follows(lines: Sequence[str], at: int, expected: int) -> bool:
    following = (lines[k].strip() for k in range(at + 1, min(at + 4, len(lines))))
    return any(line == str(expected) for line in following)


def _table(header: Sequence[str], rows: Sequence[_Row]) -> Piece:
    columns = len(header)
    # The narrow columns show their width in the rows' first lines, the wide one in the longest lines of all.
    narrow = median([width(row.pages[0][0]) for row in rows if row.number and row.pages[0]] or [0.0])
    cells = [CellText(tidy(text), 0, column) for column, text in enumerate(header)]
    for place, row in enumerate(rows, start=1):
        if row.section:
            cells.append(CellText(tidy(row.section), place, 0, 1, columns))
            continue
        texts = [row.number, *_cells(row, header[1:], narrow + 2)]
        cells += [CellText(tidy(text), place, column) for column, text in enumerate(texts)]
    return Piece(kind="table", cells=tuple(cells))


def _cells(row: _Row, heads: Sequence[str], narrow: float) -> list[str]:
    """The texts of a row: by the width of its lines, or by what its columns hold where that fits better."""
    texts = _columns(row, len(heads), narrow) if row.pages[0] else [""] * len(heads)
    other = spread([line for page in row.pages for line in page], heads, narrow)
    return other if other is not None and fit(other, heads) > fit(texts, heads) else texts


def _columns(row: _Row, count: int, narrow: float) -> list[str]:
    """The texts of a row in `count` columns: narrow ones, the wide one, narrow ones.

    What stands behind a page break, after the last narrow column, goes on with the wide cell.
    """
    first, *later = row.pages
    wide = [place for place, line in enumerate(first) if width(line) > narrow]
    rest = "".join("".join(page) for page in later)
    if not wide or count < 2:
        return _spread([*first, *(line for page in later for line in page)], count)
    before, after = first[: wide[0]], first[wide[-1] + 1 :]
    tail_columns = max(0, count - (2 if before else 1))
    tail_start = _tail_start(after, tail_columns)
    middle = "".join(first[wide[0] : wide[-1] + 1] + after[:tail_start]) + rest
    return [*(["".join(before)] if before else []), middle, *_spread(after[tail_start:], tail_columns)]


def _tail_start(after: Sequence[str], columns: int) -> int:
    """How many of the lines behind the wide cell's last full line still belong to it."""
    if not columns:
        return len(after)
    keep = columns
    # 宁夏回族自治/区: the last cell's word was cut because the column is narrow
    if len(after) > keep and len(after[-1]) <= 2 and len(after[-2]) >= 5:
        keep += 1
    return max(0, len(after) - keep)


def _spread(lines: Sequence[str], columns: int) -> list[str]:
    """Lines over columns, one each, the first of them taking what is more than one each."""
    if columns <= 0:
        return []
    if len(lines) <= columns:
        return [*lines, *[""] * (columns - len(lines))]
    extra = len(lines) - columns
    return ["".join(lines[: extra + 1]), *lines[extra + 1 :]]
