"""The runtime lock holds all that the runtime needs: tests run with more, and would not notice."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.conftest import ROOT

PACKAGES = ("crawlers", "transforms", "warehouse", "reports", "dags", "ops", "samples")
# Imported where they are installed, each with a remedy where not: the extras, and Airflow's own parts.
OPTIONAL = {"rapidocr", "statsd"}


def locked() -> set[str]:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    return {re.sub(r"[-_.]+", "-", m[1]).lower() for line in lines if (m := re.match(r"([\w.-]+)==", line))}


def imported(package: str) -> set[str]:
    found: set[str] = set()
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - set(PACKAGES) - OPTIONAL


@pytest.mark.parametrize("package", PACKAGES)
def test_everything_that_a_package_imports_is_in_the_runtime_lock(package: str) -> None:
    distributions, names = packages_distributions(), locked()
    for module in imported(package):
        homes = {re.sub(r"[-_.]+", "-", name).lower() for name in distributions.get(module, [])}
        assert homes & names, f"{package} imports {module}, which is in no distribution of requirements.lock"


def test_what_duckdb_imports_for_moments_with_a_time_zone_is_in_the_runtime_lock() -> None:
    assert "pytz" in locked()


def test_every_dependency_has_its_line_with_reason_licence_and_who_keeps_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [*project["dependencies"]]
    for extra in ("lake", "s3", "ocr"):
        named += project["optional-dependencies"][extra]
    table = (ROOT / "docs" / "adr" / "0002-dependencies.md").read_text("utf-8")
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")]
    assert all(len(row) == 4 and all(cell.strip("| ") for cell in row) for row in rows)
    told = " ".join(row[0] for row in rows).replace(", -postgres", ", duckdb-extension-postgres")
    for requirement in named:
        name = re.match(r"[\w.-]+", requirement)
        assert name is not None
        assert re.search(rf"(?<![\w-]){re.escape(name[0])}(?![\w-])", told), name[0]
