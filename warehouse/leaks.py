"""Contacts that stand where they were not read as contacts: in other notices, in any column of words.

A load masks what a page's own readings name. Publication then holds every text against the contacts of all
loaded readings, hides what is found, and looks again: nothing may be left.

What is no secret: a number of fewer than 7 figures, and a name away from words such as 联系人 that has two
characters only, or stands in so many rows that it is a word (高新区 begins with a surname) or in office.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import duckdb
from ahocorasick_rs import AhoCorasick, MatchKind

from crawlers.settings import Settings
from warehouse.errors import ChecksFailed
from warehouse.schema import read_sql

ROWS = 20_000
WORD = 20
"""Rows, of all tables together, in which a name away from contact words is taken for a private person's."""
BESIDE = re.compile(r"联\s?系|联络|经办|负责人|填报|填表|审核人|签发人|电\s?话|手\s?机")
NEAR = 12  # characters before a name in which such a word makes it a contact
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Leak:
    """A contact that stands in a row of a table; `row` is DuckDB's rowid."""

    table: str
    row: int
    quote: str
    is_sure: bool  # false: a name away from contact words


def hide_leaks(connection: duckdb.DuckDBPyConnection, settings: Settings) -> int:
    """Masks, character by character, what stands unmasked; gives the number of rows that this changed.

    Within the caller's transaction. Raises ChecksFailed when something is left after that.
    """
    secrets = read_secrets(connection, settings)
    found = find_leaks(connection, secrets)
    if not found:
        return 0
    _mask(connection, found)
    if left := find_leaks(connection, secrets):
        places = ", ".join(sorted({leak.table for leak in left}))
        raise ChecksFailed(
            f"not published; the old version stays. Masked, and {len(left)} contacts still stand in {places}"
        )
    return len({(leak.table, leak.row) for leak in found})


def read_secrets(connection: duckdb.DuckDBPyConnection, settings: Settings) -> dict[str, str]:
    """Kind of contact (name, phone, mail) by its spelling, from the staged files of all loaded batches."""
    batches = connection.execute("select batch_id from loaded_batches").fetchall()
    paths = [settings.staging / f"{batch_id}.parquet" for (batch_id,) in batches]
    there = [str(path) for path in paths if path.is_file()]
    if not there:
        return {}
    try:
        return _secrets_of(connection, there)
    except duckdb.Error:  # a file was damaged since it was loaded: the next load names it
        secrets: dict[str, str] = {}
        for path in there:
            with suppress(duckdb.Error):
                secrets |= _secrets_of(connection, [path])
        return secrets


def _secrets_of(connection: duckdb.DuckDBPyConnection, paths: list[str]) -> dict[str, str]:
    with connection.cursor() as reader:  # its errors do not end the transaction
        reader.execute("set variable staged_paths = ?", [paths])
        rows = reader.execute(read_sql("steps/secrets")).fetchall()
    return {quote: kind for kind, quote in rows}


def find_leaks(connection: duckdb.DuckDBPyConnection, secrets: dict[str, str]) -> list[Leak]:
    """Every place of a contact in a column of words, in the order of tables."""
    if not secrets:
        return []
    quotes = list(secrets)
    search = AhoCorasick(quotes, matchkind=MatchKind.LeftmostLongest)
    found: list[Leak] = []
    for table, columns in _text_columns(connection).items():
        found += _find_in(connection, table, columns, search, quotes, secrets)
    rows_with = Counter(quote for quote, _, _ in {(leak.quote, leak.table, leak.row) for leak in found})
    return [leak for leak in found if leak.is_sure or rows_with[leak.quote] <= WORD]


def _text_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Types of the columns of words, by table and name."""
    columns: dict[str, dict[str, str]] = defaultdict(dict)
    for table, column, kind in connection.execute(read_sql("steps/text_columns")).fetchall():
        columns[table][column] = kind
    return columns


def _find_in(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Iterable[str],
    search: AhoCorasick,
    quotes: list[str],
    secrets: dict[str, str],
) -> Iterator[Leak]:
    words = ", ".join(f'"{column}"::varchar' for column in columns)
    query = f"select rowid, concat_ws('{SEPARATOR}', {words}) from {table}"  # noqa: S608
    for batch in connection.execute(query).to_arrow_reader(ROWS):
        for row, text in zip(batch[0].to_pylist(), batch[1].to_pylist(), strict=True):
            for number, start, _end in search.find_matches_as_indexes(text):
                quote = quotes[number]
                beside = secrets[quote] != "name" or BESIDE.search(text, max(0, start - NEAR), start)
                if beside or len(quote) > 2:
                    yield Leak(table, row, quote, bool(beside))


def _mask(connection: duckdb.DuckDBPyConnection, leaks: Iterable[Leak]) -> None:
    """Each row once: an update gives rows with lists another rowid."""
    quotes: dict[tuple[str, int], set[str]] = defaultdict(set)
    for leak in leaks:
        quotes[leak.table, leak.row].add(leak.quote)
    connection.execute(read_sql("steps/macros"))
    for table, columns in _text_columns(connection).items():
        rows = [
            (row, sorted(found, key=len, reverse=True)) for (of, row), found in quotes.items() if of == table
        ]
        if rows:
            connection.execute(read_sql("steps/leaks"))
            connection.executemany("insert into leak values (?, ?)", rows)
            changes = ", ".join(f'"{name}" = {_masked(name, kind)}' for name, kind in columns.items())
            connection.execute(f"update {table} set {changes} from leak where {table}.rowid = leak.place")  # noqa: S608


def _masked(column: str, kind: str) -> str:
    """Lists and structures go through JSON, in which a contact stands as it is printed."""
    if kind == "VARCHAR":
        return f'masked("{column}", leak.quotes)'
    return f'masked(to_json("{column}")::varchar, leak.quotes)::json::{kind}'
