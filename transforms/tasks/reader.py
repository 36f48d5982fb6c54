"""From the documents of a notice to its tasks: which parts are read, in which order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from transforms.records import Citation, Document, Task
from transforms.tasks.attribution import Notes, read_marks
from transforms.tasks.build import build_task
from transforms.tasks.citations import read_citations
from transforms.tasks.context import Context
from transforms.tasks.deadlines import base_year
from transforms.tasks.drafts import Draft, Span
from transforms.tasks.kinds import REPORTING
from transforms.tasks.lead_notes import FIRST, LeadNote, find_note, may_hold_note
from transforms.tasks.leaves import Leaves
from transforms.tasks.outline import Outline
from transforms.tasks.parts import Paragraph, Part, Table, read_blocks, read_parts
from transforms.tasks.reporting import is_closing, is_duty_to_report, read_sentences, who_reports
from transforms.tasks.tables import TableReader
from transforms.tasks.view import View

_LONGEST_HEADING = 20  # characters of a line above a duty to report: 结果报送
_YEAR = re.compile(r"(?<!\d)20\d\d(?= ?年|[〕\]])")


def read_tasks_of(documents: Sequence[Document], context: Context) -> tuple[list[Task], list[Citation]]:
    """Tasks of the body, or of the attachments when the body has none of its own; citations of them all."""
    tasks: list[Task] = []
    citations: list[Citation] = []
    context = _with_year(documents, context)
    for document in documents:
        view = View(document.text)
        found: list[Task] = []
        if document is documents[0] or not any(task.kind != REPORTING for task in tasks):
            for draft in read_drafts(document, view, context):
                found.append(build_task(draft, view, document.name, context, len(tasks) + len(found) + 1))
        citations.extend(_placed(read_citations(view, context.doc_no, document.name), found))
        tasks.extend(found)
    return tasks, citations


def _with_year(documents: Sequence[Document], context: Context) -> Context:
    """A notice that nothing dates is of the year that its text prints most often."""
    if base_year(context) is not None or not documents:
        return context
    years = Counter(_YEAR.findall(documents[0].text))
    return replace(context, year=int(max(years, key=lambda year: (years[year], year)))) if years else context


def _placed(citations: Iterable[Citation], tasks: Sequence[Task]) -> Iterator[Citation]:
    """Citations in the order of the text, each with the task it stands in."""
    starts = [task.start for task in tasks]
    for citation in sorted(citations, key=lambda found: found.start):
        at = bisect_right(starts, citation.start) - 1
        inside = at >= 0 and citation.end <= tasks[at].end
        yield replace(citation, task_seq=tasks[at].seq) if inside else citation


def read_drafts(document: Document, view: View, context: Context) -> Iterator[Draft]:
    """The drafts of one document in the order of its text."""
    parts = read_parts(read_blocks(document, view), view.folded)
    notes = Notes(lead=_note_outside_items(parts, view))
    found = False
    for part in parts:
        if part.annex and found and not _is_work(part, view):
            continue
        for draft in _read_part(part, view, notes, context):
            found = found or draft.kind != REPORTING
            yield draft


def _read_part(part: Part, view: View, notes: Notes, context: Context) -> Iterator[Draft]:
    root = Outline(view).add(part.blocks)
    if root.children:
        for span in root.spans:
            if note := find_note(view.folded, span.start, span.end):
                notes.lead = note[1]
    leaves = Leaves(view, notes)
    drafts = list(leaves.read(root))
    if drafts and not part.annex:
        leaves.closing.extend(_cut_tail(drafts[-1], view, context, runs_on=len(part.blocks) < 3))
    for draft in drafts:
        if _is_duty_to_report(draft, view, context):
            draft.kind = REPORTING
        if draft.kind == REPORTING:
            start, end = draft.spans[0][0], draft.spans[-1][1]
            draft.shares.extend(who_reports(view.folded, start, end, context))
    taken = {draft.start for draft in drafts if not draft.no}
    front: list[Span] = [(span.start, span.end) for span in root.spans if span.start not in taken]
    if not part.annex:
        yield from read_sentences(view.folded, front, context)
    yield from drafts
    if not part.annex:
        yield from read_sentences(view.folded, leaves.closing, context)


def _cut_tail(draft: Draft, view: View, context: Context, runs_on: bool) -> Iterator[Span]:
    """A reporting sentence that runs on after the last item's attribution, cut from the item."""
    start, end = draft.spans[-1]
    marks = [mark for mark in draft.marks if start <= mark.start < end]
    if not marks and runs_on:
        last = view.folded.rfind("。", start, end - 1) + 1
        if last > view.folded.find("。", start, end) + 1 and is_closing(view.folded, last, end, context):
            draft.spans[-1] = (start, last)
            draft.end = last
            yield last, end
    if marks and marks[-1].end < end and is_closing(view.folded, marks[-1].end, end, context):
        draft.spans[-1] = (start, marks[-1].end)
        draft.end = marks[-1].end
        yield marks[-1].end, end


def _is_duty_to_report(draft: Draft, view: View, context: Context) -> bool:
    if not draft.no or draft.marks or draft.kind == REPORTING:
        return False
    first, *others = draft.spans
    if others and (len(others) > 1 or first[1] - first[0] > _LONGEST_HEADING):
        return False
    return is_duty_to_report(view.folded, *(others[0] if others else first), context)


def _is_work(part: Part, view: View) -> bool:
    """Whether an annex of a text that has tasks holds more: it has attributions, or a table of measures."""
    tables = TableReader(view, Notes())
    marks = 0
    for block in part.blocks:
        if isinstance(block, Table):
            if tables.holds_tasks(block):
                return True
        else:
            marks += len(read_marks(view.folded, block.start, block.end, Notes()))
        if marks > 1:
            return True
    return False


def _note_outside_items(parts: list[Part], view: View) -> LeadNote | None:
    """A note on who leads that holds for the whole text: outside brackets, or one that explains a sign."""
    text = view.folded
    if not may_hold_note(text):
        return None
    for part in parts:
        for block in part.blocks:
            found = find_note(text, block.start, block.end)
            if found and (found[1].rule != FIRST or _is_bare(block, text)):
                return found[1]
    return None


def _is_bare(block: Paragraph | Table, text: str) -> bool:
    return isinstance(block, Paragraph) and "（" not in text[block.start : block.end]
