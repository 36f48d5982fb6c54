"""The policy explorer: static pages with their data in `.js` shards, opened from any server or from `file://`.

The list comes in shards of many notices, newest first, so that the page opens on the first of them; texts
come in shards of few, loaded when a notice is opened. A browser gets only data from here, shown as text.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from crawlers.settings import Settings
from reports.due import rhythm_in_words
from reports.files import write_text
from reports.questions import ask, run, scope
from reports.records import LEVELS, figure_in_words
from reports.site_pages import Details, by_place
from reports.site_rows import (
    CitationRow,
    EvidenceRow,
    FileRow,
    NoticeRow,
    PortalRow,
    TargetRow,
    TaskRow,
    VersionRow,
)
from reports.text import one_line
from reports.week import today_in_china
from warehouse.connect import open_published

STATIC = Path(__file__).parent / "templates" / "site"
A_LIST_SHARD, A_TEXT_SHARD = 1000, 25


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was written."""

    index: Path
    notices: int
    tasks: int
    bytes: int


@dataclass(slots=True)
class _Names:
    """Names that rows refer to by number, in the order of their first use."""

    numbers: dict[str, int] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)  # by the name as it came

    def number(self, name: str) -> int:
        if name not in self.seen:
            self.seen[name] = self.numbers.setdefault(one_line(name, 80), len(self.numbers))
        return self.seen[name]

    def all(self) -> list[str]:
        return list(self.numbers)


def write_site(settings: Settings, *, today: date | None = None) -> SiteReport:
    """Write the explorer below `settings.reports/site`: open its `index.html`. Replaces what was there."""
    as_of = today or today_in_china()
    folder = settings.reports / "site"
    building = folder.with_name(".site-building")
    shutil.rmtree(building, ignore_errors=True)
    with open_published(settings) as con:
        written = _Writer(con, scope(con, as_of), building)
        notices, tasks = written.write()
    for path in sorted(STATIC.iterdir()):
        shutil.copyfile(path, building / path.name)
    size = sum(path.stat().st_size for path in building.rglob("*") if path.is_file())
    _put_in_place(building, folder)
    return SiteReport(folder / "index.html", notices, tasks, size)


def _put_in_place(building: Path, folder: Path) -> None:
    old = folder.with_name(".site-old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    building.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


class _Writer:
    """One writing of the shards. Numbers of units, regions and topics are given as rows come."""

    def __init__(self, con: duckdb.DuckDBPyConnection, asked: dict[str, Any], folder: Path) -> None:
        self.con, self.asked, self.folder = con, asked, folder
        self.regions, self.units, self.topics = _Names(), _Names(), _Names()

    def write(self) -> tuple[int, int]:
        run(self.con, "site_notices", self.asked)
        [(count,)] = self.con.execute("select count(*) from site_notices").fetchall()
        tasks = 0
        for number, first in enumerate(range(0, count, A_LIST_SHARD)):
            tasks += self._write_shard(number, {"first": first, "last": first + A_LIST_SHARD - 1})
        self._shard(
            "targets", "targets", 0, [_target(t) for t in ask(self.con, "site_targets", TargetRow, {})]
        )
        self._shard(
            "portals", "portals", 0, [_portal(p) for p in ask(self.con, "site_portals", PortalRow, {})]
        )
        self._write_meta(count, tasks)
        return count, tasks

    def _write_shard(self, number: int, span: dict[str, int]) -> int:
        """The notices of a span as a list shard, a shard of their tasks, and shards of their texts."""
        rows = ask(self.con, "site_rows", NoticeRow, span)
        tasks = ask(self.con, "site_tasks", TaskRow, span)
        self._shard(f"notices-{number}", "notices", number, [self._listed(row) for row in rows])
        self._shard(f"tasks-{number}", "tasks", number, [self._task(task) for task in tasks])
        own = Details(
            by_place(tasks),
            by_place(ask(self.con, "site_evidence", EvidenceRow, span)),
            by_place(ask(self.con, "site_files", FileRow, span)),
            by_place(ask(self.con, "site_versions", VersionRow, span)),
            by_place(ask(self.con, "site_citations", CitationRow, span)),
        )
        for start in range(0, len(rows), A_TEXT_SHARD):
            some = rows[start : start + A_TEXT_SHARD]
            shard = some[0].place // A_TEXT_SHARD
            self._shard(f"text-{shard}", "text", shard, [own.of(row) for row in some])
        return len(tasks)

    def _listed(self, n: NoticeRow) -> list[Any]:
        return [
            n.notice_id,
            one_line(n.title, 300),
            one_line(n.doc_no, 80),
            one_line("、".join(n.issuers or ()), 100),
            self.regions.number(n.region),
            n.level,
            n.reported_on.isoformat(),
            n.relevance,
            [self.topics.number(t) for t in n.topics or ()],
            [self.units.number(u) for u in n.unit_names],
            [d.isoformat() for d in n.due_dates],
            n.task_count,
            int(n.is_withdrawn),
        ]

    def _task(self, t: TaskRow) -> list[Any]:
        return [
            t.place,
            t.seq,
            one_line(t.title, 160),
            [self.units.number(u) for u in t.unit_names],
            one_line(_roles(t), 160),
            [d.isoformat() for d in t.due_dates],
            "、".join(rhythm_in_words(rule) for rule in t.rrules),
            one_line("、".join(t.target_quotes), 120),
            t.kind,
        ]

    def _write_meta(self, notices: int, tasks: int) -> None:
        told = {
            "asOf": self.asked["as_of"].isoformat(),
            "notices": notices,
            "tasks": tasks,
            "shards": -(-notices // A_LIST_SHARD),
            "aList": A_LIST_SHARD,
            "aText": A_TEXT_SHARD,
            "regions": self.regions.all(),
            "units": self.units.all(),
            "topics": self.topics.all(),
            "levels": LEVELS,
        }
        self._shard("meta", "meta", 0, told)

    def _shard(self, name: str, kind: str, number: int, data: Any) -> None:
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        write_text(self.folder / "data" / f"{name}.js", f'fgf.take("{kind}",{number},{text});\n')


def _roles(t: TaskRow) -> str:
    named = (("牵头", t.lead_units), ("责任", t.responsible_units), ("配合", t.support_units))
    return "；".join(f"{role}：{'、'.join(units)}" for role, units in named if units)


def _target(t: TargetRow) -> list[Any]:
    return [
        one_line(t.subject, 80),
        one_line(t.measure_unit, 20),
        one_line(t.region, 40),
        one_line(figure_in_words(t.op, t.value, t.measure_unit), 60),
        t.notice_id,
        one_line(t.title, 200),
        t.reported_on.isoformat(),
    ]


def _portal(p: PortalRow) -> list[Any]:
    return [
        one_line(p.name, 80),
        one_line(p.region, 40),
        p.last_outcome,
        p.success_on.isoformat() if p.success_on else "",
        p.notice_count,
        p.newest_on.isoformat() if p.newest_on else "",
        one_line("；".join(p.reasons), 300),
    ]
