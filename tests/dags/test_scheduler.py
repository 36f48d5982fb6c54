"""The real scheduler, with SQLite and LocalExecutor: the asset starts the build, Monday the digest."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import psutil
import pytest
import requests

from tests.airflow_rest import ENDED
from tests.dags.running import Airflow, running_airflow
from tests.world.worlds import running_world

# A first start runs every schedule once; on a machine shared by many that takes minutes.
# In the order of this file: the first wants portals that nobody has crawled, the last stops the Airflow.
pytestmark = [pytest.mark.timeout(900, func_only=True), pytest.mark.random_order(disabled=True)]


@pytest.fixture(scope="module")
def airflow(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Airflow]:
    data_dir = tmp_path_factory.mktemp("up")
    with running_world(shared) as world:
        portals = world.write_portal_files(data_dir / "portals")
        with running_airflow(data_dir, {"FGF_PORTALS_DIR": str(portals), "FGF_PACE": "0"}) as running:
            yield running


def test_a_crawl_starts_the_build_by_its_asset(airflow: Airflow) -> None:
    crawl = airflow.run("crawl_portals", portals=["qingdao", "council"], full=True)
    assert crawl["state"] == "success"
    build = airflow.wait_for("build_warehouse", lambda run: run["run_after"] >= crawl["start_date"][:19])
    assert (build["state"], build["run_type"]) == ("success", "asset_triggered")
    with duckdb.connect(str((airflow.data_dir / "warehouse.duckdb").resolve()), read_only=True) as connection:
        [(portals,)] = connection.execute("select count(distinct portal_id) from notices").fetchall()
    assert portals >= 2


def test_the_digest_waits_for_its_monday_and_runs_by_hand(airflow: Airflow) -> None:
    digest = airflow.call("GET", "dags/weekly_digest")
    assert digest["timetable_summary"] == "0 8 * * 1"
    assert digest["next_dagrun_run_after"] is not None
    assert airflow.run("weekly_digest", week="2023-W23")["state"] == "success"
    assert (airflow.data_dir / "reports/digest/2023-W23.html").is_file()


def test_who_writes_while_another_holds_the_database_waits_and_is_served(airflow: Airflow) -> None:
    """Longer than the five seconds that Python's SQLite driver waits when nobody tells it to wait longer."""
    with (
        contextlib.closing(sqlite3.connect(airflow.data_dir / "airflow/airflow.db", timeout=60)) as other,
        ThreadPoolExecutor() as threads,
    ):
        other.execute("begin immediate")
        asked = threads.submit(airflow.call, "PATCH", "dags/release", is_paused=False)
        time.sleep(7)
        assert not asked.done()
        other.rollback()
        assert asked.result(timeout=90)["is_paused"] is False


def test_what_people_click_is_done_while_tasks_report(airflow: Airflow) -> None:
    """In one process the two lock each other out on SQLite: see ops/up.py."""
    run_id, longest = airflow.trigger("crawl_portals", portals=["qingdao", "council"]), 0.0
    while airflow.call("GET", f"dags/crawl_portals/dagRuns/{run_id}")["state"] not in ENDED:
        started = time.monotonic()
        airflow.call("PATCH", "dags/release", is_paused=False)
        longest = max(longest, time.monotonic() - started)
    assert 0 < longest < 15


def test_the_page_of_the_portals_is_for_who_is_logged_in(airflow: Airflow) -> None:
    page = f"{airflow.address}/fgf/portals"
    assert requests.get(page, timeout=30).status_code == 401
    shown = requests.get(page, headers={"Authorization": f"Bearer {airflow.token}"}, timeout=30)
    assert shown.status_code == 200
    assert "门户状况" in shown.text
    assert "qingdao" in shown.text


def test_nothing_listens_beyond_loopback(airflow: Airflow) -> None:
    mine = {process.pid for process in airflow.parent.children(recursive=True)}
    listening = [c for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN and c.pid in mine]
    assert listening
    assert {c.laddr.ip for c in listening} == {"127.0.0.1"}


def test_stopping_leaves_nothing_running(airflow: Airflow) -> None:
    """The last of this module: it stops the fixture's Airflow as Ctrl-C does."""
    started = airflow.parent.children(recursive=True)
    assert len(started) >= 4
    airflow.parent.send_signal(signal.SIGINT)
    _, left = psutil.wait_procs(started, timeout=60)
    assert left == []
