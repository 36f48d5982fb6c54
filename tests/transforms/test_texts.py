"""Plain text of all sorts: hard-wrapped dumps, compendia, run-on lines, Markdown, text without a title."""

# ruff: noqa: E501 - sentences of notices stay on one line

from __future__ import annotations

import pytest

from transforms.plain import read_text
from transforms.read import Source, read_notices
from transforms.records import Notice
from transforms.run_on import cut_run_on
from transforms.text import width as printed
from transforms.unwrap import full_width, unwrap

LETTER = [
    "示范省人民政府办公厅关于推进一网通办改革的通知",
    "示政办发〔2024〕31号",
    "各设区市人民政府，省人民政府各工作部门、各直属机构：",
    "为进一步方便企业和群众办事，提升政务服务水平，按照国务院统一部署，结合我省实际，经省政府同意，现就推进一网通办改革有关事项通知如下。",
    "一、统一事项标准",
    "各地各部门要逐项梳理政务服务事项，统一名称、编码、依据、类型，2024年6月底前完成省市县三级清单的编制和公布。（省政府办公厅牵头，省级有关部门、各设区市政府负责）",
    "二、统一平台入口",
    "依托省政务服务网建设统一入口，各部门自建系统于2024年10月底前完成对接，对接率达到100%，逾期不再保留独立入口。（省大数据局牵头）",
    "示范省人民政府办公厅",
    "2024年3月20日",
]


def read(text: str) -> list[Notice]:
    return read_notices(text.encode(), Source("text"))


def wrapped(paragraphs: list[str], width: int, mark_pages: bool = True) -> list[str]:
    """Paragraphs as a typeset page has them: cut at the margin, first lines indented by two ideographs."""
    lines: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        is_body = len(paragraph) > 30
        room = width - 2 if is_body else width
        while paragraph:
            end = max(
                size
                for size in range(1, len(paragraph) + 1)
                if size == 1 or printed(paragraph[:size]) <= room
            )
            lines.append(paragraph[:end])
            paragraph, room = paragraph[end:], width
        if mark_pages and number % 4 == 3:
            lines.append(f"# Page {number}:")
    return lines


@pytest.mark.parametrize("width", [26, 33, 40])
def test_a_hard_wrapped_text_is_the_text_before_wrapping(width: int) -> None:
    [plain], [dump] = read("\n".join(LETTER)), read("\n".join(wrapped(LETTER, width)))
    assert dump.text == plain.text
    assert (dump.title, dump.doc_no, dump.recipients) == (plain.title, plain.doc_no, plain.recipients)


def test_a_printed_line_that_came_in_pieces_is_put_together() -> None:
    lines = wrapped(LETTER, 40, mark_pages=False)
    pieces: list[str] = []
    for line in lines:
        head, comma, tail = line.partition("，")
        pieces += [head + comma, tail] if len(line) >= 38 and comma and tail else [line]
    assert unwrap(pieces, 40.0) == LETTER


def test_text_with_paragraphs_as_lines_is_not_taken_for_wrapped() -> None:
    assert full_width(LETTER * 5) is None


def test_stray_blanks_of_typesetting_are_closed() -> None:
    [notice] = read(
        "\n".join(LETTER).replace("2024年6月底", "2024 年6 月底").replace("〔2024〕31号", " 〔2024〕 31 号")
    )
    assert "2024年6月底前完成" in notice.text
    assert notice.doc_no == "示政办发〔2024〕31号"


def test_a_compendium_is_several_notices() -> None:
    second = [
        line.replace("一网通办", "证照分离").replace("31号", "32号").replace("3月20日", "4月2日")
        for line in LETTER
    ]
    first, other = read("\n".join(["（一）示范省", *LETTER, *second]))
    assert (first.doc_no, other.doc_no) == ("示政办发〔2024〕31号", "示政办发〔2024〕32号")
    assert (first.written_on, other.written_on) == ("2024-03-20", "2024-04-02")
    assert "证照分离" not in first.text
    assert "一网通办" not in other.text


def test_a_compendium_with_dated_titles_and_no_numbers_is_split_too() -> None:
    entries = [
        f"{number}. 示范省人民政府关于推进{what}改革的意见（2024年{number}月5日）"
        for number, what in ((1, "一网通办"), (2, "证照分离"))
    ]
    notices = read("\n".join([entries[0], *LETTER[3:8], entries[1], *LETTER[3:8]]))
    assert [notice.written_on for notice in notices] == ["2024-01-05", "2024-02-05"]
    assert notices[1].title == "示范省人民政府关于推进证照分离改革的意见"


def test_a_numbered_list_of_documents_is_no_compendium() -> None:
    listed = [
        f"{number}. 示范省人民政府关于推进{what}改革的意见"
        for number, what in enumerate(("一网通办", "证照分离", "告知承诺"), 1)
    ]
    [notice] = read("\n".join([LETTER[0], LETTER[1], "现公布废止的文件。", *listed, *LETTER[8:]]))
    assert notice.title == LETTER[0]
    assert all(line in notice.text for line in listed)
    assert len(read("\n".join([*listed, "以上文件自即日起废止。"]))) == 1


def test_a_forwarding_notice_and_what_it_forwards_is_one() -> None:
    cover = [
        "示范市人民政府办公室转发省人民政府办公厅关于推进一网通办改革的通知",
        "示市政办发〔2024〕5号",
        "各县人民政府：",
        "现转发给你们。",
    ]
    [notice] = read("\n".join([*cover, *LETTER]))
    assert notice.doc_no == "示市政办发〔2024〕5号"


@pytest.mark.parametrize("between", [" ", "　　", ""])
def test_a_run_on_text_is_cut_into_its_paragraphs(between: str) -> None:
    paragraphs = [
        *LETTER[:4],
        *(heading + text for heading, text in zip(LETTER[4:8:2], LETTER[5:8:2], strict=True)),
        *LETTER[8:],
    ]
    paragraphs[4:6] = [
        "一、统一事项标准。" + LETTER[5],
        "二、统一平台入口。" + LETTER[7],
        "三、统一热线电话。" + LETTER[7],
    ]
    [notice] = read(between.join(paragraphs))
    assert notice.doc_no == "示政办发〔2024〕31号" or between == ""
    assert notice.written_on == "2024-03-20"
    assert notice.issuers == ("示范省人民政府办公厅",)
    assert [line[:2] for line in notice.text.split("\n") if line[1:2] == "、"] == ["一、", "二、", "三、"]


@pytest.mark.parametrize("day", ["1999-03-11", "2024-03-11", "2024/3/1", "2024-03-11 09:30"])
def test_a_line_of_a_run_on_text_that_ends_in_a_day_in_figures_ends_there(day: str) -> None:
    assert cut_run_on(f"于{day} 对外公开 各县人民政府：")[:2] == [f"于{day}", "对外公开"]


def test_items_and_attachments_of_a_run_on_text_begin_behind_a_full_stop() -> None:
    text = "一、总体要求。1.编制清单，压减3.5天。2、公布清单；（二）评估（试行）附件1：清单（略）附件：样表"
    assert cut_run_on(text) == [
        "一、总体要求。",
        "1.编制清单，压减3.5天。",
        "2、公布清单；",
        "（二）评估（试行）",
        "附件1：清单（略）",
        "附件：样表",
    ]


def test_only_blanks_within_a_date_are_closed_in_a_run_on_text() -> None:
    assert cut_run_on("要点执行至2024年 各县抓紧 2024年 5月 6日") == [
        "要点执行至2024年",
        "各县抓紧",
        "2024年5月6日",
    ]


def test_markdown_is_read_without_its_marks() -> None:
    text = (
        "- **索引号**：0001/2024-1\n\n# "
        + LETTER[0]
        + "\n\n"
        + "\n\n".join(f"**{line}**" for line in LETTER[1:4])
    )
    [notice] = read(text + "\n\n| 序号 | 事项 |\n| --- | --- |\n| 1 | 统一标准 |\n")
    assert notice.index_no == "0001/2024-1"
    assert "*" not in notice.text
    assert notice.text.endswith("序号\t事项\n1\t统一标准")


def test_without_a_letter_the_documents_own_title_counts() -> None:
    text = [*LETTER[2:4], *LETTER[8:], "示范省一网通办改革工作要点", *LETTER[4:8]]
    [notice] = read("\n".join(text))
    assert (notice.title, notice.doc_type) == ("示范省一网通办改革工作要点", "工作要点")
    assert notice.issuers == ("示范省人民政府办公厅",)


def test_a_party_announcement_has_its_day_in_its_first_sentence() -> None:
    text = "中共示范省委 示范省人民政府印发《示范省优化营商环境实施意见》\n2024年2月13日，中共示范省委、示范省人民政府印发了《示范省优化营商环境实施意见》，要求各地结合实际认真贯彻落实。"
    [notice] = read(text)
    assert notice.issuers == ("中共示范省委", "示范省人民政府")
    assert (notice.written_on, notice.doc_type) == ("2024-02-13", "实施意见")


def test_frames_of_pages_are_no_text() -> None:
    page = read_text(
        "首页 > 政务公开\n"
        + "\n".join(LETTER)
        + "\n扫一扫在手机打开当前页\n示公网安备 00000000号\n【打印】 【关闭】"
    )
    assert [piece.text for piece in page.pieces] == LETTER


def test_a_table_of_a_dump_is_read_by_its_numbers() -> None:
    rows = ["序", "号", "改革事项", "具体措施", "来源"]
    for number, what in enumerate(("简化开办流程", "推行告知承诺"), 1):
        rows += [
            str(number),
            what,
            *["实行登记全程网办并将办理时间压缩至一个工", "作日以内，", "推广电子执照"],
            "示范市",
        ]
    dump = [*wrapped(LETTER, 40), *rows, *wrapped(LETTER[5:], 40)]
    [notice] = read("\n".join(dump))
    assert (
        "1\t简化开办流程\t实行登记全程网办并将办理时间压缩至一个工作日以内，推广电子执照\t示范市\n2\t推行告知承诺"
        in notice.text
    )


def test_an_order_has_its_number_and_issuer_from_its_head() -> None:
    text = "首页 > 政策\n湖南省人民政府令\n第990号\n《湖南省优化服务规定》已经省人民政府会议通过，现予公布，自2024年7月1日起施行。\n省长 某某\n2024年5月20日\n湖南省优化服务规定\n第一条 为了优化服务，制定本规定。"
    [notice] = read(text)
    assert (notice.title, notice.doc_no) == ("湖南省优化服务规定", "湖南省人民政府令第990号")
    assert (notice.issuers, notice.region, notice.doc_type) == (("湖南省人民政府",), "湖南省", "规定")


def test_a_notice_of_many_ministries_has_its_issuers_from_the_signature() -> None:
    text = "国家发展改革委等部门关于推动某事的通知\n发改某〔2024〕990号\n各省、自治区、直辖市发展改革委：\n现将有关事项通知如下，请遵照执行。\n国家发展改革委 市场监管总局\n人民银行\n2024年2月7日"
    [notice] = read(text)
    assert notice.issuers == ("国家发展改革委", "市场监管总局", "人民银行")
    assert notice.region == "全国"


def test_marks_of_emphasis_go_and_stars_between_blanks_stay() -> None:
    lines = ["示范市关于**优化**服务的通知", "各单位：", "字段之间以 ** 分隔，__重点事项__先办。"]
    [notice] = read("\n".join(lines))
    assert notice.title == "示范市关于优化服务的通知"
    assert "字段之间以 ** 分隔，重点事项先办。" in notice.text


@pytest.mark.parametrize("is_page", [False, True], ids=["text", "page"])
def test_a_short_text_in_one_line_is_cut_at_the_indents_of_its_paragraphs(is_page: bool) -> None:
    paragraphs = [
        LETTER[0],
        "各县人民政府：",
        "一、设置引导台。由市政务局负责。（市政务局）",
        "二、配备人员。",
    ]
    line = "　　".join([*paragraphs, "示范市人民政府", "2024年3月20日"])
    [notice] = read(f"<html><body><div id='zoom'><p>{line}</p></div></body></html>" if is_page else line)
    assert notice.title == LETTER[0]
    assert notice.text.split("\n")[:3] == paragraphs[1:]
    assert notice.written_on == "2024-03-20"


def test_gaps_within_one_paragraph_among_others_cut_nothing() -> None:
    form = "姓名　　单位　　电话　　备注"
    [notice] = read("\n".join([*LETTER, form]))
    assert form.replace("　　", " ") in notice.text.split("\n")
