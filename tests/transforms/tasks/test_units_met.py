"""Attributions as other places print them, in our own words."""

import pytest

from tests.transforms.tasks.reading import only, tasks

Units = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@pytest.mark.parametrize(
    ("bracket", "units"),
    [
        # 等 falls away, whatever stands before and behind it
        ("省水利厅、共青团中央等按职责分工负责", ((), ("省水利厅", "共青团中央"), ())),
        ("共青团中央等按职责分工负责", ((), ("共青团中央",), ())),
        ("水利部、共青团中央等部门负责", ((), ("水利部", "共青团中央"), ())),
        ("市水务局等治水领导小组成员单位负责", ((), ("市水务局", "治水领导小组成员单位"), ())),
        (
            "水利部等相关部门和单位及各地区按职责分工负责",
            ((), ("水利部", "相关部门和单位", "各地区"), ()),
        ),
        # places of several levels are one unit
        ("市水务局牵头，相关市、县政府负责", (("市水务局",), ("相关市、县政府",), ())),
        ("各市〔州〕、县〔市、区〕人民政府负责", ((), ("各市〔州〕、县〔市、区〕人民政府",), ())),
        ("各地、州、市人民政府（行政公署）负责", ((), ("各地、州、市人民政府（行政公署）",), ())),
        ("各市（含甲市、乙市，下同）政府负责", ((), ("各市（含甲市、乙市，下同）政府",), ())),
        ("市水务局、各县政府〔含高新区管委会，下同〕按职责分工负责", ((), ("市水务局", "各县政府"), ())),
        ("市水务局牵头，省直有关部门（单位）负责", (("市水务局",), ("省直有关部门（单位）",), ())),
        # what is quoted is one name
        (
            "市水务局牵头，市“一湖、一策”联席会议成员单位按职责分工负责",
            (("市水务局",), ("市“一湖、一策”联席会议成员单位",), ()),
        ),
        ("市水务局“一湖专班、市林业局负责", ((), ("市水务局“一湖专班", "市林业局"), ())),
        # persons are none
        ("王某明、李某负责，省水利厅牵头，省林草局配合", (("省水利厅",), (), ("省林草局",))),
        ("分管副市长、协管副秘书长负责，市水务局牵头，市林业局等配合", (("市水务局",), (), ("市林业局",))),
        # a mark of its own for who leads
        ("市水务局〔牵头〕、市林业局、市财政局负责", (("市水务局",), ("市林业局", "市财政局"), ())),
        ("市水务局牵头 市林业局配合", (("市水务局",), (), ("市林业局",))),
        ("市水务局牵头市林业局落实", (("市水务局",), ("市林业局",), ())),
        ("市水务局负责市林业局参与", ((), ("市水务局",), ("市林业局",))),
        ("市水务局牵头市林业局协助", (("市水务局",), (), ("市林业局",))),
        ("市水务局牵头各县负责", (("市水务局",), ("各县",), ())),
        ("责任单位：见附件", ((), (), ())),
        # brackets of names alone
        ("市水务局，各区", ((), ("市水务局", "各区"), ())),
        ("市水务局、各区市", ((), ("市水务局", "各区市"), ())),
        ("市水务局、市林业局，各区市、开发区", ((), ("市水务局", "市林业局", "各区市", "开发区"), ())),
        (
            "省水利厅等省有关部门，各市、省直管县人民政府",
            ((), ("省水利厅", "省有关部门", "各市", "省直管县人民政府"), ()),
        ),
        ("省有关部门、各市", ((), ("省有关部门", "各市"), ())),
        ("各地、各部门", ((), ("各地", "各部门"), ())),
        ("市水务局、甲区、乙区政府", ((), ("市水务局", "甲区", "乙区政府"), ())),
        ("市水务局、市科协、市红十字会", ((), ("市水务局", "市科协", "市红十字会"), ())),
        ("市水务局、市林业局。长期", ((), ("市水务局", "市林业局"), ())),
        ("市水务局、市林业局，持续推进", ((), ("市水务局", "市林业局"), ())),
        ("市水务局，2023年6月底前完成", ((), ("市水务局",), ())),
        ("2023年6月底前，市水务局", ((), ("市水务局",), ())),
        ("长期，市水务局、市林业局", ((), ("市水务局", "市林业局"), ())),
        ("区水务局、区各街道负责", ((), ("区水务局", "区各街道"), ())),
        ("市各镇负责", ((), ("市各镇",), ())),
        ("市水务局；市林业局；人行甲市中支", ((), ("市水务局", "市林业局", "人行甲市中支"), ())),
    ],
)
def test_brackets_name_the_units(bracket: str, units: Units) -> None:
    task = only(f"一、重点任务\n（一）养护河道。巡查堤岸，清理淤泥。（{bracket}）")
    assert (task.lead, task.responsible, task.support) == units
    assert task.ends == "养护河道。巡查堤岸，清理淤泥。"


@pytest.mark.parametrize(
    "text",
    [
        "推广改革经验（各地、各部门）。",
        "开展培训（市水务局）。",
        "公开信息（含各区）。",
        "压减材料（表格、证明）。",
    ],
)
def test_a_bracket_within_a_sentence_is_no_attribution(text: str) -> None:
    task = only(f"一、重点任务\n（一）养护河道。{text}责任到人。\n责任单位：市水务局")
    assert task.responsible == ("市水务局",)


@pytest.mark.parametrize(
    ("lines", "units"),
    [
        ("部门分工：市水务局牵头，各镇、各部门配合。", (("市水务局",), (), ("各镇", "各部门"))),
        ("分管市领导：张某\n部门分工：市水务局牵头，市林业局配合。", (("市水务局",), (), ("市林业局",))),
        ("职责分工：由市水务局牵头，市林业局配合。", (("市水务局",), (), ("市林业局",))),
    ],
)
def test_lines_that_divide_the_work_name_the_units(lines: str, units: Units) -> None:
    task = only(f"一、重点任务\n1.养护河道。巡查堤岸。\n{lines}\n")
    assert (task.lead, task.responsible, task.support) == units
    assert task.ends == "养护河道。巡查堤岸。"


def test_a_bracket_of_names_may_follow_one_of_a_date() -> None:
    task = only("一、重点任务\n（一）养护河道。巡查堤岸。（2023年6月底前）（市水务局）")
    assert (task.responsible, [due.due for due in task.deadlines]) == (("市水务局",), ["2023-06-30"])


@pytest.mark.parametrize(
    "printed",
    [
        "【责任单位】市水务局、各镇【完成时限】2023年6月底前",
        "\n【责任单位】市水务局、各镇\n【完成时限】2023年6月底前",
        "[责任单位]市水务局、各镇[完成时限]2023年6月底前",
    ],
)
def test_a_label_in_brackets_is_one_as_before_a_colon(printed: str) -> None:
    task = only(f"一、重点任务\n（一）养护河道。巡查堤岸，清理淤泥。{printed}")
    assert (task.responsible, [due.due for due in task.deadlines]) == (("市水务局", "各镇"), ["2023-06-30"])
    assert task.ends == "养护河道。巡查堤岸，清理淤泥。"


def test_a_note_between_two_names_does_not_end_their_list() -> None:
    found = tasks(
        "一、重点任务\n（一）养护河道。巡查堤岸。〔责任单位：市水务局（列首位的为牵头单位，下同）、市林业局、市财政局等市直有关部门，各区政府〕\n"
        "（二）养护道路。修补路面。〔责任单位：市交通局、市财政局〕"
    )
    assert [(task.lead, task.responsible) for task in found] == [
        (("市水务局",), ("市林业局", "市财政局", "市直有关部门", "各区政府")),
        (("市交通局",), ("市财政局",)),
    ]


@pytest.mark.parametrize(
    "note",
    [
        "以下均需各县区政府、管委会落实，不再列出",
        "以下政策措施均需各县区政府、管委会落实，不再单独列出",
        "以下各条举措均需各县区政府、管委会落实，不再列出",
        "本方案部署的以下工作均需各县区政府、管委会落实，不再列出",
        "以下任务均需各县区政府、管委会落实，不再逐一列出",
        "以下各项均由各县区政府、管委会负责，不再一一列出",
    ],
)
def test_who_takes_part_in_all_that_follows_is_said_once(note: str) -> None:
    found = tasks(
        f"一、重点任务\n（一）养护河道。巡查堤岸。（市水务局按职责分工负责；{note}）\n"
        "（二）养护道路。修补路面。（市交通局负责）"
    )
    assert [task.responsible for task in found] == [
        ("市水务局", "各县区政府", "管委会"),
        ("市交通局", "各县区政府", "管委会"),
    ]


def test_a_label_line_above_the_signature_belongs_to_the_last_item() -> None:
    found = tasks(
        "一、重点任务\n1.养护河道。巡查堤岸，清理淤泥，修复破损护坡，完善巡查台账。\n责任单位：市水务局\n"
        "2.养护道路。修补路面。\n责任单位：市公安局、市交通局\n示范市人民政府\n2023年4月13日"
    )
    assert [task.responsible for task in found] == [("市水务局",), ("市公安局", "市交通局")]


def test_a_label_without_its_colon_has_a_place_or_all_of_a_kind_behind_it() -> None:
    task = only("一、重点任务\n（一）养护河道。巡查堤岸。（市水务局牵头，责任单位协助）")
    assert (task.lead, task.support) == (("市水务局",), ("责任单位",))


@pytest.mark.parametrize("of", ["各", "有关", "相关"])
def test_places_of_a_kind_and_an_office_are_two(of: str) -> None:
    task = only(f"一、重点任务\n（一）养护河道。巡查堤岸。（{of}县和市水务局负责）")
    assert task.responsible == (f"{of}县", "市水务局")


@pytest.mark.parametrize("noun", ["责任", "承办", "主责", "负责", "支持", "参与", "配合", "协同"])
@pytest.mark.parametrize(
    "form", ["层层推进（{}：明确到岗、落实到人）。", "层层推进。{}：明确到岗、落实到人。"]
)
def test_a_noun_before_a_colon_is_no_label_when_no_unit_follows(noun: str, form: str) -> None:
    task = only(f"一、重点任务\n（一）养护河道。{form.format(noun)}")
    assert (task.lead, task.responsible, task.support) == ((), (), ())
    assert task.ends.endswith(form.format(noun)[-8:])


WHENS = (
    *(
        f"{often}{does}"
        for often in ("长期", "常态化", "立即", "适时", "按要求")
        for does in ("坚持", "推进", "整改")
    ),
    *(
        "持续开展",
        "常年坚持",
        "常态落实",
        "即时完成",
        "按计划推动",
        "按计划实施",
        "6月底前完成",
        "6月中旬前",
        "12月31日前",
        "2023年底",
        "2023年6月底前完成",
        "年底前",
        "全年",
        "二季度",
        "第三季度",
        "上半年",
        "2023年上半年",
        "2023年6月底前完成并长期坚持",
        "2023年全年",
        "2023—2025年",
        "6月—10月",
        "2023年6-12月",
        "立行立改",
        "每季度",
    ),
)


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("mark", "，；")
def test_by_when_and_for_how_long_stands_beside_units_and_is_none(when: str, mark: str) -> None:
    task = only(f"一、重点任务\n（一）养护河道。巡查堤岸，清理淤泥。（市水务局{mark}{when}）")
    assert task.responsible == ("市水务局",)


@pytest.mark.parametrize(
    ("printed", "units"),
    [
        ("市水务局、市负责", ("市水务局",)),  # one character names nobody
        ("有关部门、单位负责", ("有关部门、单位",)),
        ("有关部门、单位服务中心负责", ("有关部门", "单位服务中心")),
    ],
)
def test_a_kind_alone_goes_with_the_kind_before_it_and_a_name_does_not(
    printed: str, units: tuple[str, ...]
) -> None:
    task = only(f"一、重点任务\n（一）养护河道。巡查堤岸。（{printed}）")
    assert task.responsible == units


def test_a_person_named_before_the_units_is_no_part_of_the_text() -> None:
    task = only(
        "一、重点任务\n1.养护河道。巡查堤岸。责任领导：张某某；牵头单位：市水务局；配合单位：市林业局；完成时限：2023年6月底"
    )
    assert (task.lead, task.support, task.ends) == (("市水务局",), ("市林业局",), "养护河道。巡查堤岸。")


def test_a_person_whom_no_unit_follows_stays_in_the_text() -> None:
    task = only("一、重点任务\n1.养护河道。公示牌写明。责任人：张某某。每月巡查。（市水务局负责）")
    assert task.ends.endswith("责任人：张某某。每月巡查。")


@pytest.mark.parametrize(
    ("printed", "units"),
    [
        ("甲新区党工委和管委会负责", ("甲新区党工委和管委会",)),
        ("各县（市、区）党委和人民政府负责", ("各县（市、区）党委和人民政府",)),
        ("市发展改革委和管委会办公室负责", ("市发展改革委", "管委会办公室")),
        ("市民政局，和平街道、和县政府负责", ("市民政局", "和平街道", "和县政府")),
        ("市民政局和平安办负责", ("市民政局", "平安办")),
    ],
)
def test_and_divides_neither_a_committee_from_its_government_nor_a_place(
    printed: str, units: tuple[str, ...]
) -> None:
    task = only(f"一、重点任务\n1.养护河道。巡查堤岸。（{printed}）")
    assert task.responsible == units


def test_names_of_one_level_that_only_a_blank_parted_are_two() -> None:
    task = only("一、重点任务\n1.养护河道。巡查堤岸。（责任单位：市行政审批局 市市场监管局 市税务局）")
    assert task.responsible == ("市行政审批局", "市市场监管局", "市税务局")


def test_a_bracket_of_names_on_a_line_of_its_own_is_an_attribution() -> None:
    found = tasks(
        "一、重点任务\n1.养护河道。巡查堤岸。\n（市水务局、各县区）\n2.养护道路。修补路面。\n（市交通局）\n3.养护桥梁。\n（试行）"
    )
    assert [(task.responsible, task.ends) for task in found] == [
        (("市水务局", "各县区"), "养护河道。巡查堤岸。"),
        (("市交通局",), "养护道路。修补路面。"),
        ((), "养护桥梁。（试行）"),
    ]


@pytest.mark.parametrize(
    ("bracket", "units"),
    [
        ("市水务局及有关部门负责", ((), ("市水务局", "有关部门"), ())),
        ("市水务局、市财政局和相关单位按职责分工负责", ((), ("市水务局", "市财政局", "相关单位"), ())),
        ("市水务局会同有关部门负责", ((), ("市水务局", "有关部门"), ())),
        ("市有关部门和单位负责", ((), ("市有关部门和单位",), ())),
        # who guides has no part, as under the label 指导单位：
        ("市水务局牵头，市林业局、市财政局指导", (("市水务局",), (), ())),
        ("各县区负责，市水务局加强业务指导", ((), ("各县区",), ())),
        ("市水务局负责指导，各县区负责落实", ((), ("市水务局", "各县区"), ())),
        ("市水务局、市林业局分阶段牵头负责", (("市水务局", "市林业局"), (), ())),
        ("市水务局牵头并会同市林业局、各县区落实", (("市水务局",), ("市林业局", "各县区"), ())),
        ("市水务局牵头会同有关部门", (("市水务局",), ("有关部门",), ())),
        ("市水务局、市林业局等部门会同各县政府负责", ((), ("市水务局", "市林业局", "各县政府"), ())),
        ("市水务局、市林业局……按职责分工负责", ((), ("市水务局", "市林业局"), ())),
        ("各市、县〈区〉人民政府负责", ((), ("各市、县〈区〉人民政府",), ())),
        ("责任单位：市水务局（王某某）、市林业局（李某、张某）", ((), ("市水务局", "市林业局"), ())),
        ("责任单位：市水务局（市河长办）", ((), ("市水务局（市河长办）",), ())),
        # the sign of a ratio for a colon
        ("牵头单位∶市水务局  责任单位∶市林业局、各县区", (("市水务局",), ("市林业局", "各县区"), ())),
    ],
)
def test_units_beside_words_for_others(bracket: str, units: Units) -> None:
    task = only(f"一、重点任务\n（一）养护河道。清理淤泥。（{bracket}）")
    assert (task.lead, task.responsible, task.support) == units
