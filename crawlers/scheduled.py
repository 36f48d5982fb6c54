"""What the scheduled crawl asks of the crawler: one portal's crawl, and the verdict over all of them."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from crawlers.errors import CrawlError, PageChanged, Refused, Unreachable, WrongPortalFile
from crawlers.model import Portal
from crawlers.settings import Settings

log = logging.getLogger(__name__)

RUNBOOK = "docs/runbooks/portal-needs-attention.md"


def crawl_or_raise(
    portal_id: str, settings: Settings, *, since: str | None = None, full: bool = False
) -> dict[str, Any]:
    """Crawl one portal and return the report as plain values.

    Raises Unreachable, Refused or PageChanged when the crawl failed as a whole, so that the scheduler
    knows what is worth another try. What was fetched until then is in the archive.
    """
    from crawlers.crawl import crawl_portal
    from crawlers.portal import load_portal

    portal = load_portal(portal_id, settings.portal_dirs)
    report = crawl_portal(portal, settings, since=date.fromisoformat(since) if since else None, full=full)
    for reason in report.reasons:
        log.warning("%s: %s", portal_id, reason)
    if report.outcome == "failed":
        reason = "; ".join(report.reasons) or report.stop
        raise _KINDS.get(report.stop, CrawlError)(f"{portal_id}: {reason}")
    plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(report), default=str))
    return plain


_KINDS: Mapping[str, type[CrawlError]] = {
    "unreachable": Unreachable,
    "refused": Refused,
    "changed": PageChanged,
}


def readable_portals(settings: Settings) -> list[Portal]:
    """Every portal whose file can be read; the others are named in the log and stop nobody."""
    from crawlers.portal import load_portal, portal_ids

    portals = []
    for portal_id in portal_ids(settings.portal_dirs):
        try:
            portals.append(load_portal(portal_id, settings.portal_dirs))
        except WrongPortalFile as error:
            log.error("%s", error)
    return portals


class PortalsFailed(CrawlError):
    """Crawls ended badly and wrote down why: whoever watches the warehouse tells of each portal, once."""


def crawled_since(settings: Settings, portal_ids: Sequence[str], moment: datetime) -> dict[str, str]:
    """The portals among `portal_ids` with a crawl in the archive that began at `moment` or later.

    With each goes why its last crawl failed; empty when it did not.
    """
    from crawlers.archive import list_batches
    from crawlers.state import last_failure

    stamp = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return {
        portal_id: last_failure(portal_id, settings)
        for portal_id in portal_ids
        if any(batch.id.split("/")[1] >= stamp for batch in list_batches(settings, portal_id)[-1:])
    }


def judge_run(
    portal_ids: Sequence[str] | None,
    reports: Sequence[Mapping[str, Any]],
    archived: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Raise CrawlError naming every portal that has no good report; log why, and those that came in part.

    It is PortalsFailed when each of them is among `archived` (see `crawled_since`): its crawl ended by
    itself, with its reasons.
    """
    if portal_ids is None:
        raise CrawlError(
            f"the portals could not be listed: see the task before this one. What to do: {RUNBOOK}"
        )
    came = {str(r["portal_id"]): r for r in reports}
    for portal_id, report in came.items():
        if report["outcome"] != "ok":
            log.warning("%s came in part: %s", portal_id, "; ".join(report["reasons"]))
    failed = [portal_id for portal_id in portal_ids if portal_id not in came]
    for portal_id in failed:
        log.error("%s: %s", portal_id, archived.get(portal_id) or "its own task says why")
    if failed:
        names = ", ".join(failed)
        kind = CrawlError if set(failed) - set(archived) else PortalsFailed
        raise kind(f"{len(failed)} of {len(portal_ids)} portals failed: {names}. What to do: {RUNBOOK}")
