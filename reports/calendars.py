"""Calendars (RFC 5545) of dates and rhythms, one for each region and each unit in its region."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from icalendar import Calendar, Event, vRecur

from reports.files import write_bytes
from reports.names import file_stem
from reports.questions import ask
from reports.task_records import DueRow, RhythmRow
from reports.text import one_line, safe_link, safe_text

DAYS_AHEAD, DAYS_BACK = 365, 30
_STAMP = datetime(2020, 1, 1, tzinfo=UTC)  # the same at every writing: a calendar without news is unchanged


@dataclass(frozen=True, slots=True)
class _TaskUnit:
    task_id: str
    unit: str
    region: str


def write_calendars(
    con: duckdb.DuckDBPyConnection, asked: dict[str, Any], folder: Path
) -> list[tuple[str, str, Path]]:
    """Write a calendar for each region and unit with a date within reach: kind, name, path of each.

    Calendars of regions and units that have none any more go. Asks the tables that `reports.questions.scope`
    made.
    """
    as_of: date = asked["as_of"]
    span = {"first": as_of - timedelta(days=DAYS_BACK), "last": as_of + timedelta(days=DAYS_AHEAD)}
    events = [_dated(row) for row in ask(con, "due_dates", DueRow, asked | span)]
    rhythms = ask(con, "rhythms", RhythmRow, {**asked, "last_end": span["first"]})
    events += [_repeated(row) for row in rhythms if row.dates and row.dates[-1] >= span["first"]]
    units: dict[str, list[_TaskUnit]] = {}
    for row in ask(con, "task_unit_names", _TaskUnit, asked):
        units.setdefault(row.task_id, []).append(row)
    groups: dict[tuple[str, str], list[bytes]] = {}
    for task_id, region, made in events:
        event = bytes(made.to_ical())
        if region:
            groups.setdefault(("region", region), []).append(event)
        for named in units.get(task_id, ()):
            groups.setdefault(("unit", f"{named.region}-{named.unit}"), []).append(event)
    written = []
    for (kind, name), own in sorted(groups.items(), key=lambda item: item[0]):
        path = folder / f"{file_stem(kind, name)}.ics"
        write_bytes(path, calendar(name, own))
        written.append((kind, name, path))
    for stale in {*folder.glob("*.ics")} - {path for _, _, path in written}:
        stale.unlink()  # its last date was withdrawn or is past: nobody shall go on reading it
    return written


def calendar(name: str, events: Iterable[bytes]) -> bytes:
    """A calendar as a file's bytes, of events that are written out already: each is in several."""
    made = Calendar()
    made.add("prodid", "-//fgf-pipeline//deadlines//ZH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", f"任务期限 · {one_line(name, 80)}")
    made.add("x-wr-timezone", "Asia/Shanghai")
    head, end, _ = bytes(made.to_ical()).partition(b"END:VCALENDAR")
    return b"".join((head, *events, end, b"\r\n"))


def _dated(row: DueRow) -> tuple[str, str, Event]:
    event = _event(row, row.due_on, f"{row.task_id}|{row.due_on}")
    return row.task_id, row.region, event


def _repeated(row: RhythmRow) -> tuple[str, str, Event]:
    event = _event(row, row.dates[0], f"{row.task_id}|{row.rrule}")
    rule = vRecur.from_ical(row.dated_rrule)
    rule["UNTIL"] = [row.ends_on]
    event.add("rrule", rule)
    return row.task_id, row.region, event


def _event(row: DueRow | RhythmRow, day: date, key: str) -> Event:
    event = Event()
    digest = hashlib.sha256(key.encode()).hexdigest()[:24]
    event.add("uid", f"{digest}@fgf-pipeline.invalid")
    event.add("dtstamp", _STAMP)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"期限：{one_line(row.title, 100)}")
    event.add("description", _description(row))
    if address := safe_link(row.url):
        event.add("url", address)
    return event


def _description(row: DueRow | RhythmRow) -> str:
    named = (("牵头", row.lead_units), ("责任", row.responsible_units), ("配合", row.support_units))
    lines = [f"{role}：{'、'.join(units)}" for role, units in named if units]
    if row.target_quotes:
        lines.append(f"目标：{'、'.join(row.target_quotes)}")
    lines.append(f"来源：{one_line(row.notice_title, 200)} {one_line(row.doc_no, 60)}".rstrip())
    lines.append(f"原文：{one_line(row.text, 500)}")
    return safe_text("\n".join(lines))
