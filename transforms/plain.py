"""Plain text and Markdown → pieces: paragraphs, headings, tables, and the label lines above the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from transforms.dump_tables import cut_tables
from transforms.head_fields import is_label, opens_body, take_fields
from transforms.labels import pairs_in
from transforms.pieces import CellText, Page, Piece
from transforms.run_on import cut_run_on, is_run_on
from transforms.text import clean, tidy
from transforms.unwrap import LABEL, PAGE_MARK, full_width, unwrap

# Lines of a page's frame that copying brings along: never part of a notice.
CHROME = re.compile(
    r"字体(?:大小)?[:：]?.{0,20}|(?:打印|关闭|收藏|分享|复制链接|返回顶部|【.{2,8}】|[|｜\s])+|分享到?[:：].{0,20}|扫一扫.{0,20}"
    r"|.{0,4}公网安备.{0,30}|.{0,3}ICP备.{0,30}|当前位置[:：].{0,80}|您(?:现在|当前)的位置.{0,80}|首页\s*[>＞»].{0,80}"
    r"|浏览次数[:：]?\s*\d*|点击(?:数|率|量)[:：]?\s*\d*|上一[篇条].{0,80}|下一[篇条].{0,80}|相关(?:链接|文章|解读)[:：]?"
)
_HEADING = re.compile(r"^#{1,6}\s+")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*\*|__)(?=\S)|(?<=\S)(?:\*\*|__)")
_TAG = re.compile(r"</?(?:input|br|u|b|i|strong|em|sup|sub|span|p|div|font|center)\b[^<>]{0,200}>", re.I)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")
_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_FINAL = ("。", "！", "？", "；", "：", ":", ";", "…")
_PAIRS = (("（", "）"), ("《", "》"), ("“", "”"), ("〔", "〕"), ("【", "】"))


def read_text(text: str) -> Page:
    """The page that a text makes."""
    page = Page()
    lines = list(_cut_fields(_paragraph_lines(clean(text)), page))
    full = full_width([line for line in lines if line.strip()])
    pieces = _unwrapped(lines, full) if full else [_without_bullet(piece) for piece in _as_printed(lines)]
    page.pieces = list(take_fields((piece for piece in pieces if not _is_chrome(piece)), page))
    return page


def _paragraph_lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from cut_run_on(line) if is_run_on(line, len(text)) else (line,)


def _is_chrome(piece: Piece) -> bool:
    return not piece.cells and CHROME.fullmatch(piece.text) is not None


def _unwrapped(lines: Sequence[str], full: float) -> list[Piece]:
    pieces: list[Piece] = []
    for part in cut_tables(lines, full):
        if isinstance(part, Piece):
            pieces.append(part)
        else:
            pieces += [Piece(line) for line in unwrap(part, full)]
    return pieces


def _as_printed(lines: Sequence[str]) -> Iterator[Piece]:
    """One paragraph a line; runs of tab or pipe rows are tables; what a page break cut is joined."""
    last: Piece | None = None
    rows: list[list[str]] = []
    for line in lines:
        row = _table_row(line)
        piece = None if row is not None else _line_piece(line)
        if row:
            rows.append(row)
        if piece is None:
            continue
        if rows:
            yield from ([last] if last else [])
            yield table_piece(rows)
            last, rows = None, []
        if last and piece.kind == last.kind == "paragraph" and _continues(last.text, piece.text):
            piece = Piece(last.text + piece.text)
        elif last:
            yield last
        last = piece
    yield from ([last] if last else [])
    yield from ([table_piece(rows)] if rows else [])


def _line_piece(line: str) -> Piece | None:
    """The heading or paragraph of a line; None for an empty line and a page mark."""
    text = "" if PAGE_MARK.match(line.strip()) else _plain(line)
    return Piece(text, "heading" if _HEADING.match(line) else "paragraph") if text else None


def _table_row(line: str) -> list[str] | None:
    """The cells of a tab- or pipe-separated row; [] for a Markdown rule; None for any other line."""
    if _PIPE_RULE.match(line) and "|" in line:
        return []
    if _PIPE_ROW.match(line):
        return [_plain(cell) for cell in line.strip().strip("|").split("|")]
    if ("\t" in line.strip("\t ") or line.count("\t") > 2) and not line.startswith(("    ", "　　")):
        return [_plain(cell) for cell in line.split("\t")]
    return None


def table_piece(rows: Sequence[Sequence[str]]) -> Piece:
    """A table of plain rows."""
    cells = [
        CellText(text, row, column) for row, texts in enumerate(rows) for column, text in enumerate(texts)
    ]
    return Piece(kind="table", cells=tuple(cells))


def _plain(line: str) -> str:
    """A line without Markdown marks."""
    line = _TAG.sub("", _HEADING.sub("", line.strip()))
    line = _EMPHASIS.sub("", line)
    return tidy(_ESCAPED.sub(r"\1", line))


def _continues(before: str, line: str) -> bool:
    """Whether `line` goes on with a paragraph that a page break cut in the middle of a word or quotation."""
    if len(before) < 30 or before.endswith(_FINAL) or LABEL.match(line):
        return False
    is_open = any(before.count(left) > before.count(right) for left, right in _PAIRS)
    return line.startswith(("，", "、", "。", "；", "）", "”", "》")) or (is_open and line[0] not in "-•·")


def _cut_fields(lines: Iterable[str], page: Page) -> Iterator[str]:
    """The lines below the disclosure block, whose pairs go to `page.fields`."""
    in_head, label_above = True, False
    for line in lines:
        # A label alone and what stands below it are left for `take_fields`.
        label = in_head and is_label(line)
        pairs = list(pairs_in(_EMPHASIS.sub("", line))) if in_head and not (label or label_above) else []
        label_above = label or (label_above and not line.strip())
        page.fields += pairs
        in_head = in_head and not opens_body(line)
        if not pairs:
            yield line


def _without_bullet(piece: Piece) -> Piece:
    text = re.sub(r"^(?:[•·▪◆●]\s*|-\s+)", "", piece.text)
    return piece if text == piece.text else Piece(text, piece.kind, piece.align, piece.cells)
