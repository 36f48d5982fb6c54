"""When tasks fall due: bands of urgency for dates, and the next date of a rhythm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta

from reports.task_records import DueBand, DueRow, RhythmRow, SourcedTask
from reports.text import chinese_date

RED_DAYS, YELLOW_DAYS, HORIZON_DAYS, PAST_DAYS = 7, 30, 90, 30
PAST = "期限已过（完成情况未知）"
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


def next_dates(rows: Iterable[RhythmRow], as_of: date) -> list[DueRow]:
    """The next date of each rhythm within the horizon; rhythms that have ended give none."""
    horizon = as_of + timedelta(days=HORIZON_DAYS)
    found = []
    for row in rows:
        coming = [day for day in row.dates if as_of <= day <= horizon]
        if coming:
            values = {f.name: getattr(row, f.name) for f in fields(SourcedTask)}
            found.append(DueRow(**values, due_on=coming[0], quote=row.quote, rrule=row.rrule))
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
