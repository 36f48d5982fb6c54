"""What the tests of operations share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ops.receivers import MailBox, Webhook, mail_server, refusing_server, webhook_server


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    with webhook_server() as hook:
        yield hook


@pytest.fixture
def mailbox() -> Iterator[MailBox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def refusing() -> Iterator[str]:
    with refusing_server() as home:
        yield home


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder that FGF_DATA_DIR names; all other settings of ours have their defaults."""
    for name in [name for name in os.environ if name.startswith("FGF_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("FGF_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("FGF_PORTALS_DIR", str(tmp_path / "portals"))
    (tmp_path / "portals").mkdir()
    return tmp_path / "data"


@pytest.fixture
def run_dag(airflow_home: Path, installation: Path) -> Callable[..., Any]:
    """Runs a DAG of this project to its end through Airflow, and returns its outcome."""

    def run(dag_id: str, **conf: Any) -> Any:
        from ops.in_process import output_to
        from ops.in_process import run_dag as run_in_process

        with output_to(installation / "logs" / f"{dag_id}.log"):
            return run_in_process(dag_id, conf, lambda *_: None)

    return run
