"""When tasks fall due: bands, rhythms, and what they are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reports.due import bands, days_in_words, mark_of, next_dates, rhythm_in_words
from reports.questions import ask, scope
from reports.task_records import DueBand, DueRow, RhythmRow
from tests.warehouse.made import Batch, at, make_notice, make_recurrence, make_settings, make_task
from warehouse.connect import open_published
from warehouse.load import load
from warehouse.publish import publish

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
    "每月20日前",
    "FREQ=MONTHLY;BYMONTHDAY=20",
    "FREQ=MONTHLY;BYMONTHDAY=20",
    date(2023, 5, 31),
    (date(2023, 4, 20), date(2023, 5, 20)),
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


def test_a_rhythm_whose_next_date_is_beyond_the_horizon_is_not_shown() -> None:
    assert next_dates([RHYTHM], date(2023, 5, 21)) == []
    assert next_dates([replace(RHYTHM, dates=(date(2023, 9, 20),))], AS_OF) == []


def test_a_rhythm_ends_with_its_notice_s_year_or_validity(tmp_path: Path) -> None:
    assert {title: days[-1] for title, days in asked_dates(tmp_path).items()} == {
        "无期限": date(2023, 12, 31),
        "有期限": date(2025, 3, 31),
        "期限写错": date(2023, 12, 31),
    }


def asked_dates(folder: Path) -> dict[str, tuple[date, ...]]:
    """By title of the notice, the dates of its quarterly task, as `queries/rhythms.sql` gives them."""
    validities = {"无期限": None, "有期限": "有效期至2025年3月31日", "期限写错": "2025-13-99"}
    settings = make_settings(folder)
    batch = Batch("a", at(0))
    for number, (title, validity) in enumerate(validities.items()):
        text = f"按季度通报{title}。"
        task = make_task(1, text, recurring=(make_recurrence("按季度", "FREQ=MONTHLY;INTERVAL=3"),))
        dated = make_notice(title, [task], validity=validity, published_on="2023-04-03")
        batch.notice(f"https://x.example/{number}", dated)
    batch.ended().write(settings)
    load(settings)
    publish(settings)
    with open_published(settings) as connection:
        asked = scope(connection, AS_OF) | {"last_end": AS_OF}
        rows = ask(connection, "rhythms", RhythmRow, asked)
    assert {row.dates[0] for row in rows} == {date(2023, 6, 30)}
    assert {row.dated_rrule for row in rows} == {"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"}
    return {row.notice_title or "": row.dates for row in rows}
