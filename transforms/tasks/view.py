"""A document's text without blanks and in one spelling of marks, with the way back to the stored text.

Rules read `folded`, where every mark has one width and figures are ASCII; values are copied from `plain`,
which
has the same length and the width of the source. Offsets of both lead to the stored text by `origin`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from transforms.tasks.signature import clauses

# Marks of markdown and invisible characters go with the blanks; line feeds stay, they divide paragraphs.
_BLANK = r"[ \t\r\f\v\x85\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]"
_BLANKS = re.compile(f"{_BLANK}{_BLANK}*")  # a class first, not a repeat of it: the engine seeks it quicker
_DROPPED = re.compile(rf"{_BLANK}+|\*{{2,}}")
_MARKS = {
    ",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！", "．": ".", "％": "%",
    "﹪": "%",
    "[": "〔", "]": "〕", "【": "〔", "】": "〕", "［": "〔", "］": "〕", "﹝": "〔", "﹞": "〕",
    "〈": "《", "〉": "》",
    "＋": "+", "－": "-", "～": "~", "∼": "~", "／": "/", "＂": '"', "｡": "。", "､": "、", "—": "-",
    "–": "-", "─": "-",
    "≧": "≥", "≦": "≤", "∶": "：", "︰": "：", "﹕": "：",
}  # fmt: skip
_WIDE = (
    {chr(0xFF10 + n): str(n) for n in range(10)}
    | {chr(0xFF21 + n): chr(ord("A") + n) for n in range(26)}
    | {chr(0xFF41 + n): chr(ord("a") + n) for n in range(26)}
)
_FOLDS = _MARKS | _WIDE
_COMMON = [(mark, fold) for mark, fold in _MARKS.items() if mark.isascii()]  # by the hundred in a text
_FOLDED = re.compile(f"[{re.escape(''.join(mark for mark in _FOLDS if not mark.isascii()))}]")
_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "00001234567890"[:4] + "123456789")
# `【责任单位】市水务局` is `责任单位：市水务局`; in `市水务局【牵头单位】、` it stands behind the name.
_LABEL_IN_BRACKETS = re.compile(
    "〔((?:[省市县区]级)?(?:牵头|责任|主责|主办|承办|配合|协办|参与|参加|落实|实施)(?:单位|部门|处室)"
    "|(?:完成|办理|整改)(?:时限|时间|期限))〕(?=[^、，。；：）〕\n])"
)
_SPELT_YEAR = re.compile(r"[一二][〇○零Ｏ一二三四五六七八九]{3}(?=年)")


def fold(text: str) -> str:
    """`text` in one spelling of marks and figures, of the same length."""
    for mark, folded in _COMMON:
        text = text.replace(mark, folded)
    text = _FOLDED.sub(lambda match: _FOLDS[match[0]], text)
    if "单位〕" in text or "部门〕" in text or "时限〕" in text:
        text = _LABEL_IN_BRACKETS.sub(r"\1：、", text)
    if "〇" in text or "○" in text or "零" in text:
        text = _SPELT_YEAR.sub(lambda match: match[0].translate(_DIGITS), text)
    return text


class View:
    """The text of one document as rules read it."""

    __slots__ = ("_kept", "_raw", "clauses", "folded", "plain", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._kept: list[int] = [0]  # where each run of kept characters begins in `plain` …
        self._raw: list[int] = [0]  # … and in `raw`
        parts: list[str] = []
        at = size = 0
        for match in (_DROPPED if "**" in raw else _BLANKS).finditer(raw):
            parts.append(raw[at : match.start()])
            size += match.start() - at
            at = match.end()
            if self._kept[-1] == size:
                self._raw[-1] = at
            else:
                self._kept.append(size)
                self._raw.append(at)
        parts.append(raw[at:])
        self.plain = "".join(parts)
        self.folded = fold(self.plain)
        self.clauses = clauses(self.folded)  # for signatures

    def origin(self, at: int) -> int:
        """Where the character `at` of `plain` stands in `raw`."""
        run = bisect_right(self._kept, at) - 1
        return self._raw[run] + at - self._kept[run]

    def place(self, raw_at: int) -> int:
        """Where `raw_at` of the stored text, or what is next kept after it, stands in `plain`."""
        run = bisect_right(self._raw, raw_at) - 1
        if run < 0:
            return 0
        end = self._kept[run + 1] if run + 1 < len(self._kept) else len(self.plain)
        return min(self._kept[run] + raw_at - self._raw[run], end)

    def gap(self, at: int) -> bool:
        """Whether blanks stood before the character `at` of `plain`."""
        run = bisect_left(self._kept, at)
        return run < len(self._kept) and self._kept[run] == at

    def next_gap(self, at: int) -> int:
        """The first place from `at` on that blanks stood before; the end where there is none."""
        run = bisect_left(self._kept, at)
        return self._kept[run] if run < len(self._kept) else len(self.plain)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of `plain[start:end]` in the stored text, blanks at its ends left out."""
        if end <= start:
            begin = self.origin(start)
            return begin, begin
        kept, raw = self._kept, self._raw
        first = bisect_right(kept, start) - 1
        last = bisect_right(kept, end - 1, first) - 1
        return raw[first] + start - kept[first], raw[last] + end - kept[last]

    def quote(self, start: int, end: int) -> str:
        """What the stored text has at `plain[start:end]`."""
        begin, stop = self.span(start, end)
        return self.raw[begin:stop]
