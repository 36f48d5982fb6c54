"""What a digest is made of: one record a row that a reader sees. Questions in `queries/` fill them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.task_records import TaskRow

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
        """The three tasks that weigh most: `tasks` are in that order."""
        return self.tasks[:3]


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
    """A notice by its key alone."""

    notice_id: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that is measured: the week's new figures, and the latest ones elsewhere."""

    subject: str
    measure_unit: str
    new: tuple[TargetRow, ...]
    others: tuple[TargetRow, ...]


_OPS = {">=": "≥", "<=": "≤", "~": "约", "=": "", ">": "＞", "<": "＜"}


def figure_in_words(op: str, value: str, unit: str) -> str:
    """`≥95%`."""
    return f"{_OPS.get(op, op)}{value}{unit}"
