"""What holds for every DAG file."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

DAGS = {
    "crawl_portals",
    "build_warehouse",
    "weekly_digest",
    "portal_health",
    "reread_archive",
    "release",
    "reader_pages",
}
DAG_FILES = [ROOT / "dags" / f"{name}.py" for name in sorted(DAGS)]


@pytest.fixture(scope="module")
def bag(airflow_home: Path) -> Any:
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(ROOT / "dags"))


def test_exactly_these_dags_load(bag: Any) -> None:
    assert bag.import_errors == {}
    assert set(bag.dags) == {path.stem for path in DAG_FILES} == DAGS


def test_every_dag_says_what_to_do_when_it_is_red(bag: Any) -> None:
    for dag in bag.dags.values():
        assert "is red" in dag.doc_md, dag.dag_id


def test_every_runbook_that_a_dag_names_is_there(bag: Any) -> None:
    words = [word.strip("().,") for dag in bag.dags.values() for word in dag.doc_md.split()]
    named = {word for word in words if word.startswith("docs/runbooks/")}
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_display_names_are_chinese_and_tags_from_the_closed_set(bag: Any) -> None:
    from dags.common import TAGS

    for dag in bag.dags.values():
        assert any("\u4e00" <= letter <= "\u9fff" for letter in dag.dag_display_name), dag.dag_id
        assert set(dag.tags) <= TAGS, dag.dag_id
        assert dag.max_active_runs == 1, dag.dag_id


def test_who_writes_the_warehouse_takes_its_pool(bag: Any) -> None:
    pools = {task.task_id: task.pool for task in bag.dags["build_warehouse"].tasks}
    assert {name for name, pool in pools.items() if pool == "warehouse"} == {"load", "check", "publish"}


def test_a_mapped_task_has_its_name_while_it_runs_not_only_when_it_has_ended(bag: Any) -> None:
    """Airflow renders the name before the task too, and then knows only what the task is called with."""
    mapped = [task for dag in bag.dags.values() for task in dag.tasks if task.is_mapped]
    assert {task.task_id for task in mapped} == {"crawl", "tell"}
    assert [task.task_id for task in mapped if "task.op_kwargs[" not in task.map_index_template] == []


def test_schedules_are_in_shanghai_time(bag: Any) -> None:
    crawl, digest = bag.dags["crawl_portals"].timetable, bag.dags["weekly_digest"].timetable
    assert (crawl.expression, str(crawl.timezone)) == ("0 6 * * *", "Asia/Shanghai")
    assert (digest.expression, str(digest.timezone)) == ("0 8 * * 1", "Asia/Shanghai")


@pytest.mark.parametrize("path", DAG_FILES, ids=lambda path: path.stem)
def test_a_dag_file_imports_our_code_only_inside_tasks(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {n.module or "" if isinstance(n, ast.ImportFrom) else n.names[0].name for n in imports}
    assert {m.split(".")[0] for m in modules} <= {"airflow", "pendulum", "datetime", "typing", "dags"}
