"""Tasks as readers see them: in a policy, by date, by rhythm. Questions in `queries/` fill them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task of a new policy."""

    task_id: str
    document_id: str
    no: str
    title: str
    text: str
    kind: str
    lead_units: tuple[str, ...]
    responsible_units: tuple[str, ...]
    support_units: tuple[str, ...]
    due_on: date | None
    target_quotes: tuple[str, ...]

    @property
    def units(self) -> str:
        """`牵头：甲、乙；责任：丙` or empty."""
        return units_in_words(self.lead_units, self.responsible_units)


@dataclass(frozen=True, slots=True)
class SourcedTask:
    """A task, and the notice it stands in."""

    task_id: str
    title: str
    text: str
    lead_units: tuple[str, ...]
    responsible_units: tuple[str, ...]
    support_units: tuple[str, ...]
    target_quotes: tuple[str, ...]
    notice_title: str | None
    doc_no: str | None
    url: str | None
    region: str
    relevance: str
    publications: tuple[dict[str, str | None], ...] | None  # of the document: name of the portal and url


@dataclass(frozen=True, slots=True)
class DueRow(SourcedTask):
    """A task with a date; for a rhythm the next of its dates, and its rule."""

    due_on: date
    quote: str
    precision: str = "day"
    rrule: str = ""

    @property
    def others(self) -> list[dict[str, str | None]]:
        """The document's other publications."""
        return [p for p in self.publications or () if p["url"] != self.url]

    @property
    def units(self) -> str:
        """`牵头：甲、乙；责任：丙` or empty."""
        return units_in_words(self.lead_units, self.responsible_units)


@dataclass(frozen=True, slots=True)
class RhythmRow(SourcedTask):
    """A task that repeats: all its dates up to `ends_on`, and its rule with their day written out."""

    quote: str
    rrule: str
    dated_rrule: str
    ends_on: date
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class DueBand:
    """Tasks that fall due within a span of days: `mark` is red, yellow, plain or past."""

    mark: str
    label: str
    rows: tuple[DueRow, ...] = field(default=())

    @property
    def count_in_words(self) -> str:
        """How many tasks, counted as in the headline figures, and rhythms, which those leave out, apart."""
        dated = len({row.task_id for row in self.rows if not row.rrule})
        rhythms = len({row.task_id for row in self.rows if row.rrule})
        parts = [f"{dated} 项"] if dated else []
        if rhythms:
            parts.append(f"{'另有' if dated else ''}周期性任务 {rhythms} 项")
        return "，".join(parts)


def units_in_words(lead: tuple[str, ...], responsible: tuple[str, ...]) -> str:
    """Who must do it, as offices write it."""
    parts = [f"牵头：{'、'.join(lead)}"] if lead else []
    if responsible:
        parts.append(f"责任：{'、'.join(responsible)}")
    return "；".join(parts)
