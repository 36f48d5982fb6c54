"""The real scheduler, with SQLite and LocalExecutor: the asset starts the build, Monday the digest."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
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
    """A running Airflow, by its REST interface."""

    address: str
    token: str
    data_dir: Path

    def call(self, method: str, path: str, **body: Any) -> Any:
        answer = requests.request(
            method,
            f"{self.address}/api/v2/{path}",
            json=body or None,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json()

    def trigger(self, dag_id: str, **conf: Any) -> str:
        return str(self.call("POST", f"dags/{dag_id}/dagRuns", conf=conf, logical_date=None)["dag_run_id"])

    def wait_for_run(self, dag_id: str, within: float = 120) -> dict[str, Any]:
        """The newest run of a DAG when it has ended."""
        return wait_until(lambda: self._ended(dag_id), within, f"{dag_id} to end")

    def _ended(self, dag_id: str) -> dict[str, Any] | None:
        runs = self.call("GET", f"dags/{dag_id}/dagRuns?order_by=-run_after")["dag_runs"]
        return runs[0] if runs and runs[0]["state"] in ("success", "failed") else None


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
            yield _logged_in(f"http://127.0.0.1:{port}", data_dir)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _logged_in(address: str, data_dir: Path) -> Airflow:
    wait_until(lambda: set(health(address).values()) == {"healthy"}, 150, "healthy components")
    passwords = json.loads(
        (data_dir / "airflow/simple_auth_manager_passwords.json.generated").read_text("utf-8")
    )
    login = {"username": "admin", "password": passwords["admin"]}
    token = requests.post(f"{address}/auth/token", json=login, timeout=30).json()["access_token"]
    made = Airflow(address, token, data_dir)
    wait_until(lambda: made.call("GET", "dags")["total_entries"] >= 3, 60, "the DAGs to be there")
    return made


def test_a_crawl_starts_the_build_by_its_asset(airflow: Airflow) -> None:
    airflow.trigger("crawl_portals", portals=["qingdao", "council"], full=True)
    assert airflow.wait_for_run("crawl_portals")["state"] == "success"
    build = airflow.wait_for_run("build_warehouse")
    assert build["state"] == "success"
    assert build["run_type"] == "asset_triggered"
    with duckdb.connect(str(airflow.data_dir / "warehouse.duckdb"), read_only=True) as connection:
        [(portals,)] = connection.execute("select count(distinct portal_id) from notices").fetchall()
    assert portals >= 2


def test_the_digest_waits_for_its_monday_and_runs_by_hand(airflow: Airflow) -> None:
    digest = airflow.call("GET", "dags/weekly_digest")
    assert digest["timetable_summary"] == "0 8 * * 1"
    assert digest["next_dagrun_run_after"] is not None
    airflow.trigger("weekly_digest", week="2023-W15")
    assert airflow.wait_for_run("weekly_digest")["state"] == "success"
    assert (airflow.data_dir / "reports/digest/2023-W15.html").is_file()


def test_nothing_listens_beyond_loopback(airflow: Airflow) -> None:
    mine = {process.pid for process in _processes("airflow", airflow.data_dir)}
    listening = [c for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN and c.pid in mine]
    assert listening
    assert {c.laddr.ip for c in listening} == {"127.0.0.1"}


def test_stopping_leaves_nothing_running(airflow: Airflow) -> None:
    """The last of this module: it stops the fixture's Airflow as Ctrl-C does."""
    [parent] = _processes("ops.up", airflow.data_dir)
    parent.send_signal(signal.SIGINT)
    wait_until(lambda: not _processes("airflow", airflow.data_dir), 60, "all components to stop")


def _processes(word: str, data_dir: Path) -> list[psutil.Process]:
    """Processes whose command holds `word` and whose environment names this test's data folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        environment, command = process.info["environ"] or {}, process.info["cmdline"] or []
        if environment.get("FGF_DATA_DIR") == str(data_dir) and any(word in part for part in command):
            found.append(process)
    return found
