"""`python -m reports` as people call it: what it prints, and its exit status."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.settings import Settings
from reports.__main__ import main
from warehouse.__main__ import main as warehouse_main

READERS = (
    '[[recipients]]\nmail = "a@x.example"\n[[recipients.interests]]\nname = "承诺"\nkeywords = ["告知承诺"]\n'
)


@pytest.fixture
def here(own: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("FGF_DATA_DIR", str(own.data_dir))
    return own


@pytest.mark.parametrize(
    ("command", "written"),
    [
        (
            ["digest", "--week", "2023-W16"],
            ["digest/2023-W16.html", "digest/2023-W16.md", "digest/2023-W16.xlsx"],
        ),
        (["digest", "--week", "2023-W16", "--region", "临河市"], ["digest/2023-W16-临河市.html"]),
        (
            ["ledger", "--today", "2023-04-24", "--due-before", "2023-06-01", "--by-unit"],
            ["ledger/ledger.xlsx"],
        ),
        (
            ["ledger", "--form", "measures", "--unit", "市税务局", "--today", "2023-04-24"],
            ["forms/measures-市税务局.xlsx"],
        ),
        (["site", "--today", "2023-04-24"], ["site/index.html"]),
    ],
)
def test_paths_of_what_was_written_go_to_stdout(
    command: list[str], written: list[str], here: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [str(here.reports / name) for name in written] == printed[: len(written)]
    assert all(Path(line).is_file() for line in printed)


def test_feeds_and_mails_take_the_file_of_readers(
    here: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readers = tmp_path / "readers.toml"
    readers.write_text(READERS, "utf-8")
    assert main(["feed", "--today", "2023-04-24", "--recipients", str(readers)]) == 0
    assert str(here.reports / "feeds" / "search-承诺.atom") in capsys.readouterr().out.splitlines()
    assert main(["mail", "--week", "2023-W16", "--recipients", str(readers)]) == 0
    [mail] = capsys.readouterr().out.splitlines()
    assert Path(mail).suffix == ".eml"


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        (["digest", "--week", "2023-16"], 2, "2023-W16"),
        (["ledger", "--form", "measures"], 2, "--form needs --unit"),
        (["ledger", "--form", "measures", "--unit", "市税务局", "--by-unit"], 2, "--by-unit"),
        (
            ["ledger", "--form", "measures", "--unit", "市税务局", "--due-before", "2023-06-01"],
            2,
            "--due-before",
        ),
        (["ledger", "--unit", "无此单位"], 1, "Similar ones"),
        (["digest", "--week", "2023-W16", "--unit", "市税务分局"], 1, "Similar ones: 市税务局"),
        (["digest", "--week", "2023-W16", "--region", "无此市"], 1, "no region 无此市"),
        (["ledger", "--region", "临河"], 1, "Similar ones: 临河市"),
        (["mail", "--recipients", "/nowhere.toml"], 2, "/nowhere.toml"),
    ],
)
def test_a_mistake_is_told_on_stderr(
    command: list[str], status: int, told: str, here: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == status
    assert told in capsys.readouterr().err


def test_without_a_warehouse_the_work_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FGF_DATA_DIR", str(tmp_path))
    assert main(["digest"]) == 1
    assert "python -m warehouse build" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [[], ["digest", "--week"], ["ledger", "--form", "x"], ["ledger", "--due-before", "soon"]]
)
def test_wrong_usage_is_status_two(command: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(command)
    assert stop.value.code == 2


def test_who_stops_it_is_told_so_and_sees_no_traceback(
    here: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reports.digest.collect", stopped)
    assert main(["digest", "--week", "2023-W16"]) == 1
    monkeypatch.setattr("warehouse.load.find_pending", stopped)
    assert warehouse_main(["load"]) == 1
    assert capsys.readouterr().err.splitlines()[-2:] == ["stopped", "stopped"]
