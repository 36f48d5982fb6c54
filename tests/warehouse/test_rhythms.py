"""The dates of a rhythm: one rule for analysts, digests and calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import duckdb
import pytest
from dateutil.rrule import rrulestr

from warehouse.schema import read_sql

# A rule as a notice's words give it, and its first dates from Tuesday, 18 April 2023 on.
RHYTHMS = {
    "FREQ=DAILY": ["2023-04-18", "2023-04-19", "2023-04-20"],
    "FREQ=DAILY;INTERVAL=3": ["2023-04-20", "2023-04-23", "2023-04-26"],
    "FREQ=WEEKLY": ["2023-04-23", "2023-04-30", "2023-05-07"],
    "FREQ=WEEKLY;INTERVAL=2": ["2023-04-30", "2023-05-14", "2023-05-28"],
    "FREQ=WEEKLY;BYDAY=FR": ["2023-04-21", "2023-04-28", "2023-05-05"],
    "FREQ=MONTHLY": ["2023-04-30", "2023-05-31", "2023-06-30"],
    "FREQ=MONTHLY;INTERVAL=2": ["2023-04-30", "2023-06-30", "2023-08-31"],
    "FREQ=MONTHLY;INTERVAL=3": ["2023-06-30", "2023-09-30", "2023-12-31"],
    "FREQ=MONTHLY;INTERVAL=5": ["2023-05-31", "2023-10-31", "2024-03-31"],
    "FREQ=MONTHLY;INTERVAL=6": ["2023-06-30", "2023-12-31", "2024-06-30"],
    "FREQ=MONTHLY;BYMONTHDAY=20": ["2023-04-20", "2023-05-20", "2023-06-20"],
    "FREQ=MONTHLY;BYMONTHDAY=30": ["2023-04-30", "2023-05-30", "2023-06-30"],
    "FREQ=MONTHLY;BYMONTHDAY=15,-1": ["2023-04-30", "2023-05-15", "2023-05-31"],
    "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25": ["2023-06-25", "2023-09-25", "2023-12-25"],
    "FREQ=YEARLY": ["2023-12-31", "2024-12-31", "2025-12-31"],
    "FREQ=YEARLY;INTERVAL=2": ["2024-12-31", "2026-12-31", "2028-12-31"],
    "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30": ["2023-06-30", "2024-06-30", "2025-06-30"],
    "FREQ=YEARLY;BYMONTH=6": ["2023-06-30", "2024-06-30", "2025-06-30"],
    "FREQ=SOMETIMES": [],
    "no rule at all": [],
    "": [],
}
FIRST, LAST = date(2023, 4, 18), date(2029, 12, 31)


@pytest.fixture(scope="module")
def macros() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(read_sql("views/05_analysis_macros"))
        yield connection


def expanded(
    macros: duckdb.DuckDBPyConnection, rule: str, first: date, last: date = LAST
) -> tuple[list[date], str]:
    """The dates of a rule, and the rule with the day of each date written out."""
    row = macros.execute("select rhythm_dates(?, ?, ?), dated_rrule(?)", [rule, first, last, rule]).fetchone()
    assert row is not None
    return row


@pytest.mark.parametrize("rule", RHYTHMS)
def test_a_rhythm_without_a_day_falls_on_the_end_of_its_period(
    macros: duckdb.DuckDBPyConnection, rule: str
) -> None:
    days, _ = expanded(macros, rule, FIRST)
    assert [day.isoformat() for day in days[:3]] == RHYTHMS[rule]


@pytest.mark.parametrize("first", [FIRST, date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29)])
@pytest.mark.parametrize("rule", [rule for rule, days in RHYTHMS.items() if days])
def test_a_calendar_program_gets_the_same_dates_from_the_rule_written_out(
    macros: duckdb.DuckDBPyConnection, rule: str, first: date
) -> None:
    days, written_out = expanded(macros, rule, first)
    begins, ends = datetime.combine(days[0], time()), datetime.combine(LAST, time())
    found = rrulestr(written_out, dtstart=begins).between(begins, ends, inc=True)
    assert [day.date() for day in found] == days


def test_both_ends_of_the_span_belong_to_it(macros: duckdb.DuckDBPyConnection) -> None:
    friday = date(2023, 4, 21)
    assert expanded(macros, "FREQ=WEEKLY;BYDAY=FR", friday, friday)[0] == [friday]
    assert expanded(macros, "FREQ=WEEKLY;BYDAY=FR", friday, friday - timedelta(days=1))[0] == []
