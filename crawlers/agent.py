"""How the crawler names itself to portals: honestly, and with a way to reach who runs it."""

from __future__ import annotations

from crawlers.errors import CrawlError
from crawlers.model import Portal
from crawlers.robots import AGENT
from crawlers.settings import Settings
from crawlers.urls import is_loopback

_VERSION = "0.1"


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
