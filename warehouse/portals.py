"""The table of portals: what their files say, beside what their crawls tell."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from crawlers.model import Portal
from warehouse.schema import read_sql
from warehouse.values import set_variable


def write_portals(connection: duckdb.DuckDBPyConnection, portals: Sequence[Portal] | None) -> None:
    """Writes the table anew from these portal files; None: from the ones that it was written from before."""
    connection.execute(read_sql("steps/portal_file"))
    if portals is not None:
        connection.execute("delete from portal_file")
    if portals:
        set_variable(connection, "portal_files", [_row(portal) for portal in portals])
        connection.execute(read_sql("steps/portals_given"))
    connection.execute(read_sql("steps/portals"))


def _row(portal: Portal) -> dict[str, object]:
    notices = portal.expect.get("notices", {})
    filled = {str(key): float(value) for key, value in portal.expect.get("filled", {}).items()}
    return {
        "portal_id": portal.id,
        "name": portal.name,
        "region": portal.region,
        "adcode": portal.adcode,
        "level": portal.level,
        "family": portal.family,
        "home": portal.home,
        "hosts": list(portal.hosts),
        "column_names": [column.name for column in portal.columns],
        "expect_notices_min": notices.get("min"),
        "expect_notices_max": notices.get("max"),
        "expect_silent_days": portal.expect.get("silent_days"),
        "fields": list(filled),
        "rates": list(filled.values()),
    }
