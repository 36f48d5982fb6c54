"""A running Airflow asked by its REST interface: what the tests of one machine and of the cluster share."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import requests

ENDED = ("success", "failed")


class NeverCame(AssertionError):
    """What was waited for did not happen in time."""


class AirflowRest:
    """What a running Airflow is asked. Whoever inherits it has an address and a token."""

    address: str
    token: str

    def log(self, component: str) -> str:
        """The end of a component's log, for the message of a failed test."""
        raise NotImplementedError

    def call(self, method: str, path: str, **body: Any) -> Any:
        """The answer's JSON; an answer that is no success fails with the end of the server's log."""
        answer = requests.request(
            method,
            f"{self.address}/api/v2/{path}",
            json=body or None,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=90,
        )
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}\n{self.log('api-server')}"
        return answer.json()

    def trigger(self, dag_id: str, **conf: Any) -> str:
        """Start a run by hand; its id."""
        return str(self.call("POST", f"dags/{dag_id}/dagRuns", conf=conf, logical_date=None)["dag_run_id"])

    def runs(self, dag_id: str) -> list[dict[str, Any]]:
        """The latest runs, the newest first."""
        path = f"dags/{dag_id}/dagRuns?order_by=-run_after"
        found: list[dict[str, Any]] = self.call("GET", path)["dag_runs"]
        return found

    def tasks(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        """The task instances of a run."""
        path = f"dags/{dag_id}/dagRuns/{run_id}/taskInstances?limit=100"
        found: list[dict[str, Any]] = self.call("GET", path)["task_instances"]
        return found


def log_in(address: str, user: str, password: str) -> str:
    """A token for the REST interface."""
    login = {"username": user, "password": password}
    answer = requests.post(f"{address}/auth/token", json=login, timeout=90)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["access_token"])


def wait_until(found: Callable[[], Any], within: float, what: str, every: float = 0.5) -> Any:
    """The first true answer. Raises NeverCame."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if result := found():
            return result
        time.sleep(every)
    raise NeverCame(f"waited {within:.0f} s in vain for {what}")
