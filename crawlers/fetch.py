"""The only place that opens connections: robots.txt, pace, retries, limits, own hosts, refusals.

A request yields an answer or one of three errors: Unreachable (wait), Refused (stop), PageChanged (look).
Every answer goes to the sink, which archives it, before anybody reads it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from crawlers.agent import agent
from crawlers.budget import Budget
from crawlers.charset import decode, header_charset
from crawlers.errors import PageChanged, Refused, Unreachable
from crawlers.faults import FAULTS, told
from crawlers.host_rules import HostRules
from crawlers.http import Exchange, Limits
from crawlers.model import Answer, Portal, Request
from crawlers.pace import PACER, Pacer, retry_after
from crawlers.redirects import leads_to
from crawlers.refusal import challenge
from crawlers.settings import Settings
from crawlers.transfer import Passing, Transfer
from crawlers.urls import host_of, is_loopback, is_web

_ROBOTS_TRIES = 3
_ASK_AGAIN = (408, 425, 429)


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

    def get(self, request: Request, *, headers: Mapping[str, str] | None = None) -> Fetched:
        """The answer after redirects: a page or file (200), nothing new (304, when `headers` ask for news
        only), or that there is none (404, 410).

        Raises Unreachable, Refused or PageChanged (redirects that lead nowhere, bodies beyond the cap,
        empty or puzzling answers), each naming the address, and OutOfBudget.
        """
        try:
            return self._followed(request, headers or {})
        except FAULTS as error:
            raise PageChanged(f"{self.portal.id}: {request.url}: {told(error)}") from error

    def _followed(self, request: Request, headers: Mapping[str, str]) -> Fetched:
        seen: set[str] = set()
        asked = request
        for _ in range(self.limits.redirects + 1):
            self._check_own(asked.url, request.url)
            self._check_rules(asked.url)
            fetched = self._ask(asked, headers, self.limits.tries)
            answer = fetched.answer
            if reason := _challenge(answer):
                raise Refused(
                    f"{answer.url}: {reason}; remedy: ask the portal's operators, never disguise the crawler"
                )
            target = leads_to(answer)
            if not target:
                return _judged(fetched, is_conditional=bool(headers))
            seen.add(asked.url)
            if target in seen and "set-cookie" not in answer.headers:
                break  # some gateways set a cookie and send to the same address once more (T6)
            asked = dataclasses.replace(request, url=target, form=(), json="")
        raise PageChanged(f"{request.url}: redirects lead nowhere (after {len(seen)}: {target})")

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

    def _check_rules(self, url: str) -> None:
        rules, minutes = self._rules.of(url), self.settings.minutes
        if not rules.allows(url):
            raise Refused(f"{url}: robots.txt forbids it")
        if rules.delay > minutes * 60:
            raise Refused(
                f"{url}: robots.txt asks for {rules.delay:.0f} s between two requests, which is longer than "
                f"a crawl may take (FGF_MINUTES={minutes:g})"
            )

    def _robots_txt(self, url: str) -> Answer:
        """Asked with little patience: while it fails, nothing else may be asked for."""
        self._check_own(url, url)
        try:
            return self._ask(Request(url), {}, _ROBOTS_TRIES).answer
        except Unreachable as error:
            raise Unreachable(f"{error}; until it answers nothing may be fetched") from error

    def _ask(self, request: Request, headers: Mapping[str, str], tries: int) -> Fetched:
        """One address, with retries and without redirects."""
        for attempt in range(1, tries + 1):
            said = ""
            try:
                fetched = self._exchange(request, headers)
            except Passing as error:
                why = str(error)
            else:
                answer = fetched.answer
                # 521 with a script is a challenge (加速乐), no failure of the server.
                if not _may_pass(answer.status) or _challenge(answer):
                    return fetched
                why, said = f"status {answer.status}", answer.headers.get("retry-after", "")
            if attempt < tries:
                self._back_off(f"{request.url}: {why}", attempt, said)
        raise Unreachable(f"{request.url}: {why}, {tries} times")

    def _back_off(self, trouble: str, attempt: int, said: str) -> None:
        asked = retry_after(said, self.now())
        if asked > self.limits.longest_wait:
            raise Unreachable(f"{trouble}, asks to come back in {asked:.0f} s")
        self.sleep(max(asked, 2 ** (attempt - 1) * random.uniform(1.0, 1.5)))  # noqa: S311 - no secret

    def _exchange(self, request: Request, headers: Mapping[str, str]) -> Fetched:
        host, pause = host_of(request.url), self._pause(request.url)
        self.budget.spend(self.pacer.wait(host, pause))
        with self.pacer.turn(host, pause, self.sleep):
            exchange = self._transfer.send(request, headers, self.now())
        self.bytes += len(exchange.payload)
        self.not_modified += exchange.status == 304
        ref = self.sink(exchange)
        if exchange.cut:
            raise (
                PageChanged(f"{request.url}: {exchange.cut}: cut off, not read")
                if exchange.is_too_long
                else Passing(exchange.cut)
            )
        named = {name.lower(): value for name, value in exchange.headers}
        charset = header_charset(named.get("content-type", ""))
        text = "" if request.is_file else decode(exchange.body, charset)
        answer = Answer(request.url, exchange.status, named, exchange.body, text, exchange.at)
        return Fetched(answer, ref, hashlib.sha256(exchange.body).hexdigest())

    def _pause(self, url: str) -> float:
        host = host_of(url)
        least = self.settings.pace if is_loopback(host) else max(1.0, self.settings.pace)
        return max(least, self.portal.pace, self._rules.delay(url))


def _may_pass(status: int) -> bool:
    """Is it a status after which the same request may well be answered?"""
    return status in _ASK_AGAIN or status >= 500


def _challenge(answer: Answer) -> str:
    """Why an answer is a refusal, '' when it is none; in place of a file a refusal is a page too."""
    content_type = answer.headers.get("content-type", "")
    is_page = not answer.text and "html" in content_type
    return challenge(
        answer.status, decode(answer.body, header_charset(content_type)) if is_page else answer.text
    )


def _judged(fetched: Fetched, *, is_conditional: bool) -> Fetched:
    """The answer, unless it says nothing: whoever took it for news or for a loss would err."""
    answer = fetched.answer
    if answer.status == 200 and not answer.body:
        raise PageChanged(f"{answer.url}: an empty answer")
    if answer.status in (200, 404, 410) or (answer.status == 304 and is_conditional):
        return fetched
    raise PageChanged(
        f"{answer.url}: status {answer.status}, which is neither a page nor says that there is none"
    )
