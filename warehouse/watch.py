"""What is wrong with the portals now, as alarms: failing, changed, refused, or silent for too long.

Reads the view `portal_health` of the published warehouse. Alarms are kept by `warehouse.alerts`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from crawlers.settings import Settings
from warehouse.alerts import AlertChanges, open_alerts, sync_alerts
from warehouse.connect import open_published
from warehouse.schema import read_sql

KINDS = ("portal_failing", "portal_changed", "portal_refused", "portal_silent")
RUNBOOK = "docs/runbooks/portal-needs-attention.md"


def watch_portals(
    settings: Settings, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> AlertChanges:
    """Open an alarm for each portal that got worse, close those that are healed; what changed comes back.

    Raises NothingPublished before the first publication, WarehouseBusy while a load runs.
    """
    found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    with open_published(settings) as connection:
        for kind, portal_id, message in connection.execute(read_sql("steps/portal_problems")).fetchall():
            found[kind][portal_id] = f"{message} 处理办法：{RUNBOOK}"
    changes = [sync_alerts(settings, kind, found[kind], now=now) for kind in KINDS]
    return AlertChanges(
        tuple(alert for change in changes for alert in change.opened),
        tuple(alert for change in changes for alert in change.closed),
    )


def are_alarms_published(settings: Settings) -> bool:
    """Whether the open alarms of the published version are those of the working file."""
    with open_published(settings) as connection:
        rows = connection.execute(read_sql("steps/alerts_list"), {"kind": None}).fetchall()
    return {row[0] for row in rows} == {alert.alert_id for alert in open_alerts(settings)}
