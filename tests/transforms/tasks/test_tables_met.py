"""Task tables as other places draw them, in our own words."""

import pytest

from tests.transforms.tasks.reading import CONTEXT, table
from transforms.records import Task
from transforms.tasks import headers, read_tasks


def rows(*lines: str) -> list[Task]:
    return read_tasks([table(*lines)], CONTEXT)[0]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("县水务局 县林业局", ("县水务局", "县林业局")),
        ("经开区　产业园（甲镇）　各街道", ("经开区", "产业园（甲镇）", "各街道")),
        ("市发展和 改革局 市财政局", ("市发展和改革局", "市财政局")),  # the cell's edge cut a name
        ("市市场监管局 （市知识产权局）", ("市市场监管局（市知识产权局）",)),
    ],
)
def test_blanks_in_a_cell_of_units_divide_whole_names(cell: str, units: tuple[str, ...]) -> None:
    [task] = rows("序号|工作任务|责任单位|完成时限", f"1|养护河道|{cell}|2023年6月")
    assert task.responsible == units


def test_a_row_of_a_chinese_number_and_a_name_is_a_section() -> None:
    found = rows(
        "序号|工作任务|牵头单位|完成时限",
        "一|养护设施||",
        "1|养护河道|市水务局|",
        "二|改造设施||",
        "2|改造窗口|市政务局|",
    )
    assert [(task.no, task.path, task.lead) for task in found] == [
        ("1", ("一养护设施",), ("市水务局",)),
        ("2", ("二改造设施",), ("市政务局",)),
    ]


@pytest.mark.parametrize("due", ["2023.6.30", "2023-06-30", "2023/6/30", "2023.6", "2023.06前", "2023年6月"])
def test_dates_in_figures_are_dates_in_their_column(due: str) -> None:
    [task] = rows("序号|工作任务|牵头单位|完成时限", f"1|养护河道|市水务局|{due}")
    assert [found.due for found in task.deadlines] == ["2023-06-30"]


@pytest.mark.parametrize(
    "head",
    [
        "责任单位（排第一的为牵头单位）",
        "责任单位（排在第一位的为牵头单位，下同）",
        "责任单位（牵头单位列首位）",
    ],
)
def test_a_note_in_the_head_says_who_leads(head: str) -> None:
    [task] = rows(f"序号|工作任务|{head}|完成时限", "1|养护河道|市水务局、市林业局|2023年6月")
    assert (task.lead, task.responsible) == (("市水务局",), ("市林业局",))


def test_what_is_to_be_done_stands_in_the_widest_column_where_no_head_is_known() -> None:
    found = rows(
        "序号|民生实事|责任单位|完成时限",
        "1|改造老旧泵站3座，清理河道12公里。|县水务局|12月底前",
        "2|新建口袋公园5个。|县住建局|9月底前",
    )
    assert [
        (task.no, task.title, task.responsible, [due.due for due in task.deadlines]) for task in found
    ] == [
        ("1", "改造老旧泵站3座，清理河道12公里", ("县水务局",), ["2023-12-31"]),
        ("2", "新建口袋公园5个", ("县住建局",), ["2023-09-30"]),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("序号|姓名|责任单位|联系电话", "1|王某某|市水务局|0000-1234567"),
        ("序号|评分标准|分值|责任单位", "1|巡查每缺一次扣一分，扣完为止|10|市水务局"),
        ("序号|乡镇（街道）|责任单位|备注", "1|甲镇|市水务局|"),
    ],
)
def test_lists_of_persons_marks_and_places_are_no_task_tables(lines: tuple[str, ...]) -> None:
    assert rows(*lines) == []


def test_a_quoted_name_of_a_column_is_known_too() -> None:
    [task] = rows("序号|“跨区通办”事项|牵头单位", "1|水费代缴|市水务局")
    assert (task.title, task.lead) == ("水费代缴", ("市水务局",))


@pytest.mark.parametrize("head", ["预期目标", "工作目标", "年度目标", "预期成效", "2023年目标"])
def test_what_is_to_be_reached_stands_in_a_column_of_its_own(head: str) -> None:
    [task] = rows(f"主要任务|具体举措|{head}|牵头单位", "养护河道|巡查堤岸|2023年底前完好率达到98%|市水务局")
    assert (task.title, task.text) == ("养护河道", "养护河道\n巡查堤岸")
    assert [(found.op, found.value, found.unit) for found in task.targets] == [(">=", "98", "%")]
    assert [found.due for found in task.deadlines] == ["2023-12-31"]


def test_goals_say_what_is_to_be_done_where_no_other_column_does() -> None:
    [task] = rows("序号|工作目标|责任单位", "1|新建公厕20座|市城管局")
    assert (task.title, [found.value for found in task.targets]) == ("新建公厕20座", ["20"])


def test_goals_are_no_matter_beside_a_wide_column_of_unknown_name() -> None:
    [task] = rows("序号|民生实事|目标|责任单位", "1|改造沿河公厕和泵站|新建20座|市城管局")
    assert (task.title, [found.value for found in task.targets]) == ("改造沿河公厕和泵站", ["20"])


def test_what_is_built_is_what_is_done() -> None:
    [task] = rows("序号|项目名称|建设内容|年度目标|责任科室", "1|口袋公园|改造街角绿地。|新建3个|城建科")
    assert (task.title, task.text) == ("口袋公园", "口袋公园\n改造街角绿地。")
    assert [found.value for found in task.targets] == ["3"]


@pytest.mark.parametrize("due", ["2023年6月至12月", "2023年6月—12月", "6-12月", "2023年6月1日至12月31日"])
def test_a_period_in_the_column_of_dates_is_due_at_its_end(due: str) -> None:
    [task] = rows("序号|工作任务|牵头单位|完成时限", f"1|养护河道|市水务局|{due}")
    assert [found.due for found in task.deadlines] == ["2023-12-31"]


def test_a_period_in_the_text_is_no_deadline() -> None:
    [task] = rows("序号|工作任务|牵头单位|完成时限", "1|2023年6月至12月开展养护|市水务局|长期")
    assert task.deadlines == ()


def test_a_row_without_a_number_goes_on_with_the_row_above_it() -> None:
    rows = table("序号|任务|责任单位", "1|甲|市水务局", "2|乙|", "|丙|", "3|丁|市林业局", "|戊|")
    found = read_tasks([rows], CONTEXT)[0]
    assert [(task.no, task.text, task.responsible) for task in found] == [
        ("1", "甲", ("市水务局",)),
        ("2", "乙\n丙", ()),
        ("3", "丁\n戊", ("市林业局",)),
    ]


def test_a_table_of_indicators_and_their_values_holds_no_tasks() -> None:
    assert rows("序号|指标名称|目标值|牵头单位", "1|河道水质达标率|98%以上|市水务局") == []


@pytest.mark.parametrize(
    ("matter", "measure"), [("反馈问题", "整改措施"), ("存在问题", "具体措施"), ("任务名称", "任务描述")]
)
def test_what_is_wrong_and_what_is_described_are_read_together(matter: str, measure: str) -> None:
    [task] = rows(f"序号|{matter}|{measure}|责任单位", "1|河岸杂草丛生|清理河岸，每月巡查。|市水务局")
    assert (task.title, task.text) == ("河岸杂草丛生", "河岸杂草丛生\n清理河岸，每月巡查。")


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("市级责任单位", headers.RESPONSIBLE),
        ("县直责任部门", headers.RESPONSIBLE),
        ("整改责任单位", headers.RESPONSIBLE),
        ("责任单位及责任人", headers.RESPONSIBLE),
        ("责任乡镇", headers.RESPONSIBLE),
        ("牵头（责任）单位", headers.LEAD),
        ("牵头/责任单位", headers.LEAD),
        ("牵头单位及责任人", headers.LEAD),
        ("区级牵头单位", headers.LEAD),
        ("推进举措及完成时限", headers.MEASURE),
        ("任务内容及要求", headers.MEASURE),
        ("工作步骤", headers.MEASURE),
        ("试点内容", headers.MEASURE),
        ("“一件事”名称", headers.MATTER),
        ("场景名称", headers.MATTER),
        ("工作任务及要求", headers.MATTER),
        ("整改目标", headers.GOAL),
        ("销号时限", headers.DUE),
        ("时间节点要求", headers.DUE),
        ("二级指标", headers.SECTION),
        ("责任人", None),
        ("牵头领导", None),
        ("单位名称", None),
        ("完成情况", None),
        ("启动时间", None),
    ],
)
def test_a_head_is_known_by_its_meaning_whatever_it_says_besides(head: str, what: str | None) -> None:
    assert headers.meaning(head) == what


def test_goals_are_the_measures_of_matters_that_have_no_others() -> None:
    [task] = rows("序号|重点任务|工作目标|责任单位", "1|养护河道|2023年底前完好率达到98%|市水务局")
    assert (task.title, task.text) == ("养护河道", "养护河道\n2023年底前完好率达到98%")
    assert [found.due for found in task.deadlines] == ["2023-12-31"]


def test_rows_that_differ_in_their_measure_alone_are_one_task() -> None:
    found = rows(
        "编号|重点工作|工作举措|责任科室|完成时限",
        "1|养护河道|3月底前清淤；|河道科|2023年6月",
        "^|^|每月巡查堤岸。|^|^",
        "2|养护泵站|检修水泵；|泵站科|2023年6月",
        "^|^|更换电缆。|电力科|2023年9月",
    )
    assert [(task.no, task.text.split("\n")[1:], task.responsible) for task in found] == [
        ("1", ["3月底前清淤；", "每月巡查堤岸。"], ("河道科",)),
        ("2", ["检修水泵；"], ("泵站科",)),
        ("2", ["更换电缆。"], ("电力科",)),
    ]


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("全年", ["2023-12-31"]),
        ("2024年", ["2024-12-31"]),
        ("2024年全年", ["2024-12-31"]),
        ("2023年度", ["2023-12-31"]),
        ("2023-2025年", []),
        ("2023年起", []),
        ("长期", []),
    ],
)
def test_a_year_alone_is_its_last_day_in_the_column_of_dates(cell: str, due: list[str]) -> None:
    [task] = rows("序号|工作任务|牵头单位|完成时限", f"1|2023年养护河道|市水务局|{cell}")
    assert [found.due for found in task.deadlines] == due


def test_what_stands_left_of_the_numbers_is_a_section() -> None:
    found = rows(
        "专项行动|序号|重点任务|具体内容|牵头部门",
        "护河行动|1|养护河道|清理淤泥|市水务局",
        "^|2|养护泵站|检修水泵|市水务局",
    )
    assert [(task.path, task.title) for task in found] == [
        (("护河行动",), "养护河道"),
        (("护河行动",), "养护泵站"),
    ]


def test_what_stands_left_in_several_rows_is_a_section() -> None:
    found = rows(
        "项目|主要任务|工作措施|分工", "护河|养护河道|清理淤泥|市水务局", "护河|养护泵站|检修水泵|市泵站处"
    )
    assert [(task.path, task.title) for task in found] == [(("护河",), "养护河道"), (("护河",), "养护泵站")]


def test_a_row_without_a_column_of_numbers_has_that_of_its_text() -> None:
    found = rows("任务|责任单位", "1.养护河道，每月巡查|市水务局", "（二）养护泵站|市泵站处")
    assert [(task.no, task.title, task.text) for task in found] == [
        ("1", "养护河道，每月巡查", "养护河道，每月巡查"),
        ("二", "养护泵站", "养护泵站"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "序号|事项名称|法定时限|承诺时限|实施主体",
        "序号|事项名称|设定依据|行使层级|实施主体",
        "序号|证明名称|证明用途|办理方式|责任单位",
    ],
)
def test_a_catalogue_of_what_there_is_holds_no_tasks(head: str) -> None:
    assert (
        rows(head, "1|取水许可|20个工作日|5个工作日|市水务局", "2|排水许可|按规定办理|一次办成|市水务局")
        == []
    )


def test_a_catalogue_with_measures_holds_tasks() -> None:
    [task] = rows(
        "序号|改革事项|设定依据|具体改革举措|主管部门", "1|取水许可|水法|审批时限压减一半以上|市水务局"
    )
    assert task.text == "取水许可\n审批时限压减一半以上"


def test_a_wide_column_of_unknown_name_explains_matters_that_none_else_does() -> None:
    [task] = rows(
        "序号|重点任务|路径图|牵头单位|来源|备注",
        "1|养护河道|4月底前清理淤泥，6月底前修复堤岸。|市水务局|市政府工作报告第三部分第五条|",
    )
    assert task.text == "养护河道\n4月底前清理淤泥，6月底前修复堤岸。"
    assert [due.due for due in task.deadlines] == ["2023-04-30", "2023-06-30"]


def test_what_a_task_rests_on_or_has_come_to_is_no_measure() -> None:
    [task] = rows(
        "序号|重点任务|牵头单位|进展情况|政策依据",
        "1|养护河道|市水务局|6月底前已清理淤泥12公里，修复堤岸。|水法和河道管理条例的有关规定",
    )
    assert (task.text, task.targets, task.deadlines) == ("养护河道", (), ())
