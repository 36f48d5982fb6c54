"""What Word and spreadsheets keep beside their words: changes, boxes, numbers, merged and hidden cells."""

from __future__ import annotations

import datetime as dt
import io
import struct

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.worksheet.worksheet import Worksheet

from transforms.files.docx import read
from transforms.files.numbering import Numbering
from transforms.files.sheets import read_xls, read_xlsx
from transforms.pieces import Page, Piece, build_document


def words(*paragraphs: str) -> Page:
    """The page of a document whose body is this markup."""
    document = docx.Document()
    for markup in paragraphs:
        element = parse_xml(f"<w:body {nsdecls('w')}>{markup}</w:body>")
        for child in list(element):
            document.element.body.insert(-1, child)
    stream = io.BytesIO()
    document.save(stream)
    return read(stream.getvalue())


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def texts(page: Page) -> list[str]:
    return build_document(page.pieces).text.split("\n")


def test_insertions_are_text_and_deletions_moves_and_field_codes_are_not() -> None:
    page = words(
        f"<w:p>{run('示范市')}<w:del>{run('旧', 'delText')}{run('废')}</w:del><w:ins>{run('新')}</w:ins>"
        f"<w:moveFrom>{run('移走')}</w:moveFrom>{run('PAGE', 'instrText')}{run('方案')}</w:p>"
    )
    assert texts(page) == ["示范市新方案"]


def test_a_break_begins_a_line_a_page_break_does_not_and_a_tab_is_a_blank() -> None:
    line, page_end = "<w:r><w:br/></w:r>", "<w:r><w:br w:type='page'/></w:r>"
    page = words(
        f"<w:p>{run('各单位')}{line}{run('请阅')}{page_end}{run('知')}</w:p>"
        f"<w:p>{run('one')}<w:r><w:tab/></w:r>{run('two')}<w:r><w:noBreakHyphen/></w:r>{run('three')}</w:p>"
    )
    assert texts(page) == ["各单位", "请阅知", "one two-three"]


def test_a_text_box_follows_the_paragraph_that_holds_it() -> None:
    box = f"<w:txbxContent><w:p>{run('框内文字')}</w:p></w:txbxContent>"
    page = words(f"<w:p>{run('正文')}<w:r>{box}</w:r>{run('到此')}</w:p>", f"<w:p>{run('下文')}</w:p>")
    assert texts(page) == ["正文到此", "框内文字", "下文"]


def test_paragraphs_inserted_or_in_a_form_field_are_read() -> None:
    inner = f"<w:p>{run('表单内')}</w:p>"
    page = words(
        f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>", f"<w:ins><w:p>{run('插入')}</w:p></w:ins>"
    )
    assert texts(page) == ["表单内", "插入"]


@pytest.mark.parametrize(
    ("style", "kind"), [("Heading1", "heading"), ("标题2", "heading"), ("Normal", "paragraph")]
)
def test_a_paragraph_in_a_style_of_headings_is_a_heading(style: str, kind: str) -> None:
    [piece] = words(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("总体要求")}</w:p>').pieces
    assert piece.kind == kind


@pytest.mark.parametrize(
    ("said", "align"), [("center", "center"), ("right", "right"), ("end", "right"), ("both", "")]
)
def test_the_side_of_a_paragraph_is_kept(said: str, align: str) -> None:
    [piece] = words(f'<w:p><w:pPr><w:jc w:val="{said}"/></w:pPr>{run("示范市")}</w:p>').pieces
    assert piece.align == align


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"


def places_of(table: Piece) -> list[tuple[str, int, int, int, int]]:
    """Of each cell its text, row, column, and how many rows and columns it spans."""
    return [(one.text, one.row, one.column, one.row_span, one.column_span) for one in table.cells]


def test_cells_merged_across_and_downwards_keep_their_places() -> None:
    across, restart, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    page = words(
        "<w:tbl><w:tblPr/>"
        f"<w:tr>{cell('一、精简', across)}{cell('单位')}</w:tr>"
        f"<w:tr>{cell('1')}{cell('清单')}{cell('市司法局', restart)}</w:tr>"
        f"<w:tr>{cell('2')}{cell('公布')}{cell('', goes_on)}</w:tr>"
        f"<w:tr>{cell('3')}{cell('评估')}{cell('市财政局', restart)}</w:tr>"
        "</w:tbl>"
    )
    [table] = page.pieces
    assert places_of(table) == [
        ("一、精简", 0, 0, 1, 2),
        ("单位", 0, 2, 1, 1),
        ("1", 1, 0, 1, 1),
        ("清单", 1, 1, 1, 1),
        ("市司法局", 1, 2, 2, 1),
        ("2", 2, 0, 1, 1),
        ("公布", 2, 1, 1, 1),
        ("3", 3, 0, 1, 1),
        ("评估", 3, 1, 1, 1),
        ("市财政局", 3, 2, 1, 1),
    ]


def test_a_table_of_one_column_is_paragraphs() -> None:
    page = words(
        f"<w:tbl><w:tblPr/><w:tr>{cell('甲')}</w:tr><w:tr>{cell('')}</w:tr><w:tr>{cell('乙')}</w:tr></w:tbl>"
    )
    assert [(piece.text, piece.kind) for piece in page.pieces] == [("甲", "paragraph"), ("乙", "paragraph")]


def numbered(levels: dict[int, tuple[str, str, int]], *places: int) -> list[str]:
    """What Word prints before paragraphs of these levels of one list."""
    lists = Numbering({("1", level): form for level, form in levels.items()})
    properties = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    items = [parse_xml(f"<w:p {nsdecls('w')}>{properties.format(place)}</w:p>") for place in places]
    return [lists.label(item) for item in items]


def test_a_deeper_list_begins_again_below_each_number_above_it() -> None:
    levels = {0: ("chineseCounting", "%1、", 1), 1: ("chineseCounting", "（%2）", 1)}
    assert numbered(levels, 0, 1, 1, 0, 1) == ["一、", "（一）", "（二）", "二、", "（一）"]


def test_a_number_may_name_the_levels_above_it_and_begin_anywhere() -> None:
    levels = {0: ("decimal", "%1.", 3), 1: ("decimal", "%1.%2", 1)}
    assert numbered(levels, 0, 1, 1, 0, 1) == ["3.", "3.1", "3.2", "4.", "4.1"]


def test_a_list_without_numbers_prints_none() -> None:
    assert numbered({0: ("none", "%1、", 1)}, 0, 0) == ["", ""]
    assert numbered({}, 0) == [""]


def sheet_of(book: openpyxl.Workbook) -> Worksheet:
    assert isinstance(book.active, Worksheet)
    return book.active


def page_of(book: openpyxl.Workbook) -> Page:
    stream = io.BytesIO()
    book.save(stream)
    return read_xlsx(stream.getvalue())


def cells_of(book: openpyxl.Workbook) -> list[Piece]:
    return page_of(book).pieces


def test_figures_and_days_of_a_sheet_are_read_as_they_are_shown() -> None:
    book = openpyxl.Workbook()
    moment = dt.datetime(2024, 5, 1, 9, 30)  # noqa: DTZ001 - sheets know no time zone
    sheet_of(book).append([3.0, 0.5, dt.datetime(2024, 5, 1), moment, "甲\n乙"])  # noqa: DTZ001
    [table] = cells_of(book)
    assert [one.text for one in table.cells] == ["3", "0.5", "2024-05-01", "2024-05-01 09:30", "甲乙"]


def test_a_hidden_sheet_is_not_read() -> None:
    book = openpyxl.Workbook()
    sheet_of(book).append(["序号", "事项"])
    hidden = book.create_sheet("底稿")
    hidden.append(["旧", "稿"])
    hidden.sheet_state = "hidden"
    page = page_of(book)
    assert [one.text for piece in page.pieces for one in piece.cells] == ["序号", "事项"]
    assert page.problems == []


def test_a_sheet_of_too_many_cells_is_named_and_the_others_are_read() -> None:
    book = openpyxl.Workbook()
    sheet_of(book)["A300001"] = "远"
    book.create_sheet("清单").append(["序号", "事项"])
    page = page_of(book)
    assert [one.text for piece in page.pieces for one in piece.cells] == ["序号", "事项"]
    assert [(one.where, one.reason) for one in page.problems] == [
        ("sheet Sheet", "more than 300000 cells: not read")
    ]


def test_empty_rows_and_columns_of_a_sheet_fall_away_and_spans_shrink_with_them() -> None:
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    for row in (
        ["序号", None, "事项", "单位"],
        [None] * 4,
        [1, None, "清单", "市司法局"],
        [2, None, "公布", None],
    ):
        sheet.append(row)
    sheet.merge_cells("D3:D4")
    sheet.merge_cells("A1:B1")
    [table] = cells_of(book)
    assert places_of(table) == [
        ("序号", 0, 0, 1, 1),
        ("事项", 0, 1, 1, 1),
        ("单位", 0, 2, 1, 1),
        ("1", 1, 0, 1, 1),
        ("清单", 1, 1, 1, 1),
        ("市司法局", 1, 2, 2, 1),
        ("2", 2, 0, 1, 1),
        ("公布", 2, 1, 1, 1),
    ]


def test_rows_of_one_text_are_titles_above_a_table_sections_in_it_and_notes_below_it() -> None:
    book = openpyxl.Workbook()
    for row in (["任务表"], ["序号", "事项"], ["一、精简"], [1, "清单"], ["二、公布"], ["备注：试行"]):
        sheet_of(book).append(row)
    title, table, note = cells_of(book)
    assert (title.text, title.kind, title.align) == ("任务表", "heading", "center")
    assert [one.text for one in table.cells] == ["序号", "事项", "一、精简", "", "1", "清单", "二、公布", ""]
    assert (note.text, note.kind) == ("备注：试行", "paragraph")


def test_a_sheet_without_a_table_is_its_texts() -> None:
    book = openpyxl.Workbook()
    for row in (["任务说明"], [None], ["请各单位执行。"]):
        sheet_of(book).append(row)
    assert [piece.text for piece in cells_of(book)] == ["任务说明", "请各单位执行。"]


def test_a_table_within_a_cell_is_the_text_of_that_cell_alone() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for (row, column), text in {(0, 0): "序号", (0, 1): "事项", (1, 0): "1"}.items():
        table.cell(row, column).text = text
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "清理", "证照"
    stream = io.BytesIO()
    document.save(stream)
    [piece] = read(stream.getvalue()).pieces
    assert [(one.text, one.row, one.column) for one in piece.cells] == [
        ("序号", 0, 0),
        ("事项", 0, 1),
        ("1", 1, 0),
        ("清理 证照", 1, 1),
    ]


def test_a_cell_and_a_row_in_a_form_field_are_read_in_their_place() -> None:
    first, second = (f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("甲", "乙"))
    field = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = f"<w:tr>{field.format(first)}{second}</w:tr>"
    [table] = words(f"<w:tbl>{row}{field.format(row)}</w:tbl>").pieces
    assert [(one.text, one.row, one.column) for one in table.cells] == [
        ("甲", 0, 0),
        ("乙", 0, 1),
        ("甲", 1, 0),
        ("乙", 1, 1),
    ]


def old_sheet(cells: dict[tuple[int, int], str | float]) -> bytes:
    """A worksheet of Excel 2.1, the simplest that Excel still opens: records of type, length and content."""
    records = [(0x0009, struct.pack("<HH", 2, 0x10))]
    for (row, column), value in cells.items():
        place = struct.pack("<HH3x", row, column)
        if isinstance(value, str):
            text = value.encode("gbk")
            records.append((0x0004, place + bytes([len(text)]) + text))
        else:
            records.append((0x0003, place + struct.pack("<d", value)))
    records[1:1] = [(0x0042, struct.pack("<H", 936))]
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in [*records, (0x000A, b"")])


def test_an_old_workbook_gives_its_table() -> None:
    page = read_xls(old_sheet({(0, 0): "序号", (0, 1): "事项", (1, 0): 1.0, (1, 1): "清理证照"}))
    [table] = page.pieces
    assert [one.text for one in table.cells] == ["序号", "事项", "1", "清理证照"]
    assert page.problems == []


def test_a_sheet_of_too_many_cells_of_an_old_workbook_is_named() -> None:
    page = read_xls(old_sheet({(0, 0): "序号", (16_000, 200): "远"}))
    assert page.pieces == []
    assert [one.reason for one in page.problems] == ["more than 300000 cells: not read"]
