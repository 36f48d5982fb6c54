"""The parts of a document: its own text, what is attached after the signature, the annexes.

A cover letter ends with its signature (unit and date on lines of their own); what follows is the attached
document, until the first line that says 附件.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.records import Block, Document
from transforms.tasks.view import View

_DAY = r"(?:19|20)\d\d年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
_ORGAN = (
    r"(?:政府|办公[厅室]|委员会|[局委厅部办院署会处科室]|小组|法院|检察院|专班|中心|公司|指挥部)"
    r"(?:（[^（）]{1,12}）)?"
)
_DATE_LINE = re.compile(
    rf"(?:[^。；，：]{{2,60}}?{_ORGAN})?(?:（?代章）?)?（?{_DAY}）?(?:印发)?(?:（此件[^）]{{2,12}}）)?"
)
_DATE_ENDS = ("日", "发", "）")
# In a text without line breaks the signature stands between two sentences.
_DATE_WITHIN = re.compile(
    rf"(?<=[。！）])(?:附件：[^。]{{2,120}}?)?[^。；，"
    rf"：！（）〔〕]{{2,60}}?{_ORGAN}{_DAY}(?:（此件[^）]{{2,12}}）)?"
)
_ANNEX = re.compile(r"附[件表](?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?:[-之]\d{1,2})?[：:.、]?")
_NUMBERED_ANNEX = re.compile(r"附[件表]\d{0,2}")
_ASIDE = re.compile(
    r"（?此件[^。]{0,12}）?|（此件.{2,20}）|公开方式[：:].*|信息公开(?:选项|属性)[：:].*|抄送[：:].*|"
    r"主动公开|分送[：:].*|"
    r"扫一扫.*|[-—]*\d{1,3}[-—]*|打印本页|关闭窗口|.{2,20}办公[厅室](?:秘书处)?" + _DAY + "印发"
)


class Paragraph(NamedTuple):
    """A paragraph at `folded[start:end]`."""

    start: int
    end: int
    heading: bool = False
    align: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its cells keep their offsets into the stored text."""

    start: int
    end: int
    block: Block


@dataclass(slots=True)
class Part:
    """Paragraphs and tables that belong together. `annex` is the line that opened it, empty for the text."""

    annex: str = ""
    blocks: list[Paragraph | Table] = field(default_factory=list)
    signed: bool = False


def read_blocks(document: Document, view: View) -> list[Paragraph | Table]:
    """The document's paragraphs and tables by their places in the view; lines with tabs count as rows."""
    blocks = document.blocks or (Block("paragraph", 0, len(document.text)),)
    return _rejoined(list(_all_blocks(blocks, view)), view.folded)


def _all_blocks(blocks: Sequence[Block], view: View) -> Iterator[Paragraph | Table]:
    for block in blocks:
        start, end = view.place(block.start), view.place(block.end)
        if block.cells:
            yield Table(start, end, block)
            continue
        for begin, stop in _lines(view.folded, start, end):
            yield from _pieces(view.folded, begin, stop, block)


def _rejoined(blocks: list[Paragraph | Table], text: str) -> list[Paragraph | Table]:
    """A bracket that a page or line break cut in two goes on in the next paragraph."""
    joined: list[Paragraph | Table] = []
    kinds = [kind for kind in (("（", "）"), ("〔", "〕")) if kind[0] in text]
    for block in blocks:
        last = joined[-1] if joined else None
        if (
            isinstance(block, Paragraph)
            and isinstance(last, Paragraph)
            and _cut_bracket(text, last, block, kinds)
        ):
            joined[-1] = Paragraph(last.start, block.end, last.heading, last.align)
        else:
            joined.append(block)
    return joined


def _cut_bracket(text: str, above: Paragraph, below: Paragraph, kinds: Sequence[tuple[str, str]]) -> bool:
    for opens, closes in kinds:
        at = text.rfind(opens, max(above.start, above.end - 300), above.end)
        if at >= 0 and text.find(closes, at, above.end) < 0:
            close = text.find(closes, below.start, min(below.end, below.start + 200))
            if close >= 0 and opens not in text[below.start : close]:
                return True
    return False


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, stop
        start = stop + 1


def _pieces(text: str, start: int, end: int, block: Block) -> Iterator[Paragraph]:
    """A paragraph, or what stands before, in and after a signature within it."""
    heading, align = block.kind == "heading", block.align
    if end - start > 200 and "日" in text[start:end]:
        for match in _DATE_WITHIN.finditer(text, start, end):
            yield Paragraph(start, match.start(), heading, align)
            yield Paragraph(match.start(), match.end(), heading, align)
            start = match.end()
    if end > start:
        yield Paragraph(start, end, heading, align)


def read_parts(blocks: Sequence[Paragraph | Table], text: str) -> list[Part]:
    """The document's own text, the document attached to it, and each annex."""
    parts = [Part()]
    lines = [text[b.start : b.end] if isinstance(b, Paragraph) else "" for b in blocks]
    signatures = [
        n
        for n, line in enumerate(lines)
        if line[-1:] in _DATE_ENDS and len(line) < 110 and _DATE_LINE.fullmatch(line)
    ]
    last_signature = signatures[-1] if signatures else -1
    below = _Below.of(lines)
    in_list = False
    for n, block in enumerate(blocks):
        line = lines[n]
        part = parts[-1]
        if n in signatures and any(len(text[b.start : b.end]) > 30 for b in part.blocks):
            _drop_signature(part, text)
            parts.append(Part(annex=part.annex, signed=True))
            in_list = False
        elif line and line[0] == "附" and _ANNEX.match(line) and len(line) < 80 and "。" not in line:
            in_list = _lists_annexes(line, below, n, last_signature)
            if not in_list:
                parts.append(Part(annex=line, signed=part.signed))
        elif in_list and re.match(r"\d{1,2}[.、]", line) and len(line) < 80 and "。" not in line:
            continue
        elif line and (_ASIDE.fullmatch(line) or "公网安备" in line):
            in_list = False
        else:
            in_list = False
            part.blocks.append(block)
    return [part for part in parts if part.blocks]


@dataclass(frozen=True, slots=True)
class _Below:
    """What stands further down: the last line that begins with each 附件N, and the last long line."""

    annexes: dict[str, int]
    long: int

    @classmethod
    def of(cls, lines: Sequence[str]) -> _Below:
        """Read off `lines`, empty for tables."""
        annexes = {match[0]: n for n, line in enumerate(lines) if (match := _NUMBERED_ANNEX.match(line))}
        return cls(
            annexes, max((n for n, line in enumerate(lines) if len(line) > 40 or not line), default=-1)
        )


def _lists_annexes(line: str, below: _Below, n: int, last_signature: int) -> bool:
    """Whether a line that begins with 附件 announces annexes rather than opens one."""
    if _ANNEX.fullmatch(line):
        return False
    number = _NUMBERED_ANNEX.match(line)
    again = number is not None and below.annexes.get(number[0], -1) > n
    return n < last_signature or again or below.long <= n or "略" in line


def _drop_signature(part: Part, text: str) -> None:
    """Take the lines of the signing units from the end of `part`."""
    while part.blocks:
        last = part.blocks[-1]
        line = text[last.start : last.end]
        if (
            isinstance(last, Table)
            or len(line) > 45
            or "：" in line  # 责任单位：市财政局
            or (line[-1] in "。；，）" and not re.search(_ORGAN + "$", line))
        ):
            return
        if not re.search(_ORGAN + "$", line) or re.match(r"[（\d一二三四五六七八九十]", line):
            return
        part.blocks.pop()
