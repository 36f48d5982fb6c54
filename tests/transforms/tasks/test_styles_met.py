"""Styles met in notices of other places, in our own words."""

import pytest

from tests.transforms.tasks.reading import only, tasks


def test_units_that_take_part_support() -> None:
    task = only("一、重点任务\n（一）归并窗口。合并单设窗口。（市政务局牵头，市水务局、市林业局参加）")
    assert (task.lead, task.responsible, task.support) == (("市政务局",), (), ("市水务局", "市林业局"))


def test_with_the_actual_situation_belongs_to_the_verb() -> None:
    task = only("一、重点任务\n（一）共享数据。接通平台。（省数据局牵头，各市人民政府结合实际落实）")
    assert (task.lead, task.responsible) == (("省数据局",), ("各市人民政府",))


def test_a_unit_together_with_others_are_units_of_one_role() -> None:
    task = only(
        "一、重点任务\n（一）清理壁垒。逐条清理。（省司法厅会同省水利厅、省林草局等部门按职责分工负责）"
    )
    assert task.responsible == ("省司法厅", "省水利厅", "省林草局")


def test_a_note_in_the_opening_paragraph_holds_for_all_items() -> None:
    found = tasks(
        "现提出如下措施。（各项任务列首位的单位为牵头单位，下同）\n一、规范程序\n"
        "（一）修订办法。逐条修订。（市司法局、市水务局）\n（二）清理收费。公布目录。"
        "（责任单位：市财政局、市税务局）"
    )
    assert [task.lead for task in found] == [("市司法局",), ("市财政局",)]


def test_figures_that_run_on_through_sections_stand_below_the_nearest_heading() -> None:
    found = tasks(
        "一、重点指标\n1.培训人员。\n责任单位：市人社局\n二、重点工作\n（一）建好平台\n2.整合系统。"
        "\n责任单位：市数据局\n"
        "（二）办好实事\n3.改造窗口。\n责任单位：市政务局\n三、其他工作\n4.整理档案。\n责任单位：市档案馆"
    )
    assert [(task.no, task.path) for task in found] == [
        ("1", ("一、重点指标",)),
        ("2", ("二、重点工作", "（一）建好平台")),
        ("3", ("二、重点工作", "（二）办好实事")),
        ("4", ("三、其他工作",)),
    ]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("同一商户每年抽查不超过2次。", [("不超过2次", "<=", "2", "次")]),
        ("每月举办沙龙不少于2场。", []),
        ("差评率高于3%的大厅予以通报。", []),
        ("对差评率高于3%、回访率低于90%的大厅进行约谈。", []),
        ("游客总量突破3亿。", [("突破3亿", ">", "3", "亿")]),
        ("由目前平均30个工作日压减至12个工作日以内。", [("压减至12个工作日以内", "<=", "12", "个工作日")]),
        (
            "两类登记压减至9个、4个工作日以内。",
            [("压减至9个", "<=", "9", "个工作日"), ("4个工作日以内", "<=", "4", "个工作日")],
        ),
        ("推进“十四五”规划102项重大工程建设。", []),
        ("选取住宿、洗浴、影院等5个领域试行。", []),
    ],
)
def test_figures_are_targets_only_where_they_are_to_be_reached(
    text: str, targets: list[tuple[str, str, str, str]]
) -> None:
    task = only(f"一、重点任务\n（一）抓好落实。{text}（市政务局负责）")
    assert [(found.text, found.op, found.value, found.unit) for found in task.targets] == targets


def test_what_a_bulletin_reports_is_no_task() -> None:
    found = tasks(
        "一、总体情况\n本次抽查大厅40个，发现问题12个，按时办结率93%。\n二、存在问题\n（一）标识不清。5个大厅未设引导台。\n"
        "三、整改要求\n（一）限期整改。4月底前整改完毕。（各区政府负责）"
    )
    assert [(task.no, task.path) for task in found] == [("一", ("三、整改要求",))]


def test_articles_on_purpose_scope_and_force_are_no_tasks() -> None:
    found = tasks(
        "第一条　为方便群众，结合本县实际，制定本办法。\n第二条　本办法适用于本县各服务大厅。\n"
        "第三条　各大厅应当设置引导台。\n第四条　本办法自印发之日起试行。"
    )
    assert [task.no for task in found] == ["三"]


@pytest.mark.parametrize(
    ("printed", "units"),
    [
        ("省水利厅负责，各市、县〔区〕人民政府落实", ((), ("省水利厅", "各市、县〔区〕人民政府"), ())),
        ("市水务局牵头推进，各区县配合实施", (("市水务局",), (), ("各区县",))),
        ("市水务局牵头组织，市林业局参与实施", (("市水务局",), (), ("市林业局",))),
        ("市水务局组织实施", ((), ("市水务局",), ())),
        ("市级责任单位：市水务局；县级责任单位：各县区政府", ((), ("市水务局", "各县区政府"), ())),
        ("市水务局、市林业局负责，排名第一的为牵头单位，下同", (("市水务局",), ("市林业局",), ())),
    ],
)
def test_verbs_and_labels_give_the_roles(printed: str, units: tuple[tuple[str, ...], ...]) -> None:
    task = only(f"一、重点任务\n（一）养护河道。巡查堤岸。（{printed}）")
    assert (task.lead, task.responsible, task.support) == units


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2023年在6个区开展试用。", ["2023-12-31"]),
        ("总结2022年在6个区开展试用的做法。", []),
        ("免租政策延长至2024年底。", []),
        ("集中办理期自2023年6月1日起至2023年8月31日止。", []),
    ],
)
def test_periods_of_validity_set_no_day(text: str, days: list[str]) -> None:
    task = only(f"一、重点任务\n（一）抓好落实。{text}（市政务局负责）")
    assert [due.due for due in task.deadlines] == days


def test_months_of_a_list_are_rhythms_each() -> None:
    task = only("一、重点任务\n（一）抓好落实。每年6月、12月各评一次。（市政务局负责）")
    assert [found.rrule for found in task.recurring] == [
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
    ]
    assert not task.deadlines


def test_sections_of_measures_are_safeguards_only_behind_the_tasks() -> None:
    alone = tasks(
        "一、工作目标\n两年内清理完毕。\n二、工作措施\n（一）清理河道。（市水务局负责）\n三、组织保障\n（一）安排经费。（市财政局负责）"
    )
    behind = tasks(
        "一、工作任务\n（一）清理河道。（市水务局负责）\n二、工作措施\n（一）安排经费。（市财政局负责）"
    )
    assert [task.kind for task in alone] == [task.kind for task in behind] == ["measure", "safeguard"]


def test_figures_behind_the_point_of_a_label_belong_to_the_text_where_the_count_goes_on() -> None:
    found = tasks(
        "一、重点任务\n1.归并热线。整合各区热线。\n2.12345平台升级。扩充座席。\n3.5G网络建设。新增基站。\n4.压减时限。压减0.5个工作日。\n"
    )
    assert [(task.no, task.title) for task in found] == [
        ("1", "归并热线"),
        ("2", "12345平台升级"),
        ("3", "5G网络建设"),
        ("4", "压减时限"),
    ]


def test_a_note_on_who_leads_and_one_on_all_that_follows_stand_in_one_bracket() -> None:
    found = tasks(
        "一、重点任务\n（一）养护河道。巡查堤岸。〔责任单位：市水务局（列首位的为牵头单位，下同）、市林业局。以下均需各区政府负责，不再列出〕\n"
        "（二）养护道路。修补路面。〔责任单位：市交通局、市财政局〕"
    )
    assert [(task.lead, task.responsible) for task in found] == [
        (("市水务局",), ("市林业局", "各区政府")),
        (("市交通局",), ("市财政局", "各区政府")),
    ]


@pytest.mark.parametrize("name", ["责任落实", "加强党的领导", "切实抓好落实", "严肃追责问责"])
def test_names_of_safeguards(name: str) -> None:
    found = tasks(f"一、重点任务\n（一）清理河道。逐段清理。\n二、{name}\n（一）安排经费。列入预算。")
    assert [task.kind for task in found] == ["measure", "safeguard"]


def test_numbered_words_are_headings_too() -> None:
    found = tasks(
        "一、总体要求\n改进服务。\n二、重点任务\n任务一：整治收费\n1.清理目录。（市财政局负责）\n2.公开标准。（市税务局负责）\n"
        "任务二：优化服务\n1.归并窗口。（市政务局负责）\n三、保障措施\n（一）加强督查。（市政府办公室负责）"
    )
    assert [(task.no, task.path) for task in found] == [
        ("1", ("二、重点任务", "任务一：整治收费")),
        ("2", ("二、重点任务", "任务一：整治收费")),
        ("1", ("二、重点任务", "任务二：优化服务")),
        ("一", ("三、保障措施",)),
    ]


@pytest.mark.parametrize(
    "word", ["前后", "前瞻", "前沿", "前提是", "前提下", "前提条件", "前期", "前者", "前往", "前台", "前置"]
)
@pytest.mark.parametrize("day", ["2023年6月", "6月20日"])
def test_a_word_that_begins_with_before_makes_its_date_no_deadline(day: str, word: str) -> None:
    task = only(f"一、重点任务\n（一）抓好落实。{day}{word}要求做好相关工作。（市政务局负责）")
    assert task.deadlines == ()


@pytest.mark.parametrize(
    "signature", ["市水务局", "市水务局\n2023年4月13日", "市水务局 市林业局\n（此件公开发布）"]
)
def test_a_signature_below_a_short_last_item_is_no_text_of_it(signature: str) -> None:
    *_, last = tasks(f"一、重点任务\n（一）养护河道。清理淤泥。\n（二）公布清单。\n{signature}")
    assert (last.title, last.text) == ("公布清单", "公布清单。")


def test_an_attribution_line_stays_with_its_item_where_its_siblings_have_theirs_below_sub_items() -> None:
    first, *_, last = tasks(
        "二、主要任务\n（一）养护河道\n1.巡查堤岸。\n2.清理淤泥。\n责任单位：市水务局\n"
        "（二）养护泵站\n检修水泵。\n责任单位：市泵站处"
    )
    assert (first.title, first.responsible) == ("养护河道", ("市水务局",))
    assert (last.title, last.responsible) == ("养护泵站", ("市泵站处",))
