"""What a crawl may ask a portal for, and what an answer is: robots.txt, own hosts, redirects, refusals.

A request yields an answer or one of three errors: Unreachable (wait), Refused (stop), PageChanged (look).
How one address is asked for is in `asker.py`.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from crawlers.asker import Asker, Fetched, refusal_in
from crawlers.budget import Budget
from crawlers.errors import PageChanged, Refused, Unreachable
from crawlers.faults import FAULTS, told
from crawlers.host_rules import HostRules
from crawlers.http import Exchange, Limits
from crawlers.model import Answer, Portal, Request
from crawlers.pace import PACER, Pacer
from crawlers.redirects import leads_to
from crawlers.settings import Settings
from crawlers.urls import host_of, is_web

_ROBOTS_TRIES = 3


def no_sink(_: Exchange) -> str:
    """A sink that keeps nothing, for looking at a portal without archiving it."""
    return ""


class Fetcher:
    """Asks one portal, politely; what it costs is in `budget`."""

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
        self.portal, self.settings = portal, settings
        self.limits = limits or Limits(deadline=settings.deadline)
        self.budget = Budget(settings, now)
        self._rules = HostRules(self._robots_txt, self.limits.redirects)
        self._asker = Asker(portal, settings, self.limits, self.budget, sink, pacer, now, sleep)

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
            fetched = self._asker.ask(asked, headers, self._rules.delay(asked.url), self.limits.tries)
            answer = fetched.answer
            if reason := refusal_in(answer):
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
        self._asker.close()

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
            return self._asker.ask(Request(url), {}, 0.0, _ROBOTS_TRIES).answer
        except Unreachable as error:
            raise Unreachable(f"{error}; until it answers nothing may be fetched") from error


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
