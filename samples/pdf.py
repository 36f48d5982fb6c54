"""A small writer of PDF files with Chinese text, so that a sample needs no font and no further library.

The font is the predefined STSong-Light with the encoding UniGB-UCS2-H (PDF 32000-1, 9.7.5.2): codes are
UTF-16, every reader has its own glyphs for it, and a ToUnicode map says the same for those that extract text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from samples.notice import Block
from samples.site import BANNER

WIDTH, HEIGHT, MARGIN, SIZE, LEADING = 595, 842, 72, 14, 24
LINE = (WIDTH - 2 * MARGIN) / SIZE - 1  # ems; one more is left for a mark that may not open a line
PIECE = re.compile(r"[ -~]+|[^ -~]")
CLOSING = "，。、；：？！）》”"
LINES = (HEIGHT - 2 * MARGIN) // LEADING

UNICODE_MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""
FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
    b"/DescendantFonts [5 0 R] /ToUnicode 6 0 R >>"
)
GLYPHS = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
    b"/FontDescriptor 7 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>"
)
DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
    b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
)


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _ems(text: str) -> float:
    """Width of a text in the font's size: letters and figures are half as wide as characters."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _wrap(text: str) -> Iterator[str]:
    """The lines of a paragraph: no figure is cut, no line begins with a closing mark."""
    line = "　　"
    for piece in PIECE.findall(text):
        if _ems(line + piece) > LINE and piece not in CLOSING:
            yield line
            line = ""
        line += piece
    yield line


def _lines(blocks: tuple[Block, ...]) -> Iterator[tuple[float, str]]:
    """Lines with the place where they begin (points from the left)."""
    for block in (Block("c", BANNER), *blocks):
        room = (LINE - _ems(block.text)) * SIZE
        if block.kind in "cr":
            yield MARGIN + max(0.0, room / 2 if block.kind == "c" else room), block.text
        else:
            yield from ((MARGIN, line) for line in _wrap(block.text))


def _draw(lines: list[tuple[float, str]]) -> bytes:
    drawn = []
    for row, (left, text) in enumerate(lines):
        bottom = HEIGHT - MARGIN - SIZE - row * LEADING
        drawn.append(f"BT /F1 {SIZE} Tf {left:g} {bottom} Td <{text.encode('utf-16-be').hex()}> Tj ET")
    return "\n".join(drawn).encode()


def make_pdf(blocks: tuple[Block, ...]) -> bytes:
    """A PDF file of the blocks' paragraphs, A4. Tables are not drawn: they want a DOCX or XLSX file."""
    lines = list(_lines(blocks))
    sheets = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    kids = " ".join(f"{8 + 2 * number} 0 R" for number in range(len(sheets)))
    title = ("\ufeff" + BANNER).encode("utf-16-be").hex()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        f"<< /Title <{title}> >>".encode(),
        FONT,
        GLYPHS,
        _stream(UNICODE_MAP),
        DESCRIPTOR,
    ]
    for number, sheet in enumerate(sheets):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {9 + 2 * number} 0 R "
            "/Resources << /Font << /F1 4 0 R >> >> >>".encode()
        )
        objects.append(_stream(_draw(sheet)))
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\n" % (len(objects) + 1)
    return bytes(made) + b"startxref\n%d\n%%%%EOF\n" % table
