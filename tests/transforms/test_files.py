"""Files of every format are read by what they hold, and a hostile one costs its own problem and nothing else."""

# ruff: noqa: E501 - sentences of notices stay on one line

from __future__ import annotations

import os
import struct
import time

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.transforms.made_files import (
    LETTER,
    ROWS,
    make_bomb,
    make_docx,
    make_ofd,
    make_pdf,
    make_xlsx,
    make_zip,
    rule,
    text_at,
)
from transforms.files import kind_of, read_file, sandbox
from transforms.files.formats import read_known
from transforms.files.numbering import Numbering, ideographic
from transforms.pieces import Page, build_document
from transforms.read import Source, SourceFile, read_notices

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE = "\n".join("\t".join(row) for row in ROWS)


def text_of(page: Page) -> str:
    return build_document(page.pieces).text


def drawn_letter() -> bytes:
    """The letter as a typesetter sets it: title in the middle, lines of 30 ideographs, first lines indented."""
    long = "为进一步方便企业和群众办事，按照省政府统一部署，现就在全市范围内开展证照清理工作的有关事项通知如下，请各地各单位认真组织实施，务求取得实效。"
    drawing, y = text_at(150, 780, LETTER[0], 14) + text_at(185, 750, LETTER[1]), 720
    lines = ["\u3000\u3000" + long[:28], long[28:58], long[58:], "\u3000\u3000" + LETTER[4]]
    drawing += text_at(80, y, LETTER[2])
    for line in lines:
        y -= 24
        drawing += text_at(80, y, line)
    return make_pdf(drawing + text_at(300, y - 48, LETTER[5]) + text_at(330, y - 72, LETTER[6]))


def drawn_table() -> bytes:
    columns, rows = [80, 130, 300, 440], [700, 670, 640, 610]
    drawing = "".join(rule(columns[0], y, columns[-1], y) for y in rows)
    drawing += "".join(rule(x, rows[0], x, rows[-1]) for x in columns)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            drawing += text_at(columns[column] + 4, rows[row] - 20, text)
    return make_pdf(
        text_at(80, 740, "附件：任务分工表") + drawing + text_at(80, 570, "本表自印发之日起执行。")
    )


def drawn_columns() -> bytes:
    words = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"
    drawing = ""
    for line in range(12):
        drawing += text_at(60, 780 - 24 * line, words[line] * 16) + text_at(
            320, 780 - 24 * line, words[line] * 15 + "右"
        )
    return make_pdf(drawing)


@pytest.mark.usefixtures("chinese_font")
def test_a_pdf_is_read_as_paragraphs() -> None:
    page = read_file(drawn_letter())
    lines = text_of(page).split("\n")
    assert lines[:3] == LETTER[:3]
    assert lines[3].startswith("为进一步方便")
    assert lines[3].endswith("务求取得实效。")
    assert lines[4:] == LETTER[4:]
    assert page.pieces[1].align == "center"
    assert page.pieces[-1].align == "right"


def test_a_ruled_table_of_a_pdf_is_a_table() -> None:
    page = read_file(drawn_table())
    assert text_of(page).split("\n") == ["附件：任务分工表", *TABLE.split("\n"), "本表自印发之日起执行。"]
    assert [piece.kind for piece in page.pieces] == ["paragraph", "table", "paragraph"]


def test_two_columns_are_read_one_after_the_other() -> None:
    text = text_of(read_file(drawn_columns())).replace("\n", "")
    assert (
        text.index("一" * 16)
        < text.index("二" * 16)
        < text.index("一" * 15 + "右")
        < text.index("二" * 15 + "右")
    )


def test_a_docx_is_read_with_its_merged_cells() -> None:
    page = read_file(make_docx())
    assert text_of(page).split("\n") == [
        *LETTER,
        "序号\t事项\t责任单位",
        "1\t清理证照\t市司法局 市政务服务局",
        "2\t公布结果",
    ]
    assert page.pieces[0].align == "center"
    spanning = [cell for cell in page.pieces[-1].cells if cell.row_span == 2]
    assert [(cell.row, cell.column) for cell in spanning] == [(1, 2)]


def test_a_sheet_is_read_as_title_table_and_note() -> None:
    assert text_of(read_file(make_xlsx())).split("\n") == [
        "证照清理任务分工表",
        *TABLE.split("\n"),
        "注：本表由市司法局负责解释。",
    ]


def test_an_ofd_is_read_by_the_text_in_its_xml() -> None:
    assert text_of(read_file(make_ofd(LETTER))).split("\n") == LETTER


def test_an_archive_is_read_file_by_file_with_chinese_names() -> None:
    archive = make_zip({"附件1.docx": make_docx(), "附件2.xlsx": make_xlsx(), "图.png": b"\x89PNG\r\n\x1a\n"})
    page = read_file(archive)
    headings = [piece.text for piece in page.pieces if piece.kind == "heading"]
    assert "附件1.docx" in headings
    assert "附件2.xlsx" in headings
    assert [problem.where for problem in page.problems] == ["图.png: file"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (make_docx(), "docx"),
        (make_xlsx(), "xlsx"),
        (make_ofd([]), "ofd"),
        (make_zip({"a.txt": b"x"}), "zip"),
        (drawn_table(), "pdf"),
        (b"<!DOCTYPE html><p>x", "html"),
        (b'\xef\xbb\xbf{"a": 1}', "json"),
        (b'callback({"a": 1})', "json"),
        ("正文".encode("gbk"), "text"),
        (b"\x00\x01\x02" * 9, "binary"),
        (b"", "empty"),
        (b" \r\n\x00", "empty"),
        (b"\n" * 1000 + b"%PDF-1.4", "pdf"),
        (b"{\\rtf1 x}", "rtf"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        *(
            (start, "image")
            for start in (b"\x89PNG", b"\xff\xd8\xff\xe0", b"GIF89a", b"BM6", b"II*\x00", b"MM\x00*")
        ),
        (b"\x1f\x8b\x08", "gzip"),
        (b"Foundermate CEB", "ceb"),
        (make_zip({"ppt/slides/slide1.xml": b"x"}), "pptx"),
        *(
            (OLE + bytes(512) + stream.encode("utf-16-le"), kind)
            for stream, kind in (
                ("WordDocument", "doc"),
                ("Workbook", "xls"),
                ("Book", "xls"),
                ("PowerPoint Document", "ppt"),
                ("Contents", "ole"),
            )
        ),
        ("<p>正文".encode("utf-16"), "html"),
        (b"\r\n\xef\xbb\xbf <P>x", "html"),
        ("正文<p>一<p>二<P>三".encode(), "html"),
        ("正文 a<b 而 <p>一<p>二".encode(), "text"),
        ("{正文}".encode(), "text"),
        (b"{}", "json"),
        (b"[1]", "json"),
        (b"f(1)", "text"),
    ],
)
def test_content_tells_the_kind(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def test_a_file_is_a_notice_of_its_own() -> None:
    [notice] = read_notices(make_docx(), Source("附件.bin"))
    assert (notice.title, notice.doc_no) == (LETTER[0], "示政办函〔2024〕15号")
    assert (notice.recipients, notice.written_on) == (("各县（区）人民政府",), "2024-04-02")


def test_a_cover_page_takes_what_it_lacks_from_its_letter() -> None:
    cover = (
        f"<html><body><h1>{LETTER[0]}</h1><div id='vsb_content'><p>见附件。</p></div></body></html>".encode()
    )
    files = (SourceFile("通知.pdf", body=drawn_letter()), SourceFile("表.xlsx", body=make_xlsx()))
    [notice] = read_notices(cover, Source("page", files=files))
    assert notice.doc_no == "示政办函〔2024〕15号"
    assert notice.recipients == ("各县（区）人民政府",)
    assert notice.written_on == "2024-04-02"
    assert notice.origins["doc_no"] == "attachment"
    assert [record.problem for record in notice.attachments] == ["", ""]


def test_a_file_that_was_not_got_says_why() -> None:
    files = (SourceFile("通知.pdf", url="http://x/1.pdf", error="404 Not Found"),)
    [notice] = read_notices(
        b"<html><body><div id='zoom'><p>\xe8\xa7\x81\xe9\x99\x84\xe4\xbb\xb6</p></div>",
        Source("page", files=files),
    )
    assert notice.attachments[0].problem == "404 Not Found"
    assert ("通知.pdf", "404 Not Found") in [(p.where, p.reason) for p in notice.problems]


# What hostile files are made of.

ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (make_bomb(300 << 20), "unpacks to more than"),
        (make_zip({"1.zip": make_zip({"2.zip": make_zip({"3.zip": make_docx()})})}), "deeper than 2"),
        (make_ofd(["&a;"], ENTITIES), "not a readable OFD"),
        (make_docx()[:900], "not a readable ZIP"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "not a readable PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<H", 9) * 3000, "antiword"),
        (b"Rar!\x1a\x07\x00" + bytes(99), "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"Foundermate CEB", "Apabi"),
        (make_zip({"ppt/slides/slide1.xml": b"x"}), "slides"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "slides"),
        (b"", "empty"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    page = read_file(data)
    assert any(reason in problem.reason for problem in page.problems), page.problems


def test_an_archive_of_too_many_files_is_cut() -> None:
    page = read_known(make_zip({f"{number}.txt": b"x" for number in range(150)}))
    assert "150 files" in page.problems[0].reason


def test_a_reader_that_hangs_is_ended_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that sleeps instead of answering stands for a library in an endless loop."""
    monkeypatch.setattr(sandbox, "_CHILDREN", [])
    child = sandbox._child()
    os.kill(child.process.pid, 19)  # SIGSTOP: alive, and never answers
    started = time.monotonic()
    page = read_file(make_docx(), seconds=1.0)
    assert "took more than 1 s" in page.problems[0].reason
    assert time.monotonic() - started < 10
    assert text_of(read_file(make_docx())).startswith(LETTER[0])
    sandbox._stop_all()


def test_a_reader_that_dies_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_CHILDREN", [])
    os.kill(sandbox._child().process.pid, 9)
    time.sleep(0.2)
    assert text_of(read_file(make_docx())).startswith(LETTER[0])
    sandbox._stop_all()


def test_automatic_numbers_are_counted_in_ideographs() -> None:
    assert [ideographic(number) for number in (1, 9, 10, 12, 20, 23, 99)] == [
        "一",
        "九",
        "十",
        "十二",
        "二十",
        "二十三",
        "九十九",
    ]


def test_a_text_that_opens_with_its_number_in_brackets_is_no_json() -> None:
    from transforms.files.kinds import kind_of

    assert kind_of("[示政办发〔2023〕24号]示范市人民政府办公室关于印发工作要点的通知".encode()) == "text"
    assert kind_of(b'[{"a": 1}]') == kind_of(b'{"a": 1}') == kind_of(b"[1, 2]") == "json"


@pytest.mark.parametrize(
    ("style", "labels"),
    [
        *(
            (style, ["九、", "十、", "十一、"])
            for style in (
                *("chineseCounting", "chineseCountingThousand", "ideographTraditional", "japaneseCounting"),
                *("taiwaneseCounting", "chineseLegalSimplified"),
            )
        ),
        ("decimal", ["9、", "10、", "11、"]),
        ("bullet", ["", "", ""]),
    ],
)
def test_a_list_of_word_is_numbered_in_the_figures_of_its_style(style: str, labels: list[str]) -> None:
    properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    item = parse_xml(f"<w:p {nsdecls('w')}>{properties}</w:p>")
    lists = Numbering({("1", 0): (style, "%1、", 9)})
    assert [lists.label(item) for _ in labels] == labels
