"""Patience: one request at a time to a host and port, and a pause after each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Lock


@dataclass(slots=True)
class _Host:
    lock: Lock = field(default_factory=Lock)
    ended_at: float | None = None  # of the last answer


class Pacer:
    """Turns to ask a host. Shared by all crawls of a process, as portals may share hosts."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    def wait(self, host: str, pause: float) -> float:
        """Seconds until a request to the host may be made, `pause` after the end of the last answer."""
        ended_at = self._host(host).ended_at
        return 0.0 if ended_at is None else max(0.0, ended_at + pause - self.clock())

    @contextmanager
    def turn(self, host: str, pause: float, sleep: Callable[[float], object]) -> Iterator[None]:
        """Wait for the host's turn: `pause` seconds after the end of the last answer."""
        state = self._host(host)
        with state.lock:
            if (wait := self.wait(host, pause)) > 0:
                sleep(wait)
            try:
                yield
            finally:
                state.ended_at = self.clock()

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())


PACER = Pacer()


def retry_after(header: str, now: datetime) -> float:
    """Retry-After in seconds, from either of its forms; 0 when it is absent or makes no sense."""
    value = header.strip()
    if value.isdecimal():  # ² is a digit and no number
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # a year of eleven digits
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now) / timedelta(seconds=1))
