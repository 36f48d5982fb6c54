"""DOC files without any office program: the streams as [MS-DOC] lays them out, and what antiword may say."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from transforms.files import legacy, word97
from transforms.pieces import Page, build_document

ENCRYPTED, TABLE_ONE, ONE_BYTE = 0x0100, 0x0200, 0x40000000
START = 0x0400  # of the text in its stream


class Streams:
    """The streams of a compound file, where `CompDoc` of xlrd reads them from a whole one."""

    def __init__(self, streams: dict[str, bytes]) -> None:
        self.get_named_stream = streams.get


def doc(
    monkeypatch: pytest.MonkeyPatch,
    *runs: str | bytes,
    flags: int = TABLE_ONE,
    length: int = 9999,
    before: bytes = b"",
) -> Page | None:
    """The page of a document whose text stands in runs, UTF-16 (`str`) or one byte a character (`bytes`)."""
    words, limits, places = b"", [0], b""
    for run in runs:
        place = START + len(words)
        words += run.encode("utf-16-le") if isinstance(run, str) else run
        limits.append(limits[-1] + len(run))
        places += struct.pack("<HIH", 0, place if isinstance(run, str) else place * 2 | ONE_BYTE, 0)
    plc = struct.pack(f"<{len(limits)}I", *limits) + places
    table = b"junk" + before + b"\x02" + struct.pack("<I", len(plc)) + plc
    main = bytearray(START)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<I", main, 0x4C, length)
    struct.pack_into("<II", main, 0x01A2, 4, len(table) - 4)
    streams = {"WordDocument": bytes(main) + words, "1Table" if flags & TABLE_ONE else "0Table": table}
    monkeypatch.setattr(word97, "CompDoc", lambda *_args, **_named: Streams(streams))
    return word97.read(b"")


def lines(page: Page | None) -> list[str]:
    assert page is not None
    return build_document(page.pieces).text.split("\n")


@pytest.mark.parametrize("flags", [TABLE_ONE, 0])
@pytest.mark.parametrize("before", [b"", b"\x01\x03\x00abc\x01\x00\x00"])
def test_the_runs_of_a_text_are_put_together_in_order(
    monkeypatch: pytest.MonkeyPatch, flags: int, before: bytes
) -> None:
    page = doc(monkeypatch, "示范市关于", "某事的通知\r各县：", b"OFD\rPDF", "\r", flags=flags, before=before)
    assert lines(page) == ["示范市关于某事的通知", "各县：OFD", "PDF"]


def test_what_stands_behind_the_text_is_none_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines(doc(monkeypatch, "各县：\r页脚", length=4)) == ["各县："]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("见\x13 HYPERLINK x \x14附件\x15。", "见附件。"),
        ("第\x13PAGE\x15页", "第页"),
        ("\x13 IF \x13 A \x14甲\x15 \x14乙\x15丙", "乙丙"),
        ("图\x01\x08片", "图片"),
        ("办法(试行)\x28\x00", "办法(试行)"),
        ("放\x1e管", "放-管"),
    ],
)
def test_of_a_field_its_result_is_text_and_pictures_are_none(
    monkeypatch: pytest.MonkeyPatch, printed: str, text: str
) -> None:
    assert lines(doc(monkeypatch, printed)) == [text]


def test_breaks_of_lines_and_pages_begin_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines(doc(monkeypatch, "一、甲\x0b二、乙\x0c三、丙\r\r四、丁")) == [
        "一、甲",
        "二、乙",
        "三、丙",
        "四、丁",
    ]


def test_a_table_stands_between_its_paragraphs_with_rows_and_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    table = "序号\x07事项\x07\x071\x07编制\r清单\x07\x072\x07\x07\x07"
    page = doc(monkeypatch, f"附件\r任务表\r{table}注：试行\r")
    assert page is not None
    assert [piece.text for piece in page.pieces if not piece.cells] == ["附件", "任务表", "注：试行"]
    assert [piece.kind for piece in page.pieces] == ["paragraph", "paragraph", "table", "paragraph"]
    assert [(one.text, one.row, one.column) for one in page.pieces[2].cells] == [
        ("序号", 0, 0),
        ("事项", 0, 1),
        ("1", 1, 0),
        ("编制 清单", 1, 1),
        ("2", 2, 0),
        ("", 2, 1),
    ]


def test_cells_that_make_no_even_rows_are_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines(doc(monkeypatch, "甲\x07乙\x07丙\x07")) == ["甲", "乙", "丙"]


def test_an_encrypted_file_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    page = doc(monkeypatch, "密", flags=ENCRYPTED)
    assert page is not None
    assert [one.reason for one in page.problems] == ["the DOC file is encrypted"]


def test_a_file_without_text_or_of_another_kind_is_left_to_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert doc(monkeypatch, " \r") is None
    monkeypatch.setattr(word97, "CompDoc", lambda *_args, **_named: Streams({}))
    assert word97.read(b"") is None
    monkeypatch.undo()
    assert word97.read(b"no compound file") is None


@pytest.mark.parametrize(
    ("script", "is_read"),
    [
        ("echo 各县：请执行。", True),
        ("echo 各县：请执行。; exit 1", False),
        ("echo", False),
        ("exit 1", False),
    ],
)
def test_what_antiword_says_counts_when_it_ended_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, is_read: bool
) -> None:
    program = tmp_path / "antiword"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(legacy.shutil, "which", lambda name: str(program) if name == "antiword" else None)
    page = legacy.read(b"{\\rtf1 x}")
    assert [piece.text for piece in page.pieces] == (["各县：请执行。"] if is_read else [])
    assert [("neither is installed" in one.reason) for one in page.problems] == ([] if is_read else [True])
