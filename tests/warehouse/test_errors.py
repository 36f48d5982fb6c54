"""When machine or file is not as it should be: a clear error, nothing lost, and the next run heals."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from crawlers.settings import Settings
from tests.warehouse.made import Batch, at, make_notice, make_settings, make_task
from tests.warehouse.processes import run, start_code
from warehouse.alerts import open_alerts, sync_alerts
from warehouse.connect import named_errors, open_work
from warehouse.errors import (
    CannotWrite,
    CatalogUnreachable,
    NewerWarehouse,
    WarehouseBusy,
    WarehouseConflict,
    WarehouseDamaged,
    WarehouseError,
)
from warehouse.load import load
from warehouse.lock import only_writer
from warehouse.publish import publish

HOLD = "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('open', flush=True); time.sleep(60)"
CAP_DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24


def write_one(settings: Settings, number: int = 0, text: str = "正文") -> None:
    notice = make_notice(f"第{number}号通知", [make_task(1, "推进一件事。")], text=text)
    Batch(f"run{number}", at(number)).notice(f"https://x.example/{number}", notice).ended().write(settings)


def count(settings: Settings) -> int:
    with open_work(settings) as connection:
        [(rows,)] = connection.execute("select count(*) from notices").fetchall()
    return int(rows)


def obey_permissions() -> None:
    """In a child: even as root, a folder without the right to write cannot be written."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


def small_disk() -> None:
    """In a child: no file grows beyond 4 MB, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))


def test_a_file_open_in_another_process_is_named_with_that_process(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    holder = start_code(settings, HOLD, str(settings.work_file))
    assert holder.stdout is not None
    holder.stdout.readline()
    write_one(settings, 1)
    outcome = run(settings, "load")
    holder.kill()
    holder.communicate()
    assert outcome.returncode == 1
    assert f"process {holder.pid}" in outcome.stderr
    assert "work.duckdb" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    load(settings)
    assert count(settings) == 2


def test_two_writers_at_once_are_told_apart_by_process_id(settings: Settings) -> None:
    with (
        only_writer(settings),
        pytest.raises(WarehouseBusy, match=f"process {os.getpid()}"),
        only_writer(settings),
    ):
        pass


def test_a_writer_that_has_not_said_its_number_yet_is_told_as_unknown(settings: Settings) -> None:
    settings.work_file.parent.mkdir(parents=True)
    with (settings.work_file.parent / "writer.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(WarehouseBusy, match=r"process unknown\. Remedy"), only_writer(settings):
            pass


def test_a_writer_after_one_with_a_longer_number_is_told_by_its_own(settings: Settings) -> None:
    settings.work_file.parent.mkdir(parents=True)
    (settings.work_file.parent / "writer.lock").write_text("1" * 12)
    with (
        only_writer(settings),
        pytest.raises(WarehouseBusy, match=rf"by process {os.getpid()}\. "),
        only_writer(settings),
    ):
        pass


def test_a_read_only_folder_is_named_and_the_next_run_loads(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    publish(settings)
    write_one(settings, 1)
    folder = settings.work_file.parent
    settings.work_file.chmod(0o444)
    folder.chmod(0o555)
    outcome = run(settings, "load", preexec_fn=obey_permissions)
    folder.chmod(0o755)
    settings.work_file.chmod(0o644)
    assert outcome.returncode == 1
    assert "Remedy: make FGF_DATA_DIR writable" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    load(settings)
    assert count(settings) == 2


@pytest.mark.parametrize("command", ["load", "publish"])
def test_a_full_disk_is_named_and_nothing_is_lost(settings: Settings, command: str) -> None:
    write_one(settings)
    load(settings)
    before = publish(settings).path
    write_one(settings, 1, text=os.urandom(6_000_000).hex())
    if command == "publish":
        load(settings)
    outcome = run(settings, command, preexec_fn=small_disk)
    assert outcome.returncode == 1
    assert "no room on the disk" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert settings.published.resolve() == before
    load(settings)
    assert count(settings) == 2
    assert publish(settings).number == 2


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 48 MB of its own, which only root can make."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a file system of one's own needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("this machine does not let root mount")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """A file that takes what room there is, to the last page."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    assert os.statvfs(disk).f_bavail == 0
    return ballast


@pytest.mark.full
@pytest.mark.parametrize("command", ["load", "publish"])
def test_a_disk_that_is_really_full_is_named_and_room_heals_it(tiny_disk: Path, command: str) -> None:
    settings = make_settings(tiny_disk)
    write_one(settings)
    load(settings)
    before = publish(settings).path
    write_one(settings, 1, text=os.urandom(400_000).hex())
    if command == "publish":
        load(settings)
    ballast = fill(tiny_disk)
    outcome = run(settings, command)
    assert outcome.returncode == 1
    assert "no room on the disk" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert settings.published.resolve() == before
    ballast.unlink()
    load(settings)
    assert count(settings) == 2
    assert publish(settings).number == 2


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('Could not write file "work.duckdb": No space left on device', "no room on the disk"),
        ('Could not write file "work.duckdb": File too large', "no room on the disk"),
        ('Could not write file "work.duckdb": Disk quota exceeded', "no room on the disk"),
        ("failed to offload data block of size 256.0 KiB", "no room on the disk"),
        ('Could not write all bytes to file "work.duckdb"', "no room on the disk"),
        ('Cannot open file "work.duckdb": Permission denied', "make FGF_DATA_DIR writable"),
        ('Cannot open file "work.duckdb": Read-only file system', "make FGF_DATA_DIR writable"),
        ("Could not set lock on file: held in python3 (PID 4321)", "open in process 4321"),
        ("Could not set lock on file", "open in another process"),
        ("file is not a valid DuckDB database file!", "rebuilds it from staging"),
    ],
)
def test_what_duckdb_says_of_a_file_is_told_with_file_and_remedy(said: str, told: str) -> None:
    with pytest.raises(WarehouseError, match=told) as error, named_errors("/data/work.duckdb"):
        raise duckdb.IOException(f"IO Error: {said}")
    assert "/data/work.duckdb" in str(error.value)
    assert "Remedy: " in str(error.value)


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (duckdb.TransactionException("Transaction conflict"), WarehouseConflict, "Transaction conflict"),
        (duckdb.OutOfMemoryException("could not allocate"), WarehouseError, "a larger FGF_MEMORY_LIMIT"),
        (duckdb.SerializationException("bad"), WarehouseDamaged, "move it away"),
        (duckdb.InternalException("bad"), WarehouseDamaged, "move it away"),
        (duckdb.FatalException("bad"), WarehouseDamaged, "move it away"),
        (duckdb.BinderException("no column x"), WarehouseError, "^/data/work.duckdb: no column x$"),
        (
            duckdb.IOException("Unable to connect to Postgres: could not translate host name"),
            CatalogUnreachable,
            "cannot be reached: could not translate host name. Remedy",
        ),
        (
            duckdb.IOException("server closed the connection unexpectedly\nmore"),
            CatalogUnreachable,
            "cannot be reached: server closed the connection unexpectedly. Remedy",
        ),
        (OSError(errno.ENOSPC, "No space", "/data/a"), CannotWrite, "^/data/a: no room on the disk"),
        (OSError(errno.EDQUOT, "Quota"), CannotWrite, "^/data/work.duckdb: no room on the disk"),
        (OSError(errno.EFBIG, "Too large"), CannotWrite, "no room on the disk"),
        (OSError(errno.EROFS, "Read-only file system"), CannotWrite, "Read-only file system"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_kind_of_error_is_ours_by_its_cause(
    error: Exception, kind: type[WarehouseError], told: str
) -> None:
    with pytest.raises(WarehouseError, match=told) as raised, named_errors("/data/work.duckdb"):
        raise error
    assert type(raised.value) is kind


def test_a_staged_file_that_lacks_columns_is_named_with_them(settings: Settings) -> None:
    write_one(settings)
    path = next(settings.staging.glob("*/*.parquet"))
    table = pq.read_table(path)
    pq.write_table(table.drop_columns(["notice", "reason"]), path)
    [problem] = load(settings).problems
    assert str(path) in problem
    assert "columns reason, notice are missing. Remedy" in problem


def test_somebody_elses_database_in_the_place_of_ours_is_built_anew(settings: Settings) -> None:
    settings.work_file.parent.mkdir(parents=True)
    with duckdb.connect(str(settings.work_file)) as connection:
        connection.execute("create table theirs as select 1 as a")
    write_one(settings)
    assert load(settings).notices == 1
    with open_work(settings) as connection:
        assert connection.execute("from duckdb_tables() where table_name = 'theirs'").fetchall() == []


def test_a_portal_file_that_cannot_be_read_is_named_and_the_others_are_in_the_table(
    settings: Settings, tmp_path: Path
) -> None:
    portals = tmp_path / "portals"
    portals.mkdir()
    (portals / "broken.toml").write_text("id = 'broken'\n")
    good = min((Path(__file__).resolve().parents[2] / "crawlers" / "portals").glob("*.toml"))
    shutil.copy(good, portals)
    write_one(settings)
    outcome = run(settings, "load", portals=portals)
    assert outcome.returncode == 1
    assert "broken.toml" in outcome.stderr
    with open_work(settings) as connection:
        rows = connection.execute("select portal_id from portals where is_configured").fetchall()
    assert rows == [(good.stem,)]


def test_a_warehouse_of_newer_code_is_left_as_it_is(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    with open_work(settings) as connection:
        connection.execute("update warehouse_info set schema_version = 99")
    with pytest.raises(NewerWarehouse, match="Remedy: update the code"):
        load(settings)
    with open_work(settings) as connection:
        assert connection.execute("select schema_version from warehouse_info").fetchall() == [(99,)]


@pytest.mark.parametrize("version", [0, 1])
def test_a_warehouse_of_other_code_is_built_anew_and_keeps_its_alarms(
    settings: Settings, version: int
) -> None:
    write_one(settings)
    load(settings)
    sync_alerts(settings, {"portal_silent": {"demo_city": "无声"}})
    with open_work(settings) as connection:
        connection.execute("update warehouse_info set schema_version = ?", [version])
        connection.execute("alter table notices drop column validity")
        connection.execute("insert into notices (notice_id) values ('of the old schema')")
    with pytest.raises(WarehouseError, match="python -m warehouse load"):
        open_alerts(settings)
    report = load(settings)
    assert report.batches == ("demo_city/20230403T060000Z-run0",)
    assert count(settings) == 1
    assert [alert.subject for alert in open_alerts(settings)] == ["demo_city"]
    assert list(settings.work_file.parent.glob("work-before-*")) == []


def test_a_file_that_is_no_warehouse_is_named_with_the_remedy(settings: Settings) -> None:
    settings.work_file.parent.mkdir(parents=True)
    settings.work_file.write_bytes(b"this is no database" * 1000)
    write_one(settings)
    with pytest.raises(WarehouseDamaged, match="rebuilds it from staging"):
        load(settings)


def test_a_wrong_command_has_status_2_and_help_has_0(settings: Settings) -> None:
    assert run(settings, "no-such-command").returncode == 2
    assert run(settings, "export", "--format", "pdf").returncode == 2
    for command in ("load", "publish", "check", "export", "describe", "build"):
        outcome = run(settings, command, "--help")
        assert outcome.returncode == 0
        assert "usage:" in outcome.stdout


def test_a_wrong_setting_has_status_2_and_is_named(settings: Settings) -> None:
    wrong = settings.model_copy(update={"memory_limit": "much"})
    outcome = run(wrong, "load")
    assert outcome.returncode == 2
    assert "FGF_MEMORY_LIMIT" in outcome.stderr


def test_build_loads_checks_and_publishes_and_check_tells_of_each_claim(settings: Settings) -> None:
    write_one(settings)
    outcome = run(settings, "build")
    assert outcome.returncode == 0, outcome.stderr
    assert "1 batches, 1 notices, 1 tasks (1 added)" in outcome.stderr
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        assert connection.execute("select count(*) from notices").fetchall() == [(1,)]
    outcome = run(settings, "check")
    assert outcome.returncode == 0
    assert "notice_keys_are_unique\tok" in outcome.stdout


def test_a_folder_of_data_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be", "utf-8")
    outcome = run(Settings(data_dir=tmp_path / "data"), "load")
    assert outcome.returncode == 1
    assert str(tmp_path / "data") in outcome.stderr
    assert "Traceback" not in outcome.stderr
