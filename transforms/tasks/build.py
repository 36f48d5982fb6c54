"""From drafts to records: every value with its evidence in the stored text."""

from __future__ import annotations

from transforms.records import Deadline, Recurrence, Target, Task, Unit
from transforms.tasks.context import Context
from transforms.tasks.deadlines import Due, read_deadlines
from transforms.tasks.drafts import Draft, Span
from transforms.tasks.rhythms import Rhythm, read_rhythms
from transforms.tasks.shares import Share
from transforms.tasks.signature import sign
from transforms.tasks.targets import Figure, read_targets
from transforms.tasks.unit_names import normal_name
from transforms.tasks.view import View

_EDGE = 16  # so many characters of its beginning and its end tell a task
_BETWEEN_MARKS = "。；，、：,;"


def build_task(draft: Draft, view: View, read_from: str, context: Context, seq: int) -> Task:
    """The record of a draft; `seq` is its place in the notice."""
    plain, text = view.plain, view.folded
    body = _before_marks(draft, view)
    dated = draft.spans + draft.aside + draft.goals
    rhythms: list[Rhythm] = []
    for span in dated:
        rhythms += read_rhythms(text, *span)
    certain = draft.aside + [(mark.start, mark.end) for mark in draft.marks]
    dues = read_deadlines(text, dated, certain, context, rhythms, draft.inherited)
    figures = read_targets(text, _outside_marks(draft) + draft.goals, dues, rhythms)
    units = _units(draft, view, context)
    named: dict[str, list[str]] = {"lead": [], "responsible": [], "support": []}
    for unit in units:
        named[unit.role].append(unit.unit)
    start, end = view.span(draft.start, draft.end)
    whole = "\n".join([plain[a:b] for a, b in draft.spans])
    return Task(
        seq=seq,
        no=draft.no,
        path=draft.path,
        title=plain[draft.title[0] : draft.title[1]],
        text=whole,
        starts=whole[: 2 * _EDGE].replace("\n", "")[:_EDGE],
        ends=body[-_EDGE:],
        kind=draft.kind,
        read_from=read_from,
        start=start,
        end=end,
        quote=view.raw[start:end],
        rule=draft.rule,
        signature=sign("\n".join([view.clauses[a:b] for a, b in draft.spans])),
        lead=tuple(named["lead"]),
        responsible=tuple(named["responsible"]),
        support=tuple(named["support"]),
        units=tuple(units),
        deadlines=tuple(_deadline(due, view) for due in dues),
        recurring=tuple(_recurrence(rhythm, view) for rhythm in rhythms),
        targets=tuple(_target(figure, view) for figure in figures),
    )


def _before_marks(draft: Draft, view: View) -> str:
    """The text before the last attribution; attributions that follow one another count as one."""
    inside = [mark for mark in draft.marks for a, b in draft.spans if a <= mark.start < b]
    marks = [mark for mark in inside if mark.rule != "note"] or inside
    end = draft.spans[-1][1]
    if marks:
        end = marks[-1].start
        for mark in reversed(marks[:-1]):
            if view.folded[mark.end : end].strip(_BETWEEN_MARKS + "\n"):
                break
            end = mark.start
    parts = [view.plain[a : min(b, end)] for a, b in draft.spans if a < end]
    return "".join(parts).replace("\n", "") or view.plain[slice(*draft.spans[0])]


def _outside_marks(draft: Draft) -> list[Span]:
    """The spans of a draft without its attributions: figures in these are no targets."""
    kept: list[Span] = []
    for start, end in draft.spans:
        for mark in draft.marks:
            if start <= mark.start < end:
                kept.append((start, mark.start))
                start = min(mark.end, end)
        kept.append((start, end))
    return [span for span in kept if span[0] < span[1]]


def _units(draft: Draft, view: View, context: Context) -> list[Unit]:
    """Units in the order of the text, each once in a role."""
    found: list[Unit] = []
    seen: set[tuple[str, str]] = set()
    for share in (*(share for mark in draft.marks for share in mark.shares), *draft.shares):
        unit = _unit(share, view, context)
        if (unit.role, unit.unit) not in seen:
            seen.add((unit.role, unit.unit))
            found.append(unit)
    return found


def _unit(share: Share, view: View, context: Context) -> Unit:
    name = share.name
    start, end = view.span(name.start, name.end)
    printed = view.plain[name.start : name.end].replace("(", "（").replace(")", "）")
    return Unit(
        role=share.role,
        unit=printed,
        unit_norm=normal_name(name.text, context),
        quote=view.raw[start:end],
        start=start,
        end=end,
        rule=share.rule,
    )


def _deadline(due: Due, view: View) -> Deadline:
    start, end = view.span(due.start, due.end)
    return Deadline(
        text=view.plain[due.start : due.end],
        due=due.due.isoformat(),
        precision=due.precision,
        quote=view.raw[start:end],
        start=start,
        end=end,
        rule=due.rule,
    )


def _recurrence(rhythm: Rhythm, view: View) -> Recurrence:
    start, end = view.span(rhythm.start, rhythm.end)
    return Recurrence(
        text=view.plain[rhythm.start : rhythm.end],
        rrule=rhythm.rrule,
        quote=view.raw[start:end],
        start=start,
        end=end,
        rule=rhythm.rule,
    )


def _target(figure: Figure, view: View) -> Target:
    start, end = view.span(figure.start, figure.end)
    return Target(
        text=view.plain[figure.start : figure.end],
        op=figure.op,
        value=figure.value,
        unit=figure.unit,
        subject=figure.subject,
        quote=view.raw[start:end],
        start=start,
        end=end,
        rule=figure.rule,
    )
