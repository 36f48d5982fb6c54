"""Airflow's own settings on one machine: a home below the data folder, SQLite, this project's DAGs."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from crawlers.settings import ROOT

# SQLite has one write lock, and five seconds of waiting for it, the default of Python's driver, are few on a
# busy machine: "database is locked". A task waits longer for its answer than a server waits for the lock.
LOCK_WAIT = 20
API_WAIT = 60

POOLS = {
    "portals": (4, "Portals crawled at one time"),
    "warehouse": (1, "The one writer of the DuckDB file"),
}


def airflow_environment(home: Path, port: int = 8080, task_port: int = 8081) -> dict[str, str]:
    """Environment of every Airflow process that shares `home`.

    The web UI and its API are on 127.0.0.1:`port`, what tasks report to on `task_port`.
    """
    secret, database = _secrets(home), home.resolve() / "airflow.db"
    address = f"http://127.0.0.1:{port}"
    return {
        "AIRFLOW_HOME": str(home.resolve()),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "ops" / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": "Asia/Shanghai",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{task_port}/execution/",
        "AIRFLOW__CORE__FERNET_KEY": secret["fernet"],
        "AIRFLOW__API_AUTH__JWT_SECRET": secret["jwt"],
        "AIRFLOW__API__SECRET_KEY": secret["api"],
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__API__INSTANCE_NAME": "放管服公文流水线",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{database}?timeout={LOCK_WAIT}",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home.resolve() / "logs"),
        "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "False",
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": str(API_WAIT),
        "PYTHONPATH": str(ROOT),
        "NO_PROXY": "127.0.0.1,localhost",
    }


def _secrets(home: Path) -> dict[str, str]:
    """Keys of this installation: made once, readable by the owner alone."""
    file = home / "secrets.json"
    if not file.is_file():
        import base64

        home.mkdir(parents=True, exist_ok=True)
        fresh = {
            "fernet": base64.urlsafe_b64encode(os.urandom(32)).decode(),
            "jwt": secrets.token_urlsafe(32),
            "api": secrets.token_urlsafe(32),
        }
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            json.dump(fresh, handle)
    found: dict[str, str] = json.loads(file.read_text("utf-8"))
    return found
