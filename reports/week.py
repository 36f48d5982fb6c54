"""The weeks that digests are of: ISO weeks, Monday to Sunday, in China's time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from reports.errors import WrongWeek
from reports.text import chinese_date

CHINA = ZoneInfo("Asia/Shanghai")
EARLIEST, LATEST = 1949, 2100  # years of which a notice can be
_NAME = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week by its Monday."""

    monday: date

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def name(self) -> str:
        """`2023-W16`."""
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def label(self) -> str:
        """`2023年第16周（4月17日至4月23日）`."""
        year, number, _ = self.monday.isocalendar()
        return (
            f"{year}年第{number}周（{chinese_date(self.monday, False)}至{chinese_date(self.sunday, False)}）"
        )

    def before(self, weeks: int = 1) -> Week:
        """The week so many weeks earlier."""
        return Week(self.monday - timedelta(weeks=weeks))


def week_of(day: date) -> Week:
    """The week that a day lies in."""
    return Week(day - timedelta(days=day.weekday()))


def today_in_china() -> date:
    """Today where the notices come from, wherever this machine stands."""
    return datetime.now(CHINA).date()


def read_week(name: str | None, today: date) -> Week:
    """The week of that name; without one, the last whole week before `today`.

    Raises WrongWeek, saying what is expected.
    """
    if name is None:
        return week_of(today).before()
    return week_named(name)


def week_named(name: str) -> Week:
    """The week of that name. Raises WrongWeek."""
    match = _NAME.fullmatch(name)
    try:
        if match is None or not EARLIEST <= int(match[1]) <= LATEST:
            raise ValueError(name)
        return Week(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    except ValueError as error:
        raise WrongWeek(f"{name!r} is not an ISO week. Remedy: write it as 2023-W16") from error
