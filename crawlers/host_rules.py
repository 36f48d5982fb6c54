"""The robots.txt of each host that a crawl meets, read once, before anything else is asked for."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from crawlers.errors import Refused
from crawlers.model import Answer
from crawlers.redirects import REDIRECTS, leads_to
from crawlers.robots import EVERYTHING, Robots, read_robots
from crawlers.urls import host_of


class HostRules:
    """The rules of hosts.

    `ask` fetches an address as it is, without rules. It raises Refused, and Unreachable for a server that
    fails: then nothing may be fetched (RFC 9309).
    """

    def __init__(self, ask: Callable[[str], Answer], redirects: int) -> None:
        self._ask, self._redirects = ask, redirects
        self._robots: dict[str, Robots] = {}

    def of(self, url: str) -> Robots:
        """The rules for an address. Raises Unreachable while its host fails at robots.txt."""
        host = _site(url)
        if host not in self._robots:
            # Until a host's rules are known, no request is made but the one for them.
            self._robots[host] = self._read(f"{host}/robots.txt")
        return self._robots[host]

    def delay(self, url: str) -> float:
        """Seconds that the host wants between requests, as far as its rules are known."""
        return self._robots.get(_site(url), EVERYTHING).delay

    def _read(self, url: str) -> Robots:
        asked = url
        for _ in range(self._redirects + 1):
            try:
                answer = self._ask(asked)
            except Refused:
                return EVERYTHING  # RFC 9309: what cannot be had at all sets no rules
            if answer.status == 200:
                return read_robots(answer.body, answer.headers.get("content-type", "").lower())
            if answer.status not in REDIRECTS:
                return EVERYTHING
            asked = leads_to(answer)
        return EVERYTHING


def _site(url: str) -> str:
    return f"{urlsplit(url).scheme}://{host_of(url)}"
