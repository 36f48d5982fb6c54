"""The distributed setting: the rows of an embedded run, and deaths of workers, scheduler and loader."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import psutil
import pytest

from crawlers.pace import PACER
from tests.airflow_rest import ENDED, wait_until
from tests.cluster.network import network_of_its_own
from tests.cluster.rows import ROWS, rows
from tests.cluster.services import WORKERS, Cluster, initialise, running_cluster
from tests.world.worlds import World, running_world

# Without the start of the cluster, which on a machine shared by many takes ten minutes by itself.
pytestmark = [pytest.mark.full, pytest.mark.timeout(900, func_only=True)]


@pytest.fixture(scope="module")
def world(shared: Path) -> Iterator[World]:
    with running_world(shared) as running:
        yield running


@pytest.fixture(scope="module")
def embedded(world: World, airflow_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an embedded run over the same portals."""
    from ops.in_process import output_to, run_dag

    folder = tmp_path_factory.mktemp("embedded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FGF_DATA_DIR", str(folder))
        patch.setenv("FGF_PORTALS_DIR", str(world.write_portal_files(folder / "portals")))
        patch.setenv("FGF_PACE", "0")
        patch.setattr(PACER, "clock", itertools.count(0, 1000).__next__)
        for dag_id, conf in (("crawl_portals", {"full": True}), ("build_warehouse", {})):
            with output_to(folder / "run.log"):
                assert run_dag(dag_id, conf, lambda *_: None).state == "success"
    return folder


@pytest.fixture(scope="module")
def cluster(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    portals = world.write_portal_files(folder / "portals")
    with running_cluster(folder, FGF_PORTALS_DIR=str(portals), FGF_PACE="0") as running:
        wait_until(running.builds, 240, "the crawl of the first start, and the build that it starts")
        running.all_builds_ended(0)
        yield running


@pytest.fixture(scope="module")
def filled(cluster: Cluster) -> Cluster:
    """The cluster with all that the portals have, whichever test comes first."""
    if not rows(data(cluster))["notices"]:
        builds = len(cluster.builds())
        assert cluster.ended("crawl_portals", cluster.trigger("crawl_portals", full=True), 500) == "success"
        cluster.all_builds_ended(builds)
    return cluster


def data(cluster: Cluster) -> Path:
    return cluster.folder / "data"


def test_a_new_installation_shows_nothing_red(cluster: Cluster) -> None:
    runs = [
        run
        for dag in cluster.call("GET", "dags")["dags"]
        for run in cluster.call("GET", f"dags/{dag['dag_id']}/dagRuns")["dag_runs"]
    ]
    assert {run["dag_id"] for run in runs} >= {"crawl_portals", "build_warehouse"}
    assert [(run["dag_id"], run["dag_run_id"]) for run in runs if run["state"] == "failed"] == []


def test_the_rows_are_those_of_an_embedded_run_though_a_worker_was_killed_in_mid_crawl(
    cluster: Cluster, embedded: Path
) -> None:
    builds = len(cluster.builds())
    run_id = cluster.trigger("crawl_portals", full=True)

    def crawling() -> bool:
        spool = data(cluster) / "spool" / "tianshui"  # asks for two seconds between requests: it takes long
        return any(path.stat().st_size > 20_000 for path in spool.glob("*.warc.gz"))

    wait_until(crawling, 120, "a crawl to be on its way")
    victim = worker_of(cluster, "tianshui")
    cluster.kill(victim)
    time.sleep(1)
    cluster.start(victim)
    assert cluster.ended("crawl_portals", run_id, 400) == "success"
    tries = {t["map_index"]: t["try_number"] for t in cluster.tasks("crawl_portals", run_id)}
    assert max(tries.values()) >= 2, tries
    assert {run["state"] for run in cluster.all_builds_ended(builds)} == {"success"}
    expected, found = rows(embedded), rows(data(cluster))
    for name in ROWS:
        assert found[name] == expected[name], name
    with duckdb.connect(str((data(cluster) / "warehouse.duckdb").resolve()), read_only=True) as connection:
        stops = connection.execute("select stop from portal_runs where portal_id = 'tianshui'").fetchall()
    assert ("killed",) in stops


def worker_of(cluster: Cluster, portal_id: str) -> str:
    """The worker among whose processes is the one that holds the portal's open file."""
    for name in WORKERS:
        for process in psutil.Process(cluster.running[name].pid).children(recursive=True):
            try:
                if any(f"/spool/{portal_id}" in file.path for file in process.open_files()):
                    return name
            except psutil.Error:
                continue
    pytest.fail(f"no worker crawls {portal_id}")


def test_both_workers_have_worked(cluster: Cluster) -> None:
    runs = cluster.call("GET", "dags/crawl_portals/dagRuns")["dag_runs"]
    hosts = {t["hostname"] for run in runs for t in cluster.tasks("crawl_portals", run["dag_run_id"])}
    logs = [(cluster.folder / f"{name}.log").read_text("utf-8") for name in WORKERS]
    assert hosts
    assert all("received" in log for log in logs)


def test_a_scheduler_killed_in_mid_run_loses_and_repeats_nothing(filled: Cluster, world: World) -> None:
    before, builds = at_rest(filled)
    world.control("publish", n=1, portal="council")
    run_id = filled.trigger("crawl_portals", portals=["council", "qingdao"])
    wait_until(lambda: filled.tasks("crawl_portals", run_id), 60, "the run to begin")
    filled.kill("scheduler")
    time.sleep(2)
    filled.start("scheduler")
    assert filled.ended("crawl_portals", run_id) == "success"
    assert {run["state"] for run in filled.all_builds_ended(builds)} == {"success"}
    after = rows(data(filled))
    assert len(after["notices"]) == len(before["notices"]) + 1
    assert len({row[1] for row in after["notices"]}) == len(after["notices"])


def test_a_loader_killed_in_mid_load_is_tried_again_and_every_row_is_there_once(filled: Cluster) -> None:
    """The working file is thrown away first, so that the load has to do all of it again."""
    before = rows(data(filled))
    (data(filled) / "warehouse" / "work.duckdb").unlink()
    run_id = filled.trigger("build_warehouse")
    pid = wait_until(lambda: loader(filled), 120, "the loader", every=0.01)
    os.kill(pid, 9)
    assert filled.ended("build_warehouse", run_id) == "success"
    [load] = [task for task in filled.tasks("build_warehouse", run_id) if task["task_id"] == "load"]
    assert load["try_number"] == 2
    assert rows(data(filled)) == before


def loader(cluster: Cluster) -> int:
    """The process that has the working file open, 0 while there is none."""
    for name in WORKERS:
        for process in psutil.Process(cluster.running[name].pid).children(recursive=True):
            try:
                if any("work.duckdb" in file.path for file in process.open_files()):
                    return process.pid
            except psutil.Error:
                continue
    return 0


def at_rest(cluster: Cluster) -> tuple[dict[str, list[tuple[Any, ...]]], int]:
    """The rows and the number of builds, when none goes on."""
    wait_until(lambda: all(run["state"] in ENDED for run in cluster.builds()), 300, "rest")
    return rows(data(cluster)), len(cluster.builds())


def crawl_with_news(cluster: Cluster, world: World) -> str:
    """A run that has begun to crawl tianshui, which asks for patience; one notice there is new."""
    world.control("publish", n=1, portal="tianshui")
    run_id = cluster.trigger("crawl_portals", portals=["tianshui"], full=True)
    wait_until(lambda: list((data(cluster) / "spool" / "tianshui").glob("*.warc.gz")), 120, "a crawl", 0.1)
    return run_id


def came_right(cluster: Cluster, run_id: str, builds: int, before: dict[str, list[tuple[Any, ...]]]) -> None:
    """The run has ended well, and what was new is there once, beside all that was there before."""
    assert cluster.ended("crawl_portals", run_id, 500) == "success"
    assert {run["state"] for run in cluster.all_builds_ended(builds)} == {"success"}
    after = rows(data(cluster))
    assert len(after["notices"]) == len(before["notices"]) + 1
    assert set(before["notices"]) < set(after["notices"])
    assert len({row[1] for row in after["notices"]}) == len(after["notices"])
    assert [task for task in before["tasks"] if task not in after["tasks"]] == []


def test_redis_killed_in_mid_run_is_no_matter(filled: Cluster, world: World) -> None:
    before, builds = at_rest(filled)
    run_id = crawl_with_news(filled, world)
    filled.kill("redis")
    time.sleep(5)
    filled.again("redis")
    came_right(filled, run_id, builds, before)


def test_postgresql_killed_in_mid_run_is_no_matter(filled: Cluster, world: World) -> None:
    before, builds = at_rest(filled)
    run_id = crawl_with_news(filled, world)
    filled.kill("postgres")
    time.sleep(5)
    filled.again("postgres")
    filled.healthy()
    came_right(filled, run_id, builds, before)


def test_a_worker_that_loses_its_network_in_mid_crawl_is_replaced_and_takes_work_again(
    filled: Cluster, world: World
) -> None:
    """For longer than the heartbeat's timeout. Its crawl goes on for a while, without knowing."""
    before, builds = at_rest(filled)
    here, there = WORKERS
    with network_of_its_own(filled, world) as network:
        for name in WORKERS:
            filled.kill(name)
        filled.start_command(there, network.inside(filled.command(there)))
        world.control("faults", set="drip:2@tianshui")  # an answer takes twenty seconds
        run_id = crawl_with_news(filled, world)
        network.unplug()
        filled.start(here)
        time.sleep(60)
        world.control("faults", set="")
        network.plug()
        came_right(filled, run_id, builds, before)
        [crawl] = [t for t in filled.tasks("crawl_portals", run_id) if t["task_id"] == "crawl"]
        assert crawl["try_number"] >= 2
        filled.kill(here)
        again = filled.trigger("crawl_portals", portals=["qingdao"])
        assert filled.ended("crawl_portals", again) == "success"
        filled.kill(there)
    for name in WORKERS:
        filled.start(name)


def test_the_first_service_may_run_again(cluster: Cluster) -> None:
    initialise(cluster)


def test_only_loopback_is_listened_on(cluster: Cluster) -> None:
    mine = {
        one.pid
        for process in cluster.running.values()
        for one in [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    }
    listening = [c for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN and c.pid in mine]
    assert {c.laddr.ip for c in listening} == {"127.0.0.1"}


def test_nobody_enters_without_the_password_of_the_first_start(cluster: Cluster) -> None:
    import requests

    for login in ({"username": "admin", "password": "admin"}, {"username": cluster.user, "password": ""}):
        answer = requests.post(f"{cluster.address}/auth/token", json=login, timeout=60)
        assert answer.status_code in (400, 401, 422), login
    assert requests.get(f"{cluster.address}/api/v2/dags", timeout=60).status_code == 401
    assert requests.get(f"{cluster.address}/fgf/portals", timeout=60).status_code == 401
