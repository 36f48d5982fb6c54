"""Rows of the explorer's questions (`queries/site_*.sql`). `place` is the notice's number, from 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.segments import Span


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice with its text."""

    place: int
    notice_id: str
    title: str | None
    doc_no: str | None
    issuers: tuple[str, ...] | None
    region: str
    level: str
    reported_on: date
    relevance: str
    topics: tuple[str, ...] | None
    task_count: int
    is_withdrawn: bool
    url: str | None
    portal_name: str | None
    written_on: date | None
    published_on: date | None
    validity: str | None
    index_no: str | None
    recipients: tuple[str, ...] | None
    text: str | None
    unit_names: tuple[str, ...]
    due_dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task; its place in the text named by `read_from`."""

    place: int
    seq: int
    title: str
    kind: str
    read_from: str
    start_at: int | None
    end_at: int | None
    lead_units: tuple[str, ...]
    responsible_units: tuple[str, ...]
    support_units: tuple[str, ...]
    unit_names: tuple[str, ...]
    due_dates: tuple[date, ...]
    rrules: tuple[str, ...]
    target_quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceRow(Span):
    """A place of evidence in the text that `read_from` names."""

    place: int = 0
    read_from: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """An attachment."""

    place: int
    name: str
    url: str | None
    text: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A text that a notice has had."""

    place: int
    version_no: int
    change: str
    valid_on: date
    text: str | None


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A citation of (`cites`) or by (`cited_by`) a notice."""

    place: int
    direction: str
    doc_no: str | None
    title: str | None
    other_id: str | None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """The newest figure of a thing in a region."""

    subject: str
    op: str
    value: str
    measure_unit: str
    region: str
    notice_id: str
    title: str | None
    reported_on: date


@dataclass(frozen=True, slots=True)
class PortalRow:
    """How a portal fares."""

    name: str
    region: str
    last_outcome: str
    success_on: date | None
    notice_count: int
    newest_on: date | None
    reasons: tuple[str, ...]
