"""The records that the reader makes: notices, their tasks, and the evidence for each value.

Keys and their meaning follow the project's design: what `python -m transforms` prints is `as_json(notice)`.
Dates are ISO strings here, as they are in JSON and Parquet staging; the warehouse casts them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Class = TypeVar("Class")


@dataclass_transform(frozen_default=True)
def _record(cls: type[Class]) -> type[Class]:
    """A dataclass that type checkers keep from being assigned to.

    To refuse that at run time, as `frozen=True` does, makes a record three times as slow to make: a twentieth
    of the time of task extraction, which makes them by the thousand.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)


BODY = "body"
"""`read_from` of what stands in the notice's own text; else the name of the attachment."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its place in the document's text, and how many rows and columns it spans."""

    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table of a document: `text[start:end]`."""

    kind: str  # paragraph | heading | table
    start: int
    end: int
    cells: tuple[Cell, ...] = ()  # of a table, in reading order
    align: str = ""  # center | right where the source says so: titles and signatures


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its blocks in order.

    Paragraphs are joined by a line feed; table cells by tabs, rows by line feeds.
    """

    text: str
    blocks: tuple[Block, ...]
    name: str = BODY  # BODY, or the attachment's name


@_record
class Unit:
    """A unit that a task names, as printed, and in one spelling within its region."""

    role: str  # lead | responsible | support
    unit: str
    unit_norm: str
    quote: str
    start: int
    end: int
    rule: str


@_record
class Deadline:
    """A date by which something is to be done. `text` as in the annotation guideline, `due` an ISO date."""

    text: str
    due: str
    precision: str  # day | month | quarter | half | year | relative
    quote: str
    start: int
    end: int
    rule: str


@_record
class Recurrence:
    """A rhythm, as an RFC 5545 RRULE without the `RRULE:`."""

    text: str
    rrule: str
    quote: str
    start: int
    end: int
    rule: str


@_record
class Target:
    """A figure to be reached: `op` is >=, <=, >, <, = or ~; `value` in digits, in the printed unit."""

    text: str
    op: str
    value: str
    unit: str
    subject: str  # what is measured, one spelling for one thing; empty where the text does not say
    quote: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A document number of another document. `task_seq` is the task it stands in, if any."""

    doc_no: str
    title: str
    quote: str
    start: int
    end: int
    read_from: str
    rule: str
    task_seq: int | None = None


@_record
class Task:
    """What a notice tells somebody to do. `start`/`end` are offsets into the text named by `read_from`."""

    seq: int
    no: str
    path: tuple[str, ...]
    title: str
    text: str
    starts: str
    ends: str
    kind: str  # measure | safeguard | reporting
    read_from: str
    start: int
    end: int
    quote: str
    rule: str
    signature: str  # of the normalised text, to know the task again after a small correction
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    recurring: tuple[Recurrence, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """A person's name, telephone number or mail address in a text, to be masked when published."""

    kind: str  # name | phone | mail
    quote: str
    start: int
    end: int
    read_from: str


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A label and its value as printed, and where they stood."""

    label: str
    value: str
    origin: str  # table | list | text | meta | json | title | signature | listed


@dataclass(frozen=True, slots=True)
class Term:
    """A relevance term that was met: where (title, body) and how often."""

    term: str
    place: str
    count: int


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """A file of a notice. `text` is empty where none could be read; then `problem` says why."""

    name: str
    url: str
    media_type: str
    bytes: int
    sha256: str
    text: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, where, and why, in words."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One document as read from one page or file."""

    source: str
    url: str | None = None
    portal_id: str | None = None
    title: str = ""
    index_no: str | None = None
    doc_no: str | None = None
    issuers: tuple[str, ...] = ()
    written_on: str | None = None
    published_on: str | None = None
    listed_on: str | None = None
    doc_type: str | None = None
    category: str | None = None
    validity: str | None = None
    region: str | None = None
    adcode: str | None = None
    level: str | None = None  # national | province | city | county
    recipients: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    relevance: str = "none"  # core | wide | none
    terms: tuple[Term, ...] = ()
    text: str = ""
    text_sha256: str = ""  # of the normalised body: page chrome does not change it
    document_key: str = ""  # issuer + number, else title + date: the same for re-posts; "" without these
    signature: str = ""  # MinHash or SimHash of the body, hexadecimal
    tasks: tuple[Task, ...] = ()
    citations: tuple[Citation, ...] = ()
    contacts: tuple[Contact, ...] = ()
    attachments: tuple[AttachmentRecord, ...] = ()
    fields: tuple[LabelledValue, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)  # metadata field -> where its value came from
    problems: tuple[Problem, ...] = ()
