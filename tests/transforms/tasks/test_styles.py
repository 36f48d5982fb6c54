"""Small notices in every style of attribution and numbering, with what a careful reader takes from them."""

from pathlib import Path

import duckdb
import pytest

from tests.transforms.tasks.reading import document, only, read, table, tasks
from transforms.records import Task
from transforms.tasks import Context, read_tasks

VIEWS = Path(__file__).resolve().parents[3] / "warehouse" / "views"
NOBODY: tuple[str, ...] = ()


def roles(task: Task) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return task.lead, task.responsible, task.support


ATTRIBUTIONS = {
    "（市司法局牵头，市财政局、市审计局等市级有关部门及各县区政府按职责分工负责）": (
        ("市司法局",),
        ("市财政局", "市审计局", "市级有关部门", "各县区政府"),
        NOBODY,
    ),
    "〔市司法局、市财政局牵头，市直各部门，各县（市、区）人民政府配合〕": (
        ("市司法局", "市财政局"),
        NOBODY,
        ("市直各部门", "各县（市、区）人民政府"),
    ),
    "【责任单位：市文化和旅游局及各有关部门；完成时限：2023年8月底前】": (
        NOBODY,
        ("市文化和旅游局", "各有关部门"),
        NOBODY,
    ),
    "（牵头单位：市司法局；责任单位：市财政局、市民政局，各县市人民政府，6月底完成）": (
        ("市司法局",),
        ("市财政局", "市民政局", "各县市人民政府"),
        NOBODY,
    ),
    "（5月底完成，牵头考核单位：市政府办公室）": (("市政府办公室",), NOBODY, NOBODY),
    "（市司法局、市财政局牵头并按职责分工负责）": (("市司法局", "市财政局"), NOBODY, NOBODY),
    "（由市司法局牵头，会同市税务局、市公安局等有关部门负责）": (
        ("市司法局",),
        ("市税务局", "市公安局", "有关部门"),
        NOBODY,
    ),
    "（省教育厅、财政厅等按职责分工负责，各市、县（区）政府配合）": (
        NOBODY,
        ("省教育厅", "财政厅"),
        ("各市、县（区）政府",),
    ),
    "（责任单位：市民政局；责任人：李明；联系电话：0551-1234567）": (NOBODY, ("市民政局",), NOBODY),
    "（市行政审批制度改革办公室（市行政审批局）牵头）": (
        ("市行政审批制度改革办公室（市行政审批局）",),
        NOBODY,
        NOBODY,
    ),
    "（按职责分工负责）": (NOBODY, NOBODY, NOBODY),
    "（市司法局负总责，有关部门、单位具体落实）": (NOBODY, ("市司法局", "有关部门、单位"), NOBODY),
    "责任单位：市司法局。完成时限：2023年9月30日。": (NOBODY, ("市司法局",), NOBODY),
    "（市司法局、市财政局）": (NOBODY, ("市司法局", "市财政局"), NOBODY),
    "由市司法局牵头负责，各有关部门配合。": (NOBODY, NOBODY, NOBODY),
    "坚持谁审批、谁负责（谁主管、谁监管）。": (NOBODY, NOBODY, NOBODY),
}


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_an_attribution_gives_its_units_their_roles(attribution: str) -> None:
    assert roles(only(f"1.加强监管。规范执法行为。{attribution}")) == ATTRIBUTIONS[attribution]


def test_labels_on_lines_of_their_own_belong_to_the_item_above() -> None:
    task = only(
        "（一）加强监管。规范执法。\n牵头单位：市司法局\n配合单位：市财政局、市审计局\n时限要求：2023年6月底前"
    )
    assert roles(task) == (("市司法局",), NOBODY, ("市财政局", "市审计局"))
    assert [deadline.due for deadline in task.deadlines] == ["2023-06-30"]
    assert task.ends == "加强监管。规范执法。"


def test_the_first_of_a_list_leads_from_the_note_on() -> None:
    first, second, third = tasks(
        "（一）甲。\n责任单位：市司法局、市财政局（第一责任单位为牵头单位，下同）\n（二）乙。\n责任单位：市民政局\n"
        "（三）丙。\n责任单位：市教育局、市科技局"
    )
    assert roles(first) == (("市司法局",), ("市财政局",), NOBODY)
    assert roles(second) == (NOBODY, ("市民政局",), NOBODY)
    assert roles(third) == (("市教育局",), ("市科技局",), NOBODY)


def test_a_note_says_what_brackets_hold_and_who_always_takes_part() -> None:
    first, second = tasks(
        "1.甲事。（法规处，张三，123）（括号中为牵头部门、人员、电话，各市局按职责分工负责。下同）\n2.乙事。（人事处，李四，456）"
    )
    assert roles(first) == (("法规处",), ("各市局",), NOBODY)
    assert roles(second) == (("人事处",), ("各市局",), NOBODY)


def test_an_item_with_sub_items_is_a_task_only_by_its_own_attribution() -> None:
    found = tasks(
        "一、放权\n（一）清理清单。（市司法局牵头）\n具体举措：\n1.编制清单。（市委编办负责）\n2.公布清单。\n（二）下放权力\n1.评估。\n2.承接。"
    )
    assert [(task.no, task.path[1:]) for task in found] == [
        ("一", ()),
        ("1", ("（一）清理清单",)),
        ("2", ("（一）清理清单",)),
        ("1", ("（二）下放权力",)),
        ("2", ("（二）下放权力",)),
    ]


def test_lines_of_attribution_below_all_sub_items_are_those_of_the_item() -> None:
    found = tasks(
        "（一）监管\n1.完善机制。\n2.运用结果。\n牵头单位：市司法局\n（二）信用\n1.归集。\n2.惩戒。\n牵头单位：市财政局"
    )
    assert [(task.no, task.lead) for task in found if task.lead] == [
        ("一", ("市司法局",)),
        ("二", ("市财政局",)),
    ]
    assert len(found) == 6


def test_unnumbered_paragraphs_with_attributions_are_tasks_of_their_section() -> None:
    found = tasks(
        "一、服务\n推行网办。（市司法局负责）\n推行代办。（市财政局负责）\n二、监管\n只此一段。（市民政局负责）"
    )
    assert [(task.no, task.path, task.title) for task in found] == [
        ("", ("一、服务",), "推行网办"),
        ("", ("一、服务",), "推行代办"),
        ("二", (), "监管"),
    ]


def test_items_that_run_on_in_one_paragraph_are_told_apart() -> None:
    found = tasks("1.改革。（1）推行全程网办。（市司法局负责）（2）推行告知承诺。（市财政局负责）\n2.服务。")
    assert [(task.no, task.responsible) for task in found] == [
        ("1", ("市司法局",)),
        ("2", ("市财政局",)),
        ("2", ()),
    ]


def test_an_enumeration_within_a_sentence_stays_within_its_item() -> None:
    assert only("一、做好三件事：（1）清单；（2）流程，一是明确，二是落实。（市司法局负责）").no == "一"


def test_a_year_after_a_label_is_no_decimal() -> None:
    first, second = tasks("1．2023年底前完成清理。\n2．其他工作。")
    assert (first.no, first.title) == ("1", "2023年底前完成清理")
    assert second.no == "2"


def test_sections_of_goals_hold_no_tasks_and_safeguards_are_named_so() -> None:
    found = tasks(
        "一、总体要求\n（一）指导思想。坚持改革。\n（二）工作目标。到2025年达到95%。\n二、重点任务\n（一）放权。\n三、保障措施\n（一）加强宣传。"
    )
    assert [(task.kind, task.title) for task in found] == [("measure", "放权"), ("safeguard", "加强宣传")]


def test_a_sentence_that_sets_a_day_for_a_report_is_a_task_and_its_subject_is_responsible() -> None:
    duty = "请各县（市、区）、市直有关单位于6月20日、12月10日前将情况报市政府办公室。"
    letter = f"各县区人民政府：\n现印发给你们。{duty}\n"
    reporting, measure = tasks(
        letter + "示范市人民政府办公室\n2023年4月13日\n示范市方案\n一、放权。下放权力。"
    )
    assert (reporting.kind, reporting.responsible) == ("reporting", ("各县（市、区）", "市直有关单位"))
    assert [deadline.due for deadline in reporting.deadlines] == ["2023-06-20", "2023-12-10"]
    assert measure.kind == "measure"


def test_a_date_of_the_lead_in_goes_to_the_items_whose_result_it_names() -> None:
    named, other = tasks(
        "一、提速\n2023年10月底前，实现开办企业一日办结。\n"
        "（一）开办企业一日办结。优化流程。\n（二）改进其他服务。"
    )
    assert [deadline.due for deadline in named.deadlines] == ["2023-10-31"]
    assert other.deadlines == ()


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("压减至5个工作日", [("<=", "5", "个工作日")]),
        ("由10个工作日压减至5个工作日", [("<=", "5", "个工作日")]),
        ("网上可办率达到95%以上", [(">=", "95", "%")]),
        ("新增约200户", [("~", "200", "户")]),
        ("至少推出3项措施、2个案例", [(">=", "3", "项"), (">=", "2", "个")]),
        ("选择1至2个领域开展试点", [("=", "1至2", "个")]),
        ("每半年至少召开一次会议", []),
        ("对投资额5000万元以上的项目给予补贴", []),
        ("推动“最多跑一次”", []),
        ("在已建成的23个站点的基础上完善", []),
    ],
)
def test_a_figure_to_be_reached_is_a_target(text: str, targets: list[tuple[str, str, str]]) -> None:
    assert [(t.op, t.value, t.unit) for t in only(f"1.加强服务。{text}。").targets] == targets


def test_rows_of_a_task_table_are_tasks() -> None:
    found, _ = read_tasks(
        [
            table(
                "序号|工作任务|牵头单位|配合单位|完成时限",
                "一、政务服务",
                "1|编制事项清单|市司法局|市财政局、市民政局|2023年6月",
                "2|公布办事指南|^|市审计局|2023年9月30日",
                "二、保障措施",
                "3|加强督查|市政府办公室||持续推进",
            )
        ],
        Context(year=2023),
    )
    assert [(t.no, t.path, t.title, t.lead, t.support) for t in found] == [
        ("1", ("一、政务服务",), "编制事项清单", ("市司法局",), ("市财政局", "市民政局")),
        ("2", ("一、政务服务",), "公布办事指南", ("市司法局",), ("市审计局",)),
        ("3", ("二、保障措施",), "加强督查", ("市政府办公室",), ()),
    ]
    assert [[d.due for d in task.deadlines] for task in found] == [["2023-06-30"], ["2023-09-30"], []]
    assert found[2].kind == "safeguard"


def test_a_blank_form_and_a_table_of_names_hold_no_tasks() -> None:
    form = table("序号|改革事项|具体举措|工作亮点|备注", "1||||")
    names = table("序号|姓名|单位|职务|电话", "1|张三|市司法局|科长|123")
    assert read_tasks([form], Context())[0] == read_tasks([names], Context())[0] == []


@pytest.mark.parametrize("line", ["具体举措", "主要任务：", "措施", "工作内容:"])
def test_a_line_that_only_says_that_measures_follow_is_no_part_of_a_task(line: str) -> None:
    item, *below = tasks(
        f"一、重点任务\n（一）养护河道\n{line}\n1.巡查堤岸。\n2.清理淤泥。\n责任单位：市水务局"
    )
    assert item.text == "养护河道\n责任单位：市水务局"
    assert [task.text for task in below] == ["巡查堤岸。", "清理淤泥。"]


@pytest.mark.parametrize(
    ("printed", "cited"),
    [
        ("《关于甲的意见》（国发〔2022〕5号）", [("国发〔2022〕5号", "关于甲的意见")]),
        (
            "《省政府关于印发《丁办法》的通知》（示政发〔2022〕8号）",
            [("示政发〔2022〕8号", "省政府关于印发《丁办法》的通知")],
        ),
        (
            "《甲》（国发〔2022〕5号）和《乙》（国发〔2022〕6号）",
            [("国发〔2022〕5号", "甲"), ("国发〔2022〕6号", "乙")],
        ),
        (
            "《戊》、《示范省关于己的通知》（示政发〔2022〕9号）",
            [("示政发〔2022〕9号", "示范省关于己的通知")],
        ),
        ("示政发〔2022〕10号", [("示政发〔2022〕10号", "")]),
    ],
)
def test_a_cited_number_has_the_title_that_stands_before_it(
    printed: str, cited: list[tuple[str, str]]
) -> None:
    citations = read(f"一、重点任务\n（一）养护河道。根据{printed}办理。（市水务局负责）")[1]
    assert [(found.doc_no, found.title) for found in citations] == cited


def test_an_attachment_is_read_only_when_the_body_has_no_tasks() -> None:
    cover, plan = document("现印发给你们。"), document("一、放权。（市司法局负责）", name="方案.docx")
    [task], _ = read_tasks([cover, plan], Context())
    assert (task.read_from, task.responsible) == ("方案.docx", ("市司法局",))
    found, _ = read_tasks([document("一、服务。"), plan], Context())
    assert [task.read_from for task in found] == ["body"]


def test_one_unit_has_one_name_in_its_region() -> None:
    city = Context(region="天水市", issuers=("天水市人民政府办公室",))
    names = (
        "市发改委",
        "市发展改革委",
        "市发展和改革委员会",
        "天水市发展和改革委员会",
        "市发展改革委（营商办）",
    )
    found = {only(f"1.放权。（{name}负责）", city).units[0].unit_norm for name in names}
    assert found == {"天水市发展和改革委员会"}
    assert only("1.放权。（省司法厅负责）", city).units[0].unit_norm == "甘肃省司法厅"


def test_a_small_correction_leaves_most_of_a_signature() -> None:
    text = (
        "1.加强监管。完善制度，健全机制，明确责任，规范流程，公开结果，接受监督，定期评估。（市司法局负责）"
    )
    [before], [after] = tasks(text), tasks(text.replace("定期评估", "及时评估"))
    [other] = tasks(
        "1.优化服务。推行网办，压减时限，精简材料，延伸窗口，帮办代办，好差评价。（市财政局负责）"
    )
    connection = duckdb.connect()
    connection.execute((VIEWS / "05_analysis_macros.sql").read_text("utf-8"))
    likeness = "select likeness($one, $two), likeness($one, $other)"
    signatures = {"one": before.signature, "two": after.signature, "other": other.signature}
    found = connection.execute(likeness, signatures).fetchone()
    connection.close()
    assert found is not None
    assert found[0] >= 0.7
    assert found[1] == 0


def test_an_item_that_only_begins_like_a_section_of_goals_is_a_task() -> None:
    text = "一、重点任务\n（一）工作目标责任制考核结果按季度通报\n将结果通报到各部门。（市水务局负责）"
    assert [task.lead + task.responsible for task in tasks(text)] == [("市水务局",)]
    assert tasks("一、重点任务\n（一）工作目标到2025年底前河道水质达标率保持前列。") == []


def test_a_heading_that_is_a_number_alone_is_an_element_of_the_path() -> None:
    found = tasks("一、重点任务\n（一）\n1.清理清单。（市司法局负责）\n2.公布清单。（市司法局负责）")
    assert [task.path for task in found] == [("一、重点任务", "（一）")] * 2


CLOSINGS = (
    *("特此通知，请遵照执行。", "以上任务，各单位要认真落实。", "请各区县抓好落实。", "请你单位抓好落实。"),
    *("各县区要高度重视，抓好落实。", "本通知印发后，原有规定不再执行。", "联系人张某，负责解答疑问。"),
    *("附件所列事项一并办理。", "（此件公开发布）。", "抄送各有关单位。", "公开方式为主动公开。"),
    *("此前规定与此不符的，按此执行。", "执行中遇到问题，及时反映。", "国家和省另有要求的，从其要求。"),
    *("对涉密事项另有要求的，从其要求。", "未尽事宜，按原规定办理。", "工作中遇到问题，及时反映。"),
    *("实施过程中遇到问题，及时反映。", "贯彻落实情况另行通报。", "有关情况及时反映。", "有关工作另行部署。"),
    *(
        "注：标星号的为新增事项。",
        "自2023年起不再执行原规定。",
        "省政府将适时开展督查。",
        "市政府将适时开展督查。",
    ),
    *("国务院将适时开展督查。", "工作进展另行通报。", "市水务局办公室将汇总情况。"),
)


@pytest.mark.parametrize("closing", CLOSINGS)
def test_what_closes_a_notice_is_no_part_of_its_last_task(closing: str) -> None:
    assert only(f"一、重点任务\n1.养护河道。巡查堤岸，清理淤泥。\n{closing}").ends.endswith("清理淤泥。")


def test_a_paragraph_that_goes_on_about_the_task_is_part_of_it() -> None:
    said = "河道管护情况每季度公示一次。"
    assert only(f"一、重点任务\n1.养护河道。巡查堤岸，清理淤泥。\n{said}").ends.endswith(said)
