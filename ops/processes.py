"""The process manager of `make up`: honcho's, which stops some processes only after the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Set

from honcho import manager as honcho_manager

STOP_WITHIN = 30
"""Seconds until what still runs is killed: a scheduler waits for its tasks, longer than honcho's five."""


class Processes(honcho_manager.Manager):  # type: ignore[misc]  # honcho has no types
    """honcho's manager: all processes end together, those named in `last` after the others.

    A scheduler and its tasks report to the API servers while they stop; without them they would wait in vain,
    and be killed.
    """

    def __init__(self, last: Set[str]) -> None:
        super().__init__()
        self._terminating: bool = False
        self._last = last
        honcho_manager.KILL_WAIT = STOP_WITHIN

    def terminate(self) -> None:
        """Begin to stop all processes, in order; the loop goes on, and returns when all have ended."""
        if not self._terminating:
            self._terminating = True
            threading.Thread(target=self._stop_in_order, daemon=True).start()

    def _stop_in_order(self) -> None:
        for group in (self._processes.keys() - self._last, self._last):
            running = [process for name, process in self._processes.items() if name in group]
            while not all("pid" in process for process in running):
                time.sleep(0.05)
            for process in running:
                if "returncode" not in process:
                    self._procmgr.terminate(process["pid"])
            while not all("returncode" in process for process in running):
                time.sleep(0.05)
