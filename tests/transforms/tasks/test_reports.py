"""Duties to report: items that are one as a whole, and who has it."""

import pytest

from tests.transforms.tasks.reading import tasks


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("各县区、各部门要于2023年9月8日前将清理结果报送市政府办公室。", ("各县区", "各部门")),
        (
            "各设区市人民政府、省各牵头部门须在9月8日前将总结报省数据局。",
            ("各设区市人民政府", "省各牵头部门"),
        ),
        (
            "各县（市、区）人民政府，市直各单位应于每月8日前向市水务局报送进展。",
            ("各县（市、区）人民政府", "市直各单位"),
        ),
        ("各地、各部门落实情况请于9月8日前书面报市水务局。", ("各地", "各部门")),
        ("各镇、各部门于9月8日前报送方案，12月8日前报送总结。", ("各镇", "各部门")),
        ("各直属海关应于9月8日前将情况报送海关总署。", ("各直属海关",)),
    ],
)
def test_an_item_that_only_reports_is_a_reporting_task_of_its_subject(
    sentence: str, who: tuple[str, ...]
) -> None:
    found = tasks(
        f"一、重点任务\n（一）养护河道。巡查堤岸。（市水务局负责）\n二、组织实施\n（一）{sentence}"
    )[-1]
    assert (found.no, found.kind, found.responsible) == ("一", "reporting", who)


@pytest.mark.parametrize(
    "sentence",
    [
        "各县区要于2023年9月底前完成改造，并将结果报送市水务局。",  # the work comes first
        "各县区要建立报送制度。",  # no day
    ],
)
def test_an_item_that_does_more_than_report_by_a_day_is_none(sentence: str) -> None:
    found = tasks(
        f"一、重点任务\n（一）养护河道。巡查堤岸。（市水务局负责）\n二、组织实施\n（一）{sentence}"
    )[-1]
    assert found.kind == "safeguard"


def test_the_force_of_the_text_is_no_part_of_a_last_item_that_is_one_sentence() -> None:
    found = tasks(
        "一、重点任务\n1.改造窗口，配齐设备。\n2.各县区要于2023年9月8日前将总结报送市水务局。\n"
        "本方案自2023年2月1日起施行，有效期至2028年1月31日。"
    )
    assert [(task.kind, task.ends, len(task.deadlines)) for task in found] == [
        ("measure", "改造窗口，配齐设备。", 0),
        ("reporting", "年9月8日前将总结报送市水务局。", 1),
    ]
