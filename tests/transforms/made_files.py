"""Files of the formats that notices come in, made for the tests."""

# ruff: noqa: E501 - sentences of notices stay on one line

from __future__ import annotations

import io
import zipfile
import zlib

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH

LETTER = [
    "示范市人民政府办公室关于开展证照清理工作的通知",
    "示政办函〔2024〕15号",
    "各县（区）人民政府：",
    "现就证照清理工作通知如下。",
    "一、梳理清单。2024年5月底前完成。（市司法局牵头）",
    "示范市人民政府办公室",
    "2024年4月2日",
]
ROWS = [["序号", "事项", "责任单位"], ["1", "清理证照", "市司法局"], ["2", "公布结果", "市政务服务局"]]


def make_docx() -> bytes:
    """The letter, its items numbered by Word, and a table with a cell that spans rows."""
    document = docx.Document()
    for line in LETTER:
        paragraph = document.add_paragraph(line)
        if line == LETTER[0]:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    return _saved(document)


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def make_xlsx() -> bytes:
    """A sheet with its title in a merged first row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["证照清理任务分工表", None, None])
    sheet.merge_cells("A1:C1")
    for row in ROWS:
        sheet.append(row)
    sheet.append(["注：本表由市司法局负责解释。"])
    return _saved(book)


def make_zip(files: dict[str, bytes]) -> bytes:
    """An archive as Chinese Windows makes it: names in GBK without a flag."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(_GbkName(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class _GbkName(zipfile.ZipInfo):
    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's own name
        return self.filename.encode("gbk"), self.flag_bits


def make_bomb(size: int) -> bytes:
    """An archive of one file of `size` zeros."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros.txt", "w", force_zip64=True) as entry,
    ):
        for _ in range(size // (1 << 20)):
            entry.write(bytes(1 << 20))
    return stream.getvalue()


def make_ofd(lines: list[str], doctype: str = "") -> bytes:
    """An OFD file of one page with a text object a line."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    objects = "".join(
        f'<ofd:TextObject ID="{at + 10}" Boundary="30 {30 + 10 * at} {len(line) * 4} 5" Size="4">'
        f'<ofd:TextCode X="0" Y="4">{line}</ofd:TextCode></ofd:TextObject>'
        for at, line in enumerate(lines)
    )
    parts = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f'</ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/Page_0/Content.xml": f"{doctype}<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def make_pdf(drawing: str) -> bytes:
    """A PDF of one page that draws `drawing`; `/F1` is a predefined Chinese font, whose codes are UTF-16."""
    content = zlib.compress(drawing.encode("ascii"))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        b"/DW 1000/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120"
        b"/CapHeight 880/StemV 80>>",
    ]
    made = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        made
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            size,
            table,
            size,
            len(made),
        )
    )


def text_at(x: float, y: float, text: str, size: int = 12) -> str:
    """Drawing of a text with its first letter at a place."""
    return f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def rule(x: float, y: float, to_x: float, to_y: float) -> str:
    """Drawing of a line."""
    return f"{x} {y} m {to_x} {to_y} l S\n"
