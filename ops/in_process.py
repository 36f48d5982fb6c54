"""Run this project's DAGs once through Airflow in this process, without a scheduler.

`dag.test()` runs each task by Airflow's own task runner, one after another, its states kept in the metadata
database. What Airflow prints goes to a log file; a listener tells how far it is.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.settings import ROOT
from ops.airflow_home import POOLS

Tell = Callable[[str, str], None]
"""Called with a task's name as shown in Airflow's UI and with `running`, `done` or `failed: <reason>`."""


@dataclass(frozen=True, slots=True)
class DagOutcome:
    """How a DAG run ended: Airflow's state of the run, and the tasks that failed with their reasons."""

    dag_id: str
    state: str
    failed: tuple[str, ...]


def prepare_airflow(home: Path) -> None:
    """Make or upgrade the metadata database, and the pools. Set the environment before this is called."""
    from airflow import __version__
    from airflow.models.pool import Pool
    from airflow.utils import db

    marker = home / f".ready-{__version__}"
    if marker.is_file():
        return
    db.initdb()
    for name, (slots, description) in POOLS.items():
        Pool.create_or_update_pool(name, slots=slots, description=description, include_deferred=False)
    marker.touch()


def run_dag(dag_id: str, conf: Mapping[str, Any], tell: Tell) -> DagOutcome:
    """Run one DAG to its end, without retries: a person waits, and the fetcher has tried again by itself."""
    from airflow.sdk.listener import get_listener_manager

    dag = _dag_bag().dags[dag_id]
    for task in dag.task_dict.values():
        task.retries = 0
    listener = _listener(tell)
    get_listener_manager().pm.register(listener)
    try:
        run = dag.test(run_conf=dict(conf))
    finally:
        get_listener_manager().pm.unregister(listener)
    return DagOutcome(dag_id, str(run.state), tuple(listener.failed))


@contextlib.contextmanager
def output_to(file: Path) -> Iterator[Any]:
    """Send what this process prints to `file`; yields a text stream to the terminal as it was."""
    file.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with file.open("ab") as log, os.fdopen(os.dup(kept[0]), "w", encoding="utf-8") as terminal:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        try:
            yield terminal
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for number, descriptor in enumerate(kept, 1):
                os.dup2(descriptor, number)
                os.close(descriptor)


def _dag_bag() -> Any:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(str(ROOT / "dags"))
    if bag.import_errors:
        raise RuntimeError(f"DAG files that do not load: {bag.import_errors}")
    return bag


def _listener(tell: Tell) -> Any:
    from airflow.listeners import hookimpl

    class Listener:
        failed: list[str]

        def __init__(self) -> None:
            self.failed = []

        @hookimpl
        def on_task_instance_running(self, task_instance: Any) -> None:
            tell(_label(task_instance), "running")

        @hookimpl
        def on_task_instance_success(self, task_instance: Any) -> None:
            tell(_label(task_instance), "done")

        @hookimpl
        def on_task_instance_failed(self, task_instance: Any, error: BaseException | str | None) -> None:
            label = _label(task_instance)
            self.failed.append(f"{label}: {error}")
            tell(label, f"failed: {error}")

    return Listener()


def _label(task_instance: Any) -> str:
    task = task_instance.task
    name = getattr(task, "task_display_name", None) or task.task_id
    portal = (getattr(task, "op_kwargs", None) or {}).get("portal_id")
    return f"{name} {portal}" if isinstance(portal, str) else str(name)


if __name__ == "__main__":
    prepare_airflow(Path(sys.argv[1]))
