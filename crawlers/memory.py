"""The SQLite file that a portal's memory is: its tables, and when changes are committed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

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
Values = Mapping[str, object] | tuple[object, ...]


class Memory:
    """The file, opened. What is changed is committed within a second of work, in order, and at the end."""

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

    def rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """The rows of a query."""
        return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        """The first row of a query."""
        row: sqlite3.Row | None = self._db.execute(sql, values).fetchone()
        return row

    def change(self, sql: str, *values: Values) -> None:
        """Make a change, once for each set of values."""
        self._db.executemany(sql, values)
        if time.monotonic() - self._committed >= _COMMIT_EVERY:
            self._db.commit()
            self._committed = time.monotonic()


def is_damaged(path: Path) -> bool:
    """Is there a file that SQLite cannot read whole, as a power cut may leave it?"""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path)) as db:
            return bool(db.execute("pragma quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return True
        raise


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Is the file itself broken? A full disk or a lock is another thing."""
    return error.sqlite_errorcode in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def remove(path: Path) -> None:
    """Remove a file of SQLite with what lies beside it."""
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
