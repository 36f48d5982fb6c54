"""Alarms: opened once when something is found wrong, closed once when it is healed.

Whoever watches (the health of portals, the checks) tells each time all that is wrong now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

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
    found: Mapping[str, Mapping[str, str]],
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AlertChanges:
    """Makes the open alarms of each kind in `found` those that it names there (subject → message).

    A kind without subjects has all its alarms closed; a kind that is not named is left alone. All in one
    transaction, and idempotent: the same `found` again opens and closes nothing. Raises WarehouseBusy.
    """
    moment = now()

    def sync_once() -> AlertChanges:
        opened: list[Alert] = []
        closed: list[Alert] = []
        with only_writer(settings), open_work(settings) as connection:
            create_tables(connection, is_masked=not settings.show_contacts)
            connection.begin()
            for kind, messages in found.items():
                closed += _close_healed(connection, kind, messages, moment)
                opened += _open_fresh(connection, kind, messages, moment)
            connection.commit()
        return AlertChanges(tuple(opened), tuple(closed))

    return retried(sync_once)


def open_alerts(settings: Settings) -> list[Alert]:
    """The alarms that are open now, oldest first."""
    with only_writer(settings), open_work(settings) as connection:
        create_tables(connection, is_masked=not settings.show_contacts)
        rows = connection.execute(read_sql("steps/alerts_list")).fetchall()
    return [Alert(*row) for row in rows]


def _close_healed(
    connection: duckdb.DuckDBPyConnection, kind: str, messages: Mapping[str, str], moment: datetime
) -> list[Alert]:
    values = {"kind": kind, "subjects": list(messages), "now": moment}
    closed = _alerts(connection.execute(read_sql("steps/alerts_healed"), values).fetchall())
    connection.execute(
        "update alerts set closed_at = ? where list_contains(?, alert_id)",
        [moment, [alert.alert_id for alert in closed]],
    )
    return closed


def _open_fresh(
    connection: duckdb.DuckDBPyConnection, kind: str, messages: Mapping[str, str], moment: datetime
) -> list[Alert]:
    values = {"kind": kind, "subjects": list(messages), "messages": list(messages.values()), "now": moment}
    opened = _alerts(connection.execute(read_sql("steps/alerts_fresh"), values).fetchall())
    connection.execute(read_sql("steps/alerts_confirm"), values)
    for alert in opened:
        row = [alert.alert_id, alert.kind, alert.subject, alert.message, alert.opened_at, moment]
        connection.execute("insert into alerts values (?, ?, ?, ?, ?, ?, null)", row)
    return opened


def _alerts(rows: list[tuple[object, ...]]) -> list[Alert]:
    return sorted((Alert(*row) for row in rows), key=lambda alert: alert.subject)  # type: ignore[arg-type]
