"""Several loaders of one DuckLake: no row is lost and none is there twice, whoever is killed."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from crawlers.settings import Settings
from tests.airflow_rest import wait_until
from tests.cluster.lake import Server, lake_settings
from tests.warehouse.made import Batch, at, everything, make_notice, make_settings, make_task
from tests.warehouse.processes import run, start, start_code
from warehouse import lake, lake_publish
from warehouse.checks import CheckResult
from warehouse.connect import open_published, open_work
from warehouse.errors import CatalogUnreachable
from warehouse.load import load
from warehouse.publish import publish

pytestmark = [pytest.mark.full, pytest.mark.timeout(2000)]
NOTICES = 6


def beside(settings: Settings, folder: Path) -> Settings:
    """Another machine's settings: data of its own, the same lake."""
    return settings.model_copy(update={"data_dir": folder})


def write_batch(settings: Settings, portal: str, number: int) -> None:
    """Six notices, half of them also published by every other portal, so that they are one document."""
    batch = Batch(f"{portal}{number}", at(number), portal)
    for place in range(NOTICES):
        where = "联合" if place % 2 else portal
        title = f"{where}第{number}批第{place}号通知"
        tasks = [
            make_task(n, f"{title}任务{n}：压减至{n}个工作日内办结。", lead=["市财政局"]) for n in (1, 2)
        ]
        notice = make_notice(title, tasks, doc_no=f"{where}〔2023〕{number}-{place}号")
        batch.notice(f"https://{portal}.example/{number}/{place}", notice)
    batch.ended().write(settings)


def expected_of(folder: Path, loaders: Sequence[Settings]) -> dict[str, list[str]]:
    """The rows of a DuckDB file that one loader made of all that the loaders staged."""
    file = make_settings(folder / "file")
    for settings in loaders:
        shutil.copytree(settings.staging, file.staging, dirs_exist_ok=True)
    load(file)
    with open_work(file) as connection:
        return everything(connection)


def rows_of_lake(settings: Settings) -> dict[str, list[str]]:
    with open_work(settings) as connection:
        return everything(connection)


def end(process: subprocess.Popen[str]) -> str:
    try:
        out, err = process.communicate(timeout=900)
    finally:
        process.kill()
    assert process.returncode == 0, err
    return out


@pytest.fixture
def first(postgres: Server, tmp_path: Path) -> Settings:
    return lake_settings(postgres, tmp_path / "first")


@pytest.fixture
def second(first: Settings, tmp_path: Path) -> Settings:
    return beside(first, tmp_path / "second")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No writer waits for its turn: then conflicts alone keep the rows right."""
    monkeypatch.setattr(lake, "PATIENCE", 0)


@pytest.mark.usefixtures("impatient")
def test_who_commits_second_begins_again_on_what_is_there_by_then(
    first: Settings, second: Settings, tmp_path: Path
) -> None:
    write_batch(first, "a", 1)
    load(first)
    write_batch(first, "a", 2)
    write_batch(second, "b", 2)
    tries: list[int] = []

    def in_mid_load(done: int, _of: int) -> None:
        tries.append(done)
        if len(tries) == 1:
            assert load(second).notices == NOTICES

    assert load(first, in_mid_load).notices == NOTICES
    assert len(tries) == 2
    assert rows_of_lake(first) == expected_of(tmp_path, [first, second])


@pytest.mark.usefixtures("impatient")
def test_two_loaders_of_one_batch_load_it_once(first: Settings, tmp_path: Path) -> None:
    write_batch(first, "a", 1)
    load(first)
    write_batch(first, "a", 2)
    others: list[tuple[str, ...]] = []

    def in_mid_load(_done: int, _of: int) -> None:
        if not others:
            others.append(load(first).batches)

    assert load(first, in_mid_load).batches == ()
    assert len(others[0]) == 1
    assert rows_of_lake(first) == expected_of(tmp_path, [first])


@pytest.mark.usefixtures("impatient")
def test_a_load_during_a_publication_is_checked_before_it_is_published(
    first: Settings, second: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_batch(first, "a", 1)
    load(first)
    write_batch(second, "b", 1)
    check, checked = lake_publish.check_connection, []

    def checked_then_overtaken(connection: duckdb.DuckDBPyConnection, now: object) -> list[CheckResult]:
        results = check(connection, now)  # type: ignore[arg-type]
        checked.extend(connection.execute("select count(*) from notices").fetchall())
        if len(checked) == 1:
            load(second)
        return results

    monkeypatch.setattr(lake_publish, "check_connection", checked_then_overtaken)
    assert publish(first).number == 1
    assert checked == [(NOTICES,), (2 * NOTICES,)]
    with open_published(first) as connection:
        assert connection.execute("select count(*) from notices").fetchall() == [(2 * NOTICES,)]


def test_a_writer_waits_for_its_turn_and_not_for_ever(
    first: Settings, second: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_batch(first, "a", 1)
    write_batch(second, "b", 1)
    load(first)
    monkeypatch.setattr(lake, "PATIENCE", 2)
    with open_work(first):
        begin = time.monotonic()
        assert load(second).notices == NOTICES
        assert time.monotonic() - begin > 2


def test_several_loaders_make_the_lake_at_once(first: Settings, tmp_path: Path) -> None:
    loaders = [beside(first, tmp_path / portal) for portal in ("a", "b", "c")]
    for settings, portal in zip(loaders, ("a", "b", "c"), strict=True):
        write_batch(settings, portal, 1)
    for process in [start(settings, "load") for settings in loaders]:
        end(process)
    assert rows_of_lake(first) == expected_of(tmp_path, loaders)


LOADER = """
import sys
from pathlib import Path
from crawlers.settings import load_settings
from warehouse.load import load
settings, coming = load_settings(), Path(sys.argv[1])
for path in sorted(coming.glob("*/*.parquet")):
    place = settings.staging / path.relative_to(coming)
    place.parent.mkdir(parents=True, exist_ok=True)
    path.rename(place)
    assert load(settings).notices == 6
"""
PUBLISHER = """
import sys
from pathlib import Path
from crawlers.settings import load_settings
from warehouse.publish import publish
while not Path(sys.argv[1]).exists():
    publish(load_settings())
"""
READER = """
import sys
from pathlib import Path
from crawlers.settings import load_settings
from warehouse.connect import open_published
seen, newest = set(), 0
while not Path(sys.argv[1]).exists():
    with open_published(load_settings()) as connection:
        number, notices, tasks, halves, twice = connection.execute('''
            select
                (select publish_no from warehouse_info),
                (select count(*) from notices),
                (select count(*) from tasks),
                (select count(*) from (select batch_id from notices group by batch_id having count(*) <> 6)),
                (select count(*) - count(distinct notice_id) from notices)
        ''').fetchone()
    assert (halves, twice, tasks) == (0, 0, 2 * notices), (halves, twice, tasks, notices)
    assert number >= newest, (number, newest)
    newest = number
    seen.add(notices)
    Path(sys.argv[1] + ".seen").write_text(str(len(seen)))
"""


def test_loaders_publisher_and_reader_at_once_end_as_one_loader_would(
    first: Settings, tmp_path: Path
) -> None:
    loaders = {portal: beside(first, tmp_path / portal) for portal in ("a", "b")}
    for portal, settings in loaders.items():
        for number in range(1, 4):
            write_batch(settings, portal, number)
        settings.staging.rename(tmp_path / f"{portal}-coming")
    write_batch(first, "c", 1)
    load(first)
    publish(first)
    until, seen = tmp_path / "until", tmp_path / "until.seen"
    others = [start_code(first, code, str(until)) for code in (PUBLISHER, READER)]
    try:
        wait_until(seen.exists, 60, "the reader to read")
        running = [start_code(one, LOADER, str(tmp_path / f"{name}-coming")) for name, one in loaders.items()]
        for process in running:
            end(process)
        wait_until(lambda: seen.read_text() >= "2", 60, "the reader to see a publication come")
    finally:
        until.touch()
    for process in others:
        end(process)
    assert rows_of_lake(first) == expected_of(tmp_path, [first, *loaders.values()])
    publish(first)
    with open_published(first) as connection:
        assert connection.execute("select count(*) from notices").fetchall() == [(7 * NOTICES,)]


@pytest.mark.parametrize("times", [6])
def test_a_loader_killed_at_any_moment_leaves_every_row_there_once(
    first: Settings, tmp_path: Path, times: int
) -> None:
    chance = random.Random(20230403)  # noqa: S311
    write_batch(first, "a", 0)
    begin = time.monotonic()
    assert run(first, "load").returncode == 0
    seconds = time.monotonic() - begin
    for number in range(1, 1 + times):
        write_batch(first, "a", number)
        process = start(first, "load")
        time.sleep(chance.uniform(0.3 * seconds, seconds))
        process.kill()
        process.communicate()
        with open_work(first) as connection:
            [(rows, batches)] = connection.execute(
                "select count(*), count(distinct batch_id) from notices"
            ).fetchall()
        assert rows == NOTICES * batches
    load(first)
    assert rows_of_lake(first) == expected_of(tmp_path, [first])


def test_a_postgres_that_dies_in_mid_load_is_named_and_the_next_load_does_it_all(
    first: Settings, postgres: Server, tmp_path: Path
) -> None:
    write_batch(first, "a", 1)
    load(first)
    write_batch(first, "a", 2)
    with pytest.raises(CatalogUnreachable, match="Remedy") as caught:
        load(first, lambda _done, _of: postgres.cluster.kill("postgres"))
    assert postgres.password not in str(caught.value)
    postgres.cluster.again("postgres")
    wait_until(lambda: _loaded_if_reached(first), 60, "the load")
    assert rows_of_lake(first) == expected_of(tmp_path, [first])


def _loaded_if_reached(settings: Settings) -> bool:
    """Whether a load has been done; PostgreSQL refuses connections until it has recovered."""
    try:
        return bool(load(settings).batches)
    except CatalogUnreachable:
        return False
