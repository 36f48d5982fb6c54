"""A deadline for a whole request. Socket timeouts bound each read; a server that drips never meets them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread


class Deadline:
    """Cuts what takes too long. One thread looks a few times in each deadline; a request costs nothing."""

    def __init__(self, shortest: float, cut: Callable[[], None]) -> None:
        """`shortest` is the shortest deadline in seconds: it says how often to look."""
        self.is_late = False
        self._step = min(0.5, shortest / 4)
        self._cut, self._due, self._ended = cut, 0.0, Event()
        self._thread = Thread(target=self._look, name="deadline", daemon=True)
        self._thread.start()

    @contextmanager
    def over(self, seconds: float) -> Iterator[None]:
        """Deadline over what happens in the block; afterwards `is_late` says whether it was cut."""
        self.is_late = False
        self._due = time.monotonic() + seconds
        try:
            yield
        finally:
            self._due = 0.0

    def close(self) -> None:
        """End the thread."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(self._step):
            due = self._due
            if due and time.monotonic() >= due:
                self._due, self.is_late = 0.0, True
                self._cut()
