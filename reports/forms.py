"""The three forms that Shangluo's reform office collects, filled in as far as a department's tasks say.

What only the department knows (progress, effects) stays empty. Source of the forms: attachments 1 to 3 of
a notice of 商洛市职转办 of 2023; others ask for the same, so the place in a title is the
department's, or none where it is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb

from crawlers.settings import Settings
from reports.ledger import LedgerReport, LedgerRow, ledger_rows
from reports.names import file_stem
from reports.week import today_in_china
from reports.xlsx import Column, Table, write_workbook
from warehouse.connect import open_published

_FIELDS = "□简政放权\n□放管结合\n□优化服务"
_SEAL = "填报单位：{unit}（签章）                              填报日期：    年  月  日"
# The 市 of 市场监管局 is no city.
_LEVEL_WORD = re.compile(r"^(?:[^市省县区]{2,8}(?:市(?!场)|[省县区])|市(?!场)|[省县区州])")
_AUTHOR = "表中事项由公开文件自动填入，请核对；空白处由填报单位填写，报送时限以通知为准。"


def _progress(place: str, unit: str, rows: Sequence[LedgerRow]) -> Table:
    columns = (
        Column("行业主管部门", 15),
        Column("试点领域", 14),
        Column("改革创新事项", 26),
        *(Column(f"第{number}季度", 14, "工作计划") for number in "一二三四"),
        Column("进展情况", 16),
        Column("预期成果", 18),
        Column("备注", 24),
    )
    filled = [(unit, _FIELDS, r.title, *_quarters(r), "", r.target_quotes, r.source) for r in rows]
    notes = ("填写说明：工作计划四个季度都要填，进展情况填已过的季度；预期成果写具体，尽量有可量化的指标。",)
    return _form(f"{place}“放管服”改革创新试点工作进度表", "工作进度表", unit, columns, filled, notes)


def _quarters(row: LedgerRow) -> list[str]:
    plans: list[list[str]] = [[], [], [], []]
    for due in row.due_dates:
        plans[(due.month - 1) // 3].append(f"{due.year}年{due.month}月{due.day}日前完成")
    return ["；".join(plan) for plan in plans]


def _measures(place: str, unit: str, rows: Sequence[LedgerRow]) -> Table:
    columns = (
        Column("序号", 6),
        Column("行业主管部门", 20),
        Column("改革创新事项", 28),
        Column("具体举措", 56),
        Column("创新或优化工作亮点及初步成效", 32),
    )
    filled = [(number, unit, r.title, r.text, "") for number, r in enumerate(rows, 1)]
    notes = ("填写说明：每个事项写有新意的举措，并另附改革案例；行业主管部门写全称。",)
    return _form(f"{place}“放管服”改革创新措施统计表", "创新措施统计表", unit, columns, filled, notes)


def _adoption(place: str, unit: str, rows: Sequence[LedgerRow]) -> Table:
    columns = (
        Column("序号", 6),
        Column("行业主管部门（或县区）", 20),
        Column("改革创新事项", 28),
        Column("具体措施及成效", 56),
        Column("具体来源", 34),
    )
    filled = [
        (number, unit, r.title, r.text, f"{_whose(r)}\n{r.source}".strip())
        for number, r in enumerate(rows, 1)
    ]
    notes = ("填写说明：措施要写清，亮点要写实，便于别处照办；具体来源写明市、县、局。",)
    title = f"{place}学习借鉴“放管服”改革措施复制推广申报表"
    return _form(title, "复制推广申报表", unit, columns, filled, notes)


def _whose(row: LedgerRow) -> str:
    """`青岚市市场监管局`: the place and the department, as the form wants it."""
    units = row.lead_units or row.responsible_units
    return (
        "、".join(u if u.startswith(row.region) else f"{row.region}{bare_name(u)}" for u in units)
        or row.region
    )


def _form(
    title: str,
    name: str,
    unit: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    notes: Sequence[str],
) -> Table:
    return Table(name, columns, rows, title=title, above=_SEAL.format(unit=unit), notes=(*notes, _AUTHOR))


FORMS: dict[str, Callable[[str, str, Sequence[LedgerRow]], Table]] = {
    "progress": _progress,
    "measures": _measures,
    "adoption": _adoption,
}


def write_form(
    settings: Settings, form: str, *, unit: str, region: str | None = None, today: date | None = None
) -> LedgerReport:
    """Write a form of FORMS for a department, one row a task of its own.

    `adoption` (what was learnt elsewhere) has instead the tasks of departments of the same name in other
    regions than `region`. Raises UnknownUnit, UnknownRegion.
    """
    as_of = today or today_in_china()
    with open_published(settings) as con:
        if form == "adoption":
            everywhere = ledger_rows(con, as_of)
            rows = [r for r in everywhere if r.region != region and _names_same(unit, r)]
        else:
            rows = ledger_rows(con, as_of, unit=unit, region=region)
        own_place = region or _only_region(con, unit) or ""
    path: Path = settings.reports / "forms" / f"{file_stem(form, unit)}.xlsx"
    write_workbook(path, [FORMS[form](own_place, unit, rows)], as_of)
    return LedgerReport(path, len(rows), 1)


def _only_region(con: duckdb.DuckDBPyConnection, unit: str) -> str | None:
    """The region whose notices name the unit; None where several do (`scope` made the table)."""
    asked = """select distinct region from scoped_tasks join task_units using (task_id)
        where ? in (unit, unit_norm) limit 2"""
    found = con.execute(asked, [unit]).fetchall()
    return str(found[0][0]) if len(found) == 1 else None


def _names_same(unit: str, row: LedgerRow) -> bool:
    """Whether a department of that name, in whatever place, leads or is responsible."""
    return bare_name(unit) in {bare_name(u) for u in (*row.lead_units, *row.responsible_units)}


def bare_name(unit: str) -> str:
    """The department without its place: 天水市市场监管局 and 市市场监管局 are 市场监管局."""
    bare = _LEVEL_WORD.sub("", unit, count=1)
    return bare if len(bare) >= 3 else unit
