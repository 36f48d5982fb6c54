"""Imports go one way: crawlers ← transforms ← warehouse ← reports; only dags and ops know Airflow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

MAY_IMPORT = {
    "crawlers": {"crawlers"},
    "transforms": {"transforms", "crawlers"},
    "warehouse": {"warehouse", "transforms", "crawlers"},
    "reports": {"reports", "warehouse", "transforms", "crawlers"},
}
OURS = {*MAY_IMPORT, "dags", "ops", "samples"}
# `crawlers check` shows what the reader makes of a page: a command, not a step of the pipeline.
COMMANDS_THAT_LOOK_AHEAD = {"crawlers/check.py"}
# The edge where the pure reader meets the archive.
EDGE = {
    "transforms/staging.py",
    "transforms/staging_file.py",
    "transforms/staging_rows.py",
    "transforms/staging_schema.py",
    "transforms/__main__.py",
}


def modules(package: str) -> Iterator[Path]:
    yield from sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_stage_imports_only_the_stages_before_it(package: str) -> None:
    for path in modules(package):
        name = path.relative_to(ROOT).as_posix()
        if name not in COMMANDS_THAT_LOOK_AHEAD:
            assert imported(path) & OURS <= MAY_IMPORT[package], name


def test_the_reader_is_pure_and_knows_nothing_of_the_crawler() -> None:
    for path in modules("transforms"):
        name = path.relative_to(ROOT).as_posix()
        if name not in EDGE:
            assert not imported(path) & {"crawlers", "requests", "duckdb"}, name


@pytest.mark.parametrize("package", [*MAY_IMPORT, "samples"])
def test_only_dags_and_ops_know_airflow(package: str) -> None:
    for path in modules(package):
        assert "airflow" not in imported(path), path
