"""What the crawler knows of one portal: a SQLite file, which can be made again from the archive.

Each change is made after the archive has its record, in the order of the crawl, and committed within a second
of work. What a crawl was killed over is therefore in the archive but perhaps not here, never the other way
round, and `replay` catches up. Lost with it is at most where the lists were read to: they are read again.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crawlers.events import PageFacts, listed_json
from crawlers.known import ColumnState, Known, Validators, read_known
from crawlers.model import Listed
from crawlers.urls import identity
from crawlers.warc import Earlier

_COMMIT_EVERY = 1.0  # seconds; a commit a change would cost as much as all else of the memory
_SCHEMA = """
create table if not exists notices (
    seq integer primary key autoincrement,
    id text not null unique,        -- canonical address without scheme
    url text not null,
    status text not null,           -- pending | known | gone | rejected
    listed text not null,           -- JSON of Listed
    listed_on text,
    found_at text not null,
    checked_at text,
    fails integer not null default 0,
    sha256 text,
    page text not null default '{}',        -- JSON of PageFacts
    files text not null default '[]',
    incomplete integer not null default 0   -- a file of it could not be had
);
create index if not exists notices_by_page on notices (sha256);
create table if not exists aliases (id text primary key, notice text not null);
create table if not exists passed (id text primary key, reason text not null);
create table if not exists payloads (
    digest text primary key, ref text not null, url text not null, date text not null
);
create table if not exists answers (url text primary key, etag text, last_modified text, ref text, date text);
create table if not exists columns (name text primary key, covered text, walk text, swept_at text);
create table if not exists facts (name text primary key, value text not null);
"""
_UPSERT = """
insert into notices
    (id, url, status, listed, listed_on, found_at, checked_at, sha256, page, files, incomplete)
values (:id, :url, 'known', :listed, :listed_on, :at, :at, :sha256, :page, :files, :incomplete)
on conflict (id) do update set
    url = excluded.url, status = 'known', listed = excluded.listed, listed_on = excluded.listed_on,
    checked_at = excluded.checked_at, fails = 0, sha256 = excluded.sha256, page = excluded.page,
    files = excluded.files, incomplete = excluded.incomplete
"""


class State:
    """The memory of one portal."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path)  # which begins a transaction with the first change
        self._db.row_factory = sqlite3.Row
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._db.executescript(_SCHEMA)
        self._committed = time.monotonic()

    def close(self) -> None:
        """Commit, and close the file."""
        self._db.commit()
        self._db.close()

    def _change(self, sql: str, values: Mapping[str, object] | tuple[object, ...]) -> None:
        self._db.execute(sql, values)
        self._commit_in_time()

    def _commit_in_time(self) -> None:
        if time.monotonic() - self._committed >= _COMMIT_EVERY:
            self._db.commit()
            self._committed = time.monotonic()

    # --- notices

    def find(self, url: str) -> Known | None:
        """The notice at an address or at one that led to it."""
        row = self._db.execute(
            "select n.* from notices n where n.id = coalesce((select notice from aliases where id = ?1), ?1)",
            (identity(url),),
        ).fetchone()
        return read_known(row) if row else None

    def seqs(self, urls: Sequence[str]) -> dict[str, int]:
        """The `seq` of each known notice at these addresses, or at those that they led to."""
        rows = self._db.execute(
            "select asked.value, n.seq from json_each(?) as asked join notices n"
            " on n.id = coalesce((select notice from aliases where id = asked.value), asked.value)",
            (json.dumps([identity(url) for url in urls]),),
        )
        found: dict[str, int] = dict(rows.fetchall())
        return {url: found[identity(url)] for url in urls if identity(url) in found}

    def is_pending(self, url: str) -> bool:
        """Is the notice at an address, or at one that led to it, still to be fetched?"""
        row = self._db.execute(
            "select status from notices where id = coalesce((select notice from aliases where id = ?1), ?1)",
            (identity(url),),
        ).fetchone()
        return row is not None and row[0] == "pending"

    def add_pending(self, rows: Iterable[Listed], at: datetime) -> None:
        """Remember notices that were listed and are still to be fetched."""
        self._db.executemany(
            "insert or ignore into notices (id, url, status, listed, listed_on, found_at)"
            " values (?, ?, 'pending', ?, ?, ?)",
            [(identity(row.url), row.url, _json(row), _iso(row.listed_on), at.isoformat()) for row in rows],
        )
        self._commit_in_time()

    def relisted(self, rows: Iterable[Listed]) -> None:
        """Take note that notices which are gone are listed again at another of their addresses."""
        self._db.executemany(
            "update notices set url = ?1, checked_at = null where id = ?2 and status = 'gone' and url <> ?1",
            [(row.url, identity(row.url)) for row in rows],
        )

    def pending(self) -> list[Known]:
        """Notices that are still to be fetched, the newest first, those that have failed before last."""
        return self._select("status = 'pending' order by fails, listed_on is null, listed_on desc, seq")

    def checked(self) -> list[Known]:
        """Notices that have been looked at before, the longest ago first."""
        return self._select("status <> 'pending' order by checked_at")

    def incomplete(self) -> list[Known]:
        """Notices of which a file could not be had, the longest ago looked at first."""
        return self._select("status = 'known' and incomplete order by checked_at")

    def twin(self, sha256: str, url: str) -> Known | None:
        """Another notice whose page has the same bytes."""
        rows = self._select("sha256 = ? and id <> ? and status = 'known' limit 1", (sha256, identity(url)))
        return rows[0] if rows else None

    def count(self) -> int:
        """Number of notices that have been fetched."""
        return int(
            self._db.execute("select count(*) from notices where status in ('known', 'gone')").fetchone()[0]
        )

    def newest(self) -> int:
        """The `seq` of the notice found last, 0 when there is none."""
        return int(self._db.execute("select coalesce(max(seq), 0) from notices").fetchone()[0])

    def last_listed(self) -> date | None:
        """The newest list date of a notice."""
        value = self._db.execute("select max(listed_on) from notices").fetchone()[0]
        return date.fromisoformat(value) if value else None

    def add_alias(self, alias: str, notice: str) -> None:
        """Remember that an address leads to a known notice, and is none of its own."""
        self._change("insert or replace into aliases values (?, ?)", (alias, notice))
        self._change("delete from notices where id = ?", (alias,))

    def touch(self, known_id: str, at: datetime, *, status: str | None = None, failed: bool = False) -> None:
        """Note that a notice was looked at; a failed look counts up and leaves the rest."""
        self._change(
            "update notices set checked_at = ?, status = coalesce(?, status), fails = iif(?, fails + 1, 0)"
            " where id = ?",
            (at.isoformat(), status, failed, known_id),
        )

    # --- addresses that are no notices of the portal

    def passed(self, url: str) -> str | None:
        """Why an address was passed over before, None if it was not."""
        row = self._db.execute("select reason from passed where id = ?", (url,)).fetchone()
        return str(row[0]) if row else None

    def pass_over(self, url: str, reason: str) -> None:
        """Remember an address that is never asked for."""
        self._change("insert or replace into passed values (?, ?)", (url, reason))

    # --- answers and payloads

    def payload(self, digest: str) -> Earlier | None:
        """Where the archive has a payload."""
        row = self._db.execute("select ref, url, date from payloads where digest = ?", (digest,)).fetchone()
        return Earlier(*row) if row else None

    def add_payload(self, digest: str, earlier: Earlier) -> None:
        """Remember where the archive has a payload."""
        self._change("insert or ignore into payloads values (?, ?, ?, ?)", (digest, *_fields(earlier)))

    def validators(self, url: str) -> Validators | None:
        """What to ask with for an address whose last answer was read to its end; None when there is
        nothing.
        """
        row = self._db.execute("select * from answers where url = ?", (url,)).fetchone()
        if row is None or not (row["etag"] or row["last_modified"]):
            return None
        return Validators(row["etag"], row["last_modified"], Earlier(row["ref"], row["url"], row["date"]))

    def add_answer(self, url: str, page: PageFacts) -> None:
        """Remember the validators of an answer, once all that it said has been taken over."""
        self._change(
            "insert or replace into answers values (?, ?, ?, ?, ?)",
            (url, page.etag, page.last_modified, page.ref, page.date),
        )

    # --- columns and facts

    def column(self, name: str) -> ColumnState:
        """How far a column has been walked."""
        row = self._db.execute("select * from columns where name = ?", (name,)).fetchone()
        if row is None:
            return ColumnState()
        return ColumnState(
            date.fromisoformat(row["covered"]) if row["covered"] else None,
            json.loads(row["walk"]) if row["walk"] else None,
            datetime.fromisoformat(row["swept_at"]) if row["swept_at"] else None,
        )

    def set_column(self, name: str, column: ColumnState) -> None:
        """Remember how far a column has been walked."""
        self._change(
            "insert or replace into columns values (?, ?, ?, ?)",
            (
                name,
                _iso(column.covered),
                json.dumps(column.walk) if column.walk is not None else None,
                _iso(column.swept_at),
            ),
        )

    def fact(self, name: str) -> str:
        """A remembered fact of the portal, '' when there is none."""
        row = self._db.execute("select value from facts where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_fact(self, name: str, value: str) -> None:
        """Remember a fact of the portal."""
        self._change("insert or replace into facts values (?, ?)", (name, value))

    def settle(self, outcome: str, stop: str) -> None:
        """Note the end of a run: the first that was not cut short ends the time in which all
        notices are old ones.
        """
        if outcome != "failed" and stop not in ("budget", "time", "killed"):
            self.set_fact("settled", "yes")

    # --- replay

    def replay(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Take over what the events of a batch say; doing so twice changes nothing."""
        for event in events:
            kind = event["event"]
            if kind == "notice":
                self.fetched(event)
            elif kind == "removed":
                self._change(
                    "update notices set status = 'gone', checked_at = ? where id = ?",
                    (event["at"], identity(event["url"])),
                )
            elif kind == "rejected" and event["stage"] == "list":
                self.pass_over(event["url"], event["reason"])
            elif kind == "run":
                self.settle(event["report"]["outcome"], event["report"]["stop"])

    def fetched(self, event: Mapping[str, Any]) -> None:
        """Take over a notice event as the archive has it (see `events.notice_json`)."""
        page, url = event["page"], event["url"]
        key, alias = identity(url), page["listed_as"] and identity(page["listed_as"])
        if alias and alias != key:
            self.add_alias(alias, key)
        self._change(
            _UPSERT,
            {
                "id": key,
                "url": url,
                "listed": json.dumps(event["listed"], ensure_ascii=False),
                "listed_on": event["listed"].get("listed_on"),
                "at": event["at"],
                "sha256": page["sha256"],
                "page": json.dumps(page),
                "files": json.dumps(event["files"], ensure_ascii=False),
                "incomplete": any(file.get("error") for file in event["files"]),
            },
        )
        self.add_answer(url, PageFacts(**page))

    def _select(self, where: str, values: tuple[object, ...] = ()) -> list[Known]:
        rows = self._db.execute(f"select * from notices where {where}", values)  # noqa: S608 - our own words
        return [read_known(row) for row in rows]


def _json(listed: Listed) -> str:
    return json.dumps(listed_json(listed), ensure_ascii=False)


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _fields(earlier: Earlier) -> tuple[str, str, str]:
    return earlier.ref, earlier.url, earlier.date
