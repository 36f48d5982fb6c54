"""What the memory of a portal gives back: notices, validators, how far a column has been walked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crawlers.events import PageFacts, read_listed
from crawlers.model import Listed
from crawlers.warc import Earlier


@dataclass(frozen=True, slots=True)
class Known:
    """A notice as the crawler remembers it."""

    seq: int  # grows in the order in which notices were found
    id: str
    url: str
    status: str
    listed: Listed
    found_at: datetime
    checked_at: datetime | None
    fails: int
    sha256: str
    page: PageFacts | None
    files: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes a request conditional, and the answer that a 304 then stands for."""

    etag: str
    last_modified: str
    earlier: Earlier

    @property
    def headers(self) -> dict[str, str]:
        """The headers that make a request conditional."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True, slots=True)
class ColumnState:
    """How far a column has been walked: whole back to `covered`; `walk` is what a stopped crawl left to
    do.
    """

    covered: date | None = None
    walk: Mapping[str, Any] | None = None
    swept_at: datetime | None = None


def read_known(row: sqlite3.Row) -> Known:
    """A notice from its row."""
    return Known(
        seq=row["seq"],
        id=row["id"],
        url=row["url"],
        status=row["status"],
        listed=read_listed(json.loads(row["listed"])),
        found_at=datetime.fromisoformat(row["found_at"]),
        checked_at=datetime.fromisoformat(row["checked_at"]) if row["checked_at"] else None,
        fails=row["fails"],
        sha256=row["sha256"] or "",
        page=PageFacts(**json.loads(row["page"])) if row["sha256"] else None,
        files=tuple(json.loads(row["files"])),
    )
