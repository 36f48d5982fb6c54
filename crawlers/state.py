"""What the crawler knows of one portal, which can be made again from the archive (`replay.py`).

Each change is made after the archive has its record, in the order of the crawl, and committed within a second
of work. What a crawl was killed over is therefore in the archive but perhaps not here, never the other way
round, and `replay` catches up. Lost with it is at most where the lists were read to: they are read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, datetime

from crawlers.events import PageFacts, listed_json
from crawlers.known import ColumnState, Known, Validators, read_known
from crawlers.memory import Memory, is_damage
from crawlers.model import Listed
from crawlers.settings import Settings
from crawlers.urls import identity
from crawlers.warc import Earlier


class State(Memory):
    """The memory of one portal."""

    # --- notices

    def find(self, url: str) -> Known | None:
        """The notice at an address or at one that led to it."""
        row = self.row(
            "select n.* from notices n where n.id = coalesce((select notice from aliases where id = ?1), ?1)",
            (identity(url),),
        )
        return read_known(row) if row else None

    def seqs(self, urls: Sequence[str]) -> dict[str, int]:
        """The `seq` of each known notice at these addresses, or at those that they led to."""
        rows = self.rows(
            "select asked.value, n.seq from json_each(?) as asked join notices n"
            " on n.id = coalesce((select notice from aliases where id = asked.value), asked.value)",
            (json.dumps([identity(url) for url in urls]),),
        )
        found: dict[str, int] = dict(map(tuple, rows))
        return {url: found[identity(url)] for url in urls if identity(url) in found}

    def is_pending(self, url: str) -> bool:
        """Is the notice at an address, or at one that led to it, still to be fetched?"""
        row = self.row(
            "select status from notices where id = coalesce((select notice from aliases where id = ?1), ?1)",
            (identity(url),),
        )
        return row is not None and row[0] == "pending"

    def add_pending(self, rows: Iterable[Listed], at: datetime) -> None:
        """Remember notices that were listed and are still to be fetched."""
        self.change(
            "insert or ignore into notices (id, url, status, listed, listed_on, found_at)"
            " values (?, ?, 'pending', ?, ?, ?)",
            *((identity(row.url), row.url, _json(row), _iso(row.listed_on), at.isoformat()) for row in rows),
        )

    def relisted(self, rows: Iterable[Listed]) -> None:
        """Take note that notices which are gone are listed again at another of their addresses."""
        self.change(
            "update notices set url = ?1, checked_at = null where id = ?2 and status = 'gone' and url <> ?1",
            *((row.url, identity(row.url)) for row in rows),
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
        return int(self.rows("select count(*) from notices where status in ('known', 'gone')")[0][0])

    def newest(self) -> int:
        """The `seq` of the notice found last, 0 when there is none."""
        return int(self.rows("select coalesce(max(seq), 0) from notices")[0][0])

    def last_listed(self, today: date) -> date | None:
        """The newest list date of a notice up to today: a slip of the pen (2062) must not pass for news."""
        value = self.rows("select max(listed_on) from notices where listed_on <= ?", (today.isoformat(),))[0][
            0
        ]
        return date.fromisoformat(value) if value else None

    def add_alias(self, alias: str, notice: str) -> None:
        """Remember that an address leads to a known notice, and is none of its own."""
        self.change("insert or replace into aliases values (?, ?)", (alias, notice))
        self.change("delete from notices where id = ?", (alias,))

    def touch(self, known_id: str, at: datetime, *, status: str | None = None, failed: bool = False) -> None:
        """Note that a notice was looked at; a failed look counts up and leaves the rest."""
        self.change(
            "update notices set checked_at = ?, status = coalesce(?, status), fails = iif(?, fails + 1, 0)"
            " where id = ?",
            (at.isoformat(), status, failed, known_id),
        )

    def gone(self, url: str, at: str) -> None:
        """Note that a notice is no longer at its address."""
        self.change("update notices set status = 'gone', checked_at = ? where id = ?", (at, identity(url)))

    # --- addresses that are no notices of the portal

    def passed(self, url: str) -> str | None:
        """Why an address was passed over before, None if it was not."""
        row = self.row("select reason from passed where id = ?", (url,))
        return str(row[0]) if row else None

    def pass_over(self, url: str, reason: str) -> None:
        """Remember an address that is never asked for."""
        self.change("insert or replace into passed values (?, ?)", (url, reason))

    # --- answers and payloads

    def payload(self, digest: str) -> Earlier | None:
        """Where the archive has a payload."""
        row = self.row("select ref, url, date from payloads where digest = ?", (digest,))
        return Earlier(*row) if row else None

    def add_payload(self, digest: str, earlier: Earlier) -> None:
        """Remember where the archive has a payload."""
        self.change("insert or ignore into payloads values (?, ?, ?, ?)", (digest, *_fields(earlier)))

    def validators(self, url: str) -> Validators | None:
        """What to ask with for an address whose last answer was read to its end; None when there is
        nothing.
        """
        row = self.row("select * from answers where url = ?", (url,))
        if row is None or not (row["etag"] or row["last_modified"]):
            return None
        return Validators(row["etag"], row["last_modified"], Earlier(row["ref"], row["url"], row["date"]))

    def add_answer(self, url: str, page: PageFacts) -> None:
        """Remember the validators of an answer, once all that it said has been taken over."""
        self.change(
            "insert or replace into answers values (?, ?, ?, ?, ?)",
            (url, page.etag, page.last_modified, page.ref, page.date),
        )

    # --- columns and facts

    def column(self, name: str) -> ColumnState:
        """How far a column has been walked."""
        row = self.row("select * from columns where name = ?", (name,))
        if row is None:
            return ColumnState()
        return ColumnState(
            date.fromisoformat(row["covered"]) if row["covered"] else None,
            json.loads(row["walk"]) if row["walk"] else None,
            datetime.fromisoformat(row["swept_at"]) if row["swept_at"] else None,
        )

    def set_column(self, name: str, column: ColumnState) -> None:
        """Remember how far a column has been walked."""
        self.change(
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
        row = self.row("select value from facts where name = ?", (name,))
        return str(row[0]) if row else ""

    def set_fact(self, name: str, value: str) -> None:
        """Remember a fact of the portal."""
        self.change("insert or replace into facts values (?, ?)", (name, value))

    def settle(self, outcome: str, stop: str, reasons: Sequence[str]) -> None:
        """Note the end of a run, and why it failed if it did; the first that was not cut short ends the
        time in which all notices are old ones.
        """
        self.set_fact("failure", (reasons[0] if reasons else stop) if outcome == "failed" else "")
        if outcome != "failed" and stop not in ("budget", "time", "killed"):
            self.set_fact("settled", "yes")

    def _select(self, where: str, values: tuple[object, ...] = ()) -> list[Known]:
        sql = f"select * from notices where {where}"  # noqa: S608 - our own words
        return [read_known(row) for row in self.rows(sql, values)]


def last_failure(portal_id: str, settings: Settings) -> str:
    """Why the last crawl of a portal failed; empty when it did not, or there was none."""
    path = settings.state / f"{portal_id}.sqlite"
    if not path.is_file():
        return ""
    try:
        with closing(State(path)) as state:
            return state.fact("failure")
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return f"{path} cannot be read; the next crawl makes it again from the archive"
        raise


def _json(listed: Listed) -> str:
    return json.dumps(listed_json(listed), ensure_ascii=False)


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _fields(earlier: Earlier) -> tuple[str, str, str]:
    return earlier.ref, earlier.url, earlier.date
