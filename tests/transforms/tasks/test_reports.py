"""Duties to report: items that are one as a whole, and who has it."""

import pytest

from tests.transforms.tasks.reading import only, tasks


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
        (
            "国家税务总局各市税务局、各水文监测分局要于9月8日前将情况报送省局。",
            ("国家税务总局各市税务局", "各水文监测分局"),
        ),
        ("各市（地）人民政府（行署）要于9月8日前将清单报省数据局。", ("各市（地）人民政府（行署）",)),
        ("各县区应急管理局应于9月8日前将情况报市应急管理局。", ("各县区应急管理局",)),
        ("以上工作，由各牵头部门于9月8日前将进展报市水务局。", ("各牵头部门",)),
        (
            "各县（区）、甲经济开发区和市防汛有关成员单位（详见分工表）要于9月8日前将方案报市防办。",
            ("各县（区）", "甲经济开发区", "市防汛有关成员单位"),
        ),
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
    ("sentence", "who"),
    [
        ("市政府办公室将适时组织督查，各镇、各部门落实情况于9月8日前报送市政府。", ("各镇", "各部门")),
        ("市水务局要会同有关部门于每年12月底前将情况形成报告报市政府。", ("市水务局",)),
        ("请各镇、各部门“一把手”亲自抓，于9月8日前将意见报市水务局。", ("各镇", "各部门")),
        (
            "各市（州）人民政府、省直有关部门（单位）要确定专人负责，分别于7月8日、12月8日前将情况报送省水利厅。",
            ("各市（州）人民政府", "省直有关部门（单位）"),
        ),
    ],
)
def test_who_has_to_report_is_the_subject_before_the_day(sentence: str, who: tuple[str, ...]) -> None:
    found = tasks(
        f"一、重点任务\n（一）养护河道。巡查堤岸。（市水务局负责）\n（二）养护道路。修补路面。（市交通局负责）\n{sentence}"
    )[-1]
    assert (found.kind, found.responsible) == ("reporting", who)


def test_what_is_made_known_to_all_is_not_reported() -> None:
    found = tasks(
        "一、重点任务\n（一）养护河道。巡查堤岸。（市水务局负责）\n市政府将于6月、12月督查进展，结果通报各县区政府。"
    )
    assert [task.kind for task in found] == ["measure"]


@pytest.mark.parametrize(
    "sentence",
    [
        "各县区要于2023年9月底前完成改造，并将结果报送市水务局。",  # the work comes first
        "各县区要建立报送制度。",  # no day
        "结果运用。各县区要将结果纳入考核，于2023年9月8日前报送市水务局。",
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


@pytest.mark.parametrize(
    ("item", "who"),
    [
        ("结果报送。请各县区、各部门于2023年9月8日前将自查情况报送市水务局。", ("各县区", "各部门")),
        ("完善台账\n各县区要于2023年9月8日前将台账报送市水务局。", ("各县区",)),
        (
            "各部门各单位要在每季度末（分别在6月、9月和12月底），将任务进展情况，以书面形式报市督查组，由市督查组汇总后向市政府汇报。",
            ("各部门各单位",),
        ),
    ],
)
def test_an_item_that_reports_below_its_name_or_clause_by_clause_is_a_duty(
    item: str, who: tuple[str, ...]
) -> None:
    found = tasks(f"一、自查内容。重点检查收费。\n二、{item}")
    assert [(task.no, task.kind, task.responsible) for task in found] == [
        ("一", "measure", ()),
        ("二", "reporting", who),
    ]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("以上事项请责任单位于每月5日、20日将进展情况报市督查室。", ("责任单位",)),
        ("请各责任单位于2023年9月8日前将进展情况报市督查室。", ("各责任单位",)),
    ],
)
def test_what_is_to_be_reported_on_items_of_one_sentence_is_none_of_the_last(
    sentence: str, who: tuple[str, ...]
) -> None:
    found = tasks(f"1.改造窗口，配齐设备。\n2.养护河道，清理淤泥。\n3.养护道路，修补路面。\n{sentence}")
    assert [(task.kind, task.ends) for task in found[2:]] == [
        ("measure", "养护道路，修补路面。"),
        ("reporting", sentence[-16:]),
    ]
    assert found[3].responsible == who


def test_what_stands_below_headings_of_one_sentence_is_their_text() -> None:
    found = tasks(
        "一、改造窗口。\n配齐设备。\n二、养护河道。\n清理淤泥。\n三、报送情况。\n各县区于2023年9月8日前报市水务局。"
    )
    assert [(task.no, task.ends) for task in found] == [
        ("一", "改造窗口。配齐设备。"),
        ("二", "养护河道。清理淤泥。"),
        ("三", "2023年9月8日前报市水务局。"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "请各单位于2023年7月9日（星期五）下班前将进展（电子版和纸质版）报市水务局，邮箱：a@b.cn，联系人：刘某某。",
        "自2023年7月起，各单位每月5日前报送数据（见附件），逾期未报的予以通报。",
        "各县水务局要于每季度终了后5日内报送进展情况。",
        "各县水务局：每月25日前报送河道数据。",
    ],
)
def test_whom_to_write_to_is_no_part_of_a_duty_to_report(text: str) -> None:
    task = only(f"一、有关事项\n（一）{text}")
    assert task.kind == "reporting"
    assert task.responsible in (("各单位",), ("各县水务局",))


def test_the_public_is_asked_and_not_told() -> None:
    text = "公众可于2023年8月31日前通过以下方式反馈意见：\n1.电子邮箱：a@b.cn\n2.通信地址：甲市乙路78号"
    assert tasks(text) == []


def test_the_units_that_are_told_to_answer_by_a_day_report() -> None:
    task = only(
        "请各县区于2023年8月31日前将意见反馈至市水务局。\n一、联系方式\n1.电子邮箱：a@b.cn\n2.传真：0000-1"
    )
    assert (task.kind, task.responsible) == ("reporting", ("各县区",))
