"""Old word-processor files by way of LibreOffice, as the child process that opens files runs it."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from transforms.files import legacy, word97
from transforms.files.kinds import kind_of
from transforms.files.sandbox import read_file
from transforms.pieces import Page
from transforms.read import Source, read_notices

pytestmark = [pytest.mark.full, pytest.mark.timeout(400)]

LINES = [
    "示范市人民政府办公室关于清理证照的通知",
    "示政办发〔2023〕5号",
    "各县区人民政府：",
    "为方便企业和群众办事，现就清理证照有关事项通知如下。",
    "一、公布清单。2023年6月底前完成。（市审批局牵头）",
    "示范市人民政府办公室",
    "2023年3月2日",
]


@pytest.fixture(scope="module")
def office() -> str:
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice Writer is not installed: apt-get install libreoffice-writer-nogui")
    return program


def make_rtf(lines: list[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """An RTF file of paragraphs and a table; its letters are escaped by their code points."""
    text = "\\par ".join(map(escaped, lines)) + "\\par"
    for row in rows:
        edges = "".join(f"\\cellx{3000 * (at + 1)}" for at in range(len(row)))
        text += f"\\trowd{edges} " + "".join(f"\\intbl {escaped(cell)}\\cell " for cell in row) + "\\row "
    return ("{\\rtf1\\ansi\\uc1 " + text + "\\pard\\par}").encode()


def escaped(line: str) -> str:
    return "".join(f"\\u{ord(letter)}?" for letter in line)


def converted(office: str, folder: Path, data: bytes, name: str, to: str) -> bytes:
    (folder / name).write_bytes(data)
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to]
    command += ["--outdir", str(folder / "out"), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return next((folder / "out").iterdir()).read_bytes()


def texts(page: Page) -> list[str]:
    return [piece.text for piece in page.pieces]


@pytest.mark.usefixtures("office")
def test_rtf_is_read_within_the_limits_of_the_child() -> None:
    [notice] = read_notices(make_rtf(LINES), Source("notice.rtf"))
    assert (notice.title, notice.doc_no, notice.written_on) == (LINES[0], LINES[1], "2023-03-02")
    assert notice.text.split("\n") == LINES[2:]
    assert not notice.problems


def test_a_doc_file_reads_the_same_by_our_reader_and_by_libreoffice(
    office: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = converted(office, tmp_path, make_rtf(LINES), "notice.rtf", "doc:MS Word 97")
    assert kind_of(doc) == "doc"
    assert texts(read_file(doc)) == LINES
    monkeypatch.setattr(word97, "read", lambda _: None)
    monkeypatch.setattr(legacy.shutil, "which", lambda name: None if name == "antiword" else office)
    assert texts(legacy.read(doc)) == LINES


@pytest.mark.usefixtures("office")
def test_the_tables_of_a_file_that_libreoffice_reads_come_through() -> None:
    page = read_file(make_rtf(LINES[:4], [["序号", "事项"], ["1", "清理证照"]]))
    [table] = [piece for piece in page.pieces if piece.cells]
    assert [(cell.row, cell.column, cell.text) for cell in table.cells] == [
        (0, 0, "序号"),
        (0, 1, "事项"),
        (1, 0, "1"),
        (1, 1, "清理证照"),
    ]


@pytest.mark.usefixtures("office")
def test_what_libreoffice_cannot_read_is_a_problem() -> None:
    [notice] = read_notices(b"{\\rtf1\\ansi " + b"\xff\x00" * 400, Source("notice.rtf"))
    assert not notice.text
    assert notice.problems


def test_a_conversion_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "pid"
    hanging = tmp_path / "soffice"
    hanging.write_text(f"#!/bin/sh\nsleep 300 &\necho $! > {started}\nwait\n", "utf-8")
    hanging.chmod(0o755)
    monkeypatch.setattr(legacy, "_WITHIN", ("timeout", "--kill-after=1", "1"))
    monkeypatch.setattr(legacy.shutil, "which", lambda name: None if name == "antiword" else str(hanging))
    [problem] = legacy.read(make_rtf(LINES)).problems
    assert "LibreOffice took more than" in problem.reason
    sleeper = Path(f"/proc/{started.read_text().strip()}")
    until = time.monotonic() + 10
    while sleeper.exists() and time.monotonic() < until:  # a killed process stays until it is fetched
        time.sleep(0.05)
    assert not sleeper.exists()
