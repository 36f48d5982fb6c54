"""When tasks fall due: bands, rhythms, and what they are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reports.due import (
    bands,
    date_rule,
    dates_of,
    days_in_words,
    last_day,
    mark_of,
    next_dates,
    rhythm_in_words,
)
from reports.task_records import DueBand, DueRow, RhythmRow

AS_OF = date(2023, 4, 24)
DUE = DueRow("t", "任务", "", (), (), (), (), "通知", None, None, "临河市", "core", (), AS_OF, "4月24日前")
RHYTHM = RhythmRow(
    "t",
    "任务",
    "",
    (),
    (),
    (),
    (),
    "通知",
    None,
    None,
    "临河市",
    "core",
    (),
    date(2023, 4, 20),
    None,
    "FREQ=MONTHLY;BYMONTHDAY=20",
    "每月20日前",
)


@pytest.mark.parametrize(
    ("day", "mark", "words"),
    [
        ("2023-04-24", "red", "今日到期"),
        ("2023-05-01", "red", "还有7天"),
        ("2023-05-02", "yellow", "还有8天"),
        ("2023-05-24", "yellow", "还有30天"),
        ("2023-05-25", "plain", "还有31天"),
        ("2023-04-23", "past", "已过1天"),
    ],
)
def test_a_date_is_marked_by_the_days_left(day: str, mark: str, words: str) -> None:
    assert mark_of(date.fromisoformat(day), AS_OF) == mark
    assert days_in_words(date.fromisoformat(day), AS_OF) == words


def test_each_date_stands_in_one_band_and_past_ones_for_thirty_days() -> None:
    days = [
        "2023-03-24",
        "2023-03-25",
        "2023-04-23",
        "2023-04-24",
        "2023-05-01",
        "2023-05-02",
        "2023-05-24",
        "2023-05-25",
        "2023-07-23",
        "2023-07-24",
    ]
    found = bands([replace(DUE, due_on=date.fromisoformat(d)) for d in days], AS_OF)
    assert {b.mark: [r.due_on.isoformat()[5:] for r in b.rows] for b in found} == {
        "red": ["04-24", "05-01"],
        "yellow": ["05-02", "05-24"],
        "plain": ["05-25", "07-23"],
        "past": ["04-23", "03-25"],
    }


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=20", ["2023-10-20", "2023-11-20", "2023-12-20"]),
        ("FREQ=MONTHLY;INTERVAL=3", ["2023-12-31"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["2023-12-31"]),
        ("FREQ=MONTHLY", ["2023-10-31", "2023-11-30", "2023-12-31"]),
        ("FREQ=YEARLY", ["2023-12-31"]),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", ["2023-11-30"]),
        ("FREQ=NONSENSE", []),
        ("", []),
    ],
)
def test_a_rhythm_without_a_day_falls_on_the_end_of_its_period(rule: str, dates: list[str]) -> None:
    assert [d.isoformat() for d in dates_of(rule, date(2023, 10, 8), date(2023, 12, 31))] == dates


def test_a_quarter_is_the_calendar_s_whenever_the_notice_came() -> None:
    found = dates_of("FREQ=MONTHLY;INTERVAL=3", date(2023, 2, 10), date(2023, 12, 31))
    assert [d.isoformat()[5:] for d in found] == ["03-31", "06-30", "09-30", "12-31"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=20", "每月20日"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "每月末日"),
        ("FREQ=MONTHLY;INTERVAL=3", "每季度"),
        ("FREQ=MONTHLY;INTERVAL=6", "每半年"),
        ("FREQ=MONTHLY;INTERVAL=2", "每2个月"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", "每年3月31日"),
        ("FREQ=YEARLY", "每年"),
        ("FREQ=WEEKLY", "每周"),
        ("FREQ=WEEKLY;BYDAY=FR", "每周五"),
        ("FREQ=DAILY", "每日"),
        ("HOURLY?", "HOURLY?"),
    ],
)
def test_a_rhythm_has_the_words_that_offices_use(rule: str, words: str) -> None:
    assert rhythm_in_words(rule) == words


def test_a_band_counts_tasks_as_the_headline_does_and_rhythms_by_themselves() -> None:
    twice = (DUE, replace(DUE, quote="4月25日前"))
    rhythm = replace(DUE, task_id="r", rrule="FREQ=MONTHLY")
    assert DueBand("red", "7日内到期", twice).count_in_words == "1 项"
    assert DueBand("red", "7日内到期", (*twice, rhythm)).count_in_words == "1 项，另有周期性任务 1 项"
    assert DueBand("red", "7日内到期", (rhythm,)).count_in_words == "周期性任务 1 项"


def test_only_the_next_date_of_a_rhythm_is_shown() -> None:
    [row] = next_dates([RHYTHM], AS_OF)
    assert row.due_on == date(2023, 5, 20)
    assert row.rrule == RHYTHM.rrule


def test_a_rhythm_ends_with_its_notice_s_year_or_validity() -> None:
    assert last_day(RHYTHM) == date(2023, 12, 31)
    assert last_day(replace(RHYTHM, validity="有效期至2025年3月31日")) == date(2025, 3, 31)
    assert last_day(replace(RHYTHM, validity="2025-13-99")) == date(2023, 12, 31)
    assert next_dates([RHYTHM], date(2024, 1, 1)) == []
    assert next_dates([replace(RHYTHM, validity="有效期至2025年3月31日")], date(2024, 1, 1))


def test_a_day_of_the_quarter_falls_into_the_calendars_quarters() -> None:
    dates = dates_of("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25", date(2023, 4, 18), date(2023, 12, 31))
    assert [d.isoformat() for d in dates] == ["2023-06-25", "2023-09-25", "2023-12-25"]


def test_a_calendar_gets_the_day_that_we_take() -> None:
    assert date_rule("FREQ=MONTHLY;INTERVAL=3") == "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"
    assert date_rule("FREQ=MONTHLY;BYMONTHDAY=20") == "FREQ=MONTHLY;BYMONTHDAY=20"
