"""Alarms: opened once when something is found wrong, closed once when it is healed.

Whoever watches (the health of portals, the checks) tells each time all that is wrong now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from crawlers.settings import Settings
from warehouse.connect import open_work
from warehouse.lake import retried
from warehouse.lock import only_writer
from warehouse.schema import create_tables, read_sql


@dataclass(frozen=True, slots=True)
class Alert:
    """An alarm. `closed_at` is None while its cause lasts."""

    alert_id: str
    kind: str
    subject: str
    message: str
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AlertChanges:
    """What is to be told to people: alarms opened now, and closed now. Those that just last are not."""

    opened: tuple[Alert, ...]
    closed: tuple[Alert, ...]


def sync_alerts(
    settings: Settings,
    kind: str,
    found: Mapping[str, str],
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AlertChanges:
    """Makes the open alarms of this kind those of `found` (subject → message), in one transaction.

    Idempotent: the same `found` again opens and closes nothing. Raises WarehouseBusy.
    """
    values = {"kind": kind, "subjects": list(found), "messages": list(found.values()), "now": now()}
    closing = _only(values, "kind", "subjects", "now")

    def sync_once() -> AlertChanges:
        with only_writer(settings), open_work(settings) as connection:
            create_tables(connection, is_masked=not settings.show_contacts)
            connection.begin()
            closed = connection.execute(read_sql("steps/alerts_healed"), closing).fetchall()
            opened = connection.execute(read_sql("steps/alerts_fresh"), values).fetchall()
            connection.execute(
                "update alerts set closed_at = ? where list_contains(?, alert_id)",
                [values["now"], [alert_id for alert_id, *_ in closed]],
            )
            connection.execute(read_sql("steps/alerts_confirm"), values)
            for alert_id, _, subject, message, moment, _ in opened:
                row = [alert_id, kind, subject, message, moment, moment]
                connection.execute("insert into alerts values (?, ?, ?, ?, ?, ?, null)", row)
            connection.commit()
        return AlertChanges(_sorted(opened), _sorted(closed))

    return retried(sync_once)


def open_alerts(settings: Settings, kind: str | None = None) -> list[Alert]:
    """The alarms that are open now, oldest first."""
    with only_writer(settings), open_work(settings) as connection:
        create_tables(connection, is_masked=not settings.show_contacts)
        rows = connection.execute(read_sql("steps/alerts_list"), {"kind": kind}).fetchall()
    return [Alert(*row) for row in rows]


def _only(values: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: values[name] for name in names}


def _sorted(rows: list[tuple[object, ...]]) -> tuple[Alert, ...]:
    return tuple(sorted((Alert(*row) for row in rows), key=lambda alert: alert.subject))  # type: ignore[arg-type]
