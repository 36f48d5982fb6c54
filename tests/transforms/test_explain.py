"""A notice as people read it: each part in its own colour, fields with their origin, problems in red."""

from __future__ import annotations

import pytest

from transforms.explain import explain
from transforms.read import Source, SourceFile, read_notices

TEXT = (
    "示范市人民政府办公室关于精简材料的通知\n示政办发〔2024〕8号\n各县人民政府：\n"
    "根据《示范省关于精简材料的意见》（示省发〔2023〕2号），现就有关事项通知如下。\n"
    "一、精简材料。2024年6月底前，材料精简30%以上。（市司法局牵头，市财政局配合）\n"
    "二、报送进展。每月20日前报送进展情况。（责任单位：市政务服务局）联系人：赵一，电话：0900-2000001。\n"
    "示范市人民政府办公室\n2024年3月8日\n"
)
COVER = TEXT.split("一、")[0] + "现印发给你们，请贯彻执行。\n示范市人民政府办公室\n2024年3月8日\n"
ATTACHED = "任务表\n一、公布清单。2024年9月底前公布清单。（市审计局牵头）\n"


@pytest.fixture(autouse=True)
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output is a terminal with colours."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


def printed(capsys: pytest.CaptureFixture[str], text: str) -> str:
    files = (SourceFile("坏.zip", body=b"PK\x03\x04"), SourceFile("附件.txt", body=ATTACHED.encode()))
    [notice] = read_notices(text.encode(), Source("text", files=files))
    explain(notice)
    return capsys.readouterr().out


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> str:
    """The notice as printed."""
    return printed(capsys, TEXT)


def stands(shown: str, code: str, text: str) -> bool:
    """Whether a text is printed in a colour."""
    return any(text in part.split("\x1b[0m")[0] for part in shown.split(f"\x1b[{code}m")[1:])


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("1;32", "市司法局"),  # lead: bold green
        ("36", "市财政局"),  # support: cyan
        ("32", "市政务服务局"),  # responsible: green
        ("1;31", "2024年6月底前"),  # deadline: bold red
        ("35", "每月20日前"),  # recurring: magenta
        ("1;33", "精简30%以上"),  # target: bold yellow
        ("4;34", "示省发〔2023〕2号"),  # citation: blue, underlined
        ("7", "0900-2000001"),  # contact: reversed
    ],
)
def test_each_part_of_a_text_has_the_colour_of_its_kind(shown: str, code: str, text: str) -> None:
    assert stands(shown, code, text)


def test_tasks_of_an_attachment_are_coloured_in_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, COVER)
    assert stands(shown, "1;32", "市审计局")
    assert stands(shown, "1;31", "2024年9月底前")


def test_fields_stand_with_their_origin_and_what_is_missing_is_a_dash(shown: str) -> None:
    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines() if line.split()}
    assert rows["doc_no"] == ["示政办发〔2024〕8号", "text"]
    assert rows["issuers"] == ["示范市人民政府办公室", "title"]
    assert rows["written_on"] == ["2024-03-08", "signature"]
    assert "–" in rows["index_no"][0]


def test_a_problem_is_said_in_red_with_its_place(shown: str) -> None:
    assert "\x1b[1;31mproblem    坏.zip: file: not a readable ZIP" in shown


def test_each_text_stands_below_its_name_and_each_task_has_a_line(shown: str) -> None:
    rules = [line for line in shown.splitlines() if "─" in line]
    assert ["body" in rules[0], "附件.txt" in rules[1], len(rules)] == [True, True, 2]
    tasks = [line for line in shown.splitlines() if "measure" in line or "reporting" in line]
    assert ["精简材料" in tasks[0], "报送进展" in tasks[1], len(tasks)] == [True, True, 2]
    assert ["市司法局" in tasks[0], "市政务服务局" in tasks[1]] == [True, True]
    assert stands(tasks[0], "1;31", "2024-06-30")


def test_the_name_of_an_attachment_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    [notice] = read_notices(
        COVER.encode(), Source("text", files=(SourceFile("表[/red].txt", body=ATTACHED.encode()),))
    )
    explain(notice)
    assert "表[/red].txt" in capsys.readouterr().out
