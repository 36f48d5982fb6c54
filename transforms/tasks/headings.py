"""What items are called: their titles, the names of sections, headings as elements of a path."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.tasks.attribution import Mark, Notes, read_marks
from transforms.tasks.drafts import Span
from transforms.tasks.outline import Item
from transforms.tasks.parts import Paragraph
from transforms.tasks.view import View

_LONGEST_NAME = 30  # before its colon or blank
_FINAL = "。；：，！、.;:,!"


class Headings:
    """Names of the items of one document."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._text = view.folded

    def text(self, span: Paragraph) -> str:
        """A paragraph as rules read it."""
        return self._text[span.start : span.end]

    def is_whole(self, span: Paragraph) -> bool:
        """Whether a paragraph is more than a heading."""
        text = self.text(span)
        return "。" in text[:-1] or len(text) > 60

    def title(self, span: Paragraph, marks: Sequence[Mark] = ()) -> Span:
        """The lead: up to the first full stop, the attribution or the end of the paragraph."""
        stop = self._text.find("。", span.start, span.end)
        end = span.end if stop < 0 else stop
        for mark in marks:
            if span.start < mark.start < end:
                end = mark.start
        while end > span.start + 1 and self._text[end - 1] in _FINAL:
            end -= 1
        return span.start, end

    def name(self, item: Item, title: str) -> str:
        """What a section calls itself: its title up to the first colon or blank near its beginning."""
        if not title:
            return ""
        start = item.spans[0].start
        last = min(len(title), _LONGEST_NAME)
        colon = title.find("：", 2, last)
        stop = min(last if colon < 0 else colon, self._view.next_gap(start + 2) - start)
        return title[:stop] if stop < last else title

    def heading(self, item: Item, attributed: bool) -> str:
        """The item as an element of a path: a line of its own as printed, else label and lead."""
        plain = self._view.plain
        if item.label is None:
            return ""
        if not item.spans:
            return plain[item.label.start : item.label.end]
        span = item.spans[0]
        if attributed or self.is_whole(span):
            marks = read_marks(self._text, span.start, span.end, Notes()) if attributed else []
            return plain[item.label.start : self.title(span, marks)[1]]
        runs_on = bool(item.children) and item.children[0].run_on
        return plain[item.label.start : self.title(span)[1] if runs_on else span.end]
