"""The words that fetcher, families, crawl and archive share: values without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """What the fetcher is asked for. `form` makes it a POST of these fields, `json` one of that document.

    A file may be larger and slower than a page, and is not decoded.
    """

    url: str
    form: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    json: str = ""
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a portal answered, decompressed; `text` is decoded by header, meta or detection (traps T11)."""

    url: str  # after redirects
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    text: str  # "" for a file
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list page: a notice, and what the list says of it."""

    url: str
    title: str
    listed_on: date | None = None
    doc_no: str | None = None
    index_no: str | None = None
    issuer: str | None = None
    category: str | None = None
    fields: tuple[tuple[str, str], ...] = ()  # whatever else the row says, label and value as printed


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list in its order. `next` is None on the last page.

    When `pages` is None nobody has said that a next page exists: a 404 there is the end of the list, no
    failure. When `pages` changes during a walk, rows have slipped between pages: walk again from the first.
    `skipped` are rows that could not be read, each with its reason: they never stop their list.
    `is_guess`: nothing in the page says that `next` exists, neither a count nor a link.
    """

    items: tuple[Listed, ...]
    next: Request | None = None
    pages: int | None = None  # as the page says; never to be trusted as an end
    skipped: tuple[str, ...] = ()
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A list of a portal that is watched."""

    name: str
    path: str  # relative to the portal's home, or a whole URL on one of its hosts
    options: Mapping[str, Any] = field(default_factory=dict)  # overrides of the portal's [list]


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal as its TOML file describes it: only its differences from the family."""

    id: str
    name: str
    region: str
    adcode: str
    level: str  # national | province | city | county
    family: str  # a module of crawlers.families
    home: str
    hosts: tuple[str, ...]  # its own, with port where not the default; the home's host is always among them
    columns: tuple[Column, ...]
    list: Mapping[str, Any] = field(default_factory=dict)  # overrides of the family's LIST
    page: Mapping[str, Any] = field(default_factory=dict)  # overrides of the family's PAGE: body = [css, …]
    fields: Mapping[str, str] = field(default_factory=dict)  # label on the page -> our metadata field
    fixes: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # field -> value on the page -> meant
    expect: Mapping[str, Any] = field(default_factory=dict)
    pace: float = 0.0  # a portal can only ask for more patience than the settings give


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer as the archive gives it back. `ref` is `<portal>/<file>.warc.gz#<offset>`."""

    ref: str
    url: str
    status: int
    media_type: str
    charset: str | None  # of the header
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An attachment as the archive gives it back.

    `body` is None where fetching failed (see `error`), and in the crawl itself: the archive has it then.
    """

    name: str
    url: str
    media_type: str  # by signature, not by name or header
    sha256: str
    body: bytes | None
    ref: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class NoticeFetched:
    """A notice's page came, for the first time or with another content than before."""

    change: str  # new | changed | restored
    url: str
    at: datetime
    listed: Listed
    page: StoredAnswer
    files: tuple[StoredFile, ...]


@dataclass(frozen=True, slots=True)
class NoticeRemoved:
    """A known notice is gone from its address."""

    url: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A page that could not be used, with the reason; it never stops its list."""

    url: str
    at: datetime
    stage: str  # list | page | attachment
    reason: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class RunReport:
    """Outcome of one crawl of one portal. Counts are of notices unless the name says otherwise."""

    run_id: str
    portal_id: str
    started_at: datetime
    seconds: float
    outcome: str  # ok | partial | failed
    stop: str  # why the crawl ended: nothing new, budget, last page, refused …
    reasons: tuple[str, ...] = ()  # what a person should know, one sentence each, with URL and remedy
    is_first: bool = False  # the portal was crawled for the first time: its old notices are a count, no news
    listed: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    restored: int = 0
    unchanged: int = 0
    refused: int = 0
    failed: int = 0
    attachments: int = 0
    requests: int = 0
    not_modified: int = 0  # answers 304
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The last event of a batch: the report, and the notices that the run saw still in place."""

    report: RunReport
    at: datetime
    seen: tuple[str, ...] = ()


Event = NoticeFetched | NoticeRemoved | Rejected | RunEnded
