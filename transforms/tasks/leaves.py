"""Which items of the outline are tasks, with their titles, paths and attributions.

Leaves are; an item with sub-items only with an attribution of its own; unnumbered paragraphs with
attributions
of their own below a heading or below such an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.tasks.attribution import Mark, Notes, read_marks
from transforms.tasks.closing import cut_closing
from transforms.tasks.deadlines import may_speak_of_time
from transforms.tasks.drafts import Draft, Span
from transforms.tasks.headings import Headings
from transforms.tasks.kinds import (
    MEASURE,
    REPORTING,
    SAFEGUARD,
    holds_no_tasks,
    is_named_steps,
    is_reporting,
    is_safeguard,
    opens_with_goals,
    says_nothing_to_do,
)
from transforms.tasks.outline import Item
from transforms.tasks.parts import Paragraph
from transforms.tasks.shares import Share
from transforms.tasks.tables import TableReader
from transforms.tasks.view import View

_SUBHEAD = re.compile(r"(?:具体|主要|重点|工作)?(?:举措|措施|任务|工作内容)[:：]?")


def _all_spans(item: Item) -> Iterator[Paragraph]:
    """The paragraphs of an item and of all below it."""
    yield from item.spans
    for child in item.children:
        yield from _all_spans(child)


class Leaves:
    """Reads the drafts of one part of a document."""

    def __init__(self, view: View, notes: Notes) -> None:
        self._text = view.folded
        self._notes = notes
        self._heads = Headings(view)
        self._tables = TableReader(view, notes)
        self.closing: list[Span] = []  # paragraphs after the last item that do not belong to it

    def read(self, root: Item) -> Iterator[Draft]:
        """Drafts in the order of the text."""
        rows = self._rows(root, ())
        yield from rows
        if rows and not root.children:
            return
        if root.children:
            self.closing = cut_closing(root, self._text, self._heads)
            for child in root.children:
                yield from self._visit(child, (), False, [])
        else:
            yield from self._unnumbered(root, root.spans, (), MEASURE, at_least=1)

    def _visit(
        self, item: Item, path: tuple[str, ...], safeguard: bool, leadin: list[Span]
    ) -> Iterator[Draft]:
        if len(item.spans) > 1:
            below = [span for span in item.spans[1:] if not _SUBHEAD.fullmatch(self._heads.text(span))]
            item.spans[1:] = below
        title = self._text[slice(*self._heads.title(item.spans[0]))] if item.spans else ""
        name = self._heads.name(item, title)
        leaf = not item.children
        if holds_no_tasks(title, leaf) or (name != title and holds_no_tasks(name, leaf)):
            return
        if len(name) > 14 and opens_with_goals(name):
            return
        if not path or item.children:
            safeguard = safeguard or (
                is_safeguard(name) and not (is_named_steps(name) and self._is_first(item))
            )
        self._lift_attribution(item)
        marks = [self._marks(span) for span in item.spans]
        inside = not item.spans or not (self._heads.is_whole(item.spans[0]) or any(marks))
        rows = self._rows(item, (*path, self._heads.heading(item, False)) if inside else ())
        if rows and inside and not item.children:
            yield from rows
        elif not item.children:
            yield from self._leaf(item, marks, path, safeguard, leadin)
            yield from rows
        else:
            yield from self._branch(item, marks, path, safeguard, leadin)
            yield from rows

    def _is_first(self, item: Item) -> bool:
        """Whether no section before the item holds tasks."""
        before = item.parent.children[: item.parent.children.index(item)] if item.parent else []
        titles = [self._text[slice(*self._heads.title(other.spans[0]))] for other in before if other.spans]
        return all(holds_no_tasks(title, leaf=True) for title in titles)

    def _lift_attribution(self, item: Item) -> None:
        """Lines of attribution after the last of several sub-items without any are those of the item."""
        if len(item.children) < 2 or item.children[-1].children:
            return
        last = item.children[-1]
        kept = len(last.spans)
        while kept > 1 and self._only_marks(
            last.spans[kept - 1], read_marks(self._text, *self._edges(last.spans[kept - 1]), Notes())
        ):
            kept -= 1
        if kept == len(last.spans):
            return
        others = [span for child in item.children[:-1] for span in _all_spans(child)] + last.spans[:kept]
        if any(read_marks(self._text, *self._edges(span), Notes()) for span in others):
            return
        item.spans.extend(last.spans[kept:])
        del last.spans[kept:]

    @staticmethod
    def _edges(span: Paragraph) -> Span:
        return span.start, span.end

    def _rows(self, item: Item, path: tuple[str, ...]) -> list[Draft]:
        return [draft for table in item.tables for draft in self._tables.read(table, path)]

    def _branch(
        self, item: Item, marks: list[list[Mark]], path: tuple[str, ...], safeguard: bool, leadin: list[Span]
    ) -> Iterator[Draft]:
        own = any(marks)
        if own:
            yield from self._attributed(item, marks, path, safeguard)
        below = (*path, self._heads.heading(item, own))
        inherited = leadin
        if not own:
            edges = map(self._edges, item.spans)
            inherited = [*leadin, *(span for span in edges if may_speak_of_time(self._text, span))]
        for child in item.children:
            yield from self._visit(child, below, safeguard, inherited)

    def _leaf(
        self, item: Item, marks: list[list[Mark]], path: tuple[str, ...], safeguard: bool, leadin: list[Span]
    ) -> Iterator[Draft]:
        if not item.spans or (len(item.spans) == 1 and says_nothing_to_do(self._heads.text(item.spans[0]))):
            return
        groups = self._groups(item.spans[1:], marks[1:])
        attributed = [group for group in groups if any(found for _, found in group)]
        kind = SAFEGUARD if safeguard else MEASURE
        divided = len(attributed) >= (1 if marks[0] else 2) and self._notes.bracket_role is None
        if divided and not self._only_marks(item.spans[1], marks[1]):
            if marks[0]:
                yield self._draft(item, item.spans[:1], marks[0], path, kind, "attributed-item", leadin)
            below = (*path, self._heads.heading(item, bool(marks[0])))
            yield from self._unnumbered(item, item.spans[1:], below, kind, at_least=1)
            return
        flat = [mark for found in marks for mark in found]
        yield self._draft(item, item.spans, flat, path, kind, "leaf", leadin)

    def _attributed(
        self, item: Item, marks: list[list[Mark]], path: tuple[str, ...], safeguard: bool
    ) -> Iterator[Draft]:
        """The task of an item with sub-items, and of the unnumbered paragraphs before these."""
        kind = SAFEGUARD if safeguard else MEASURE
        rest = any(marks[1:]) and not self._only_marks(item.spans[1], marks[1])
        if marks[0] and rest:
            yield self._draft(item, item.spans[:1], marks[0], path, kind, "attributed-item", [])
            yield from self._unnumbered(
                item, item.spans[1:], (*path, self._heads.heading(item, True)), kind, at_least=1
            )
        else:
            flat = [mark for found in marks for mark in found]
            yield self._draft(item, item.spans, flat, path, kind, "attributed-item", [])

    def _unnumbered(
        self, item: Item, spans: list[Paragraph], path: tuple[str, ...], kind: str, at_least: int
    ) -> Iterator[Draft]:
        marks = [self._marks(span) for span in spans]
        groups = [g for g in self._groups(spans, marks) if any(found for _, found in g)]
        if len(groups) < at_least:
            return
        for group in groups:
            taken = [span for span, _ in group]
            flat = [mark for _, found in group for mark in found]
            yield self._draft(item, taken, flat, path, kind, "unnumbered-paragraph", [], numbered=False)

    def _groups(
        self, spans: list[Paragraph], marks: list[list[Mark]]
    ) -> list[list[tuple[Paragraph, list[Mark]]]]:
        """Paragraphs, each with the lines after it that are nothing but its attribution."""
        groups: list[list[tuple[Paragraph, list[Mark]]]] = []
        for span, found in zip(spans, marks, strict=True):
            if groups and self._only_marks(span, found):
                groups[-1].append((span, found))
            else:
                groups.append([(span, found)])
        return groups

    def _only_marks(self, span: Paragraph, marks: list[Mark]) -> bool:
        return (
            bool(marks)
            and marks[0].start == span.start
            and self._text[marks[-1].end : span.end] in ("", "。", "；")
        )

    # -- pieces of a draft ----------------------------------------------------------------------------

    def _marks(self, span: Paragraph) -> list[Mark]:
        notes = self._notes
        if notes.bracket_role is None and self._text.find("括号", span.start, span.end) >= 0:
            notes.standing.clear()
            read_marks(self._text, span.start, span.end, notes)
            notes.standing.clear()
        return read_marks(self._text, span.start, span.end, notes)

    def _draft(
        self,
        item: Item,
        spans: list[Paragraph],
        marks: list[Mark],
        path: tuple[str, ...],
        kind: str,
        rule: str,
        leadin: list[Span],
        numbered: bool = True,
    ) -> Draft:
        title = self._heads.title(spans[0], marks)
        if numbered and is_reporting(self._text[title[0] : title[1]]):
            kind = REPORTING
        start = item.label.start if numbered and item.label else spans[0].start
        shares: list[Share] = [*self._notes.standing]
        return Draft(
            no=item.label.no if numbered and item.label else "",
            path=path,
            title=title,
            spans=[(span.start, span.end) for span in spans],
            marks=marks,
            kind=kind,
            rule=f"{rule}:{item.label.style.name}" if numbered and item.label else rule,
            start=start,
            end=spans[-1].end,
            shares=shares,
            inherited=leadin,
        )
