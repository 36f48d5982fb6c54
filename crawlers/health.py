"""How portals fare: what `[expect]` asks of a crawl, and which portals have been read here."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from crawlers.errors import CrawlError, WrongPortalFile
from crawlers.json_file import write_json
from crawlers.model import Portal
from crawlers.portal import load_portal, portal_ids
from crawlers.settings import Settings
from crawlers.urls import is_loopback

log = logging.getLogger(__name__)

_LISTED = ("title", "published_on", "doc_no", "index_no", "issuers", "category")  # what a list can print


@dataclass(frozen=True, slots=True)
class Health:
    """What the last `python -m crawlers check` of a portal found on this installation."""

    portal_id: str
    checked_at: datetime
    is_healthy: bool
    reason: str = ""  # what failed
    is_refused: bool = False  # the portal said no
    is_verified: bool = False  # a check was healthy once, and none since was refused


def breaches(
    portal: Portal, listed: int, filled: Mapping[str, int], last_listed: date | None, today: date
) -> Iterator[str]:
    """What a crawl did that the portal file does not expect.

    `filled` counts the listed rows that had a field; fields that lists do not print are judged where pages
    are read. A crawl that read no list page (`listed` is 0: nothing new) says nothing of counts.
    """
    bounds = portal.expect.get("notices", {})
    least, most = bounds.get("min", 0), bounds.get("max", listed)
    if listed and listed < least:
        yield f"{portal.id}: {listed} notices listed, at least {least} expected ([expect] notices.min)"
    if listed > most:
        yield f"{portal.id}: {listed} notices listed, at most {most} expected ([expect] notices.max)"
    for name, share in portal.expect.get("filled", {}).items() if listed else ():
        found = filled.get({"published_on": "listed_on", "issuers": "issuer"}.get(name, name), 0) / listed
        if name in _LISTED and found < share:
            said = f"{name} in {found:.0%} of the rows, {share:.0%} expected"
            yield f"{portal.id}: {said} ([expect] filled.{name})"
    silent = portal.expect.get("silent_days")
    if silent and last_listed and (today - last_listed).days > silent:
        days = (today - last_listed).days
        yield f"{portal.id}: nothing new for {days} days, at most {silent} expected ([expect] silent_days)"


def remember(settings: Settings, health: Health) -> None:
    """Keep the outcome of a check under FGF_DATA_DIR.

    Who looks at a portal that is down or has changed must not thereby take it out of the schedule, which
    alone sees that it is well again; a portal that refuses is left in peace.
    """
    checked = read_health(settings)
    before = checked.get(health.portal_id)
    stays = bool(before and before.is_verified and not health.is_refused)
    known = checked | {health.portal_id: dataclasses.replace(health, is_verified=health.is_healthy or stays)}
    plain = {
        k: dataclasses.asdict(h) | {"checked_at": h.checked_at.isoformat()} for k, h in sorted(known.items())
    }
    write_json(_file(settings), plain)


def read_health(settings: Settings) -> dict[str, Health]:
    """What the checks on this installation have found, by portal.

    Raises CrawlError, naming the file, when it cannot be read.
    """
    path = _file(settings)
    if not path.exists():
        return {}
    try:
        plain: Mapping[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
        return {k: _read(v) for k, v in plain.items()}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise CrawlError(
            f"{path}: cannot be read ({error}). "
            "Remedy: remove it; `python -m crawlers check --all` makes it anew"
        ) from error


def healthy_portals(settings: Settings) -> list[str]:
    """Portals that a scheduled crawl takes: verified here, or on loopback (which need not be verified).

    The others are named in the log, with what their check found. A portal whose file cannot be read is
    taken, so that its crawl fails with file and key, and the other portals go on.
    """
    left = portals_left_out(settings)
    for portal_id, reason in left.items():
        log.warning("not crawled: %s: %s", portal_id, reason)
    return [portal_id for portal_id in portal_ids(settings.portal_dirs) if portal_id not in left]


def portals_left_out(settings: Settings) -> dict[str, str]:
    """Portals that a scheduled crawl does not take, each with the reason and the remedy."""
    checked = read_health(settings)
    reasons = {
        portal_id: _left_out(portal_id, settings, checked.get(portal_id))
        for portal_id in portal_ids(settings.portal_dirs)
    }
    return {
        portal_id: f"{reason}. Remedy: python -m crawlers check {portal_id}"
        for portal_id, reason in reasons.items()
        if reason
    }


def _left_out(portal_id: str, settings: Settings, health: Health | None) -> str:
    """Why a scheduled crawl leaves a portal out; empty when it takes it."""
    try:
        portal = load_portal(portal_id, settings.portal_dirs)
    except WrongPortalFile:
        return ""
    if is_local(portal) or (health and health.is_verified):
        return ""
    return health.reason if health else "never checked on this installation"


def portals_to_crawl(settings: Settings, named: Sequence[str] = ()) -> list[str]:
    """The named portals, or all that are healthy on this installation.

    Raises WrongPortalFile for a name that is no portal.
    """
    return [load_portal(name, settings.portal_dirs).id for name in named] or healthy_portals(settings)


def is_local(portal: Portal) -> bool:
    """Are all hosts of the portal this machine itself, as with samples and tests?"""
    return all(is_loopback(host) for host in portal.hosts)


def _read(plain: Mapping[str, object]) -> Health:
    return Health(
        portal_id=str(plain["portal_id"]),
        checked_at=datetime.fromisoformat(str(plain["checked_at"])),
        is_healthy=bool(plain["is_healthy"]),
        reason=str(plain["reason"]),
        is_refused=bool(plain.get("is_refused")),
        is_verified=bool(plain.get("is_verified", plain["is_healthy"])),
    )


def _file(settings: Settings) -> Path:
    return settings.data_dir / "portals.json"
