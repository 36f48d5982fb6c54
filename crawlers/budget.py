"""What one crawl may cost the portal: requests and minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from crawlers.http import Exchange
from crawlers.settings import Settings


class OutOfBudget(Exception):
    """The crawl has used up its requests or its time; the next one goes on where it stopped.

    `stop` is the word for the report: `budget` or `time`.
    """

    def __init__(self, stop: str) -> None:
        super().__init__(stop)
        self.stop = stop


class Budget:
    """Counts requests, answers 304 and bytes of bodies as sent, and says when it is enough."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        self.requests = self.not_modified = self.bytes = 0
        self._most, self._now = settings.budget, now
        self._until = now() + timedelta(minutes=settings.minutes)

    def spend(self, wait: float = 0.0) -> None:
        """Count a request that is about to be made, after `wait` seconds.

        Raises OutOfBudget instead of one too many, or too late.
        """
        if self.requests >= self._most:
            raise OutOfBudget("budget")
        if self._now() + timedelta(seconds=wait) >= self._until:
            raise OutOfBudget("time")
        self.requests += 1

    def received(self, exchange: Exchange) -> None:
        """Count an answer."""
        self.not_modified += exchange.status == 304
        self.bytes += len(exchange.payload)

    @property
    def is_half_spent(self) -> bool:
        """Whether more than half of the requests are made."""
        return self.requests * 2 > self._most
