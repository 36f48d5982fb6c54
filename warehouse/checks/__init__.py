"""Checks of the data: each file of `checks/` is a query for rows that ought not to be.

Its head says the claim, the severity (`error` stops publication, `warning` does not) and the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import duckdb

from crawlers.settings import Settings
from warehouse.connect import TIME_ZONE, open_work
from warehouse.errors import ChecksFailed
from warehouse.lake import retried
from warehouse.lock import only_writer
from warehouse.schema import create_tables, read_sql, sql_names

SAMPLE_ROWS = 5
HEAD = re.compile(r"^-- (claim|severity|reason): *(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Outcome of one check. `row_count` rows are not as claimed; `sample` holds the first of them as JSON."""

    name: str
    claim: str
    severity: str  # error | warning
    reason: str
    row_count: int
    sample: str

    @property
    def failed(self) -> bool:
        """Whether some row is not as claimed."""
        return self.row_count > 0


def run_checks(
    settings: Settings, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> list[CheckResult]:
    """Runs all checks on the working file and stores their outcome in `check_results`."""

    def check_once() -> list[CheckResult]:
        with only_writer(settings), open_work(settings) as connection:
            create_tables(connection)
            connection.begin()
            results = check_connection(connection, now())
            connection.commit()
            return results

    return retried(check_once)


def check_connection(connection: duckdb.DuckDBPyConnection, now: datetime) -> list[CheckResult]:
    """The same within an open transaction, so that what was checked is what is there when it ends.

    Checks read the day from the variable `today`.
    """
    connection.execute("set variable today = ?", [now.astimezone(ZoneInfo(TIME_ZONE)).date()])
    results = [run_check(connection, name) for name in sql_names("checks")]
    rows = [(r.name, r.claim, r.severity, r.reason, r.row_count, r.sample, now) for r in results]
    connection.execute(read_sql("steps/check_begin"))
    connection.executemany("insert into check_now values (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute(read_sql("steps/check_end"))
    return results


def run_check(connection: duckdb.DuckDBPyConnection, name: str) -> CheckResult:
    """The outcome of one check, by its path as `schema.sql_names` gives it."""
    text = read_sql(name)
    head = dict(HEAD.findall(text))
    cursor = connection.execute(text)
    columns = [column[0] for column in cursor.description or []]
    sample = [dict(zip(columns, row, strict=True)) for row in cursor.fetchmany(SAMPLE_ROWS)]
    count = len(sample)
    while rows := cursor.fetchmany(10_000):
        count += len(rows)
    printed = json.dumps(sample, ensure_ascii=False, default=str)
    return CheckResult(
        name.removeprefix("checks/"), head["claim"], head["severity"], head["reason"], count, printed
    )


def refuse_errors(results: Sequence[CheckResult]) -> None:
    """Raises ChecksFailed, naming each failed check of severity `error` with its first rows."""
    failed = [result for result in results if result.failed and result.severity == "error"]
    if failed:
        lines = [f"{r.name}: {r.row_count} rows against “{r.claim}”, such as {r.sample}" for r in failed]
        raise ChecksFailed("not published; the old version stays. " + "\n".join(lines))
