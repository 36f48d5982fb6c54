"""The three forms that Shangluo's reform office collects, filled in as far as a department's tasks say.

What only the department knows (progress, effects) stays empty. Source of the forms: attachments of
a notice of 商洛市职转办 of 2023; other places ask for the same things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from crawlers.settings import Settings
from reports.ledger import LedgerReport, LedgerRow, ledger_rows
from reports.names import file_stem
from reports.week import today_in_china
from reports.xlsx import Column, Table, write_workbook
from warehouse.connect import open_published

_FIELDS = "□简政放权 □放管结合 □优化服务"
_SEAL = "填报单位：{unit}（签章）                              填报日期：    年  月  日"
_LEVEL_WORD = re.compile(r"^(?:[^市省县区]{2,8}[市省县区]|[市省县区州])")
_AUTHOR = "表中事项由公开文件自动填入，请核对；空白处由填报单位填写。"


def _progress(unit: str, rows: Sequence[LedgerRow]) -> Table:
    names = (
        "行业主管部门",
        "试点领域",
        "改革创新事项",
        "工作计划：第一季度",
        "第二季度",
        "第三季度",
        "第四季度",
        "进展情况",
        "预期成果",
        "备注",
    )
    widths = (18, 14, 36, 20, 20, 20, 20, 20, 20, 30)
    filled = [(unit, _FIELDS, r.title, *_quarters(r), "", r.target_quotes, r.source) for r in rows]
    return _form("商洛市“放管服”改革创新试点工作进度表", "工作进度表", unit, names, widths, filled)


def _quarters(row: LedgerRow) -> list[str]:
    plans: list[list[str]] = [[], [], [], []]
    for due in row.due_dates:
        plans[(due.month - 1) // 3].append(f"{due.year}年{due.month}月{due.day}日前完成")
    return ["；".join(plan) for plan in plans]


def _measures(unit: str, rows: Sequence[LedgerRow]) -> Table:
    names = ("序号", "行业主管部门", "改革创新事项", "具体举措", "创新或优化工作亮点及初步成效")
    filled = [(number, unit, r.title, r.text, "") for number, r in enumerate(rows, 1)]
    return _form(
        "商洛市“放管服”改革创新措施统计表", "创新措施统计表", unit, names, (6, 20, 36, 70, 40), filled
    )


def _adoption(unit: str, rows: Sequence[LedgerRow]) -> Table:
    names = ("序号", "行业主管部门（或县区）", "改革创新事项", "具体措施及成效", "具体来源")
    filled = [
        (number, unit, r.title, r.text, f"{r.region} {'、'.join(r.lead_units)} {r.source}".strip())
        for number, r in enumerate(rows, 1)
    ]
    title = "商洛市学习借鉴“放管服”改革措施复制推广申报表"
    return _form(title, "复制推广申报表", unit, names, (6, 20, 36, 70, 40), filled)


def _form(
    title: str,
    name: str,
    unit: str,
    names: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[object]],
) -> Table:
    columns = [Column(n, w) for n, w in zip(names, widths, strict=True)]
    return Table(name, columns, rows, title=title, above=_SEAL.format(unit=unit), notes=(_AUTHOR,))


FORMS: dict[str, Callable[[str, Sequence[LedgerRow]], Table]] = {
    "progress": _progress,
    "measures": _measures,
    "adoption": _adoption,
}


def write_form(
    settings: Settings, form: str, *, unit: str, region: str | None = None, today: date | None = None
) -> LedgerReport:
    """Write a form of FORMS for a department, one row a task of its own.

    `adoption` (what was learnt elsewhere) has instead the tasks of departments of the same name in other
    regions than `region`. Raises UnknownUnit.
    """
    as_of = today or today_in_china()
    with open_published(settings) as con:
        if form == "adoption":
            everywhere = ledger_rows(con, as_of)
            rows = [r for r in everywhere if r.region != region and _names_same(unit, r)]
        else:
            rows = ledger_rows(con, as_of, unit=unit, region=region)
    path: Path = settings.reports / "forms" / f"{file_stem(form, unit)}.xlsx"
    write_workbook(path, [FORMS[form](unit, rows)], as_of)
    return LedgerReport(path, len(rows), 1)


def _names_same(unit: str, row: LedgerRow) -> bool:
    """Whether a department of that name, in whatever place, leads or is responsible."""
    return bare_name(unit) in {bare_name(u) for u in (*row.lead_units, *row.responsible_units)}


def bare_name(unit: str) -> str:
    """The department without its place: 天水市市场监管局 and 市市场监管局 are 市场监管局."""
    bare = _LEVEL_WORD.sub("", unit, count=1)
    # 市市场监管局 loses one 市; 市场监管局 itself must not become 场监管局.
    return bare if len(bare) >= 3 and not bare.startswith("场") else unit
