"""The real scheduler, with SQLite and LocalExecutor: the asset starts the build, Monday the digest."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import psutil
import pytest
import requests

from ops.up import free_port, health
from tests.conftest import ROOT
from tests.world.worlds import running_world


@dataclass(frozen=True, slots=True)
class Airflow:
    """A running Airflow, by its REST interface and its processes."""

    address: str
    token: str
    data_dir: Path
    parent: psutil.Process

    def call(self, method: str, path: str, **body: Any) -> Any:
        answer = requests.request(
            method,
            f"{self.address}/api/v2/{path}",
            json=body or None,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=90,
        )
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}\n{self.log('api-server')}"
        return answer.json()

    def log(self, component: str) -> str:
        """The end of a component's log, for the message of a failed test."""
        file = self.data_dir / "airflow" / "logs" / f"{component}.log"
        return f"--- {file.name}\n" + file.read_text("utf-8", "replace")[-6000:]

    def run(self, dag_id: str, **conf: Any) -> dict[str, Any]:
        """Trigger a DAG and wait for the end of that run."""
        run_id = self.call("POST", f"dags/{dag_id}/dagRuns", conf=conf, logical_date=None)["dag_run_id"]
        return self.wait_for(dag_id, lambda run: run["dag_run_id"] == run_id)

    def wait_for(self, dag_id: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first ended run of a DAG that is wanted."""

        def ended() -> dict[str, Any] | None:
            runs = self.call("GET", f"dags/{dag_id}/dagRuns?order_by=run_after")["dag_runs"]
            return next((r for r in runs if r["state"] in ("success", "failed") and wanted(r)), None)

        found: dict[str, Any] = wait_until(ended, 180, f"a run of {dag_id} to end")
        return found


def wait_until(found: Any, within: float, what: str) -> Any:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if result := found():
            return result
        time.sleep(0.5)
    pytest.fail(f"waited {within:.0f} s in vain for {what}")


@pytest.fixture(scope="module")
def airflow(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Airflow]:
    data_dir = tmp_path_factory.mktemp("up")
    port = free_port(18080)
    with running_world(shared) as world:
        settings = {
            "FGF_DATA_DIR": str(data_dir),
            "FGF_PORTALS_DIR": str(world.write_portal_files(data_dir / "portals")),
            "FGF_PACE": "0",
            "PYTHONPATH": str(ROOT),
        }
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "FGF_"))
        } | settings
        command = [sys.executable, "-m", "ops.up", "--port", str(port)]
        with (data_dir / "up.txt").open("w") as out:
            process = subprocess.Popen(
                command, env=environment, cwd=ROOT, stdout=out, stderr=out, start_new_session=True
            )
        try:
            yield _logged_in(f"http://127.0.0.1:{port}", data_dir, psutil.Process(process.pid))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _logged_in(address: str, data_dir: Path, parent: psutil.Process) -> Airflow:
    wait_until(lambda: set(health(address).values()) == {"healthy"}, 150, "healthy components")
    passwords = json.loads(
        (data_dir / "airflow/simple_auth_manager_passwords.json.generated").read_text("utf-8")
    )
    login = {"username": "admin", "password": passwords["admin"]}
    token = requests.post(f"{address}/auth/token", json=login, timeout=30).json()["access_token"]
    made = Airflow(address, token, data_dir, parent)
    wait_until(lambda: made.call("GET", "dags")["total_entries"] >= 7, 60, "the DAGs to be there")
    return made


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
