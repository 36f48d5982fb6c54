"""What can be said of a DuckLake without a PostgreSQL: its setting, its errors, its tries."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb
import pytest
from pydantic import SecretStr

from crawlers.errors import WrongSetting
from crawlers.settings import Settings, load_settings
from tests.warehouse.made import make_settings
from tests.warehouse.processes import run
from warehouse import lake
from warehouse.connect import open_published
from warehouse.errors import WarehouseBusy, WarehouseConflict, WarehouseError

NOBODY = SecretStr("ducklake:postgres:dbname=x host=127.0.0.1 port=9 user=u password='top secret'")


@pytest.mark.parametrize(
    "wrong",
    [
        "duckdb:x.db password=hush",
        "ducklake:postgres:postgresql://u:hush@h/db",
        "ducklake:postgres:host=h password='hush hush'",
        "ducklake:sqlite:x",
    ],
)
def test_a_setting_that_is_no_lake_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("FGF_WAREHOUSE", wrong)
    with pytest.raises(WrongSetting, match=r"FGF_WAREHOUSE=.*expected.*ducklake:postgres:") as caught:
        load_settings()
    assert "hush" not in str(caught.value)


def test_neither_the_settings_nor_the_place_of_a_lake_show_its_password(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, warehouse=NOBODY)
    assert "secret" not in repr(settings)
    assert lake.place_of(settings) == "ducklake:postgres:dbname=x host=127.0.0.1 port=9 user=u"


def test_a_postgres_that_is_not_there_is_one_line_and_status_1(tmp_path: Path) -> None:
    done = run(make_settings(tmp_path, warehouse=NOBODY), "load")
    assert done.returncode == 1
    assert done.stderr.count("CatalogUnreachable: ducklake:postgres:dbname=x") == 1
    assert "Connection refused" in done.stderr
    assert "Remedy" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_lake_without_its_extensions_is_told_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lake.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(WarehouseError, match=r"pip install '\.\[lake\]'"):
        open_published(make_settings(tmp_path, warehouse=NOBODY))


def test_a_loader_that_is_always_second_gives_up_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)

    def work() -> None:
        raise WarehouseConflict("another was faster")

    with pytest.raises(WarehouseBusy, match="Remedy: run it again"):
        lake.retried(work)
    assert len(waits) == lake.TRIES
    assert max(waits[:3]) < 1
    assert max(waits) <= lake.LONGEST_WAIT


def test_the_settings_of_a_file_lead_to_no_lake(settings: Settings) -> None:
    assert settings.lake == ""


@pytest.mark.parametrize(
    ("error", "is_one"),
    [
        (duckdb.TransactionException("Transaction conflict on commit"), True),
        (duckdb.TransactionException("no transaction is active"), False),
        (duckdb.IOException('Failed to initialize DuckLake: Table "x" already exists'), True),
        (duckdb.IOException("Failed to initialize DuckLake: no route to host"), False),
        (duckdb.CatalogException('Table "x" already exists'), False),
    ],
)
def test_who_commits_second_or_makes_the_lake_second_was_just_slower(
    error: duckdb.Error, is_one: bool
) -> None:
    assert lake.is_conflict(error) == is_one
