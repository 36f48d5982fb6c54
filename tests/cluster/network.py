"""A network namespace with one cable to this machine, which can be pulled out and put in again."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cluster.services import Cluster, kill_tree
from tests.world.worlds import World

FORWARD = Path(__file__).parent / "forward.py"
OUTSIDE, INSIDE = "10.231.7.1", "10.231.7.2"


@dataclass(frozen=True, slots=True)
class Network:
    """The namespace by its name; the cable's inner end is `inner`."""

    name: str

    def unplug(self) -> None:
        """From now on nothing comes through, and nobody is told: packets are lost, connections hang."""
        _ip("-n", self.name, "link", "set", "inner", "down")

    def plug(self) -> None:
        """The cable is in again."""
        _ip("-n", self.name, "link", "set", "inner", "up")

    def inside(self, command: Sequence[str]) -> list[str]:
        """The command that runs `command` in the namespace."""
        return ["ip", "netns", "exec", self.name, *command]


@contextlib.contextmanager
def network_of_its_own(cluster: Cluster, world: World) -> Iterator[Network]:
    """A namespace in which 127.0.0.1 has the cluster's services and the portals, through the cable alone."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("a network namespace needs root and iproute2. Remedy: apt-get install iproute2")
    name = f"fgf-{os.getpid()}"
    ports = [str(port) for port in cluster.ports.values()]
    ports += [str(urlsplit(url).port) for url in world.urls.values()]
    forward = [sys.executable, str(FORWARD)]
    started: list[subprocess.Popen[bytes]] = []
    _ip("netns", "add", name)
    try:
        _ip("link", "add", f"{name}o", "type", "veth", "peer", "name", "inner", "netns", name)
        _ip("address", "add", f"{OUTSIDE}/30", "dev", f"{name}o")
        _ip("link", "set", f"{name}o", "up")
        _ip("-n", name, "address", "add", f"{INSIDE}/30", "dev", "inner")
        for device in ("lo", "inner"):
            _ip("-n", name, "link", "set", device, "up")
        network = Network(name)
        inner = network.inside([*forward, "127.0.0.1", OUTSIDE, *ports])
        for command in ([*forward, OUTSIDE, "127.0.0.1", *ports], inner):
            started.append(subprocess.Popen(command, start_new_session=True))
        yield network
    finally:
        for process in started:
            kill_tree(process)
        _ip("netns", "del", name)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, timeout=30)
