"""`make up`: Airflow with its web UI and live schedules on this machine, until Ctrl-C.

A process manager runs the components, each in its own session; stopping it stops them all. (Not `airflow
standalone`: it leaves its children behind on SIGTERM, and opens its log servers to the network.)

The API server runs twice, once for people and once for tasks. In one process they lock each other out on
SQLite (seen with Airflow 3.3.2): a task's report holds the write lock until the event loop commits it, and
the event loop waits for that lock to note down what a person clicks, until both end in "database is locked".
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from ops.ports import free_port, read_port

DEFAULT_PORT = 8080


def main(arguments: list[str] | None = None) -> int:
    """Run Airflow until it is stopped: 0 after a stop asked for, 1 when a component died, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    from crawlers.errors import WrongSetting
    from ops.data_dir import writable_settings

    try:
        settings = writable_settings()
        port = free_port(options.port)
        task_port = free_port(port + 1)
    except WrongSetting as error:
        print(f"Wrong setting: {error}", file=sys.stderr)
        return 2
    if not settings.contact:
        print(
            "FGF_CONTACT is not set: live portals will not be crawled until it is (a mail address or a page)."
        )
    data_dir = settings.data_dir.resolve()
    with _only_one(data_dir / "airflow") as is_alone:
        if not is_alone:
            print(
                f"Airflow is already running on {data_dir}. Remedy: stop it, or set FGF_DATA_DIR.",
                file=sys.stderr,
            )
            return 1
        return _serve(data_dir, port, task_port)


@contextlib.contextmanager
def _only_one(home: Path) -> Iterator[bool]:
    """Whether this is the only Airflow of `home`: two schedulers would share one SQLite file."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make up", description=__doc__)
    parser.add_argument(
        "--port",
        type=read_port,
        default=DEFAULT_PORT,
        help="port of the web UI, or the next free one",
    )
    return parser


def _serve(data_dir: Path, port: int, task_port: int) -> int:
    from ops.airflow_home import airflow_environment
    from ops.announce import announce
    from ops.processes import Processes

    home = data_dir / "airflow"
    os.environ |= airflow_environment(home, port, task_port) | {"FGF_DATA_DIR": str(data_dir)}
    _say_disk()
    if not _prepare(home):
        return 1
    manager = Processes(last={"api-server", "task-api-server"})
    for name, command in components(port, task_port).items():
        manager.add_process(name, _logged(command, home / "logs" / f"{name}.log"), env=dict(os.environ))
    threading.Thread(target=announce, args=(home, port), daemon=True).start()
    manager.loop()
    if manager.returncode in (0, None, -2, -15, 130, 143):
        print("Airflow has stopped.")
        return 0
    print(f"Airflow has stopped: a component ended by itself. The logs in {home / 'logs'} say why.")
    _say_disk()
    return 1


def _say_disk() -> None:
    """A disk without room ends every component: say so where somebody sees it."""
    from crawlers.settings import load_settings
    from warehouse.watch import ADVICE, disk_problem

    if full := disk_problem(load_settings()):
        print(f"{full}{ADVICE['disk_low']}", file=sys.stderr)


def components(port: int, task_port: int) -> dict[str, list[str]]:
    """The command of each component, without its own log server, which would listen on every address."""
    airflow = [sys.executable, "-m", "airflow"]
    server = [*airflow, "api-server", "--host", "127.0.0.1"]
    return {
        "api-server": [*server, "--apps", "core", "--port", str(port)],
        "task-api-server": [*server, "--apps", "execution", "--port", str(task_port)],
        "scheduler": [*airflow, "scheduler", "--skip-serve-logs"],
        "dag-processor": [*airflow, "dag-processor"],
        "triggerer": [*airflow, "triggerer", "--skip-serve-logs"],
    }


def _prepare(home: Path) -> bool:
    """In a process of its own: this one stays, once a component, and would hold all of Airflow in memory."""
    print("准备 Airflow / preparing Airflow …", flush=True)
    log = home / "logs" / "prepare.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        command = [sys.executable, "-m", "ops.in_process", str(home)]
        done = subprocess.run(command, stdout=out, stderr=out, check=False)
    if done.returncode:
        print(f"Airflow could not be prepared. The end of {log} says why.", file=sys.stderr)
    return done.returncode == 0


def _logged(command: list[str], log: Path) -> str:
    log.parent.mkdir(parents=True, exist_ok=True)
    return f"exec {shlex.join(command)} >> {shlex.quote(str(log))} 2>&1"


if __name__ == "__main__":
    sys.exit(main())
