"""Who supports whom: every way of saying it that notices use, in our own words."""

import pytest

from tests.transforms.tasks.reading import only, tasks

W, F, A, G = "市水务局", "市林业局", "市审计局", "各县区政府"


@pytest.mark.parametrize(
    ("printed", "lead", "responsible", "support"),
    [
        (f"{W}牵头，{F}、{A}配合", [W], [], [F, A]),
        (f"{W}牵头、{F}配合", [W], [], [F]),
        (f"{W}牵头,{F}等单位协同配合", [W], [], [F]),
        (f"{W}牵头抓总，{F}配合", [W], [], [F]),
        (f"{W}牵头，{F}积极配合做好相关工作", [W], [], [F]),
        (f"{W}牵头，{F}、{A}等部门和{G}参与配合", [W], [], [F, A, G]),
        (f"{W}牵头，{F}和{G}按职责分工配合", [W], [], [F, G]),
        (f"{W}牵头，各成员单位配合", [W], [], ["各成员单位"]),
        (f"{W}牵头，{F}配合，{G}负责", [W], [G], [F]),
        (f"{W}负责牵头，{F}负责配合", [W], [], [F]),
        (f"{W}负责，{F}配合", [], [W], [F]),
        (f"{W}主责，{F}配合", [], [W], [F]),
        (f"{W}统筹，{F}配合", [], [W], [F]),
        (f"{W}、{A}等按职责分工负责，{F}配合", [], [W, A], [F]),
        (f"{W}主办，{F}协办", [W], [], [F]),
        (f"{W}承办，{F}协办", [], [W], [F]),
        (f"{W}为牵头单位，{F}、{A}为配合单位", [W], [], [F, A]),
        (f"责任单位：{W}，配合单位：{F}", [], [W], [F]),
        (f"责任单位：{W}牵头，{F}配合", [W], [], [F]),
        (f"责任单位：{W}（牵头）、{F}（配合）", [W], [], [F]),
        (f"责任单位：{W}，{F}配合", [], [W], [F]),
        (f"责任单位：{W}、{A}；{F}、{G}配合", [], [W, A], [F, G]),
        (f"牵头单位：{W}，{F}、{A}等按职责分工负责", [W], [F, A], []),
        (f"牵头单位：{W} 责任单位：{F} {A}", [W], [F, A], []),
        (f"{W}牵头，{F} {A}配合", [W], [], [F, A]),
        (f"责任部门：{W}；协同部门：{F}", [], [W], [F]),
        (f"主责单位：{W}，协办单位：{F}", [], [W], [F]),
        (f"牵头单位：{W}；配合单位：{F}、{A}；完成时限：2023年6月底前", [W], [], [F, A]),
        (f"牵头单位：{W}；责任单位：{F}；配合单位：{G}", [W], [F], [G]),
        (f"牵头单位：{W}；参加单位：{F}", [W], [], [F]),
        (f"牵头单位{W}，配合单位{F}", [W], [], [F]),
        (f"牵头：{W}；配合：{F}", [W], [], [F]),
        (f"责任：{W}；配合：{F}", [], [W], [F]),
        (f"主办：{W}　协办：{F}", [W], [], [F]),
        (f"市级牵头单位：{W}；市级配合单位：{F}", [W], [], [F]),
        (f"{W}、{F}，配合单位：{A}", [], [W, F], [A]),
        (f"由{W}会同{F}、{A}负责", [], [W, F, A], []),
        (f"配合单位：{W}", [], [], [W]),
        (f"主要责任单位：{W}；配合责任单位：{F}", [], [W], [F]),
        (f"第一责任单位：{W}，其他责任单位：{F}", [], [W, F], []),
        (f"实施主体：{W}；技术支持单位：{F}", [], [W], [F]),
        (f"{W}牵头，{F}等13个成员单位配合", [W], [], [F]),
        (
            f"{W}牵头，国务院有关部门及各省、自治区、直辖市人民政府配合",
            [W],
            [],
            ["国务院有关部门", "各省、自治区、直辖市人民政府"],
        ),
        (f"{W}牵头，各市州、县市区人民政府配合", [W], [], ["各市州、县市区人民政府"]),
        (f"{W}牵头，各市州、各县市区人民政府配合", [W], [], ["各市州", "各县市区人民政府"]),
    ],
)
def test_whoever_is_said_to_support_supports(
    printed: str, lead: list[str], responsible: list[str], support: list[str]
) -> None:
    task = only(f"一、重点任务\n（一）养护河道。巡查堤岸。（{printed}）")
    assert ([*task.lead], [*task.responsible], [*task.support]) == (lead, responsible, support)


def test_labels_on_lines_of_their_own_say_who_supports() -> None:
    found = tasks(
        f"一、重点任务\n（一）养护河道。巡查堤岸。\n主责单位：{W}\n协同部门：{F}、{A}\n"
        f"（二）清理河湖。拆除违建。\n主责单位：{F}"
    )
    assert [(task.responsible, task.support, task.ends) for task in found] == [
        ((W,), (F, A), "养护河道。巡查堤岸。"),
        ((F,), (), "清理河湖。拆除违建。"),
    ]


def test_who_only_guides_or_watches_has_no_part() -> None:
    task = only(
        f"一、重点任务\n（一）养护河道。巡查堤岸。（指导单位：省水利厅；责任单位：{W}；督办单位：市政府办）"
    )
    assert (task.lead, task.responsible, task.support) == ((), (W,), ())


def test_a_noun_before_a_colon_is_no_label_without_units() -> None:
    [task] = tasks("一、重点任务\n（一）压实担子。\n责任：明确到人，逐级传导。\n（二）养护河道。巡查堤岸。")[
        :1
    ]
    assert (task.lead, task.responsible, task.support) == ((), (), ())


def test_organisations_are_no_verb() -> None:
    task = only(f"一、重点任务\n（一）养护河道。巡查堤岸。（{W}、社会组织配合）")
    assert (task.responsible, task.support) == ((), (W, "社会组织"))
