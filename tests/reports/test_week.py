"""Weeks and their names."""

from __future__ import annotations

from datetime import date

import pytest

from reports.errors import WrongWeek
from reports.week import read_week


def test_without_a_name_it_is_the_last_whole_week() -> None:
    assert read_week(None, date(2023, 4, 24)).name == "2023-W16"
    assert read_week(None, date(2023, 4, 23)).name == "2023-W15"


def test_a_week_is_named_by_the_iso_calendar() -> None:
    week = read_week("2020-W53", date(2023, 1, 1))
    assert (week.monday, week.sunday) == (date(2020, 12, 28), date(2021, 1, 3))
    assert week.label == "2020年第53周（12月28日至1月3日）"


@pytest.mark.parametrize("name", ["2023-W54", "2023W16", "2023-16", "", "abc", "0001-W01", "9999-W52"])
def test_a_wrong_week_is_told_how_to_write_it(name: str) -> None:
    with pytest.raises(WrongWeek, match="2023-W16"):
        read_week(name, date(2023, 1, 1))
