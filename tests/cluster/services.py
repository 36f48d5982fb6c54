"""The services of docker-compose.yml as processes of this machine: the same commands and settings.

Only what a container is for is replaced: host names by 127.0.0.1 and ports, volumes by folders.
"""

from __future__ import annotations

import contextlib
import glob
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml

from ops.announce import health
from ops.ports import free_port
from tests.airflow_rest import ENDED, AirflowRest, log_in, wait_until
from tests.conftest import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
WORKERS = ("worker-1", "worker-2")
# Deaths are noticed in seconds, not minutes; parts of a machine that eight processes share.
IMPATIENT = {
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_SEC": "3",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "40",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
    "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY": "2",
    "AIRFLOW__API__WORKERS": "1",
}


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to a process and all its children: what a machine does that loses its power."""
    with contextlib.suppress(psutil.NoSuchProcess):
        for one in [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
    process.wait(timeout=30)


@dataclass
class Cluster(AirflowRest):
    """Running services by name, and how to ask and kill them."""

    folder: Path
    environment: dict[str, str]
    ports: dict[str, int]
    user: str
    password: str
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    launched: dict[str, tuple[list[str], dict[str, Any]]] = field(default_factory=dict)
    token: str = ""

    @property
    def address(self) -> str:  # type: ignore[override]
        return f"http://127.0.0.1:{self.ports['api-server']}"

    def start(self, name: str) -> None:
        """Start a service by its command in docker-compose.yml."""
        self.start_command(name, self.command(name))

    def start_command(self, name: str, command: list[str], **options: Any) -> None:
        """Start a service by a command of one's own, with options of Popen."""
        self.launched[name] = command, options
        self.again(name)

    def again(self, name: str) -> None:
        """Start a service as it was started last."""
        command, options = self.launched[name]
        chosen = {"env": self.environment, "cwd": ROOT} | options
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True, **chosen
            )

    def kill(self, name: str) -> None:
        """SIGKILL to a service and all its processes."""
        kill_tree(self.running.pop(name))

    def revive(self) -> list[str]:
        """What `restart: unless-stopped` does: services that have ended by themselves are started again."""
        ended = [name for name, process in self.running.items() if process.poll() is not None]
        for name in ended:
            kill_tree(self.running[name])
            self.again(name)
        return ended

    def healthy(self, within: float = 150) -> None:
        """Wait until every component says that it is well."""

        def all_well() -> bool:
            self.revive()
            return set(health(self.address).values()) == {"healthy"}

        wait_until(all_well, within, "healthy components", every=1)

    def stop(self) -> None:
        """Stop all, the stores last; what does not end within seconds is killed."""
        for name in [*(n for n in self.running if n not in ("postgres", "redis")), "redis", "postgres"]:
            if process := self.running.pop(name, None):
                process.send_signal(signal.SIGINT if name == "postgres" else signal.SIGTERM)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=8)
                kill_tree(process)

    def command(self, name: str) -> list[str]:
        """The command of a service of docker-compose.yml, with this machine's addresses."""
        words = COMPOSE["services"]["worker" if name in WORKERS else name]["command"]
        local = {"0.0.0.0": "127.0.0.1", "8080": str(self.ports["api-server"]), "4": "2"}
        command = [sys.executable, "-m", "airflow", *(local.get(word, word) for word in words)]
        own = ["--celery-hostname", f"{name}@%h", "--pid", str(self.folder / f"{name}.pid")]
        return command + (own if name in WORKERS else [])

    def log(self, component: str) -> str:
        """The end of a component's log, for the message of a failed test."""
        return (self.folder / f"{component}.log").read_text("utf-8", "replace")[-6000:]

    def ended(self, dag_id: str, run_id: str, within: float = 240) -> str:
        """The state in which a run ended."""

        def state() -> str:
            self.revive()
            found = str(self.call("GET", f"dags/{dag_id}/dagRuns/{run_id}")["state"])
            return found if found in ENDED else ""

        return str(wait_until(state, within, f"{dag_id} {run_id} to end"))

    def builds(self) -> list[dict[str, Any]]:
        """The latest builds, the oldest first."""
        return list(reversed(self.runs("build_warehouse")))

    def all_builds_ended(self, since: int) -> list[dict[str, Any]]:
        """The builds after the first `since`, when there is one at least and none goes on."""

        def found() -> list[dict[str, Any]]:
            new = self.builds()[since:]
            return new if new and all(run["state"] in ENDED for run in new) else []

        ended: list[dict[str, Any]] = wait_until(found, 400, "the builds to end")
        return ended


@contextlib.contextmanager
def running_cluster(folder: Path, **settings: str) -> Iterator[Cluster]:
    """All services of docker-compose.yml, healthy; stopped when the block ends."""
    stores = Path(tempfile_folder())
    ports = {
        name: free_port(first)
        for name, first in (("postgres", 15432), ("redis", 16379), ("api-server", 18180))
    }
    secret = {name: secrets.token_urlsafe(24) for name in _required()} | {
        "FGF_FERNET_KEY": _fernet_key(),
        "FGF_ADMIN_USER": "chief",
        "FGF_CONTACT": "duty@office.example",
    }
    environment = _environment(folder, ports, secret) | settings
    cluster = Cluster(folder, environment, ports, secret["FGF_ADMIN_USER"], secret["FGF_ADMIN_PASSWORD"])
    try:
        start_postgres(cluster, stores, secret["FGF_POSTGRES_PASSWORD"])
        _start_redis(cluster, stores, secret["FGF_REDIS_PASSWORD"])
        initialise(cluster)
        for name in ("api-server", "scheduler", "dag-processor", "triggerer", *WORKERS):
            cluster.start(name)
        cluster.healthy()
        cluster.token = log_in(cluster.address, cluster.user, cluster.password)
        wait_until(lambda: cluster.call("GET", "dags")["total_entries"] >= 6, 90, "the DAGs to be there")
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(stores, ignore_errors=True)


def tempfile_folder() -> str:
    """A folder that another user may enter: PostgreSQL refuses to run as root."""
    import tempfile

    path = tempfile.mkdtemp(prefix="fgf-cluster-")
    os.chmod(path, 0o755)  # noqa: S103
    return path


def program(name: str) -> str:
    """A program of PostgreSQL or Redis; the test is skipped where it is not installed."""
    found = [shutil.which(name), *sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)]
    path = next((one for one in found if one), None)
    if path is None:
        pytest.skip(f"{name} is not installed. Remedy: apt-get install postgresql redis-server")
    return path


def _required() -> set[str]:
    return set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text("utf-8")))


def _fernet_key() -> str:
    import base64

    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def _environment(folder: Path, ports: Mapping[str, int], secret: Mapping[str, str]) -> dict[str, str]:
    """The environment of x-airflow and of the Dockerfile, with this machine's places."""

    def local(text: str) -> str:
        text = re.sub(r"\$\{(\w+)(?::\?[^}]*|:-([^}]*))?\}", lambda m: secret.get(m[1], m[2] or ""), text)
        for host, name in (
            ("@postgres/", "postgres"),
            ("@redis:6379", "redis"),
            ("api-server:8080", "api-server"),
        ):
            text = text.replace(
                host, f"{host[0] if host[0] == '@' else ''}127.0.0.1:{ports[name]}" + "/" * host.endswith("/")
            )
        return text

    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "FGF_"))}
    return (
        inherited
        | {key: local(str(value)) for key, value in COMPOSE["x-airflow"]["environment"].items()}
        | {
            "PYTHONPATH": str(ROOT),
            "AIRFLOW_HOME": str(folder / "airflow"),
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "ops" / "plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DEFAULT_TIMEZONE": "Asia/Shanghai",
            "FGF_DATA_DIR": str(folder / "data"),
            "FGF_CORRECTIONS_DIR": str(folder / "data" / "corrections"),
            "NO_PROXY": "127.0.0.1,localhost",
        }
        | IMPATIENT
    )


def start_postgres(cluster: Cluster, stores: Path, password: str) -> None:
    initdb, postgres = program("initdb"), program("postgres")
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    data, secret = stores / "postgres", stores / "password"
    data.mkdir()
    secret.write_text(password, "utf-8")
    as_owner: dict[str, Any] = {}
    if os.geteuid() == 0:
        for path in (data, secret):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        as_owner = {"user": owner.pw_uid, "group": owner.pw_gid}
    plain = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    make = [
        initdb,
        "-D",
        str(data),
        "-U",
        "airflow",
        "--auth=scram-sha-256",
        f"--pwfile={secret}",
        "-E",
        "UTF8",
    ]
    subprocess.run(make, check=True, env=plain, cwd="/", stdout=subprocess.DEVNULL, **as_owner)
    secret.unlink()
    port = cluster.ports["postgres"]
    serve = [postgres, "-D", str(data), "-h", "127.0.0.1", "-p", str(port), "-k", "", "-c", "fsync=off"]
    cluster.start_command("postgres", serve, env=plain, cwd="/", **as_owner)
    wait_until(lambda: _answers(port), 30, "PostgreSQL")
    _create_database(port, password)


def _create_database(port: int, password: str) -> None:
    import psycopg2

    connection = wait_until(lambda: _connected(port, password), 30, "PostgreSQL to take connections")
    assert isinstance(connection, psycopg2.extensions.connection)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("create database airflow")
    connection.close()


def _connected(port: int, password: str) -> Any:
    import psycopg2

    try:
        return psycopg2.connect(
            host="127.0.0.1", port=port, user="airflow", password=password, dbname="postgres"
        )
    except psycopg2.OperationalError:
        return None


def _start_redis(cluster: Cluster, stores: Path, password: str) -> None:
    folder, port = stores / "redis", cluster.ports["redis"]
    folder.mkdir()
    command = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--appendonly", "yes"]
    cluster.start_command("redis", [*command, "--requirepass", password, "--dir", str(folder)])
    wait_until(lambda: _answers(port), 30, "Redis")


def initialise(cluster: Cluster) -> None:
    """The service `init`: database, pools and the administrator."""
    admin = {"FGF_ADMIN_USER": cluster.user, "FGF_ADMIN_PASSWORD": cluster.password}
    entry = COMPOSE["services"]["init"]["entrypoint"]
    done = subprocess.run(
        [sys.executable, *entry[1:]],
        env=cluster.environment | admin,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
