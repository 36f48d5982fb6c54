"""Everything a digest says, read from the warehouse in one go: pure data, no markup."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from reports import records as r
from reports.changes import Difference, difference
from reports.due import HORIZON_DAYS, PAST_DAYS, bands, next_dates
from reports.questions import ask, scope
from reports.task_records import DueBand, DueRow, RhythmRow, TaskRow
from reports.week import Week

WEEKS_LOOKED_BACK = 4


@dataclass(frozen=True, slots=True)
class Change:
    """A changed or withdrawn notice with what changed in its text and in its title."""

    row: r.ChangeRow
    difference: Difference
    title: Difference


@dataclass(frozen=True, slots=True)
class Digest:
    """One week as its readers see it. `as_of` is the day from which due dates are counted."""

    week: Week
    as_of: date
    region: str | None
    unit: str | None
    figures: r.Figures
    last_week: r.Figures
    core: tuple[r.Policy, ...] = ()
    wide: tuple[r.Policy, ...] = ()
    other: tuple[r.NoticeRow, ...] = ()
    late: tuple[r.Policy, ...] = ()
    changes: tuple[Change, ...] = ()
    due: tuple[DueBand, ...] = ()
    workload: tuple[r.UnitLoad, ...] = ()
    comparisons: tuple[r.Comparison, ...] = ()
    cited: tuple[r.CitedRow, ...] = ()
    weeks: tuple[r.WeekCount, ...] = ()
    portals: tuple[r.PortalRow, ...] = ()
    checks: tuple[r.CheckRow, ...] = ()
    first_crawls: tuple[r.FirstCrawl, ...] = ()
    rejected: int = 0
    notice_ids: tuple[str, ...] = field(default=(), repr=False)

    @property
    def policies(self) -> tuple[r.Policy, ...]:
        """All policies of the week and those found late, core first."""
        return (*self.core, *self.wide, *self.late)

    @property
    def has_news(self) -> bool:
        """Whether there is anything new to name, be it of no relevance or a count alone."""
        return bool(self.core or self.wide or self.late or self.other or self.first_crawls)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was published, changed or withdrawn in the week."""
        return not (self.core or self.wide or self.late or self.changes)


def collect(
    con: duckdb.DuckDBPyConnection,
    week: Week,
    as_of: date,
    *,
    region: str | None = None,
    unit: str | None = None,
    manifests: Path | None = None,
) -> Digest:
    """Read the digest of a week. `manifests` is the folder of what earlier digests have reported."""
    asked = scope(con, as_of, region, unit)
    asked |= {"monday": week.monday, "sunday": week.sunday, "late": []}
    reported, since = _reported(manifests, week)
    late = ask(con, "late_notices", r.NoticeId, {**asked, "since": since.monday})
    asked["late"] = [row.notice_id for row in late if row.notice_id not in reported]
    notices = ask(con, "week_notices", r.NoticeRow, asked)
    policies = _policies(con, notices, asked)
    span = {"first": as_of - timedelta(days=PAST_DAYS), "last": as_of + timedelta(days=HORIZON_DAYS)}
    dated = ask(con, "due_dates", DueRow, asked | span)
    coming = next_dates(ask(con, "rhythms", RhythmRow, {**asked, "last_end": as_of}), as_of)
    return Digest(
        week=week,
        as_of=as_of,
        region=region,
        unit=unit,
        figures=figures(con, asked, week, as_of),
        last_week=figures(con, asked, week.before(), as_of - timedelta(days=7)),
        core=_of(policies, "core"),
        wide=_of(policies, "wide"),
        late=tuple(p for p in policies if p.notice.is_late),
        other=tuple(n for n in notices if n.relevance == "none"),
        changes=tuple(_change(row) for row in ask(con, "changes", r.ChangeRow, asked)),
        due=bands(sorted([*dated, *coming], key=lambda row: (row.due_on, row.relevance)), as_of),
        workload=tuple(ask(con, "workload", r.UnitLoad, asked)),
        comparisons=_comparisons(ask(con, "targets", r.TargetRow, asked)),
        cited=tuple(ask(con, "cited", r.CitedRow, asked)),
        weeks=_every_week(ask(con, "by_week", r.WeekCount, asked), week),
        portals=tuple(ask(con, "portal_state", r.PortalRow, asked)),
        checks=tuple(ask(con, "failed_checks", r.CheckRow, asked)),
        first_crawls=tuple(ask(con, "first_crawls", r.FirstCrawl, asked)),
        rejected=_rejected(con, week),
        notice_ids=tuple(n.notice_id for n in notices),
    )


def figures(con: duckdb.DuckDBPyConnection, asked: dict[str, Any], week: Week, as_of: date) -> r.Figures:
    """The headline figures of a week as they were on a day."""
    [row] = ask(
        con, "figures", r.Figures, asked | {"monday": week.monday, "sunday": week.sunday, "as_of": as_of}
    )
    return row


def _policies(
    con: duckdb.DuckDBPyConnection, notices: list[r.NoticeRow], asked: dict[str, Any]
) -> list[r.Policy]:
    """Notices of one document together, in the order of their first one."""
    relevant = [n for n in notices if n.relevance != "none"]
    by_document: dict[str, list[r.NoticeRow]] = {}
    for notice in relevant:
        by_document.setdefault(notice.document_id, []).append(notice)
    found = ask(con, "notice_tasks", TaskRow, asked | {"documents": list(by_document)})
    tasks = {key: tuple(rows) for key, rows in groupby(found, key=lambda task: task.document_id)}
    return [
        r.Policy(copies[0], tuple(copies[1:]), tasks.get(document, ()))
        for document, copies in by_document.items()
    ]


def _of(policies: list[r.Policy], relevance: str) -> tuple[r.Policy, ...]:
    return tuple(p for p in policies if p.notice.relevance == relevance and not p.notice.is_late)


def _change(row: r.ChangeRow) -> Change:
    return Change(row, _differing(row.old_text, row.new_text), _differing(row.old_title, row.new_title))


def _differing(old: str | None, new: str | None) -> Difference:
    return difference(old, new) if old and new else Difference(())


def _comparisons(rows: list[r.TargetRow]) -> tuple[r.Comparison, ...]:
    grouped = groupby(rows, key=lambda row: (row.subject, row.measure_unit))
    found = []
    for (subject, measure_unit), group in grouped:
        figures_ = list(group)
        new = tuple(row for row in figures_ if row.is_new)
        others = tuple(row for row in figures_ if not row.is_new)
        found.append(r.Comparison(subject, measure_unit, new, others))
    # What several regions have set says more than what one has.
    return tuple(sorted(found, key=lambda c: -len({row.region for row in (*c.new, *c.others)})))


def _every_week(rows: list[r.WeekCount], week: Week) -> tuple[r.WeekCount, ...]:
    """Twelve weeks up to this one; a week without documents counts nothing."""
    found = {row.monday: row for row in rows}
    mondays = [week.before(back).monday for back in range(11, -1, -1)]
    return tuple(found.get(monday, r.WeekCount(monday, 0, 0)) for monday in mondays)


def _rejected(con: duckdb.DuckDBPyConnection, week: Week) -> int:
    row = con.execute(
        "select count(*) from rejects where cast(happened_at as date) between ? and ?",
        [week.monday, week.sunday],
    ).fetchone()
    return int(row[0]) if row else 0


def manifest_path(folder: Path, week: Week) -> Path:
    """The file that keeps which notices a week's digest named."""
    return folder / f"{week.name}.json"


def _reported(folder: Path | None, week: Week) -> tuple[set[str], Week]:
    """Notices that earlier digests named, and the first week whose late findings are not yet reported.

    A week without a digest leaves its late findings to the next one, up to four weeks back; with no digest at
    all there is nothing to make up for.
    """
    if folder is None:
        return set(), week
    earlier = [p for p in folder.glob("*-W*.json") if p.stem < week.name]
    reported = {i for path in earlier for i in json.loads(path.read_text("utf-8"))["notice_ids"]}
    since = week
    names = {p.stem for p in earlier}
    for back in range(1, WEEKS_LOOKED_BACK + 1):
        if week.before(back).name in names:
            return reported, since
        since = week.before(back)
    return reported, since if names else week
