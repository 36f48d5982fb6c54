"""`make up` as tests and benchmarks use it: started on a free port, asked by its REST interface, stopped."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from ops.announce import health
from ops.ports import free_port
from tests.airflow_rest import ENDED, AirflowRest, log_in, wait_until
from tests.conftest import ROOT


@dataclass(frozen=True, slots=True)
class Airflow(AirflowRest):
    """A running Airflow, by its REST interface and its processes."""

    address: str
    token: str
    data_dir: Path
    parent: psutil.Process

    def log(self, component: str) -> str:
        """The end of a component's log, for the message of a failed test."""
        file = self.data_dir / "airflow" / "logs" / f"{component}.log"
        return f"--- {file.name}\n" + file.read_text("utf-8", "replace")[-6000:]

    def run(self, dag_id: str, **conf: Any) -> dict[str, Any]:
        """Trigger a DAG and wait for the end of that run."""
        run_id = self.trigger(dag_id, **conf)
        return self.wait_for(dag_id, lambda run: run["dag_run_id"] == run_id)

    def wait_for(
        self, dag_id: str, wanted: Callable[[dict[str, Any]], bool], within: float = 400
    ) -> dict[str, Any]:
        """The first ended run of a DAG that is wanted."""

        def ended() -> dict[str, Any] | None:
            oldest_first = reversed(self.runs(dag_id))
            return next((run for run in oldest_first if run["state"] in ENDED and wanted(run)), None)

        found: dict[str, Any] = wait_until(ended, within, f"a run of {dag_id} to end")
        return found


@contextlib.contextmanager
def running_airflow(data_dir: Path, settings: Mapping[str, str]) -> Iterator[Airflow]:
    """`make up` on `data_dir` with these settings; stopped as by Ctrl-C when the block ends."""
    # A port is taken only seconds after it was found free: two that start together look in different places.
    port = free_port(20_000 + os.getpid() % 1000 * 10)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "FGF_"))}
    environment |= {"FGF_DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT)} | dict(settings)
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
    wait_until(lambda: set(health(address).values()) == {"healthy"}, 300, "healthy components")
    passwords = json.loads(
        (data_dir / "airflow/simple_auth_manager_passwords.json.generated").read_text("utf-8")
    )
    made = Airflow(address, log_in(address, "admin", passwords["admin"]), data_dir, parent)
    wait_until(lambda: made.call("GET", "dags")["total_entries"] >= 7, 90, "the DAGs to be there")
    return made
