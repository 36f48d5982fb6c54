"""robots.txt as RFC 9309 says: what is missing or is no robots file allows, what fails forbids."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

AGENT = "fgf-pipeline"  # the product token that a robots.txt can address us by
MAX_BYTES = 500 * 1024  # RFC 9309 asks a crawler to read at least so much


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host. `delay` is in seconds, 0 when none is asked for."""

    rules: Protego | None
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """May we ask for this address?"""
        return self.rules is None or self.rules.can_fetch(url, AGENT)


EVERYTHING = Robots(None)


def read_robots(body: bytes, media_type: str) -> Robots:
    """The rules in a robots.txt that was answered with 200.

    An HTML page (the portal's error page, T7) holds no rules, and a byte order mark is not part of the
    first one.
    """
    text = body[:MAX_BYTES].decode("utf-8-sig", "replace").lstrip("\ufeff")
    if "html" in media_type or text.lstrip().startswith("<"):
        return EVERYTHING
    rules = Protego.parse(text)
    delay = float(rules.crawl_delay(AGENT) or 0.0)
    rate = rules.request_rate(AGENT)
    if rate and rate.requests:
        delay = max(delay, rate.seconds / rate.requests)
    return Robots(rules, delay)
