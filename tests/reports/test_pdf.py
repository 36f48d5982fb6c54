"""The digest as PDF, printed by Chromium and read again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from crawlers.settings import Settings
from reports.digest import print_digest, write_digest
from reports.errors import NoPdf
from reports.pdf import write_pdf
from reports.scheduled import write_week
from tests.reports import province

WEEK = "2023-W16"


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_the_pdf_says_what_the_page_says_with_numbered_pages(own: Settings) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("chromium is not installed")
    pdf = print_digest(write_digest(own, WEEK))
    found = pages(pdf)
    for number, text in enumerate(found, 1):
        assert f"第 {number} 页，共 {len(found)} 页" in text
    whole = "".join("".join(found).split())
    for notice in province.week_16()[:5]:
        assert notice.title is not None
        assert notice.title in whole
        assert str(notice.url) in whole  # on paper a link is seen by its address
    index = (pdf.parent / "index.html").read_text("utf-8")
    assert 'href="2023-W16.pdf"' in index
    write_digest(own, WEEK)
    assert not pdf.exists()  # it would tell of another writing
    assert "2023-W16.pdf" not in (pdf.parent / "index.html").read_text("utf-8")


def test_without_a_browser_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    page = tmp_path / "x.html"
    page.write_text("<p>一</p>", "utf-8")
    with pytest.raises(NoPdf, match="apt-get install chromium"):
        write_pdf(page, tmp_path / "x.pdf")


def test_the_scheduled_digest_is_whole_without_a_browser_and_the_log_says_what_to_install(
    own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert write_week(own, WEEK) == WEEK
    folder = own.reports / "digest"
    assert {path.suffix for path in folder.glob(f"{WEEK}.*")} == {".html", ".md", ".xlsx", ".json"}
    assert "apt-get install chromium" in caplog.text


def test_a_browser_that_fails_is_told_with_its_last_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho first >&2\necho 'no display' >&2\nexit 3\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(NoPdf, match="ended with 3: no display"):
        write_pdf(tmp_path / "x.html", tmp_path / "x.pdf")
