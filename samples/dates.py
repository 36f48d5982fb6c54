"""Dates of the samples: written relative to the day they are first served, printed as notices print dates.

A notice file says `{today+10d}` or `{week-3d}` (`week` is the Monday of that day's week), never a fixed date,
so that the first digest always has something new and something due.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
TOKEN = re.compile(r"\{(?P<anchor>today|week)(?P<days>[+-]\d+)d(?::(?P<form>day|month|quarter))?\}")
MOMENT = re.compile(r"(?P<anchor>today|week)(?P<days>[+-]\d+)d(?: (?P<hour>\d\d):(?P<minute>\d\d))?")


def _shift(anchor: str, days: str, today: date) -> date:
    start = today if anchor == "today" else today - timedelta(days=today.weekday())
    return start + timedelta(days=int(days))


def read_moment(spec: str, today: date) -> datetime:
    """The moment (China time) that `week+1d 09:20` names; midnight where no hour is given.

    Never after `today`: on a Tuesday, what says Friday of this week was put up on that Tuesday. A Saturday or
    Sunday becomes the Friday before, for offices publish on working days.
    Raises ValueError for anything else.
    """
    match = MOMENT.fullmatch(spec)
    if match is None:
        raise ValueError(f"{spec!r} is no moment such as 'week+1d 09:20' or 'today-12d'")
    day = min(_shift(match["anchor"], match["days"], today), today)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return datetime(
        day.year, day.month, day.day, int(match["hour"] or 0), int(match["minute"] or 0), tzinfo=CHINA
    )


def print_date(day: date, form: str, year: int) -> str:
    """A date as a notice of `year` prints it.

    `full` 2026年12月1日; `day` 12月1日; `month` 12月; `quarter` 四季度. A short form gets the year before it
    where that is not the notice's own: a reader would take the wrong one.
    """
    forms: dict[str, str] = {
        "full": f"{day.month}月{day.day}日",
        "day": f"{day.month}月{day.day}日",
        "month": f"{day.month}月",
        "quarter": "一二三四"[(day.month - 1) // 3] + "季度",
    }
    return forms[form] if form != "full" and day.year == year else f"{day.year}年{forms[form]}"


def filler(today: date, written: date) -> Callable[[str], str]:
    """A function that prints the dates in a notice's text; `{written}` is its own, `{year}` its year."""

    def fill(text: str) -> str:
        def one(match: re.Match[str]) -> str:
            return print_date(
                _shift(match["anchor"], match["days"], today), match["form"] or "full", written.year
            )

        own = text.replace("{written}", print_date(written, "full", written.year))
        return TOKEN.sub(one, own.replace("{year}", str(written.year)))

    return fill
