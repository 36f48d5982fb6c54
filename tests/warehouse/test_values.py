"""Values of the load's SQL: what comes back is what was set, and setting them costs no import of pandas."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.made import Batch, at, make_notice, make_settings
from warehouse.values import literal, set_variable

VALUES = [
    None,
    True,
    7,
    0.5,
    "it's; drop table notices -- \\ 通知\n$1 ?",
    ["a'b", ""],
    datetime(2023, 4, 3, 8, tzinfo=UTC),
    [{"name": "局", "count": None}, {"name": "o'", "count": 2}],
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_variable_holds_the_very_value_that_was_set(value: object) -> None:
    with duckdb.connect() as connection:
        set_variable(connection, "it", value)
        assert connection.execute("select getvariable('it')").fetchone() == (value,)


def test_an_empty_list_is_one_of_text() -> None:
    with duckdb.connect() as connection:
        set_variable(connection, "it", [])
        assert connection.execute("select typeof(getvariable('it'))").fetchone() == ("VARCHAR[]",)


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes"):
        literal(b"x")


def test_a_load_of_a_new_notice_does_not_import_pandas(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    Batch("a", at(0)).notice("https://www.demo-city.example/t1.html", make_notice("通知")).ended().write(
        settings
    )
    code = (
        "import sys; from pathlib import Path; from crawlers.settings import Settings;"
        "from warehouse.load import load;"
        f"report = load(Settings(data_dir=Path({str(settings.data_dir)!r})), portals=[]);"
        "print(report.notices, 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]
