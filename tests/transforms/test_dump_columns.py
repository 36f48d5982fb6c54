"""Rows of tables in dumps, whose cells stand one below the other and run over several lines."""

import time

import pytest

from transforms.dump_columns import fit, spread
from transforms.read import Source, read_notices

HEADS = ["重点任务", "工作举措", "牵头单位", "配合单位", "完成时限"]


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        (
            [
                "整治河",
                "道岸线",
                "对全市河道岸线逐条逐段排查登记造册并限期整",
                "改到位",
                "市水务局",
                "市林业局、市审",
                "计局",
                "2023 年9 月",
                "底前",
            ],
            [
                "整治河道岸线",
                "对全市河道岸线逐条逐段排查登记造册并限期整改到位",
                "市水务局",
                "市林业局、市审计局",
                "2023 年9 月底前",
            ],
        ),
        (
            [
                "整治河道",
                "对全市河道岸线逐条逐段排查登记造册并限期整",
                "市水务局、市城",
                "管局",
                "市林业局",
                "持续推进",
            ],
            [
                "整治河道",
                "对全市河道岸线逐条逐段排查登记造册并限期整",
                "市水务局、市城管局",
                "市林业局",
                "持续推进",
            ],
        ),
        (
            ["整治河道", "对全市河道岸线逐条逐段排查登记造册并限期整", "市水务局", "2023 年底前"],
            ["整治河道", "对全市河道岸线逐条逐段排查登记造册并限期整", "市水务局", "", "2023 年底前"],
        ),
    ],
)
def test_lines_go_on_in_a_cell_until_its_units_and_dates_are_whole(
    lines: list[str], cells: list[str]
) -> None:
    assert spread(lines, HEADS, 8) == cells


def test_cells_of_half_names_fit_less_than_whole_ones() -> None:
    whole = ["整治", "排查", "市水务局", "市林业局", "2023年9月底前"]
    assert fit(whole, HEADS) == 3
    assert fit(["整治", "排查", "市水务局市林业局", "市审", "底前"], HEADS) < 0


def test_rows_of_a_dumped_table_are_read_whole_over_page_breaks() -> None:
    body = (
        "为加快河湖整治，进一步改善水环境质量，根据省里统一部署，结合本市实际，现将河湖\n"
        "整治任务清单印发给你们，请对照清单逐项落实，按时保质完成各项任务，并做好宣传\n引导。"
    )
    table = """序号 重点任务 工作举措 牵头单位 配合单位 完成时限
1 整治河道岸 线 对全市河道岸线逐条逐段排查登记造册，问题岸 线限期整改到位，整改率达到95% 市水务局
市林业局、市审
# Page 2:
计局 2023年9月 底前 2
# Page 3:
清理湖面漂 浮物 组织沿湖乡镇逐日打捞，每月通报一次打捞情况， 并把通报结果抄送各县区人民政府 市城管局
市水务局、市生 态环境局 持续推进"""
    lines = [part for line in table.split("\n") for part in ([line] if line[0] == "#" else line.split(" "))]
    head = "示范市人民政府办公室关于印发河湖整治任务清单的通知\n各县区人民政府："
    dump = "\n".join([head, body, "示范市人民政府办公室", "2023年3月2日", "河湖整治任务清单", *lines])
    [notice] = read_notices(dump.encode(), Source(name="dump.txt"))
    assert [(task.title, task.lead, task.support) for task in notice.tasks] == [
        ("整治河道岸线", ("市水务局",), ("市林业局", "市审计局")),
        ("清理湖面漂浮物", ("市城管局",), ("市水务局", "市生态环境局")),
    ]
    assert [due.due for task in notice.tasks for due in task.deadlines] == ["2023-09-30"]


def test_a_row_of_endless_lines_is_left_to_the_width_of_its_lines() -> None:
    start = time.process_time()
    assert spread(["市水务局、"] * 50_000, HEADS, 8) is None
    assert time.process_time() - start < 1
