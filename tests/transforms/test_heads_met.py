"""Heads met on pages of other places, in our own words: titles, salutations, letters signed by a date."""

import pytest

from transforms.read import Source, read_notices
from transforms.records import Notice

BODY = "为便利群众，现就有关事项通知如下。\n一、设置引导台。各大厅配备引导人员。\n"


def read(text: str) -> Notice:
    [notice] = read_notices(text.encode(), Source(name="notice.txt"))
    return notice


@pytest.mark.parametrize(
    "head",
    [
        "示政办发〔2023〕7号 长沙市人民政府办公室关于设置引导台的通知",
        "示政办发〔2023〕7号《长沙市人民政府办公室关于设置引导台的通知》",
        "政策文件丨长沙市人民政府办公室关于设置引导台的通知\n示政办发〔2023〕7号",
        "政务微博\n×\n长沙市人民政府办公室关于设置引导台的通知（示政办发〔2023〕7号）",
    ],
)
def test_a_title_goes_without_number_column_and_what_stands_above(head: str) -> None:
    notice = read(f"{head}\n各区县人民政府：\n{BODY}长沙市人民政府办公室\n2023年3月2日\n")
    assert notice.title == "长沙市人民政府办公室关于设置引导台的通知"
    assert notice.doc_no == "示政办发〔2023〕7号"
    assert (notice.issuers, notice.region) == (("长沙市人民政府办公室",), "长沙市")


def test_a_title_over_two_lines_of_joint_issuers_stays_whole() -> None:
    notice = read(f"中共长沙市委\n长沙市人民政府关于设置引导台的意见\n各区县人民政府：\n{BODY}2023年3月2日\n")
    assert notice.issuers == ("中共长沙市委", "长沙市人民政府")


@pytest.mark.parametrize(
    "lines",
    [
        ("长沙市人民政府办公室关于印发长沙市优化服务工作方案", "的通知"),
        ("长沙市人民政府办公室关于印发《长沙市优化服务工作方案", "（2023年）》的通知"),
        ("长沙市人民政府办公室关于印发长沙市优化服务工作方案", "和任务清单的通知"),
        ("长沙市人民政府办公室", "关于印发长沙市优化服务", "工作方案的通知"),
    ],
)
def test_a_title_whose_phrase_is_still_open_goes_on_in_the_next_line(lines: tuple[str, ...]) -> None:
    notice = read("\n".join(lines) + f"\n示政办发〔2023〕7号\n各区县人民政府：\n{BODY}2023年3月2日\n")
    assert (notice.title, notice.doc_no) == ("".join(lines), "示政办发〔2023〕7号")


@pytest.mark.parametrize("below", ["设置引导台。", "长沙市优化服务工作方案"])
def test_a_title_that_is_whole_ends_there(below: str) -> None:
    title = "长沙市人民政府办公室关于印发长沙市优化服务工作方案的通知"
    notice = read(f"{title}\n{below}\n各区县人民政府：\n{BODY}2023年3月2日\n")
    assert notice.title == title


def test_recipients_are_not_split_inside_any_bracket() -> None:
    notice = read(
        f"长沙市人民政府关于设置引导台的通知\n各区〔市、县〕人民政府，市政府各部门：\n{BODY}2023年3月2日\n"
    )
    assert notice.recipients == ("各区〔市、县〕人民政府", "市政府各部门")


def test_a_letter_may_be_signed_by_its_date_alone() -> None:
    measures = "".join(f"{n}、设置引导台。各大厅配备引导人员，做好分流。\n" for n in "一二三四五六")
    notice = read(
        f"各区县人民政府：\n现将《引导台设置工作方案》印发给你们。\n2023年3月2日\n引导台设置工作方案\n{measures}"
    )
    assert notice.written_on == "2023-03-02"


def test_a_province_that_its_title_does_not_name_is_told_by_the_number() -> None:
    notice = read(
        f"省人民政府关于设置引导台的通知\n鄂政发〔2023〕7号\n各市、州人民政府：\n{BODY}2023年3月2日\n"
    )
    assert (notice.issuers, notice.region) == (("湖北省人民政府",), "湖北省")


@pytest.mark.parametrize(
    ("title", "source", "below", "issuers"),
    [
        ("市人民政府关于设置引导台的通知", {"region": "长沙市"}, "", ("长沙市人民政府",)),
        ("市政府办公室关于设置引导台的通知", {"region": "长沙市"}, "", ("长沙市人民政府办公室",)),
        ("县人民政府关于设置引导台的通知", {"region": "长沙市"}, "", ()),
        ("市人民政府关于设置引导台的通知", {}, "来源：长沙市人民政府\n", ("长沙市人民政府",)),
        ("市人民政府关于设置引导台的通知", {}, "来源：中国政府网\n", ()),
        ("长沙市人民政府工作规则", {}, "", ("长沙市人民政府",)),
    ],
)
def test_a_government_that_its_title_calls_only_by_its_rank_is_that_of_the_place(
    title: str, source: dict[str, str], below: str, issuers: tuple[str, ...]
) -> None:
    text = f"{below}{title}\n各有关单位：\n{BODY}2023年3月2日\n"
    [notice] = read_notices(text.encode(), Source(name="notice.txt", region=source.get("region")))
    assert (notice.title, notice.issuers) == (title, issuers)


def test_a_number_alone_names_no_issuer() -> None:
    notice = read(f"市人民政府关于设置引导台的通知\n鄂政发〔2023〕7号\n各县人民政府：\n{BODY}2023年3月2日\n")
    assert notice.issuers == ()


def test_a_line_below_an_item_that_names_its_department_is_no_label_of_the_head() -> None:
    notice = read(
        "责任部门：长沙市人民政府办公室\n长沙市人民政府办公室关于设置引导台的通知\n各区县人民政府：\n"
        "1.设置引导台。\n责任部门：市政务局　配合部门：各街道\n2.配备引导人员。\n责任部门：市人社局\n"
    )
    assert notice.issuers == ("长沙市人民政府办公室",)
    assert [(task.title, task.responsible, task.support) for task in notice.tasks] == [
        ("设置引导台", ("市政务局",), ("各街道",)),
        ("配备引导人员", ("市人社局",), ()),
    ]


def test_a_table_of_tasks_without_a_letter_has_the_line_above_it_for_its_title() -> None:
    notice = read(
        "长沙市2023年引导台设置任务分解表\n序号\t工作任务\t责任单位\t完成时限\n1\t设置引导台\t市政务局\t年底前\n"
        "2\t配备引导人员\t市人社局\t6月底前\n"
    )
    assert notice.title == "长沙市2023年引导台设置任务分解表"
    assert [task.responsible for task in notice.tasks] == [("市政务局",), ("市人社局",)]


def test_a_line_above_a_number_and_its_salutation_is_the_title_whatever_its_form() -> None:
    notice = read(f"2023年市政府重点工作任务\n示政发〔2023〕7号\n各区县人民政府：\n{BODY}2023年3月2日\n")
    assert (notice.title, notice.doc_no) == ("2023年市政府重点工作任务", "示政发〔2023〕7号")
    assert notice.recipients == ("各区县人民政府",)


@pytest.mark.parametrize(
    "line", ["长沙市人民政府办公室", "长沙市财政局 长沙市公安局", "2023年3月2日", "特此通知如下："]
)
def test_a_letterhead_above_a_number_and_a_salutation_is_no_title(line: str) -> None:
    notice = read(f"{line}\n示政发〔2023〕7号\n各区县人民政府：\n{BODY}2023年3月2日\n")
    assert notice.title == ""


def test_a_letter_that_is_signed_in_full_width_figures_has_its_day() -> None:
    for signature in ("长沙市人民政府办公室\n２０２３年３月２日", "长沙市人民政府办公室 ２０２３年３月２日"):
        notice = read(f"长沙市人民政府办公室关于设置引导台的通知\n各区县人民政府：\n{BODY}{signature}\n")
        assert notice.written_on == "2023-03-02"
        assert notice.origins["written_on"] == "signature"


def test_a_name_between_less_and_greater_signs_in_a_title_is_no_tag() -> None:
    title = "转发《关于印发<2020年长沙市营商环境评价工作方案>的通知》的通知"
    notice = read(f"{title}\n各区县人民政府：\n{BODY}2023年3月2日\n")
    assert notice.title == title
