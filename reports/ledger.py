"""The task ledger (任务台账): the workbook that an office works through, one row a task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from crawlers.settings import Settings
from reports.due import mark_of, rhythm_in_words
from reports.names import file_stem
from reports.questions import ask, scope
from reports.task_records import SourcedTask
from reports.week import today_in_china
from reports.xlsx import LINK, Column, Link, Table, write_workbook
from warehouse.connect import open_published

_COLUMNS = (
    Column("序号", 6),
    Column("任务", 26),
    Column("牵头单位", 15),
    Column("责任单位", 17),
    Column("配合单位", 15),
    Column("完成时限", 13),
    Column("目标", 15),
    Column("来源文件", 28),
    Column("原文", 48),
    LINK,
)
_NO_UNIT = "未写明单位"


@dataclass(frozen=True, slots=True)
class LedgerRow(SourcedTask):
    """A task with all its dates."""

    due_dates: tuple[date, ...]
    rrules: tuple[str, ...]

    @property
    def source(self) -> str:
        """`《…》（文号）`."""
        return f"《{self.notice_title or ''}》" + (f"（{self.doc_no}）" if self.doc_no else "")

    @property
    def when(self) -> date | str:
        """The date itself where there is one alone, so that a sheet can sort by it; else all in words."""
        if len(self.due_dates) == 1 and not self.rrules:
            return self.due_dates[0]
        return "、".join([*(d.isoformat() for d in self.due_dates), *map(rhythm_in_words, self.rrules)])


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """What was written."""

    xlsx: Path
    tasks: int
    sheets: int


def write_ledger(
    settings: Settings,
    *,
    unit: str | None = None,
    region: str | None = None,
    due_before: date | None = None,
    by_unit: bool = False,
    today: date | None = None,
) -> LedgerReport:
    """Write the ledger of the tasks in force, those of a unit or region alone where given.

    With `by_unit` each unit that leads or is responsible has a sheet of its own behind the one of all. Raises
    UnknownUnit and UnknownRegion, naming similar ones.
    """
    as_of = today or today_in_china()
    with open_published(settings) as con:
        rows = ledger_rows(con, as_of, unit=unit, region=region, due_before=due_before)
    name = file_stem("ledger", *(part for part in (region, unit) if part))
    path = settings.reports / "ledger" / f"{name}.xlsx"
    heading = "".join(part for part in (region, unit) if part) or "全部"
    tables = [_table("全部任务", f"{heading}任务台账", rows, as_of)]
    if by_unit:
        tables += [_table(who, f"{who}任务台账", theirs, as_of) for who, theirs in _by_unit(rows)]
    write_workbook(path, tables, as_of)
    return LedgerReport(path, len(rows), len(tables))


def ledger_rows(
    con: duckdb.DuckDBPyConnection,
    as_of: date,
    *,
    unit: str | None = None,
    region: str | None = None,
    due_before: date | None = None,
) -> list[LedgerRow]:
    """The tasks in force, by their first date; those without one last. Raises UnknownUnit, UnknownRegion."""
    return ask(con, "ledger", LedgerRow, {**scope(con, as_of, region, unit), "due_before": due_before})


def _by_unit(rows: Iterable[LedgerRow]) -> list[tuple[str, list[LedgerRow]]]:
    found: dict[str, list[LedgerRow]] = {}
    for row in rows:
        for unit in dict.fromkeys((*row.lead_units, *row.responsible_units)) or {_NO_UNIT: None}:
            found.setdefault(unit, []).append(row)
    return sorted(found.items(), key=lambda item: (item[0] == _NO_UNIT, -len(item[1]), item[0]))


def _table(name: str, title: str, rows: list[LedgerRow], as_of: date) -> Table:
    return Table(
        name,
        _COLUMNS,
        [
            (
                number,
                r.title,
                r.lead_units,
                r.responsible_units,
                r.support_units,
                r.when,
                r.target_quotes,
                r.source,
                r.text,
                Link(r.url),
            )
            for number, r in enumerate(rows, 1)
        ],
        title=title,
        marks={n: mark_of(r.due_dates[0], as_of) for n, r in enumerate(rows) if r.due_dates},
        notes=(
            f"红色：7日内到期；黄色：30日内到期（自{as_of.isoformat()}起计）。完成情况公开文件未载，由使用单位填写。",
        ),
    )
