"""Staged batches made by hand: what tests of the warehouse load. All places and units are invented."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from crawlers.model import RunReport
from crawlers.settings import Settings
from transforms.records import Citation, Contact, Deadline, Notice, Recurrence, Target, Task, Unit
from transforms.staging_schema import StagedEvent, staging_schema

DAY = datetime(2023, 4, 3, 6, 0, tzinfo=UTC)
PORTAL = "demo_city"


def at(day: int, hour: int = 0) -> datetime:
    """A moment so many days after Monday, 3 April 2023."""
    return DAY + timedelta(days=day, hours=hour)


def make_settings(folder: Path, **values: Any) -> Settings:
    """Settings whose whole data lies below a test's own folder."""
    return Settings(data_dir=folder / "data", corrections_dir=folder / "corrections", **values)


def make_task(seq: int, text: str, **values: Any) -> Task:
    """A task with what must not be empty; units as plain names by role, deadlines as ISO dates."""
    due = values.pop("due", ())
    roles = {role: tuple(values.pop(role, ())) for role in ("lead", "responsible", "support")}
    units = tuple(
        Unit(role, name, f"示范市{name.removeprefix('市')}", name, 0, len(name), "bracket")
        for role, names in roles.items()
        for name in names
    )
    deadlines = tuple(Deadline(one, one, "day", one, 0, len(one), "printed_day") for one in due)
    task = Task(
        seq=seq,
        no=str(seq),
        path=("一、重点任务",),
        title=text.split("。")[0],
        text=text,
        starts=text[:16],
        ends=text[-16:],
        kind="measure",
        read_from="body",
        start=0,
        end=len(text),
        quote=text,
        rule="numbered_item",
        signature=hashlib.sha256(text.encode()).hexdigest()[:16],
        **roles,
        units=units,
        deadlines=deadlines,
    )
    return replace(task, **values)


def make_notice(title: str, tasks: Sequence[Task] = (), **values: Any) -> Notice:
    """A notice whose text holds its tasks."""
    text = values.pop("text", "\n".join([title, *(task.text for task in tasks)]))
    tasks = [_placed(task, text) for task in tasks]
    notice = Notice(
        source="page",
        title=title,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        region="示范市",
        adcode="610000",
        level="city",
        relevance="core",
        doc_type="通知",
        issuers=("示范市人民政府",),
        tasks=tuple(tasks),
        cites=tuple(dict.fromkeys(one.doc_no for one in values.get("citations", ()))),
    )
    return replace(notice, **values)


def _placed(task: Task, text: str) -> Task:
    """The task with its true place in the text, where it stands there."""
    place = text.find(task.quote)
    return task if place < 0 else replace(task, start=place, end=place + len(task.quote))


def make_citation(doc_no: str, **values: Any) -> Citation:
    return replace(Citation(doc_no, "", doc_no, 0, len(doc_no), "body", "doc_no"), **values)


def make_target(text: str, op: str, value: str, unit: str, subject: str) -> Target:
    return Target(text, op, value, unit, subject, text, 0, len(text), "figure")


def make_recurrence(text: str, rrule: str) -> Recurrence:
    return Recurrence(text, rrule, text, 0, len(text), "every_month")


def make_contact(kind: str, quote: str, text: str, read_from: str = "body") -> Contact:
    start = text.index(quote)
    return Contact(kind, quote, start, start + len(quote), read_from)


class Batch:
    """A batch in the making: one crawl of one portal."""

    def __init__(
        self, run_id: str, moment: datetime, portal_id: str = PORTAL, *, is_first: bool = False
    ) -> None:
        self.run_id, self.moment, self.portal_id, self.is_first = run_id, moment, portal_id, is_first
        self.batch_id = f"{portal_id}/{moment:%Y%m%dT%H%M%SZ}-{run_id}"
        self.events: list[StagedEvent] = []

    def add(self, event: str, **values: Any) -> Batch:
        stamp = {"batch_id": self.batch_id, "portal_id": self.portal_id, "run_id": self.run_id}
        self.events.append(
            StagedEvent(event=event, at=self.moment, is_first_crawl=self.is_first, **{**stamp, **values})
        )
        return self

    def notice(self, url: str, *notices: Notice, change: str = "new", **values: Any) -> Batch:
        """A page that was fetched, with the documents on it."""
        for part, notice in enumerate(notices):
            page = hashlib.sha256(f"{url}{notice.text}".encode()).hexdigest()
            full = replace(notice, url=url, portal_id=self.portal_id)
            self.add(
                "notice",
                url=url,
                part=part,
                change=change,
                page_sha256=page,
                archive_ref=f"{self.batch_id}.warc.gz#0",
                notice=full,
                **values,
            )
        return self

    def removed(self, url: str, reason: str = "404") -> Batch:
        return self.add("removed", url=url, reason=reason)

    def seen(self, *urls: str) -> Batch:
        for url in urls:
            self.add("seen", url=url)
        return self

    def rejected(self, url: str, reason: str = "无正文") -> Batch:
        return self.add("rejected", url=url, stage="read", reason=reason, archive_ref="x#1")

    def ended(self, **values: Any) -> Batch:
        """The run's own report, counted from the events."""
        changes = [one.change for one in self.events if one.event == "notice"]
        report = RunReport(
            run_id=self.run_id,
            portal_id=self.portal_id,
            started_at=self.moment,
            seconds=3.5,
            outcome="ok",
            stop="nothing new",
            is_first=self.is_first,
            listed=len(self.events),
            new=changes.count("new"),
            changed=changes.count("changed"),
            requests=len(self.events) + 1,
        )
        return self.add("run", run=replace(report, **values))

    def write(self, settings: Settings) -> Path:
        """Writes the batch into the staging folder."""
        path = settings.staging / f"{self.batch_id}.parquet"
        write_rows(path, self.events)
        return path


def write_rows(path: Path, events: Iterable[StagedEvent]) -> None:
    """A staged file with these rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(event) for event in events]
    for row in rows:
        if row["notice"] is not None:
            row["notice"]["origins"] = list(row["notice"]["origins"].items())
    pq.write_table(pa.Table.from_pylist(rows, staging_schema()), path)


def everything(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Any]]:
    """All rows of all tables but the times of loading, in an order of their own: for comparing warehouses."""
    tables = connection.execute(
        "select table_name from duckdb_tables() where not temporary and schema_name = 'main' "
        "and table_name not in ('warehouse_info', 'loaded_batches', 'check_results', 'alerts')"
    ).fetchall()
    return {
        table: sorted(map(str, connection.execute(f"select * from {table}").fetchall()))  # noqa: S608
        for (table,) in tables
    }


def rows_of(connection: duckdb.DuckDBPyConnection, query: str, *values: object) -> list[tuple[Any, ...]]:
    return connection.execute(query, list(values)).fetchall()


__all__ = ["PORTAL", "Batch", "at", "date", "everything", "make_notice", "make_settings", "make_task"]
