"""Workbooks as a spreadsheet program prints them: LibreOffice turns them into PDF, which is read again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from crawlers.settings import Settings
from reports.digest import write_digest
from reports.forms import write_form
from reports.ledger import write_ledger
from tests.reports import province

pytestmark = pytest.mark.full
A4_ACROSS = (842, 595)  # points


@pytest.fixture(scope="module")
def printed(spring: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each workbook as PDF."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-calc")
    folder = tmp_path_factory.mktemp("printed")
    wanted = {"unit": "市市场监管局", "region": "临河市", "today": province.AS_OF}
    books = {
        "ledger": write_ledger(spring, today=province.AS_OF).xlsx,
        "digest": write_digest(spring, "2023-W16").xlsx,
        **{form: write_form(spring, form, **wanted).xlsx for form in ("progress", "measures", "adoption")},
    }
    copies = [str(shutil.copyfile(path, folder / f"{name}.xlsx")) for name, path in books.items()]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *copies]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder


def pages(path: Path) -> list[str]:
    """The text of each page without blanks; every page is A4 across."""
    with pypdfium2.PdfDocument(path) as document:
        assert all(tuple(map(round, page.get_size())) == A4_ACROSS for page in document)
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_a_printed_ledger_names_each_task_on_numbered_pages(printed: Path) -> None:
    found = pages(printed / "ledger.pdf")
    assert all(f"第{number}页共{len(found)}页" in text for number, text in enumerate(found, 1))
    assert all("牵头单位责任单位配合单位完成时限" in text for text in found)
    for draft in (province.OPENING, province.BUILDING, province.REPORT):
        assert draft.title in "".join(found)


def test_a_printed_ledger_shows_long_titles_of_sources_whole(printed: Path) -> None:
    """In lines of their column: what is linked LibreOffice prints as one line, and cuts it."""
    with pypdfium2.PdfDocument(printed / "ledger.pdf") as document:
        lines = [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    titles = [line for line in lines if "《临河市人民政府关于印发" in line]
    assert titles
    assert not any("号）" in line for line in titles)


def test_the_printed_progress_form_fits_one_page_across_with_both_rows_of_its_heading(printed: Path) -> None:
    [page] = pages(printed / "progress.pdf")
    for words in ("临河市“放管服”改革创新试点工作进度表", "工作计划", "第一季度第二季度第三季度第四季度"):
        assert words in page
    assert page.index("工作计划") < page.index("第一季度") < page.index("2023年6月30日")


@pytest.mark.parametrize(
    ("form", "title"), [("measures", "改革创新措施统计表"), ("adoption", "改革措施复制推广申报表")]
)
def test_a_printed_form_has_its_title_and_the_line_for_the_seal(form: str, title: str, printed: Path) -> None:
    [page] = pages(printed / f"{form}.pdf")
    assert title in page
    assert "填报单位：市市场监管局（签章）填报日期：年月日" in page


def test_the_printed_digest_has_a_page_for_each_sheet(printed: Path) -> None:
    found = pages(printed / "digest.pdf")
    assert "放管服改革政策周报2023年第16周（4月17日至4月23日）" in found[0]
    assert len(found) >= 8
