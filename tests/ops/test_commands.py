"""`make run` and `make up` refuse what they cannot do, with a clear message and the right exit status."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from crawlers.settings import load_settings
from ops import run, up
from ops.airflow_home import airflow_environment
from ops.ports import free_port
from ops.summary import print_summary
from ops.up import components
from tests.conftest import ROOT


def command(module: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("FGF_")}
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment | settings | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("module", ["ops.run", "ops.up"])
def test_a_wrong_setting_ends_with_2_and_is_named(module: str, tmp_path: Path) -> None:
    done = command(module, FGF_PACE="fast", FGF_DATA_DIR=str(tmp_path / "data"))
    assert done.returncode == 2
    assert "FGF_PACE='fast'" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("arguments", [["--nonsense"], ["--portals"]])
def test_wrong_usage_of_run_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run.main(arguments)
    assert caught.value.code == 2
    assert "usage: make run" in capsys.readouterr().err


@pytest.mark.parametrize("week", ["2026-47", "2026-W54", "W47", "2026-W00"])
def test_a_week_that_is_none_ends_with_2_before_anything_is_crawled(
    week: str, installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["--week", week]) == 2
    assert week in capsys.readouterr().err
    assert not installation.exists()


def test_a_folder_of_portals_that_is_missing_ends_with_2(
    installation: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["--portals", str(tmp_path / "nowhere")]) == 2
    assert "no such folder. Remedy:" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "-1", "70000", "http", "²"])
def test_a_port_that_is_none_ends_with_2(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        up.main(["--port", port])
    assert caught.value.code == 2
    assert f"{port} is no port. Remedy:" in capsys.readouterr().err


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) > port


def test_no_free_port_is_said_in_one_line(installation: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65_535))
        assert up.main(["--port", "65535"]) == 2
    said = "no free port from 65535 to 65535 on 127.0.0.1. Remedy: --port with another number"
    assert capsys.readouterr().err.splitlines() == [f"Wrong setting: {said}"]


def test_a_disk_without_room_is_said_where_somebody_sees_it(
    installation: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.mkdir()
    up._say_disk()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("warehouse.watch.ROOM", 2**60)
    up._say_disk()
    told = capsys.readouterr().err
    assert f"数据目录 {installation} 所在磁盘只剩" in told
    assert "docs/runbooks/disk-full.md" in told


def test_two_airflows_never_share_a_data_folder(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with up._only_one(installation / "airflow") as is_alone:
        assert is_alone
        assert up.main(["--port", "18080"]) == 1
    assert "already running" in capsys.readouterr().err
    assert str(installation.resolve()) in command_output(installation)
    with up._only_one(installation / "airflow") as is_alone:
        assert is_alone


def command_output(installation: Path) -> str:
    """What a second `make up` prints while the first holds the folder."""
    with up._only_one(installation / "airflow"):
        return command("ops.up", FGF_DATA_DIR=str(installation)).stderr


def test_no_component_listens_beyond_loopback_by_its_command() -> None:
    commands = components(18080, 18081)
    assert all("--host 127.0.0.1" in " ".join(commands[name]) for name in ("api-server", "task-api-server"))
    assert all("--skip-serve-logs" in commands[name] for name in ("scheduler", "triggerer"))


def test_secrets_are_made_once_differ_and_are_the_owners_alone(tmp_path: Path) -> None:
    names = ("AIRFLOW__CORE__FERNET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW__API__SECRET_KEY")
    first, second = (airflow_environment(tmp_path / home) for home in ("one", "two"))
    assert [first[name] for name in names] == [airflow_environment(tmp_path / "one")[name] for name in names]
    assert len({environment[name] for environment in (first, second) for name in names}) == 6
    assert stat.S_IMODE((tmp_path / "one" / "secrets.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("module", ["ops.run", "ops.up"])
def test_a_data_folder_that_cannot_be_written_is_said_in_one_line(module: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    done = command(module, FGF_DATA_DIR=str(folder))
    assert done.returncode == 2
    said = f"Wrong setting: FGF_DATA_DIR={folder}: Not a directory. Remedy: name a folder that can be written"
    assert done.stderr.splitlines() == [said]


def test_a_folder_without_a_portal_file_ends_with_2_before_anything_is_made(
    installation: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert run.main(["--portals", str(tmp_path / "empty")]) == 2
    assert "no portal file (*.toml) in it. Remedy:" in capsys.readouterr().err
    assert not installation.exists()


def test_the_end_of_a_run_names_portals_that_were_not_crawled_and_the_digest_of_its_week(
    installation: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_portal(tmp_path / "portals", "far")
    digests = installation / "reports" / "digest"
    digests.mkdir(parents=True)
    for week in ("2026-W40", "2026-W47"):
        (digests / f"{week}.html").touch()
    print_summary(load_settings(), {}, [], "2026-W40", 1.0, installation / "run.log")
    told = capsys.readouterr().out
    assert (
        "未抓取 not crawled: far: never checked on this installation. Remedy: python -m crawlers check far"
        in told
    )
    assert f"每周简报 digest: {digests / '2026-W40.html'}" in told
    assert "W47" not in told


def test_only_some_of_many_portals_that_were_not_crawled_are_named(
    installation: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(8):
        write_portal(tmp_path / "portals", f"far{number}")
    print_summary(load_settings(), {}, [], "2026-W40", 1.0, installation / "run.log")
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("未抓取")]
    assert len(told) == 6
    assert told[-1] == "未抓取 not crawled: 3 more; see python -m crawlers list"


def write_portal(folder: Path, portal_id: str) -> None:
    """A portal on a live host, which must be checked before it is crawled."""
    text = f"""
id = "{portal_id}"
name = "远山市人民政府"
region = "远山市"
adcode = "000000"
level = "city"
family = "plain"
home = "https://www.{portal_id}.example/"
list.item = "li"

[[columns]]
name = "政府文件"
path = "/"
"""
    (folder / f"{portal_id}.toml").write_text(text, "utf-8")
