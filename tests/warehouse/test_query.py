"""`python -m warehouse query` on a published file."""

from __future__ import annotations

import io
import json
from pathlib import Path

import duckdb
import pytest

from crawlers.settings import Settings
from warehouse.errors import NothingPublished
from warehouse.query import WrongQuery, run_query


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    with duckdb.connect(str(tmp_path / "warehouse-000001.duckdb")) as connection:
        connection.execute(
            "create table notices as select '关于“放管服”改革的通知' as title, date '2023-04-18' as day"
        )
    (tmp_path / "warehouse.duckdb").symlink_to("warehouse-000001.duckdb")
    return Settings(data_dir=tmp_path)


def answer(settings: Settings, sql: str, form: str) -> str:
    out = io.StringIO()
    run_query(settings, sql, form, out)
    return out.getvalue()


def test_a_question_is_answered_as_a_table_csv_or_json(settings: Settings) -> None:
    assert "│ 关于“放管服”改革的通知 │" in answer(settings, "select title from notices", "box")
    assert answer(settings, "select title from notices", "csv") == "title\n关于“放管服”改革的通知\n"
    assert (
        json.loads(answer(settings, "select title from notices", "json"))["title"] == "关于“放管服”改革的通知"
    )


def test_nothing_can_be_changed(settings: Settings) -> None:
    with pytest.raises(WrongQuery, match="read-only"):
        answer(settings, "delete from notices", "box")


def test_what_is_no_question_says_so(settings: Settings) -> None:
    with pytest.raises(WrongQuery, match="the query gives no rows"):
        answer(settings, "set variable a = 1", "box")


def test_a_mistake_is_named_with_its_place(settings: Settings) -> None:
    with pytest.raises(WrongQuery, match="selec"):
        answer(settings, "selec 1", "box")


def test_without_a_warehouse_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="python -m warehouse build"):
        answer(Settings(data_dir=tmp_path), "select 1", "box")
