"""The only place that opens connections: robots.txt, pace, retries, limits, own hosts, refusals.

A request yields an answer or one of three errors: Unreachable (wait), Refused (stop), PageChanged (look).
Every answer goes to the sink, which archives it, before anybody reads it.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from crawlers.agent import agent
from crawlers.budget import Budget
from crawlers.charset import decode, header_charset
from crawlers.errors import PageChanged, Refused, Unreachable
from crawlers.host_rules import REDIRECTS, HostRules
from crawlers.http import Exchange, Limits
from crawlers.model import Answer, Portal, Request
from crawlers.pace import PACER, Pacer, retry_after
from crawlers.refusal import challenge
from crawlers.settings import Settings
from crawlers.transfer import Passing, Transfer
from crawlers.urls import host_of, is_loopback, is_web


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


def no_sink(_: Exchange) -> str:
    """A sink that keeps nothing, for looking at a portal without archiving it."""
    return ""


class Fetcher:
    """Asks one portal, politely. Counts requests (`budget`), answers 304 and bytes of bodies as sent."""

    def __init__(
        self,
        portal: Portal,
        settings: Settings,
        sink: Callable[[Exchange], str] = no_sink,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], object] = time.sleep,
        pacer: Pacer = PACER,
        limits: Limits | None = None,
    ) -> None:
        self.portal, self.settings, self.sink = portal, settings, sink
        self.now, self.sleep, self.pacer = now, sleep, pacer
        self.limits = limits or Limits(deadline=settings.deadline)
        self.budget = Budget(settings, now)
        self.not_modified = self.bytes = 0
        self._rules = HostRules(self._robots_txt, self.limits.redirects)
        self._transfer = Transfer(portal.hosts, agent(portal, settings), self.limits)

    def get(
        self, request: Request, *, headers: Mapping[str, str] | None = None, is_file: bool = False
    ) -> Fetched:
        """The answer after redirects: of status 200, 304, or another that says the page is not there.

        Raises Unreachable, Refused or PageChanged (redirects that lead nowhere, bodies beyond the cap),
        each naming the address, and OutOfBudget.
        """
        seen: set[str] = set()
        asked = request
        while True:
            self._check_own(asked.url, request.url)
            if not self._rules.of(asked.url).allows(asked.url):
                raise Refused(f"{asked.url}: robots.txt forbids it")
            fetched = self._ask(asked, dict(headers or {}), is_file)
            status, target = fetched.answer.status, fetched.answer.headers.get("location", "")
            if status not in REDIRECTS or not target:
                return self._judged(fetched, is_file)
            seen.add(asked.url)
            following = Request(urljoin(asked.url, target), headers=request.headers)
            if following.url in seen or len(seen) > self.limits.redirects:
                raise PageChanged(
                    f"{request.url}: redirects lead nowhere (after {len(seen)}: {following.url})"
                )
            asked = following

    def close(self) -> None:
        """Close the connections."""
        self._transfer.close()

    def _check_own(self, url: str, first: str) -> None:
        via = "" if url == first else f"{first} redirects to "
        if not is_web(url):
            raise Refused(f"{via}{url}: no web address")
        if host_of(url) not in self.portal.hosts:
            raise Refused(
                f"{via}{url}: {host_of(url)} is no own host of portal {self.portal.id}; "
                "remedy, if it is: add it to `hosts` in the portal file"
            )

    def _robots_txt(self, url: str) -> Answer:
        """Asked with little patience: while it fails, nothing else may be asked for."""
        self._check_own(url, url)
        return self._ask(Request(url), {}, is_file=False, patient=False).answer

    def _ask(self, request: Request, extra: dict[str, str], is_file: bool, patient: bool = True) -> Fetched:
        """One address, with retries and without redirects."""
        for attempt in range(1, self.limits.tries + 1):
            try:
                fetched = self._exchange(request, extra, is_file)
            except Passing as error:
                if attempt == self.limits.tries:
                    raise Unreachable(f"{request.url}: {error}, {attempt} times") from error
                self._back_off(request.url, attempt, "")
                continue
            status = fetched.answer.status
            if status != 429 and status < 500:
                return fetched
            if not patient and attempt >= 2 and status >= 500:
                # A server that fails has refused nothing: it is asked again another time.
                raise Unreachable(f"{request.url}: status {status}; until it answers nothing may be fetched")
            if attempt < self.limits.tries:
                self._back_off(request.url, attempt, fetched.answer.headers.get("retry-after", ""), status)
        raise Unreachable(f"{request.url}: status {status}, {self.limits.tries} times")

    def _back_off(self, url: str, attempt: int, said: str, status: int = 0) -> None:
        asked = retry_after(said, self.now())
        if asked > self.limits.longest_wait:
            raise Unreachable(f"{url}: status {status}, asks to come back in {asked:.0f} s")
        self.sleep(max(asked, 2 ** (attempt - 1) * random.uniform(1.0, 1.5)))  # noqa: S311 - no secret

    def _exchange(self, request: Request, extra: dict[str, str], is_file: bool) -> Fetched:
        host = host_of(request.url)
        self.budget.spend()
        with self.pacer.turn(host, self._pause(request.url), self.sleep):
            exchange = self._transfer.send(request, extra, is_file, self.now())
        self.bytes += len(exchange.payload)
        self.not_modified += exchange.status == 304
        ref = self.sink(exchange)
        if exchange.cut:
            raise (
                PageChanged(f"{request.url}: {exchange.cut}: cut off, not read")
                if "more than" in exchange.cut
                else Passing(exchange.cut)
            )
        headers = {name.lower(): value for name, value in exchange.headers}
        text = "" if is_file else decode(exchange.body, header_charset(headers.get("content-type", "")))
        answer = Answer(request.url, exchange.status, headers, exchange.body, text, exchange.at)
        return Fetched(answer, ref, hashlib.sha256(exchange.body).hexdigest())

    def _pause(self, url: str) -> float:
        host = host_of(url)
        least = self.settings.pace if is_loopback(host) else max(1.0, self.settings.pace)
        return max(least, self.portal.pace, self._rules.delay(url))

    def _judged(self, fetched: Fetched, is_file: bool) -> Fetched:
        """The answer, or Refused when it is a challenge or a block notice instead of it."""
        answer = fetched.answer
        if is_file and "html" in answer.headers.get("content-type", ""):
            text = decode(answer.body, header_charset(answer.headers["content-type"]))
        else:
            text = answer.text
        reason = challenge(answer.status, text)
        if reason:
            raise Refused(
                f"{answer.url}: {reason}; remedy: ask the portal's operators, never disguise the crawler"
            )
        return fetched
