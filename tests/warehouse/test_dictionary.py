"""The data dictionary is made from the comments, and docs/dictionary.md is current."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from warehouse.dictionary import describe, macros, markdown_lines, plain_lines
from warehouse.schema import read_sql, sql_names
from warehouse.watch import ADVICE

ROOT = Path(__file__).resolve().parents[2]
DESIGNED = {
    *("notices", "documents", "notice_versions", "tasks", "task_units", "task_deadlines", "task_recurrences"),
    *("task_targets", "citations", "attachments", "portal_runs", "rejects", "portals", "change_log"),
    *("corrections", "check_results", "alerts", "warehouse_info"),
}


def test_the_printed_dictionary_is_current() -> None:
    printed = (ROOT / "docs" / "dictionary.md").read_text("utf-8")
    assert printed == "\n".join(markdown_lines()) + "\n", "run make dictionary"


def test_every_designed_table_is_there() -> None:
    assert {table.name for table in describe()} >= DESIGNED


def test_every_table_view_column_and_macro_has_a_chinese_comment() -> None:
    for table in describe():
        assert re.search("[一-鿿]", table.comment), table.name
        for column in table.columns:
            assert re.search("[一-鿿]", column.comment), f"{table.name}.{column.name}"
    for name, _parameters, comment in macros():
        assert re.search("[一-鿿]", comment), name


def test_what_a_column_may_hold_is_listed_as_the_code_has_it() -> None:
    """A topic, an alarm or a field that is new in the code is new in the dictionary too."""
    comments = {
        f"{table.name}.{column.name}": column.comment for table in describe() for column in table.columns
    }
    terms = tomllib.loads((ROOT / "transforms" / "terms.toml").read_text("utf-8"))
    changed = re.compile(r"then '(\w+)'\s+end")
    listed = {
        "notices.topics": list(terms["topics"]),
        "alerts.kind": list(ADVICE),
        "notice_versions.changed_fields": changed.findall(
            read_sql("steps/history").split("version_difference")[1]
        ),
        "change_log.changed_fields": changed.findall(read_sql("steps/task_changes")),
    }
    for name, values in listed.items():
        assert values, name
        assert [value for value in values if value not in comments[name]] == [], name


@pytest.mark.parametrize("name", [*sql_names("models"), *sql_names("views")])
def test_a_model_says_its_grain_and_what_it_reads(name: str) -> None:
    head = read_sql(name).split("\ncreate", 1)[0]
    if not name.endswith("macros"):
        assert re.search(r"^-- grain    one row", head, re.MULTILINE)
        assert re.search(r"^-- reads    ", head, re.MULTILINE)


def test_the_plain_dictionary_names_each_table_once() -> None:
    lines = list(plain_lines())
    for table in describe():
        assert len([line for line in lines if line.startswith(f"{table.name}（")]) == 1
