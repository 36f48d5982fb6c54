"""The whole thread over the seven working portals, through the real DAGs: from portal to digest."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crawlers.pace import PACER
from crawlers.settings import load_settings
from tests.world.worlds import World, running_world

PORTALS = ("shaanxi", "tianshui", "qingdao", "hanzhong", "shangluo", "yuebei", "council")


class Pipeline:
    """The portals and a data folder, and the DAGs that lead from one to the other."""

    def __init__(self, world: World, data_dir: Path) -> None:
        self.world = world
        self.data_dir = data_dir
        os.environ |= {
            "FGF_DATA_DIR": str(data_dir),
            "FGF_PORTALS_DIR": str(world.write_portal_files(data_dir / "portals")),
            "FGF_PACE": "0",
        }

    def run(self, dag_id: str, **conf: Any) -> Any:
        from ops.in_process import output_to, run_dag

        with output_to(self.data_dir / f"{dag_id}.log"):
            return run_dag(dag_id, conf, lambda *_: None)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(load_settings().published), read_only=True) as connection:
            return connection.execute(query, values).fetchall()

    def core(self) -> list[dict[str, Any]]:
        """What the truth says of the core notices that a crawler can reach."""
        truth = self.world.truth()
        notices = [{**n, "portal": name} for name, portal in truth.items() for n in portal["notices"]]
        return [n for n in notices if n["relevance"] == "core" and n["listed"] and "robots" not in n["flags"]]


@pytest.fixture(scope="module")
def pipeline(
    shared: Path, airflow_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pipeline]:
    before = {key: value for key, value in os.environ.items() if key.startswith("FGF_")}
    with running_world(shared) as world, pytest.MonkeyPatch.context() as patch:
        # Robots' delays are long over whenever this clock is asked; tests/crawlers obeys the real ones.
        patch.setattr(PACER, "clock", itertools.count(0, 1000).__next__)
        made = Pipeline(world, tmp_path_factory.mktemp("world"))
        for dag_id, conf in (("crawl_portals", {"full": True}), ("build_warehouse", {})):
            outcome = made.run(dag_id, **conf)
            assert outcome.state == "success", (
                outcome,
                (made.data_dir / f"{dag_id}.log").read_text("utf-8")[-5000:],
            )
        yield made
    for key in [k for k in os.environ if k.startswith("FGF_")]:
        del os.environ[key]
    os.environ |= before


def test_every_core_notice_is_there_once_with_its_url_and_fields(pipeline: Pipeline) -> None:
    for want in pipeline.core():
        found = pipeline.rows(
            "select title, doc_no, index_no, published_on, written_on, relevance from notices where url = ?",
            want["url"],
        )
        assert len(found) == 1, (want["id"], found)
        title, doc_no, index_no, published_on, written_on, relevance = found[0]
        assert title == want["title_plain"], want["id"]
        assert relevance == "core", want["id"]
        if want["index_no"]:
            assert index_no == want["index_no"], want["id"]
        assert published_on == date.fromisoformat(want["published_on"]), want["id"]
        if want["doc_no"] and want["portal"] != "shangluo":
            assert doc_no == want["doc_no"], want["id"]
        if want["written_on"]:
            assert written_on == date.fromisoformat(want["written_on"]), want["id"]


def test_nothing_else_is_called_core(pipeline: Pipeline) -> None:
    found = {url for (url,) in pipeline.rows("select url from notices where relevance = 'core'")}
    assert found == {notice["url"] for notice in pipeline.core()}


def test_every_notice_with_tasks_has_tasks(pipeline: Pipeline) -> None:
    counts = dict(
        pipeline.rows(
            "select url, (select count(*) from tasks t where t.notice_id = n.notice_id) from notices n"
        )
    )
    for want in pipeline.core():
        if want["tasked"]:
            assert counts[want["url"]] > 0, want["id"]


def test_nobody_asks_another_site(pipeline: Pipeline) -> None:
    log = pipeline.world.control("log")
    assert log["outside"]["count"] == 0
    assert {name for name, entry in log.items() if entry["count"]} == set(PORTALS)


def test_the_digest_of_each_week_names_its_core_notices(pipeline: Pipeline) -> None:
    weeks: dict[str, list[dict[str, Any]]] = {}
    for notice in pipeline.core():
        weeks.setdefault(f"{date.fromisoformat(notice['published_on']):%G-W%V}", []).append(notice)
    for week, notices in sorted(weeks.items()):
        assert pipeline.run("weekly_digest", week=week).state == "success"
        page = (load_settings().reports / "digest" / f"{week}.html").read_text("utf-8")
        markdown = (load_settings().reports / "digest" / f"{week}.md").read_text("utf-8")
        for notice in notices:
            assert notice["title_plain"] in page, (week, notice["id"])
            assert notice["url"] in page, (week, notice["id"])
            assert notice["url"] in markdown, (week, notice["id"])


def test_the_digest_names_a_task_that_falls_due(pipeline: Pipeline) -> None:
    due, title, url = pipeline.rows(
        "select t.due_on, t.title, n.url from tasks t join notices n using (notice_id)"
        " where n.relevance = 'core' and t.due_on = date '2023-06-16' limit 1"
    )[0]
    pipeline.run("weekly_digest", week="2023-W23")
    page = (load_settings().reports / "digest" / "2023-W23.html").read_text("utf-8")
    assert title in page
    assert due.isoformat() in page
    assert url in page


def test_readers_get_an_explorer_and_feeds(pipeline: Pipeline) -> None:
    assert pipeline.run("reader_pages").state == "success"
    reports = load_settings().reports
    assert (reports / "site" / "index.html").is_file()
    assert (reports / "feeds" / "all.atom").is_file()


def test_a_second_run_finds_nothing_new(pipeline: Pipeline) -> None:
    tables = ("notices", "tasks", "task_units", "attachments", "notice_versions", "change_log")
    before = {table: pipeline.rows(f"select count(*) from {table}") for table in tables}  # noqa: S608
    assert pipeline.run("crawl_portals").state == "success"
    assert pipeline.run("build_warehouse").state == "success"
    assert {table: pipeline.rows(f"select count(*) from {table}") for table in tables} == before  # noqa: S608
    assert pipeline.rows("select sum(new_count) from portal_runs where not is_first")


def test_a_failed_portal_leaves_a_red_run_and_the_others_go_on(pipeline: Pipeline) -> None:
    pipeline.world.control("publish", n=1, portal="yuebei")
    pipeline.world.control("faults", set="js_challenge@council")
    try:
        outcome = pipeline.run("crawl_portals", portals=["council", "yuebei"])
        assert outcome.state == "failed"
        [verdict] = [failure for failure in outcome.failed if "1 of 2 portals failed" in failure]
        assert "council" in verdict
        assert pipeline.run("build_warehouse").state == "success"
        assert pipeline.rows("select count(*) from notices where url like '%post_%' and portal_id = 'yuebei'")
    finally:
        pipeline.world.control("faults", set="")
