"""Notes that say what marks in lists of units mean, in our own words."""

import pytest

from tests.transforms.tasks.reading import only, tasks


@pytest.mark.parametrize(
    ("note", "printed", "units"),
    [
        (
            "逗号前为牵头单位，下同",
            "市水务局、市城管局，市林业局、市审计局",
            (("市水务局", "市城管局"), ("市林业局", "市审计局")),
        ),
        ("分号前为牵头单位，下同", "市水务局；市林业局、市审计局", (("市水务局",), ("市林业局", "市审计局"))),
        ("逗号前为牵头部门，逗号后为责任部门，下同", "市水务局，市林业局", (("市水务局",), ("市林业局",))),
    ],
)
def test_who_stands_before_a_mark_leads(note: str, printed: str, units: tuple[tuple[str, ...], ...]) -> None:
    found = tasks(
        f"一、重点任务\n（一）养护河道。巡查堤岸。（{printed}。{note}）\n（二）清理湖面。组织打捞。（{printed}）\n"
        f"（三）管好码头。规范停靠。（责任单位：{printed}）"
    )
    assert [(task.lead, task.responsible) for task in found] == [units, units, units]


def test_who_stands_after_the_mark_supports_where_the_note_says_so() -> None:
    task = only(
        "现提出如下措施（括号内逗号前为牵头单位，逗号后为配合单位，下同）。\n一、重点任务\n"
        "（一）养护河道。巡查堤岸。（市水务局，市林业局、市审计局）"
    )
    assert (task.lead, task.support) == (("市水务局",), ("市林业局", "市审计局"))


@pytest.mark.parametrize(
    ("note", "mark"),
    [
        ("注：带*的为牵头单位", "*"),
        ("注：标★单位为牵头单位。", "★"),
        ("（加“▲”的为牵头部门，下同）", "▲"),
        ("注：名称后标注*号者为牵头单位", "*"),
    ],
)
def test_who_bears_a_mark_leads(note: str, mark: str) -> None:
    found = tasks(
        f"一、重点任务\n（一）养护河道。巡查堤岸。（市水务局{mark}、市林业局、市审计局）\n"
        f"（二）清理湖面。组织打捞。（责任单位：{mark}市城管局、市水务局）\n{note}"
    )
    assert [(task.lead, task.responsible) for task in found] == [
        (("市水务局",), ("市林业局", "市审计局")),
        (("市城管局",), ("市水务局",)),
    ]


def test_who_shares_the_work_out_leads_each_where_the_note_says_so() -> None:
    found = tasks(
        "一、重点任务\n（一）养护河道。巡查堤岸。（市水务局、市林业局负责。排在第一位的部门为牵头部门，分别负责为各部门分别牵头，下同）\n"
        "（二）清理湖面。组织打捞。（市水务局、市城管局等部门分别负责，市审计局参与）\n（三）管好码头。规范停靠。（市交通局、市水务局负责）"
    )
    assert [(task.lead, task.responsible, task.support) for task in found] == [
        (("市水务局",), ("市林业局",), ()),
        (("市水务局", "市城管局"), (), ("市审计局",)),
        (("市交通局",), ("市水务局",), ()),
    ]


def test_the_first_leads_those_who_share_the_work_out_where_no_note_says_more() -> None:
    task = only(
        "一、重点任务\n（一）养护河道。巡查堤岸。（市水务局、市林业局分别负责。排在第一位的部门为牵头部门，下同）"
    )
    assert (task.lead, task.responsible) == (("市水务局",), ("市林业局",))


def test_a_mark_that_no_note_explains_is_no_part_of_a_name() -> None:
    task = only("一、重点任务\n（一）养护河道。巡查堤岸。（市水务局*、市林业局负责）")
    assert (task.lead, task.responsible) == ((), ("市水务局", "市林业局"))
