"""Scanned PDF: what is said without OCR, and what OCR may cost. The engine is an extra that tests do not
install."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pytest

from crawlers.crawl import crawl_portal
from crawlers.portal import load_portal
from crawlers.settings import Settings
from tests.transforms.made_files import make_docx, make_pdf, make_zip
from tests.world.worlds import running_world
from transforms.__main__ import main
from transforms.files import ocr
from transforms.files.child import OCR_BYTES, SOFT_BYTES, memory
from transforms.files.formats import read_known
from transforms.files.layout import join_segments, paragraphs
from transforms.pieces import Page
from transforms.read import Source, SourceFile, read_notices
from transforms.staging import stage_archive
from transforms.structure import read_layout

SCAN = make_pdf("0.5 g 100 100 300 400 re f\n")  # a page without letters
COVER = "<html><body><h1>关于清理证照的通知</h1><div id='zoom'><p>见附件。</p></div></body></html>".encode()


@pytest.fixture
def _without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """`import rapidocr` fails here as where it is not installed, also on a machine that has it."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    ocr._engine.cache_clear()


def reasons(data: bytes, allowance: ocr.Allowance | None) -> list[str]:
    return [problem.reason for problem in read_known(data, allowance=allowance).problems]


def test_ocr_is_off_by_default_and_the_problem_says_how_to_switch_it_on() -> None:
    [notice] = read_notices(SCAN, Source("scan.pdf"))
    assert "without a text layer" in notice.problems[0].reason
    assert "pip install '.[ocr]', then FGF_OCR=1 or --ocr" in notice.problems[0].reason


@pytest.mark.usefixtures("_without_the_extra")
def test_without_the_extra_the_problem_names_the_command_that_installs_it() -> None:
    [reason] = reasons(SCAN, ocr.Allowance())
    assert "OCR is on but not installed" in reason
    assert "rapidocr" in reason
    assert reason.endswith("pip install '.[ocr]'")


@pytest.mark.usefixtures("_without_the_extra")
def test_the_files_of_an_archive_are_read_by_ocr_too() -> None:
    archive = make_zip({"扫描.pdf": SCAN, "通知.docx": make_docx()})
    [reason] = reasons(archive, ocr.Allowance())
    assert "OCR is on" in reason


@pytest.mark.parametrize(
    ("data", "source"),
    [
        (SCAN, Source("scan.pdf", ocr=True)),
        (COVER, Source("page", files=(SourceFile("扫描.pdf", body=SCAN),), ocr=True)),
    ],
)
def test_the_source_switches_ocr_on_for_the_page_and_its_files(data: bytes, source: Source) -> None:
    """With the extra installed the engine finds no text in the scan; both ways it was asked."""
    [notice] = read_notices(data, source)
    said = " ".join(problem.reason for problem in notice.problems)
    assert "OCR is on but not installed" in said or "OCR found no text" in said


def test_the_setting_switches_ocr_on_for_what_is_staged(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FGF_OCR", "1")
    with running_world(shared) as world:
        folder = world.write_portal_files(tmp_path / "portals")
        settings = Settings(data_dir=tmp_path, portals_dir=str(folder), pace=0)
        portal = load_portal("shangluo", [folder])
        assert crawl_portal(portal, settings, full=True, sleep=lambda _: None).outcome == "ok"
    stage_archive(settings)
    [said] = duckdb.execute(
        "select file.problem from (select unnest(notice.attachments) as file from read_parquet(?))"
        " where file.name like '%扫描%'",
        [[str(path) for path in settings.staging.glob("*/*.parquet")]],
    ).fetchall()
    assert "OCR is on but not installed" in said[0] or "read by OCR" in said[0]


def test_the_option_belongs_to_files(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--archive", "--ocr"])
    assert "for the archive set FGF_OCR=1" in capsys.readouterr().err


@pytest.mark.usefixtures("_without_the_extra")
def test_files_are_read_with_the_option_and_the_archive_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "通知.docx"
    path.write_bytes(make_docx())
    assert main(["--ocr", str(path)]) == 0
    assert "示政办函〔2024〕15号" in capsys.readouterr().out
    monkeypatch.setenv("FGF_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("FGF_PORTALS_DIR", str(tmp_path))
    assert main(["--archive"]) == 0
    assert "0 batches read, 0 left alone" in capsys.readouterr().err


def test_an_allowance_ends_with_its_pages() -> None:
    allowance = ocr.Allowance(pages=2)
    assert [allowance.take_page() for _ in range(3)] == [True, True, False]


def test_an_allowance_ends_with_its_seconds_counted_from_the_first_page() -> None:
    moments = iter([1000.0, 1000.0, 1059.0, 1060.0])
    allowance = ocr.Allowance(seconds=60, clock=lambda: next(moments))
    assert [allowance.take_page() for _ in range(3)] == [True, True, False]


def test_what_ocr_read_is_marked_and_what_it_left_is_counted() -> None:
    assert [p.reason for p in ocr.what_to_say(True, 3, 3)] == ["read by OCR: may hold mistakes"]
    marked, cut = ocr.what_to_say(True, 30, 42)
    assert marked.reason == "read by OCR: may hold mistakes"
    assert cut.reason == "OCR read 30 of 42 pages: at most 30 pages and 240 s for one file"
    assert [p.reason for p in ocr.what_to_say(False, 1, 1)] == ["a scan in which OCR found no text"]
    assert [p.reason[:17] for p in ocr.what_to_say(False, 0, 2)] == ["OCR read 0 of 2 p"]


def test_a_page_of_any_size_is_drawn_within_the_same_pixels() -> None:
    assert [round(side * ocr.scale_of(595, 842)) for side in (595, 842)] == [1413, 2000]
    assert round(20_000 * ocr.scale_of(20_000, 300)) == 2000
    assert ocr.scale_of(100, 100) == 4.0


def box(left: float, top: float, letters: int, lean: float = 0.0) -> list[list[float]]:
    """Corners in pixels of a line whose letters are 40 wide, in a box that is drawn 20 higher; its right
    end is `lean` lower."""
    right, bottom = left + 40 * letters, top + 60
    return [[left, top], [right, top + lean], [right, bottom + lean], [left, bottom]]


def test_a_leaning_line_is_as_high_as_its_letters() -> None:
    line = ocr.to_line(box(100, 200, 20, lean=30), " 现就证照清理工作有关事项通知如下请照此办理 ", 2.0, 3)
    assert line.text == "现就证照清理工作有关事项通知如下请照此办理"
    assert (line.left, line.right, line.page) == (50, 450, 3)
    assert (line.top + line.bottom) / 2 == pytest.approx((230 + 15) / 2)
    assert line.size == pytest.approx(400 / 21)


def test_recognised_boxes_become_paragraphs_in_reading_order_whatever_their_order() -> None:
    found = [
        ("示范市人民政府办公室", box(1000, 700, 10)),
        ("时完成，并将结果报市政府办公室。", box(160, 520, 16, lean=6)),
        ("关于清理证照的通知", box(620, 100, 9)),
        ("各县", box(160, 300, 2)),
        ("（区）人民政府：", box(240, 304, 8)),
        ("为方便企业和群众办事，请各地各单位认真组织清理，按", box(240, 410, 26, lean=6)),
        ("2024年4月2日", box(1080, 810, 6)),
    ]
    lines = join_segments([ocr.to_line(corners, text, 2.0, 0) for text, corners in found])
    assert [piece.text for piece in paragraphs(lines)] == [
        "关于清理证照的通知",
        "各县（区）人民政府：",
        "为方便企业和群众办事，请各地各单位认真组织清理，按时完成，并将结果报市政府办公室。",
        "示范市人民政府办公室",
        "2024年4月2日",
    ]


def test_only_the_child_that_reads_scans_has_more_memory() -> None:
    assert (memory(False), memory(True)) == (SOFT_BYTES, OCR_BYTES)
    assert SOFT_BYTES < OCR_BYTES


@pytest.mark.parametrize(
    "head",
    [
        ["关于清理证照的通知"],
        ["示范市人民政府办公室文件", "示范市人民政府办公室关于清理证照的通知"],
        ["示范市人民政府办公室关于印发《示范市开展证照清", "理工作实施方案》的通知"],
        ["示范市人民政府办公室", "关于清理证照的通知"],
    ],
)
def test_a_scan_set_flush_left_keeps_its_title(head: list[str]) -> None:
    rest = [
        "各县（区）人民政府：",
        "为方便企业和群众办事，请各地各单位认真组织清理，按时完",
        "成，并将结果报市政府办公室。",
        "示范市人民政府办公室",
        "2024年4月2日",
    ]
    boxes = [(text, box(160, 100 + 100 * at, len(text))) for at, text in enumerate([*head, *rest])]
    page = Page(pieces=paragraphs([ocr.to_line(corners, text, 2.0, 0) for text, corners in boxes]))
    layout = read_layout(page.pieces)
    assert layout.title.text == "".join(head).removeprefix("示范市人民政府办公室文件")
    assert layout.recipients == ["各县（区）人民政府"]
    assert (layout.signers, layout.signed_on) == (["示范市人民政府办公室"], "2024-04-02")
