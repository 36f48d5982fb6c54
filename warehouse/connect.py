"""Connections to the warehouse: the working file for its one writer, the published file for readers.

With FGF_WAREHOUSE a DuckLake takes the place of both: its newest state is what writers open, the snapshot of
its last publication what readers do (lake.py).

The only place that opens DuckDB, so that limits, time zone and errors are the same everywhere.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from crawlers.settings import Settings
from warehouse.errors import (
    CannotWrite,
    CatalogUnreachable,
    NothingPublished,
    WarehouseBusy,
    WarehouseConflict,
    WarehouseDamaged,
    WarehouseError,
)
from warehouse.lake import attach, attach_published, is_conflict, place_of, wait_for_turn
from warehouse.values import literal

TIME_ZONE = "Asia/Shanghai"
STORAGE = "v1.3.0"
"""Format of new files. Older ones keep texts of more than 4 KB as they are, each in a block of its own:
twice the size, and a search reads all over the disk. Readers need DuckDB 1.3 or later."""
LOG_SIZE = "256MB"
"""Beyond this the log of the working file is written into it even before publication."""
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_CATALOG = re.compile(
    r"Unable to connect to Postgres[^\n]*?((?:connection to|could not translate|invalid|missing)[^\n]*)"
    r"|((?:server closed the connection|terminating connection|connection to server|no connection to)[^\n]*)"
)
IN_MEMORY = Path(":memory:")
_FREE = "Remedy: free some, or look at the rights of the folder; the last good state is kept"


@contextmanager
def open_work(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The working file (or the newest state of the lake), opened for writing, and closed at the end.

    Raises WarehouseBusy when another process has it, CannotWrite for a read-only folder or a full disk,
    CatalogUnreachable and WarehouseConflict for a DuckLake.
    """
    with _open_lake(settings) if settings.lake else _open_work_file(settings) as connection:
        yield connection


@contextmanager
def _open_lake(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with (
        named_errors(place_of(settings)),
        open_file(IN_MEMORY, settings) as keeper,
        open_file(IN_MEMORY, settings) as connection,
    ):
        try:
            wait_for_turn(keeper, settings)
            attach(connection, settings)
            yield connection
        finally:
            # A connection that is closed within a transaction whose server has died ends the process.
            for opened in (connection, keeper):
                with suppress(duckdb.Error):
                    opened.rollback()


@contextmanager
def _open_work_file(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    path = settings.work_file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"{path.parent}: {error.strerror}. Remedy: make FGF_DATA_DIR writable") from error
    connection = open_file(path, settings)
    try:
        with named_errors(path):
            # What was committed stays in the file's log until publication: a checkpoint writes the last,
            # half-full block of rows of each table anew: that costs more than a load of some hundred notices.
            connection.execute("pragma disable_checkpoint_on_shutdown")
            connection.execute(f"set checkpoint_threshold = {literal(LOG_SIZE)}")
            yield connection
    finally:
        connection.close()


def open_published(settings: Settings) -> duckdb.DuckDBPyConnection:
    """The newest published version, read-only; the caller closes it.

    The pointer is resolved first: a process that opens the pointer's own path twice would get the version it
    opened before. Raises NothingPublished when there is none, CatalogUnreachable for a DuckLake.
    """
    if settings.lake:
        with named_errors(place_of(settings)):
            connection = open_file(IN_MEMORY, settings)
            try:
                attach_published(connection, settings)
            except BaseException:
                connection.close()
                raise
            return connection
    for _ in range(3):
        path = settings.published.resolve()
        if not path.is_file():
            continue  # just replaced and tidied away: the pointer leads to another version by now
        return open_file(path, settings, read_only=True)
    raise NothingPublished(
        f"{settings.published}: nothing is published yet. Remedy: python -m warehouse build"
    )


def is_published(settings: Settings) -> bool:
    """Whether there is a published version to open."""
    if not settings.lake:
        return settings.published.exists()
    try:
        open_published(settings).close()
    except NothingPublished:
        return False
    return True


def open_file(path: Path, settings: Settings, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to a warehouse file with our limits: memory, time zone, no downloads of extensions."""
    with named_errors(path):
        connection = duckdb.connect(str(path), read_only=read_only, config=_config(settings))
    connection.execute(f"set TimeZone = {literal(TIME_ZONE)}")
    connection.execute("set enable_progress_bar = false")
    return connection


def _config(settings: Settings) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": settings.memory_limit,
        "autoinstall_known_extensions": False,
        "storage_compatibility_version": STORAGE,
        "temp_directory": str(settings.data_dir / "warehouse" / "tmp"),
    }


@contextmanager
def named_errors(path: Path | str) -> Iterator[None]:
    """Turns DuckDB's and the system's errors into ours, naming the file, the cause and the remedy."""
    try:
        yield
    except OSError as error:
        what = "no room on the disk" if error.errno in NO_ROOM else error.strerror or str(error)
        raise CannotWrite(f"{error.filename or path}: {what}. {_FREE}") from error
    except duckdb.Error as error:
        raise _explained(path, error) from error


def _explained(path: Path | str, error: duckdb.Error) -> WarehouseError:
    message = str(error)
    if is_conflict(error):
        return WarehouseConflict(f"{path}: {message}")
    if lost := NO_CATALOG.search(message):
        return CatalogUnreachable(
            f"{path}: PostgreSQL cannot be reached: {(lost[1] or lost[2]).strip()}. "
            "Remedy: see that it runs, and that host, port, dbname, user and password "
            "(in FGF_WAREHOUSE, PGPASSWORD or ~/.pgpass) are right"
        )
    if "Could not set lock" in message:
        holder = re.search(r"PID (\d+)", message)
        who = f"process {holder[1]}" if holder else "another process"
        return WarehouseBusy(f"{path} is open in {who}. Remedy: wait until it ends, or end it")
    if re.search(
        r"No space left|File too large|Disk quota|disk full|failed to offload|Could not write all bytes",
        message,
        re.IGNORECASE,
    ):
        return CannotWrite(f"{path}: no room on the disk. {_FREE}")
    if re.search(r"Permission denied|Read-only file system", message):
        return CannotWrite(f"{path}: no permission to write. Remedy: make FGF_DATA_DIR writable")
    if isinstance(error, duckdb.OutOfMemoryException):
        return WarehouseError(f"{path}: memory ran out. Remedy: a larger FGF_MEMORY_LIMIT. {message}")
    if isinstance(
        error, duckdb.SerializationException | duckdb.InternalException | duckdb.FatalException
    ) or ("not a valid DuckDB database file" in message):
        return WarehouseDamaged(
            f"{path} cannot be read: {message}. Remedy: move it away; the next load rebuilds it from staging"
        )
    return WarehouseError(f"{path}: {message}")
