"""When tasks fall due: bands of urgency for dates, and the next date of a rhythm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, YEARLY, rrule, rrulestr

from reports.task_records import DueBand, DueRow, RhythmRow
from reports.text import chinese_date

RED_DAYS, YELLOW_DAYS, HORIZON_DAYS, PAST_DAYS = 7, 30, 90, 30
PAST = "期限已过（完成情况未知）"
_YEAR_IN_VALIDITY = re.compile(r"((?:19|20)\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_WEEKDAYS = {"MO": "一", "TU": "二", "WE": "三", "TH": "四", "FR": "五", "SA": "六", "SU": "日"}


def bands(rows: Sequence[DueRow], as_of: date) -> tuple[DueBand, ...]:
    """The rows by urgency: within 7, 30 and 90 days, and past for up to 30 days (newest first)."""
    spans = (
        ("red", "7日内到期", 0, RED_DAYS),
        ("yellow", "8至30日内到期", RED_DAYS + 1, YELLOW_DAYS),
        ("plain", "31至90日内到期", YELLOW_DAYS + 1, HORIZON_DAYS),
    )
    found = [
        DueBand(mark, label, tuple(r for r in rows if first <= (r.due_on - as_of).days <= last))
        for mark, label, first, last in spans
    ]
    past = [r for r in rows if -PAST_DAYS <= (r.due_on - as_of).days < 0]
    return (*found, DueBand("past", PAST, tuple(sorted(past, key=lambda r: r.due_on, reverse=True))))


def mark_of(due_on: date, as_of: date) -> str:
    """`red`, `yellow`, `plain` or `past`: the same marks wherever a date is shown."""
    days = (due_on - as_of).days
    if days < 0:
        return "past"
    return "red" if days <= RED_DAYS else "yellow" if days <= YELLOW_DAYS else "plain"


def days_in_words(due_on: date, as_of: date) -> str:
    """`今日`, `还有5天`, `已过3天`."""
    days = (due_on - as_of).days
    if days == 0:
        return "今日到期"
    return f"还有{days}天" if days > 0 else f"已过{-days}天"


def dates_of(rule: str, starts: date, ends: date) -> list[date]:
    """All dates of a rhythm from `starts` to `ends`, both included; none where the rule cannot be read.

    A rhythm that names no day (按季度通报) falls on the last day of its month, quarter, half-year or year.
    """
    try:
        read = rrulestr(f"RRULE:{rule}", dtstart=datetime.combine(starts, time()))
    except ValueError:
        return []
    if not isinstance(read, rrule):
        return []
    period = _period_months(read, rule)
    if period:
        return list(_period_ends(starts, ends, period))
    if read._freq == MONTHLY and 1 < read._interval <= 12:  # type: ignore[attr-defined]
        # 每季度末月25日前: the quarters are the calendar's, whenever the notice was written.
        read = read.replace(dtstart=_midnight(date(starts.year, read._interval, 1)))  # type: ignore[attr-defined]
    return [d.date() for d in read.between(_midnight(starts), _midnight(ends), inc=True)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _period_months(read: rrule, rule: str) -> int:
    """Length in months of a rhythm that names no day; 0 for all others."""
    if "BY" in rule.upper():
        return 0
    if read._freq == YEARLY:  # type: ignore[attr-defined]
        return 12 * int(read._interval)  # type: ignore[attr-defined]
    return int(read._interval) if read._freq == MONTHLY else 0  # type: ignore[attr-defined]


def _period_ends(starts: date, ends: date, months: int) -> Iterable[date]:
    """Last days of the calendar's periods of so many months; those of years where months exceed twelve."""
    day = date(starts.year, 1, 1) + relativedelta(months=months, days=-1)
    while day <= ends:
        if day >= starts:
            yield day
        day = day + timedelta(days=1) + relativedelta(months=months, days=-1)


def last_day(row: RhythmRow) -> date:
    """When a rhythm ends: on the day that its validity prints, else with its notice's year."""
    match = _YEAR_IN_VALIDITY.search(row.validity or "")
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass
    return date(row.reported_on.year, 12, 31)


def next_dates(rows: Iterable[RhythmRow], as_of: date) -> list[DueRow]:
    """The next date of each rhythm within the horizon; rhythms that have ended give none."""
    found = []
    for row in rows:
        until = min(last_day(row), as_of + timedelta(days=HORIZON_DAYS))
        coming = [d for d in dates_of(row.rrule, row.reported_on, until) if d >= as_of]
        if coming:
            values = {k: v for k, v in asdict(row).items() if k not in ("reported_on", "validity")}
            found.append(DueRow(due_on=coming[0], **values))
    return found


def rhythm_in_words(rule: str) -> str:
    """`每月20日`, `每季度`, `每年3月31日`; the rule itself where there is no short word for it."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    interval = int(parts["INTERVAL"]) if parts.get("INTERVAL", "1").isdigit() and "INTERVAL" in parts else 1
    month, day = parts.get("BYMONTH", ""), parts.get("BYMONTHDAY", "")
    on_day = f"{day}日" if day.isdigit() else "末日" if day == "-1" else ""
    match parts.get("FREQ"):
        case "DAILY":
            return "每日" if interval == 1 else f"每{interval}日"
        case "WEEKLY":
            week = "每周" if interval == 1 else f"每{interval}周"
            return week + "、".join(_WEEKDAYS.get(d, "") for d in parts.get("BYDAY", "").split(",") if d)
        case "MONTHLY":
            month_word = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}.get(interval, f"每{interval}个月")
            return month_word + (f"{month}月" if month else "") + on_day
        case "YEARLY":
            year = "每年" if interval == 1 else f"每{interval}年"
            return year + (f"{month.replace(',', '、')}月" if month else "") + on_day
        case _:
            return rule


def date_in_words(row: DueRow) -> str:
    """The date with the notice's own words, and the rhythm that it comes from."""
    day = chinese_date(row.due_on)
    return f"{day}（{rhythm_in_words(row.rrule)}）" if row.rrule else day


def date_rule(rule: str) -> str:
    """The rule with the day that `dates_of` takes for it: a calendar needs it written out."""
    parts = rule.upper()
    if "BY" in parts:
        return rule
    if "FREQ=YEARLY" in parts:
        return f"{rule};BYMONTH=12;BYMONTHDAY=31"
    return f"{rule};BYMONTHDAY=-1" if "FREQ=MONTHLY" in parts else rule
