"""The numbered items of a part as a tree.

Styles nest in the order in which they first appear; a style that is open already goes on at its level. A
label at
the beginning of a paragraph is one; within a paragraph it has to continue the count, or begin one that goes
on,
and has to stand where a sentence, an attribution or a heading has ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transforms.tasks.labels import Label, figure_before_figure, label_at, labels_within
from transforms.tasks.parts import Paragraph, Table
from transforms.tasks.view import View

ARTICLE_RANK = 2
_HEADING_LENGTH = 60
_CLOSED = "。！？）〕：”》"
# 统一、多证合一、: words that a label seems to begin in.
_ENDS_IN_ONE = frozenset("统合同第唯不单专万归如划逐每十其之某任多")
_LABEL_LINE = re.compile(r"(?:单位|部门|处室|时限|时间|期限)：[^。：]*$")
_ENUMERATES = "；，、;："


@dataclass(slots=True)
class Item:
    """A numbered item, or the root of a part; `spans` are its own paragraphs, before those of its items."""

    label: Label | None = None
    parent: Item | None = None
    spans: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)
    run_on: bool = False  # it does not begin its paragraph

    @property
    def start(self) -> int:
        """Where the item begins, label included."""
        return self.label.start if self.label else (self.spans[0].start if self.spans else 0)


def _seconds(candidates: list[Label]) -> list[Label | None]:
    """For each candidate the next one of its style that prints the figure 2."""
    found: list[Label | None] = []
    second: dict[str, Label] = {}
    for label in reversed(candidates):
        found.append(second.get(label.style.name))
        if label.number == 2:
            second[label.style.name] = label
    found.reverse()
    return found


class Outline:
    """Builds the tree of one part."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._text = view.folded
        self.root = Item()
        self._open: list[Item] = []
        self._last: dict[str, int] = {}  # style -> figure counted last
        self._below: dict[str, str] = {}  # style -> style under which it first appeared

    def add(self, blocks: Sequence[Paragraph | Table]) -> Item:
        """Read the blocks of a part and return the root."""
        paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
        following: Iterator[Paragraph | None] = iter([*paragraphs[1:], None])
        for block in blocks:
            if isinstance(block, Table):
                self._current.tables.append(block)
            else:
                self._paragraph(block, next(following))
        return self.root

    @property
    def _current(self) -> Item:
        return self._open[-1] if self._open else self.root

    def _paragraph(self, block: Paragraph, following: Paragraph | None) -> None:
        first = self._label(block)
        candidates = labels_within(self._text, first.end if first else block.start, block.end)
        start = block.start
        if first:
            self._place(first, run_on=False)
            start = first.end
        if candidates:
            after = label_at(self._text, following.start, following.end) if following else None
            for label in self._accepted(candidates, start, after, bool(first)):
                self._extend(start, label.start, block)
                self._place(label, run_on=True)
                start = label.end
        self._extend(start, block.end, block)

    def _label(self, block: Paragraph) -> Label | None:
        """The label of a paragraph; where figures go on behind it (`8.5G…` after 7.) the count tells it."""
        label = label_at(self._text, block.start, block.end)
        if label is None or (
            label.style.name == "decimal" and "decimal" not in self._last and label.number > 1
        ):
            counted = figure_before_figure(self._text, block.start, block.end)
            if counted and counted.number > 1 and counted.number == self._last.get(counted.style.name, 0) + 1:
                return counted
        return label

    def _extend(self, start: int, end: int, block: Paragraph) -> None:
        if end > start:
            self._current.spans.append(Paragraph(start, end, block.heading, block.align))

    def _accepted(
        self, candidates: list[Label], start: int, after: Label | None, labelled: bool
    ) -> list[Label]:
        """Those of a paragraph's possible labels that open an item."""
        taken: list[Label] = []
        last = dict(self._last)
        refused: set[str] = set()
        for label, following in zip(candidates, _seconds(candidates), strict=True):
            style = label.style.name
            if style in refused:
                continue
            if label.number == 1:
                if following and self._text[following.start - 1] in _ENUMERATES:
                    refused.add(style)
                    continue
                goes_on = following or (after and after.style.name == style and after.number == 2)
                opens = self._closed(label.start) or (labelled and self._in_heading(start, label.start))
                if not goes_on or not (
                    opens or (following and self._text[label.start - 1] not in _ENDS_IN_ONE)
                ):
                    continue
            elif label.number != last.get(style, -1) + 1 or not self._ends_before(
                label.start, start, labelled
            ):
                continue
            taken.append(label)
            last[style] = label.number
            start, labelled = label.end, True
        return taken

    def _ends_before(self, at: int, start: int, labelled: bool) -> bool:
        """Whether what began at `start` has ended at `at`: by a mark, a heading's shortness, a label line."""
        return (
            self._closed(at)
            or (labelled and self._in_heading(start, at))
            or self._after_label_line(start, at)
        )

    def _closed(self, at: int) -> bool:
        return self._text[at - 1] in _CLOSED or self._view.gap(at)

    def _in_heading(self, start: int, at: int) -> bool:
        return at - start < _HEADING_LENGTH and "。" not in self._text[start:at]

    def _after_label_line(self, start: int, at: int) -> bool:
        """Whether an attribution without a full stop ends here: `配合单位：市财政局2.推进…`."""
        return _LABEL_LINE.search(self._text[max(start, at - 150) : at]) is not None

    def _place(self, label: Label, run_on: bool) -> None:
        style = label.style.name
        names = [item.label.style.name for item in self._open if item.label]
        if style in names:
            del self._open[names.index(style) :]
        elif self._goes_on(label):  # `（3）` after 3.2: the same level in another dress
            self._open.pop()
        elif self._nests(label):
            self._below[style] = names[-1]
        elif self._below.get(style) in names:
            del self._open[names.index(self._below[style]) + 1 :]
        else:
            while self._open and self._is_outer(label, self._open[-1]):
                self._open.pop()
            self._below.setdefault(style, names[len(self._open) - 1] if self._open else "")
        item = Item(label, self._current, run_on=run_on)
        self._current.children.append(item)
        self._open.append(item)
        self._last[style] = label.number

    def _nests(self, label: Label) -> bool:
        """Whether a style that stood beside the open one is below it here: `二、（一）3.` after `一、1.`."""
        last = self._open[-1].label if self._open else None
        if last is None or last.style.rank >= label.style.rank:
            return False
        below = self._below.get(label.style.name)
        return below is not None and below == self._below.get(last.style.name)

    def _goes_on(self, label: Label) -> bool:
        """Whether a label of a new style continues the count of the item before it."""
        before = self._open[-1].label if self._open else None
        return (
            before is not None
            and 1 < label.number == before.number + 1
            and label.style.name not in self._last
        )

    def _is_outer(self, label: Label, item: Item) -> bool:
        """`一、` and chapters stand above figures wherever they first appear; articles go on through both."""
        rank = label.style.rank
        return item.label is not None and rank < item.label.style.rank and rank <= 3 and rank != ARTICLE_RANK
