"""The loader and the publisher may be killed at any moment: the next run ends as if nothing had been."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import duckdb
import pytest

from crawlers.settings import Settings
from tests.warehouse.made import Batch, at, everything, make_notice, make_settings, make_task
from tests.warehouse.processes import READER, run, start, start_code
from warehouse.connect import open_published, open_work
from warehouse.load import load
from warehouse.publish import publish

NOTICES = 20


def write_batch(settings: Settings, number: int) -> None:
    """A batch of twenty notices with two tasks each."""
    batch = Batch(f"run{number:03d}", at(number))
    for place in range(NOTICES):
        title = f"第{number}批第{place}号通知"
        tasks = [
            make_task(n, f"{title}任务{n}：压减至{n}个工作日内办结。", lead=["市财政局"]) for n in (1, 2)
        ]
        batch.notice(f"https://x.example/{number}/{place}", make_notice(title, tasks))
    batch.ended().write(settings)


def start_reader(settings: Settings, folder: Path) -> tuple[subprocess.Popen[str], Path]:
    """A looping reader of the pointer, and the file whose appearance ends it."""
    until = folder / f"end-{random.random()}"  # noqa: S311
    reader = start_code(settings, READER, str(settings.published), str(until))
    assert reader.stdout is not None
    assert reader.stdout.readline() == "ready\n"
    return reader, until


def end_reader(reader: subprocess.Popen[str], until: Path) -> tuple[int, int]:
    """How often it read, and how many different states it saw; fails when it saw something wrong."""
    until.touch()
    out, err = reader.communicate(timeout=60)
    assert reader.returncode == 0, err
    reads, states = map(int, out.split())
    return reads, states


def measured(settings: Settings, command: str) -> float:
    """Seconds that the undisturbed command takes."""
    begin = time.monotonic()
    assert run(settings, command).returncode == 0
    return time.monotonic() - begin


def kill_at_random(settings: Settings, command: str, seconds: float, chance: random.Random) -> None:
    process = start(settings, command)
    time.sleep(chance.uniform(0.3 * seconds, 1.05 * seconds))  # the first third is Python's own start
    process.kill()
    process.communicate()


@pytest.mark.parametrize("times", [3, pytest.param(50, marks=[pytest.mark.full, pytest.mark.timeout(900)])])
def test_a_loader_killed_at_any_moment_leaves_every_row_there_once(tmp_path: Path, times: int) -> None:
    settings, whole = make_settings(tmp_path / "killed"), make_settings(tmp_path / "whole")
    chance = random.Random(20230403)  # noqa: S311
    for number in range(2):
        write_batch(settings, number)
    seconds = measured(settings, "load")
    publish(settings)
    reader, until = start_reader(settings, tmp_path)
    for number in range(2, 2 + times):
        write_batch(settings, number)
        kill_at_random(settings, "load", seconds, chance)
        with duckdb.connect(str(settings.work_file)) as connection:  # opens, and holds whole batches only
            [(rows, batches)] = connection.execute(
                "select count(*), count(distinct batch_id) from notices"
            ).fetchall()
        assert rows == NOTICES * batches
    load(settings)
    publish(settings)
    end_reader(reader, until)
    for number in range(2 + times):
        write_batch(whole, number)
    load(whole)
    with open_work(settings) as connection:
        found = everything(connection)
    with open_work(whole) as connection:
        assert found == everything(connection)


@pytest.mark.parametrize("times", [3, pytest.param(20, marks=[pytest.mark.full, pytest.mark.timeout(600)])])
def test_a_publisher_killed_at_any_moment_leaves_a_whole_version(tmp_path: Path, times: int) -> None:
    settings = make_settings(tmp_path)
    chance = random.Random(20230404)  # noqa: S311
    write_batch(settings, 0)
    load(settings)
    seconds = measured(settings, "publish")
    reader, until = start_reader(settings, tmp_path)
    for number in range(1, 1 + times):
        write_batch(settings, number)
        load(settings)
        kill_at_random(settings, "publish", seconds, chance)
    publish(settings)
    end_reader(reader, until)
    with open_published(settings) as connection:
        [(rows,)] = connection.execute("select count(*) from notices").fetchall()
    assert rows == NOTICES * (1 + times)
    left = {path.name for path in settings.work_file.parent.iterdir() if path.name.startswith("building")}
    assert left == set()


@pytest.mark.parametrize("count", [3, pytest.param(10, marks=pytest.mark.full)])
def test_looping_readers_never_meet_a_lock_or_half_a_load(tmp_path: Path, count: int) -> None:
    settings = make_settings(tmp_path, keep_versions=2)
    write_batch(settings, 0)
    load(settings)
    publish(settings)
    readers = [start_reader(settings, tmp_path) for _ in range(count)]
    for number in range(1, 4):
        write_batch(settings, number)
        load(settings)
        publish(settings)
    outcomes = [end_reader(*reader) for reader in readers]
    assert min(reads for reads, _ in outcomes) >= 1
    assert max(states for _, states in outcomes) >= 2  # they did see the versions change
    assert len(list(settings.work_file.parent.glob("warehouse-*.duckdb"))) == 2
