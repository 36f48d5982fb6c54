"""A working file that does not fit is set aside and built anew from staging; never are the two mixed.

It does not fit when its tables are not those of this code, or when its contacts are masked and ought not to
be, or the reverse.

What staging does not hold (alarms that were raised) is carried over; then the old file goes.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from crawlers.settings import Settings
from warehouse.connect import open_file, open_work
from warehouse.errors import WarehouseError
from warehouse.lake import place_of
from warehouse.schema import file_version, has_our_tables, read_sql

ASIDE = "work-before-{}.duckdb"


@contextlib.contextmanager
def open_fitting(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The working file for a load; one that does not fit is renamed, and an empty one opened in its place.

    Raises NewerWarehouse for a schema beyond this code, WarehouseError for a DuckLake that does not fit:
    other loaders and readers are at work on it.
    """
    with open_work(settings) as connection:
        if _fits(connection, settings):
            yield connection
            return
        if settings.lake:
            raise WarehouseError(
                f"{place_of(settings)} was made by other code, or with another FGF_SHOW_CONTACTS. Remedy: "
                "name another, empty database in FGF_WAREHOUSE: each loader loads into it what it has staged"
            )
        connection.execute("checkpoint")  # the log does not go along when the file is renamed
    path = settings.work_file
    path.rename(path.with_name(ASIDE.format(time.time_ns())))
    with open_work(settings) as connection:
        yield connection


def is_unfit(settings: Settings) -> bool:
    """Whether there is a working file that the next load would build anew."""
    if not settings.work_file.exists():
        return False
    with open_work(settings) as connection:
        return not _fits(connection, settings)


def _fits(connection: duckdb.DuckDBPyConnection, settings: Settings) -> bool:
    if file_version(connection) is None:
        return True
    return has_our_tables(connection) and is_masked(connection) != settings.show_contacts


def is_masked(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the contacts in an opened file are masked."""
    return connection.execute("select is_masked from warehouse_info").fetchone() == (True,)


def carry_over(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Copies the alarms of files set aside. Called within the load's transaction."""
    for path in set_aside_files(settings):
        with contextlib.closing(open_file(path, settings, read_only=True)) as old:
            tables = old.execute("select table_name from duckdb_tables()").fetchall()
            if ("alerts",) not in tables:
                continue
            alerts = old.execute(
                "select alert_id, kind, subject, message, opened_at, confirmed_at, closed_at from alerts"
            ).to_arrow_table()
        connection.register("alerts_before", alerts)
        connection.execute(read_sql("steps/carry_alerts"))
        connection.unregister("alerts_before")


def set_aside_files(settings: Settings) -> list[Path]:
    """The older working files that still lie beside the new one."""
    if settings.lake:
        return []
    return sorted(settings.work_file.parent.glob(ASIDE.format("*")))
