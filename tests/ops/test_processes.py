"""What stops when, once `make up` is asked to stop or loses a component: real processes, real signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT

RUN = """
import sys
from ops.processes import Processes
manager = Processes(last={"server"})
for name, command in zip(sys.argv[1::2], sys.argv[2::2]):
    manager.add_process(name, command)
manager.loop()
"""
SERVER = "trap 'echo server >> ended; exit' TERM; echo >> ready; while :; do sleep 0.1; done"
CLIENT = "trap 'sleep 1; echo client >> ended; exit' TERM; echo >> ready; while :; do sleep 0.1; done"


def started(folder: Path, *commands: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    manager = subprocess.Popen(
        [sys.executable, "-c", RUN, *commands], cwd=folder, env=environment, start_new_session=True
    )
    deadline = time.monotonic() + 30
    while not (folder / "ready").exists() or len((folder / "ready").read_text()) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return manager


def ended(folder: Path) -> list[str]:
    return (folder / "ended").read_text().split()


def test_what_others_report_to_is_stopped_after_them(tmp_path: Path) -> None:
    manager = started(tmp_path, "server", SERVER, "client", CLIENT)
    manager.send_signal(signal.SIGINT)
    manager.wait(timeout=15)
    assert ended(tmp_path) == ["client", "server"]


def test_when_one_ends_by_itself_the_others_are_stopped_in_order(tmp_path: Path) -> None:
    dies = "echo >> ready; while [ ! -e die ]; do sleep 0.1; done; exit 3"
    manager = started(tmp_path, "server", SERVER, "client", CLIENT, "third", dies)
    (tmp_path / "die").touch()
    manager.wait(timeout=15)
    assert ended(tmp_path) == ["client", "server"]


def test_when_the_server_dies_the_others_end_too(tmp_path: Path) -> None:
    dies = "echo >> ready; while [ ! -e die ]; do sleep 0.1; done; exit 3"
    manager = started(tmp_path, "server", dies, "client", CLIENT)
    (tmp_path / "die").touch()
    manager.wait(timeout=15)
    assert ended(tmp_path) == ["client"]
