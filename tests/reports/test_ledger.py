"""The task ledger and the forms, opened again as an office would."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from crawlers.settings import Settings
from reports.errors import UnknownUnit
from reports.forms import bare_name, write_form
from reports.ledger import write_ledger
from tests.reports import province

HEADS = ("序号", "任务", "牵头单位", "责任单位", "配合单位", "完成时限", "目标", "来源文件", "原文", "链接")


def rows(path: Path, sheet: int = 0) -> list[tuple[Any, ...]]:
    return list(load_workbook(path).worksheets[sheet].values)


def test_the_ledger_has_the_columns_that_offices_use_and_a_row_a_task(spring: Settings) -> None:
    report = write_ledger(spring, today=province.AS_OF)
    found = rows(report.xlsx)
    assert found[0][0] == "全部任务台账"
    assert found[1] == HEADS
    numbered = [r for r in found[2:] if isinstance(r[0], int)]
    assert [r[0] for r in numbered] == list(range(1, report.tasks + 1))
    assert numbered[0][1] == "推行证明事项告知承诺制"  # the earliest date


def test_a_row_says_who_by_when_to_what_figure_and_from_where(spring: Settings) -> None:
    report = write_ledger(spring, unit="市住房和城乡建设局", region="临河市", today=province.AS_OF)
    assert report.xlsx.name == "ledger-临河市-市住房和城乡建设局.xlsx"
    [building] = [
        r for r in rows(report.xlsx) if r[1] == "推行工程建设项目并联审批" and "60个工作日" in str(r[8])
    ]
    assert building[2:5] == ("市住房和城乡建设局", None, "市自然资源局")
    assert building[5].date() == date(2023, 5, 15)
    assert building[6] == "压减至60个工作日内、95%以上"
    assert (
        building[7]
        == "《临河市人民政府关于印发深化“放管服”改革优化营商环境行动方案的通知》（临政发〔2023〕8号）"
    )
    cells = load_workbook(report.xlsx).worksheets[0]
    links = {c.hyperlink.target for row in cells.iter_rows() for c in row if c.hyperlink}
    assert province.url_of("linhe", 301) in links


def test_only_what_is_due_before_a_day_is_listed_on_request(spring: Settings) -> None:
    report = write_ledger(spring, due_before=date(2023, 5, 1), today=province.AS_OF)
    assert report.tasks == 3


def test_each_unit_has_a_sheet_of_its_own_on_request(spring: Settings) -> None:
    report = write_ledger(spring, region="临河市", by_unit=True, today=province.AS_OF)
    names = load_workbook(report.xlsx).sheetnames
    assert names[0] == "全部任务"
    assert {"市市场监管局", "市大数据局", "市税务局"} <= set(names)


def test_the_sheet_is_filtered_frozen_and_printed_on_a_page_s_width(spring: Settings) -> None:
    sheet = load_workbook(write_ledger(spring, today=province.AS_OF).xlsx).worksheets[0]
    assert sheet.freeze_panes == "A3"
    assert str(sheet.auto_filter.ref).startswith("A2:J")
    assert sheet.print_title_rows in ("2:2", "$2:$2")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_an_unknown_unit_is_told_similar_ones(spring: Settings) -> None:
    with pytest.raises(UnknownUnit, match="市市场监管局"):
        write_ledger(spring, unit="市市场监管", today=province.AS_OF)


def test_the_progress_form_plans_each_date_in_its_quarter(spring: Settings) -> None:
    found = rows(
        write_form(spring, "progress", unit="市市场监管局", region="临河市", today=province.AS_OF).xlsx
    )
    assert "进度表" in found[0][0]
    assert "市市场监管局（签章）" in found[1][0]
    assert found[0][0] == "临河市“放管服”改革创新试点工作进度表"
    [opening] = [r for r in found if r[2] == "优化企业开办服务"]
    assert opening[3:7] == (None, "2023年6月30日前完成", None, None)
    assert opening[8] == "压减至0.5个工作日内"


def test_the_adoption_form_names_what_the_same_department_does_elsewhere(spring: Settings) -> None:
    found = rows(
        write_form(spring, "adoption", unit="市市场监管局", region="临河市", today=province.AS_OF).xlsx
    )
    sources = [str(r[4]) for r in found[3:] if isinstance(r[0], int)]
    assert sources
    assert not any(s.startswith("临河市") for s in sources)
    assert any(s.startswith("青岚市市场监管局\n《") for s in sources)


def test_the_progress_form_has_the_four_quarters_under_one_heading(spring: Settings) -> None:
    path = write_form(spring, "progress", unit="市市场监管局", region="临河市", today=province.AS_OF).xlsx
    [sheet] = load_workbook(path)
    above, below = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=4))
    assert above[3] == "工作计划"
    assert below[3:7] == ["第一季度", "第二季度", "第三季度", "第四季度"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"D3:G3", *(f"{column}3:{column}4" for column in "ABCHIJ")} <= merged
    assert above[:3] + above[7:] == [
        "行业主管部门",
        "试点领域",
        "改革创新事项",
        "进展情况",
        "预期成果",
        "备注",
    ]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A5", "$3:$4")


@pytest.mark.parametrize(
    ("form", "heading"),
    [
        ("measures", "序号 行业主管部门 改革创新事项 具体举措 创新或优化工作亮点及初步成效"),
        ("adoption", "序号 行业主管部门（或县区） 改革创新事项 具体措施及成效 具体来源"),
    ],
)
def test_a_form_has_the_columns_of_its_attachment(form: str, heading: str, spring: Settings) -> None:
    found = rows(write_form(spring, form, unit="市市场监管局", region="临河市", today=province.AS_OF).xlsx)
    assert [str(name) for name in found[2]] == heading.split()
    assert str(found[-2][0]).startswith("填写说明：")


@pytest.mark.parametrize(
    ("unit", "bare"),
    [
        ("市市场监管局", "市场监管局"),
        ("天水市市场监管局", "市场监管局"),
        ("省税务局", "税务局"),
        ("县行政审批局", "行政审批局"),
        ("市场监管局", "市场监管局"),
        ("住房和城乡建设局", "住房和城乡建设局"),
    ],
)
def test_a_department_is_the_same_in_every_place(unit: str, bare: str) -> None:
    assert bare_name(unit) == bare
