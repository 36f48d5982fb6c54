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
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from crawlers.charset import decode, header_charset
from crawlers.errors import CrawlError, PageChanged, Refused, Unreachable
from crawlers.http import Exchange, Limits
from crawlers.model import Answer, Portal, Request
from crawlers.pace import PACER, Pacer
from crawlers.refusal import challenge
from crawlers.robots import AGENT, EVERYTHING, Robots, read_robots
from crawlers.settings import Settings
from crawlers.transfer import Passing, Transfer
from crawlers.urls import host_of, is_loopback, is_web

_VERSION = "0.1"
_REDIRECTS = (301, 302, 303, 307, 308)


class OutOfBudget(Exception):
    """The crawl has used up its requests or its time; the next one goes on where it stopped.

    `stop` is the word for the report: `budget` or `time`.
    """

    def __init__(self, stop: str) -> None:
        super().__init__(stop)
        self.stop = stop


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, where the archive has its bytes (`ref`), and the SHA-256 of the decompressed body."""

    answer: Answer
    ref: str
    sha256: str

    @property
    def etag(self) -> str:
        return self.answer.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        return self.answer.headers.get("last-modified", "")


def no_sink(_: Exchange) -> str:
    """A sink that keeps nothing, for looking at a portal without archiving it."""
    return ""


class Fetcher:
    """Asks one portal, politely. Counts requests, answers 304 and bytes of bodies as sent."""

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
        self.requests = self.not_modified = self.bytes = 0
        self._until = now() + timedelta(minutes=settings.minutes)
        self._robots: dict[str, Robots] = {}
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
            if not self._rules(asked.url).allows(asked.url):
                raise Refused(f"{asked.url}: robots.txt forbids it")
            fetched = self._ask(asked, dict(headers or {}), is_file)
            status, target = fetched.answer.status, fetched.answer.headers.get("location", "")
            if status not in _REDIRECTS or not target:
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

    def _rules(self, url: str) -> Robots:
        parts = urlsplit(url)
        host = f"{parts.scheme}://{host_of(url)}"
        if host not in self._robots:
            # A host is unknown until its robots.txt has been read: without rules no request
            # but that one is made.
            self._robots[host] = self._read_robots(f"{host}/robots.txt")
        return self._robots[host]

    def _read_robots(self, url: str) -> Robots:
        asked = Request(url)
        for _ in range(self.limits.redirects + 1):
            try:
                self._check_own(asked.url, url)
                fetched = self._ask(asked, {}, is_file=False, patient=False)
            except Refused:
                return EVERYTHING  # RFC 9309: what cannot be had at all sets no rules
            except _Failing as error:
                raise Refused(
                    f"{url}: status {error.status}, so nothing may be fetched (RFC 9309); try again later"
                ) from error
            answer = fetched.answer
            if answer.status == 200:
                return read_robots(answer.body, answer.headers.get("content-type", "").lower())
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return EVERYTHING
            asked = Request(urljoin(asked.url, answer.headers["location"]))
        return EVERYTHING

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
                raise _Failing(status)
            if attempt < self.limits.tries:
                self._back_off(request.url, attempt, fetched.answer.headers.get("retry-after", ""), status)
        raise Unreachable(f"{request.url}: status {status}, {self.limits.tries} times")

    def _back_off(self, url: str, attempt: int, retry_after: str, status: int = 0) -> None:
        asked = _seconds(retry_after, self.now())
        if asked > self.limits.longest_wait:
            raise Unreachable(f"{url}: status {status}, asks to come back in {asked:.0f} s")
        self.sleep(max(asked, 2 ** (attempt - 1) * random.uniform(1.0, 1.5)))  # noqa: S311 - no secret

    def _exchange(self, request: Request, extra: dict[str, str], is_file: bool) -> Fetched:
        host = host_of(request.url)
        self._spend()
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

    def _spend(self) -> None:
        if self.requests >= self.settings.budget:
            raise OutOfBudget("budget")
        if self.now() >= self._until:
            raise OutOfBudget("time")
        self.requests += 1

    def _pause(self, url: str) -> float:
        host = host_of(url)
        least = self.settings.pace if is_loopback(host) else max(1.0, self.settings.pace)
        robots = self._robots.get(f"{urlsplit(url).scheme}://{host}", EVERYTHING)
        return max(least, self.portal.pace, robots.delay)

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


class _Failing(CrawlError):
    """The server fails at robots.txt."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


def agent(portal: Portal, settings: Settings) -> str:
    """How the crawler names itself. Raises CrawlError for a live portal when FGF_CONTACT is not set."""
    live = [host for host in portal.hosts if not is_loopback(host)]
    if settings.contact:
        return f"{AGENT}/{_VERSION} (+{settings.contact})"
    if live:
        raise CrawlError(
            f"portal {portal.id}: {live[0]} is a live host, and FGF_CONTACT is not set. "
            "Remedy: FGF_CONTACT=<mail address or page> by which its operators can reach you"
        )
    return f"{AGENT}/{_VERSION} (on loopback)"


def _seconds(retry_after: str, now: datetime) -> float:
    """Retry-After in seconds, from either of its forms; 0 when it is absent or makes no sense."""
    value = retry_after.strip()
    if value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now) / timedelta(seconds=1))
