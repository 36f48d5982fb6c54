"""What a digest is made of: one record a row that a reader sees. Questions in `queries/` fill them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

LEVELS = {"national": "国家", "province": "省级", "city": "市级", "county": "县级", "": "其他"}
CHANGES = {"changed": "内容变更", "withdrawn": "撤下", "restored": "恢复"}


@dataclass(frozen=True, slots=True)
class Figures:
    """The headline figures of a week; each is a count."""

    core_documents: int
    wide_documents: int
    tasks: int
    changed: int
    withdrawn: int
    due_7: int
    due_30: int
    due_90: int
    past_30: int


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
class NoticeRow:
    """A publication that the digest names."""

    notice_id: str
    document_id: str
    portal_name: str | None
    url: str | None
    title: str | None
    doc_no: str | None
    issuers: tuple[str, ...] | None
    written_on: date | None
    published_on: date | None
    reported_on: date
    document_on: date
    region: str
    level: str
    topics: tuple[str, ...] | None
    relevance: str
    task_count: int
    is_withdrawn: bool
    is_late: bool

    @property
    def is_repost(self) -> bool:
        """Whether another portal had the document earlier."""
        return self.document_on < self.reported_on


@dataclass(frozen=True, slots=True)
class Policy:
    """A document with all its publications of the week, the first of which speaks for it, and its tasks."""

    notice: NoticeRow
    copies: tuple[NoticeRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()

    @property
    def weightiest(self) -> tuple[TaskRow, ...]:
        return self.tasks[:3]


@dataclass(frozen=True, slots=True)
class DatedTask:
    """A task with a date or a rhythm, and the notice it stands in."""

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
class DueRow(DatedTask):
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
        return units_in_words(self.lead_units, self.responsible_units)


@dataclass(frozen=True, slots=True)
class RhythmRow(DatedTask):
    """A task that repeats, before its next date is known."""

    reported_on: date
    validity: str | None
    rrule: str
    quote: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A notice that was changed, withdrawn or restored; texts are there for a change only."""

    notice_id: str
    title: str | None
    doc_no: str | None
    url: str | None
    region: str
    portal_name: str | None
    relevance: str
    change: str
    changed_on: date
    old_title: str | None
    old_text: str | None
    new_text: str | None
    new_title: str | None


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """How much a unit has to do: tasks new this week, with a date ahead, and by role."""

    unit: str
    region: str
    new_tasks: int
    due_tasks: int
    open_tasks: int
    lead_tasks: int
    responsible_tasks: int
    support_tasks: int


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A figure to be reached in one region."""

    subject: str
    op: str
    value: str
    measure_unit: str
    quote: str
    region: str
    notice_title: str | None
    url: str | None
    reported_on: date
    task_title: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class CitedRow:
    """A document number that others cite; title and address when we hold the document."""

    doc_no: str
    title: str | None
    url: str | None
    week_count: int
    total_count: int


@dataclass(frozen=True, slots=True)
class WeekCount:
    """Documents of one week."""

    monday: date
    core: int
    wide: int


@dataclass(frozen=True, slots=True)
class PortalRow:
    """A portal that somebody should look at."""

    portal_id: str
    name: str
    run_count: int
    failed_count: int
    partial_count: int
    last_outcome: str
    last_reasons: tuple[str, ...]
    newest_on: date | None


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check of the warehouse that found something."""

    check_name: str
    severity: str
    claim: str
    row_count: int


@dataclass(frozen=True, slots=True)
class FirstCrawl:
    """A portal crawled for the first time, and the number of older notices that came with it."""

    portal_name: str
    notice_count: int


@dataclass(frozen=True, slots=True)
class NoticeId:
    notice_id: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that is measured: the week's new figures, and the latest ones elsewhere."""

    subject: str
    measure_unit: str
    new: tuple[TargetRow, ...]
    others: tuple[TargetRow, ...]


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


_OPS = {">=": "≥", "<=": "≤", "~": "约", "=": "", ">": "＞", "<": "＜"}


def figure_in_words(op: str, value: str, unit: str) -> str:
    """`≥95%`."""
    return f"{_OPS.get(op, op)}{value}{unit}"
