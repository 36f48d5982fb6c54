"""A DuckLake holds the rows of the DuckDB file, and readers see what was published last and nothing else."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import psycopg2
import pytest

import samples
from crawlers.crawl import crawl_portal
from crawlers.scheduled import readable_portals
from crawlers.settings import Settings
from reports.digest import write_digest
from tests.cluster.lake import Server, lake_settings
from tests.warehouse.made import Batch, at, everything, make_contact, make_notice, make_settings, make_task
from tests.warehouse.processes import run
from tests.warehouse.province import TODAY, build
from tests.warehouse.test_cookbook import QUESTIONS
from transforms.staging import stage_archive
from warehouse.alerts import open_alerts, sync_alerts
from warehouse.connect import is_published, open_published, open_work
from warehouse.dictionary import describe, described
from warehouse.errors import CannotWrite, CatalogUnreachable, ChecksFailed, NothingPublished, WarehouseError
from warehouse.export import export
from warehouse.load import load
from warehouse.publish import publish

pytestmark = [pytest.mark.full, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def province(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The published lake of the invented province."""
    settings = lake_settings(postgres, tmp_path_factory.mktemp("province"))
    build(settings)
    return settings


@pytest.fixture
def lake(postgres: Server, tmp_path: Path) -> Settings:
    """A lake without anything yet."""
    return lake_settings(postgres, tmp_path, keep_versions=2)


def write_batch(settings: Settings, number: int, text: str = "压减至3个工作日内办结。") -> None:
    task = make_task(1, f"第{number}项：{text}", lead=["市财政局"])
    notice = make_notice(f"第{number}号通知", [task])
    Batch(f"run{number}", at(number)).notice(f"https://x.example/{number}", notice).ended().write(settings)


def count(settings: Settings, sql: str = "select count(*) from notices") -> int:
    with open_published(settings) as connection:
        [(number,)] = connection.execute(sql).fetchall()
    return int(number)


def snapshots(settings: Settings) -> list[tuple[int, str | None]]:
    with open_work(settings) as connection:
        return connection.execute(
            "select snapshot_id, commit_message from ducklake_snapshots('lake') order by 1"
        ).fetchall()


def test_the_sample_portals_give_the_same_rows_in_the_lake_as_in_the_file(
    postgres: Server, tmp_path: Path
) -> None:
    lake, file = lake_settings(postgres, tmp_path), make_settings(tmp_path / "file")
    with samples.serve(tmp_path / "samples", datetime(2026, 11, 19, tzinfo=UTC).date()) as world:
        noon = datetime.combine(world.today, time(12), UTC)
        fetching = Settings(data_dir=lake.data_dir, portals_dir=str(world.portals_dir), pace=0)
        portals = readable_portals(fetching)
        for portal in portals:
            crawl_portal(portal, fetching, now=lambda: noon)
    stage_archive(fetching)
    shutil.copytree(lake.staging, file.staging)
    for settings in (lake, file):
        assert load(settings, portals=portals).problems == ()
        publish(settings)
    with open_published(lake) as in_lake, open_published(file) as in_file:
        found, expected = everything(in_lake), everything(in_file)
    at_publication = {"search_documents", "search_pairs", "unit_totals"}  # what only a published file has
    assert sum(map(len, expected.values())) > 1000
    for table in expected.keys() - at_publication:
        assert found[table] == expected[table], table


@pytest.fixture(scope="module")
def both(
    province: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[duckdb.DuckDBPyConnection, duckdb.DuckDBPyConnection]]:
    file = make_settings(tmp_path_factory.mktemp("file"))
    build(file)
    with open_published(province) as in_lake, open_published(file) as in_file:
        for connection in (in_lake, in_file):
            connection.execute("set variable today = ?", [TODAY])
        yield in_lake, in_file


@pytest.mark.parametrize("number", sorted(QUESTIONS))
def test_a_question_of_the_cookbook_has_the_same_answer(both: Any, number: int) -> None:
    in_lake, in_file = (connection.execute(QUESTIONS[number]) for connection in both)
    names = [column[0] for column in in_file.description]
    keep = [place for place, name in enumerate(names) if name != "score"]  # the ranked search is the file's
    found, expected = ([[row[i] for i in keep] for row in one.fetchall()] for one in (in_lake, in_file))
    assert sorted(map(str, found)) == sorted(map(str, expected))


def test_tables_columns_and_views_are_described(province: Settings) -> None:
    with open_published(province) as connection:
        assert described(connection) == describe()
        [(comment,)] = connection.execute(
            "select comment from duckdb_columns() where table_name = 'notices' and column_name = 'doc_no' "
            "and database_name = current_database()"
        ).fetchall()
    assert comment.startswith("发文字号")


def test_reports_export_and_queries_read_the_lake(province: Settings) -> None:
    digest = write_digest(province, "2023-W16", today=TODAY)
    assert "示范市优化营商环境若干措施" in digest.html.read_text("utf-8")
    release = export(province, ["parquet", "xlsx"])
    rows = {(file.table, file.format): file.rows for file in release.files}
    assert rows["tasks", "parquet"] == rows["tasks", "xlsx"] == count(province, "select count(*) from tasks")
    sheet = openpyxl.load_workbook(release.folder / "xlsx" / "tasks_due.xlsx").active
    assert sheet is not None
    assert sheet["A1"].value == "完成时限的最后一天"
    asked = run(province, "query", "select count(*) as n from notices", "--format", "json")
    assert json.loads(asked.stdout) == {"n": count(province)}


def test_a_second_load_changes_nothing(lake: Settings) -> None:
    write_batch(lake, 1)
    assert load(lake).notices == 1
    before = snapshots(lake)
    report = load(lake)
    assert (report.batches, report.notices) == ((), 0)
    assert snapshots(lake) == before


def test_readers_see_what_was_published_and_not_what_was_loaded_since(lake: Settings) -> None:
    assert not is_published(lake)
    with pytest.raises(NothingPublished, match="warehouse build"):
        open_published(lake)
    write_batch(lake, 1)
    load(lake)
    with pytest.raises(NothingPublished):
        open_published(lake)
    assert publish(lake).number == 1
    write_batch(lake, 2)
    load(lake)
    assert count(lake) == 1
    with open_published(lake) as reader:
        assert publish(lake).number == 2
        assert reader.execute("select count(*) from notices").fetchall() == [(1,)]
        with pytest.raises(duckdb.Error, match="read-only"):
            reader.execute("delete from notices")
    assert count(lake) == 2


def test_a_failed_check_keeps_the_readers_where_they_are_and_is_told(lake: Settings) -> None:
    write_batch(lake, 1)
    load(lake)
    publish(lake)
    with open_work(lake) as connection:
        connection.execute("insert into tasks select * from tasks")
    with pytest.raises(ChecksFailed, match="task_keys_are_unique"):
        publish(lake)
    assert count(lake, "select count(*) from tasks") == 1
    with open_work(lake) as connection:
        failed = connection.execute("select check_name from check_results where status = 'failed'").fetchall()
    assert ("task_keys_are_unique",) in failed


def test_the_last_publications_stay_readable_and_older_snapshots_go(lake: Settings) -> None:
    for number in range(1, 5):
        write_batch(lake, number)
        load(lake)
        publish(lake)
    published = [snapshot for snapshot, message in snapshots(lake) if message == "published"]
    assert len(published) == 2
    assert min(snapshot for snapshot, _ in snapshots(lake)) == published[0]
    with open_work(lake) as connection:
        history = f"select count(*), max(title) from notices at (version => {published[0]})"  # noqa: S608
        assert connection.execute(history).fetchall() == [(3, "第3号通知")]
        [(files,)] = connection.execute(
            "select max(file_count) from ducklake_table_info('lake') where table_name = 'notices'"
        ).fetchall()
    assert files == 1  # the small files of four loads were put together
    assert count(lake) == 4


def test_contacts_are_masked_in_every_file_and_row_of_the_lake(lake: Settings, postgres: Server) -> None:
    text = "联系人：王小二，电话010-12345678。"
    contacts = (make_contact("phone", "010-12345678", text), make_contact("name", "王小二", text))
    notice = make_notice("通知", [], text=text, contacts=contacts)
    Batch("one", at(1)).notice("https://x.example/1", notice).ended().write(lake)
    load(lake)
    in_postgres = postgres_texts(lake, postgres)
    assert "联系人" in in_postgres  # so small a load is kept in the catalog until it is published
    publish(lake)
    assert count(lake, "select count(*) from notices where contains(text, '＊')") == 1
    with duckdb.connect() as connection:
        held = [
            str(connection.execute("from read_parquet(?)", [str(path)]).fetchall())
            for path in Path(lake.warehouse_files).rglob("*.parquet")
        ]
    held += [in_postgres, postgres_texts(lake, postgres)]
    assert [one for one in held if "王小二" in one or "12345678" in one] == []


def postgres_texts(lake: Settings, postgres: Server) -> str:
    """All rows of the catalog's database that hold data."""
    database = dict(pair.split("=") for pair in lake.lake.split())["dbname"]
    tables = postgres.run(
        "select tablename from pg_tables where tablename like 'ducklake_inlined%'", database
    )
    return " ".join(
        bytes(cell).decode("utf-8", "replace") if isinstance(cell, memoryview) else str(cell)
        for (table,) in tables
        for row in postgres.run(f'select * from "{table}"', database)  # noqa: S608
        for cell in row
    )


def test_a_lake_of_other_masking_is_refused_with_the_remedy(lake: Settings) -> None:
    write_batch(lake, 1)
    load(lake)
    with pytest.raises(WarehouseError, match="another, empty database"):
        load(lake.model_copy(update={"show_contacts": True}))


def test_alarms_are_kept_in_the_lake(lake: Settings) -> None:
    assert len(sync_alerts(lake, {"portal_silent": {"a": "无声", "b": "无声"}}).opened) == 2
    assert sync_alerts(lake, {"portal_silent": {"a": "仍无声", "b": "无声"}}).opened == ()
    assert [one.subject for one in sync_alerts(lake, {"portal_silent": {"a": "仍无声"}}).closed] == ["b"]
    assert [(one.subject, one.message) for one in open_alerts(lake)] == [("a", "仍无声")]


def test_an_analyst_needs_only_the_right_to_read(province: Settings, postgres: Server) -> None:
    """The statements of docs/operations.md."""
    database = dict(pair.split("=") for pair in province.lake.split())["dbname"]
    postgres.run("create role analyst login password 'read-only'")
    postgres.run("grant select on all tables in schema public to analyst", database)
    as_analyst = province.model_copy(
        update={"warehouse": postgres.catalog(database, "analyst", "read-only"), "data_dir": Path("nowhere")}
    )
    assert count(as_analyst) == count(province)
    with pytest.raises(WarehouseError, match="permission denied"):
        sync_alerts(as_analyst, {"x": {"a": "b"}})
    with pytest.raises(psycopg2.Error, match="permission denied"):
        postgres.run("set role analyst; delete from ducklake_snapshot", database)


@pytest.mark.parametrize(
    ("database", "password", "reason"),
    [("nosuch", None, "does not exist"), ("postgres", "wrong", "password authentication failed")],
)
def test_a_catalog_that_lets_nobody_in_is_named_and_the_password_is_not(
    postgres: Server, tmp_path: Path, database: str, password: str | None, reason: str
) -> None:
    settings = make_settings(tmp_path, warehouse=postgres.catalog(database, password=password))
    for act in (lambda: load(settings), lambda: publish(settings), lambda: open_published(settings)):
        with pytest.raises(CatalogUnreachable, match=reason) as caught:
            act()
        assert f"dbname={database}" in str(caught.value)
        assert "Remedy" in str(caught.value)
        assert (password or postgres.password) not in str(caught.value)


def test_only_old_files_of_killed_loads_are_deleted(lake: Settings) -> None:
    write_batch(lake, 1)
    load(lake)
    old, young = (Path(lake.warehouse_files) / "main" / f"{age}.parquet" for age in ("old", "young"))
    old.parent.mkdir(exist_ok=True)
    for path in (old, young):
        path.write_bytes(b"half a file of a load that was killed")
    two_days_ago = datetime.now(UTC).timestamp() - 2 * 24 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    publish(lake)
    assert (old.exists(), young.exists()) == (False, True)
    assert count(lake) == 1


def test_a_folder_that_holds_other_things_is_refused_for_a_new_lake(lake: Settings) -> None:
    write_batch(lake, 1)
    with pytest.raises(WarehouseError, match="is not empty"):
        load(lake.model_copy(update={"warehouse_files": str(lake.data_dir)}))
    assert load(lake).notices == 1


def test_files_that_are_elsewhere_are_an_error_and_not_a_second_lake(lake: Settings, tmp_path: Path) -> None:
    write_batch(lake, 1)
    load(lake)
    with pytest.raises(WarehouseError, match="lie in"):
        load(lake.model_copy(update={"warehouse_files": str(tmp_path / "other")}))
    Path(lake.warehouse_files).rename(tmp_path / "unmounted")
    with pytest.raises(CannotWrite, match="mount the shared folder"):
        load(lake)
