"""Every question of the cookbook gives the right rows on a known warehouse."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.made import make_settings
from tests.warehouse.province import TODAY, build
from warehouse.connect import open_published

COOKBOOK = Path(__file__).resolve().parents[2] / "docs" / "sql-cookbook.md"
QUESTION = re.compile(
    r"^## (\d+)\. [^\n]+? ?· [^\n]+\n(?:(?!## )[^\n]*\n)*?```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
QUESTIONS = {int(number): sql for number, sql in QUESTION.findall(COOKBOOK.read_text("utf-8"))}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    settings = make_settings(tmp_path_factory.mktemp("province"))
    build(settings)
    with open_published(settings) as connection:
        connection.execute("set variable today = ?", [TODAY])
        yield connection


def d(text: str) -> date:
    return date.fromisoformat(text)


OPENING, CHANGED = "样板市企业开办压减至0.5个工作日内办结", "示范市企业开办压减至0.5个工作日内办结"
MEASURES, PLAN = "示范市优化营商环境若干措施", "样板市提升政务服务工作方案"
SHIFAN, YANGBAN, COUNTRY = "示政发〔2023〕6号", "样政发〔2023〕3号", "国发〔2022〕5号"
OLD_PLAN, OLD_YANGBAN = "样板市2022年政务服务工作要点", "样政发〔2022〕4号"
JUNE_30 = d("2023-06-30")
ANSWERS: dict[int, list[tuple[object, ...]]] = {
    1: [(d("2023-05-08"), "示范市", MEASURES, SHIFAN, 4), (d("2023-05-09"), "样板市", PLAN, YANGBAN, 1)],
    2: [(CHANGED, "lead", JUNE_30, SHIFAN)],
    3: [
        (JUNE_30, 51, OPENING, ["市市场监管局"], "样板市", YANGBAN),
        (JUNE_30, 51, CHANGED, ["市市场监管局"], "示范市", SHIFAN),
    ],
    4: [
        ("样板市", "样板市市场监督管理局", 2, 2),
        ("示范市", "示范市行政审批局", 2, 2),
        ("示范市", "示范市市场监督管理局", 1, 1),
    ],
    5: [
        ("样板市", "<=", 0.5, "个工作日", JUNE_30, YANGBAN),
        ("示范市", "<=", 0.5, "个工作日", JUNE_30, SHIFAN),
        ("样板市", "<=", 1.0, "个工作日", d("2022-12-31"), OLD_YANGBAN),
    ],
    6: [
        (1, "province", "示省发〔2023〕2号", "关于优化营商环境的通知"),
        (2, "national", COUNTRY, "关于深化放管服改革的意见"),
    ],
    7: [
        (1, "added", [], d("2023-05-08"), d("2023-05-09"), 4),
        (2, "changed", ["text"], d("2023-05-09"), None, 4),
    ],
    8: [
        ("added", "设立办不成事反映窗口", [], SHIFAN),
        ("changed", CHANGED, ["text", "title", "targets"], SHIFAN),
        ("withdrawn", "开展证照清理", [], SHIFAN),
    ],
    9: [("样板市", PLAN, YANGBAN), ("示范省", "关于优化营商环境的通知", "示省发〔2023〕2号")],
    10: [
        ("guojia", "国家政策文件库", 37, 30, "ok"),
        ("shiyan_county", "试验县人民政府", 37, 30, "ok"),
    ],
    11: [(d("2023-04-28"), "404", "试验县", "关于开展检查的通知")],
    12: [("每月20日前报送进展情况", "每月20日前", "FREQ=MONTHLY;BYMONTHDAY=20", ["各县区政府"])],
    13: [(PLAN, 2, "yangban_city", d("2023-05-09")), (PLAN, 2, "shifan_province", d("2023-05-10"))],
    14: [
        (
            MEASURES,
            SHIFAN,
            "示范市优化【营商环境】若干措施 示范市企业开办压减至0.5个工作日内办结。 "
            "全面推行告知承诺制，公布证明事项清单。 每月20日前报送进展情况",
        )
    ],
    15: [
        (
            "全面推行告知承诺制，公布证明事项清单",
            d("2023-12-31"),
            ["市行政审批局"],
            "全面推行【告知承诺】制，公布证明事项清单。",
        )
    ],
    16: [("样板市市场监督管理局", "样板市行政审批局", 1), ("示范市行政审批局", "示范市司法局", 1)],
    17: [
        ("全国", "national", 1, 0),
        ("样板市", "city", 2, 2),
        ("示范市", "city", 1, 4),
        ("示范省", "province", 1, 0),
    ],
    18: [
        (d("2022-05-01"), 1),
        (d("2022-09-01"), 1),
        (d("2022-12-01"), 1),
        (d("2023-02-01"), 1),
        (d("2023-05-01"), 2),
    ],
    19: [("shiyan_county", "read", "无正文", 1, d("2023-04-28"))],
    20: [(OPENING, "2023-06-30", "样板市企业开办压减至0.", "printed_day")],
    21: [
        ("guojia", 1, 2, 1),
        ("shifan_city", 2, 4, 1),
        ("shifan_province", 2, 4, 2),
        ("shiyan_county", 2, 5, 1),
        ("yangban_city", 2, 4, 2),
    ],
    22: [
        (
            "portals_are_not_silent",
            "warning",
            2,
            "没有门户无声超过门户文件 [expect] silent_days 所写",
        ),
        (
            "tasks_fit_the_length",
            "warning",
            1,
            "任务数与文字长短相称：核心通知每万字至少一项，任何通知每 30 字至多一项",
        ),
    ],
    23: [("61", 2022, 1.0, 1), ("61", 2023, 0.5, 2)],
    24: [("行政审批局", ["示范市"], ["样板市"])],
    25: [("city", 2022, 1, 0, 0.0, 0), ("city", 2023, 5, 2, 40.0, 1)],
    26: [("样板市", OLD_YANGBAN, OLD_PLAN, 1, d("2022-12-31"))],
    27: [(OLD_YANGBAN, YANGBAN, OPENING, 0.5)],
    28: [
        (d(day), "每月20日前报送进展情况", "每月20日前", SHIFAN)
        for day in ("2023-05-20", "2023-06-20", "2023-07-20")
    ],
    29: [
        ("yangban_city", 2, 2.5, 5, 0),
        ("guojia", 1, 0.0, 0, 0),
        ("shifan_city", 1, 0.0, 0, 0),
        ("shifan_province", 2, 0.0, 0, 0),
        ("shiyan_county", 1, 0.0, 0, 0),
    ],
    30: [(COUNTRY, 1, 247.0, 247)],
    31: [
        (
            2,
            ["示范市企业开办压减至1个工作日内办结。", "开展证照清理。"],
            ["示范市企业开办压减至0.5个工作日内办结。", "设立办不成事反映窗口。"],
        )
    ],
    32: [(2022, "政务服务", 1), (2023, "商事制度", 1), (2023, "政务服务", 1)],
    33: [(PLAN, "样板市", d("2023-05-06"), 1)],
    34: [("yangban_city", OLD_PLAN, "任务表.pdf", "没有文字层")],
    35: [
        ("样板市", "样板市市场监督管理局", 1, 1),
        ("示范市", "示范市各县区政府", 1, 1),
        ("示范市", "示范市市场监督管理局", 1, 1),
    ],
    36: [("示范市人民政府", 4, 2, 50.0), ("样板市人民政府", 2, 0, 0.0)],
    37: [("样板市", "企业开办时间", "<=", "个工作日", 1.0, 0.5, d("2023-05-06"), YANGBAN)],
    38: [(COUNTRY, "示范省", d("2023-02-10"), 1)],
    39: [(SHIFAN, d("2023-05-09"), "withdrawn", "开展证照清理")],
    40: [("示范市",)],
    41: [("样板市", OLD_YANGBAN, "失效", "样板市企业开办压减至1个工作日内办结", d("2022-12-31"))],
}


def test_there_are_fifteen_questions_and_more_in_both_languages() -> None:
    text = COOKBOOK.read_text("utf-8")
    assert len(QUESTIONS) >= 15
    assert list(QUESTIONS) == list(range(1, len(QUESTIONS) + 1))
    assert len(re.findall(r"^## ", text, re.MULTILINE)) == len(QUESTIONS)
    assert set(QUESTIONS) == set(ANSWERS)


@pytest.mark.parametrize("number", sorted(QUESTIONS))
def test_a_question_has_the_right_answer(province: duckdb.DuckDBPyConnection, number: int) -> None:
    assert province.execute(QUESTIONS[number]).fetchall() == ANSWERS[number]


def test_the_opening_of_the_cookbook_runs(province: duckdb.DuckDBPyConnection) -> None:
    """Python and SQL as printed, on the published file of the province; pandas gets the tasks."""
    opening = COOKBOOK.read_text("utf-8").split("## 1. ")[0]
    (python,) = re.findall(r"^```python\n(.*?)^```$", opening, re.MULTILINE | re.DOTALL)
    queries = re.findall(r"`(select [^`]+|set [^`]+)`", re.sub(r"\n +", " ", opening))
    assert len(queries) == 5
    script = [python, "print(sorted(frame['region'].unique()))"]
    script += [f"warehouse.execute({query!r})" for query in queries]
    published = province.execute("select path from duckdb_databases() where not internal").fetchone()
    assert published is not None
    folder = Path(str(published[0])).parents[2]
    command = [sys.executable, "-c", "\n".join(script)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=True)
    assert done.stdout == "['样板市', '示范市']\n"
