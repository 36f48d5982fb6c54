"""One address asked for: in the host's turn, within the budget, archived before it is read, and again when
that may help.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from crawlers.agent import agent
from crawlers.budget import Budget
from crawlers.charset import decode, header_charset
from crawlers.errors import PageChanged, Unreachable
from crawlers.http import Exchange, Limits
from crawlers.model import Answer, Portal, Request
from crawlers.pace import Pacer, retry_after
from crawlers.refusal import challenge
from crawlers.settings import Settings
from crawlers.transfer import Passing, Transfer
from crawlers.urls import host_of, is_loopback

_ASK_AGAIN = (408, 425, 429)  # and whatever says that the server has failed


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, where the archive has its bytes (`ref`), and the SHA-256 of the decompressed body."""

    answer: Answer
    ref: str
    sha256: str

    @property
    def etag(self) -> str:
        """The answer's ETag; '' without one."""
        return self.answer.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        """The answer's Last-Modified, as sent; '' without one."""
        return self.answer.headers.get("last-modified", "")


class Asker:
    """Asks for single addresses. It obeys no robots.txt and follows no redirect: that is `fetch.py`'s."""

    def __init__(
        self,
        portal: Portal,
        settings: Settings,
        limits: Limits,
        budget: Budget,
        sink: Callable[[Exchange], str],
        pacer: Pacer,
        now: Callable[[], datetime],
        sleep: Callable[[float], object],
    ) -> None:
        self.portal, self.settings, self.limits, self.budget = portal, settings, limits, budget
        self.sink, self.pacer, self.now, self.sleep = sink, pacer, now, sleep
        self._transfer = Transfer(portal.hosts, agent(portal, settings), limits)

    def ask(self, request: Request, headers: Mapping[str, str], delay: float, tries: int) -> Fetched:
        """The answer, whatever its status says but that the server has failed or is busy.

        `delay` is what the host wants between two requests. Raises Unreachable after so many tries,
        PageChanged for a body beyond its cap, Refused for an address that nobody can ask for, OutOfBudget.
        """
        for attempt in range(1, tries + 1):
            said = ""
            try:
                fetched = self._exchange(request, headers, delay)
            except Passing as error:
                why = str(error)
            else:
                answer = fetched.answer
                # 521 with a script is a challenge (加速乐), no failure of the server.
                if not _may_pass(answer.status) or refusal_in(answer):
                    return fetched
                why, said = f"status {answer.status}", answer.headers.get("retry-after", "")
            if attempt < tries:
                self._back_off(f"{request.url}: {why}", attempt, said)
        raise Unreachable(f"{request.url}: {why}, {tries} times")

    def close(self) -> None:
        """Close the connections."""
        self._transfer.close()

    def _back_off(self, trouble: str, attempt: int, said: str) -> None:
        asked = retry_after(said, self.now())
        if asked > self.limits.longest_wait:
            raise Unreachable(f"{trouble}, asks to come back in {asked:.0f} s")
        self.sleep(max(asked, 2 ** (attempt - 1) * random.uniform(1.0, 1.5)))  # noqa: S311 - no secret

    def _exchange(self, request: Request, headers: Mapping[str, str], delay: float) -> Fetched:
        host = host_of(request.url)
        pause = self._pause(host, delay)
        self.budget.spend(self.pacer.wait(host, pause))
        with self.pacer.turn(host, pause, self.sleep):
            exchange = self._transfer.send(request, headers, self.now())
        self.budget.received(exchange)
        ref = self.sink(exchange)
        if exchange.is_too_long:
            raise PageChanged(f"{request.url}: {exchange.cut}: cut off, not read")
        if exchange.cut:
            raise Passing(exchange.cut)
        return Fetched(_read(exchange, request), ref, hashlib.sha256(exchange.body).hexdigest())

    def _pause(self, host: str, delay: float) -> float:
        least = self.settings.pace if is_loopback(host) else max(1.0, self.settings.pace)
        return max(least, self.portal.pace, delay)


def refusal_in(answer: Answer) -> str:
    """Why an answer is a refusal, '' when it is none; in place of a file a refusal is a page too."""
    content_type = answer.headers.get("content-type", "")
    is_page = not answer.text and "html" in content_type
    return challenge(
        answer.status, decode(answer.body, header_charset(content_type)) if is_page else answer.text
    )


def _may_pass(status: int) -> bool:
    """Is it a status after which the same request may well be answered?"""
    return status in _ASK_AGAIN or status >= 500


def _read(exchange: Exchange, request: Request) -> Answer:
    headers = {name.lower(): value for name, value in exchange.headers}
    charset = header_charset(headers.get("content-type", ""))
    text = "" if request.is_file else decode(exchange.body, charset)
    return Answer(request.url, exchange.status, headers, exchange.body, text, exchange.at)
