"""The warehouse as a DuckLake: tables in Parquet files, their catalog in PostgreSQL, several writers at once.

The same SQL runs on it as on the file. What a DuckLake has otherwise is dealt with here and in
`lake_publish.py`: docs/adr/0008-several-loaders.md says how and why.
"""

from __future__ import annotations

import importlib.util
import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb

from crawlers.settings import LAKE, PASSWORD, Settings
from warehouse.errors import CannotWrite, NothingPublished, WarehouseBusy, WarehouseConflict, WarehouseError
from warehouse.values import literal

NAME = "lake"
PUBLISHED = "published"
"""Commit message of the snapshots that readers open."""
TRIES = 20
LONGEST_WAIT = 15.0  # seconds
PATIENCE = 600.0
"""Seconds that a writer waits for its turn; then it goes on, and conflicts decide."""
TURN = 20230403  # any number: the key of the advisory lock, which is the lake's database's own
NOT_HELD = re.compile(r"^\s*comment on (macro|column)\b", re.MULTILINE | re.IGNORECASE)
"""What a file of views/ says and a DuckLake cannot keep: comments of macros and of views' columns."""
_IS_NEW = "does not exist - and creating"

Result = TypeVar("Result")


def place_of(settings: Settings) -> str:
    """The lake as messages name it: its catalog, without the password."""
    return LAKE + PASSWORD.sub("", settings.lake).strip()


def is_lake(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the tables of an open connection are those of a DuckLake."""
    found = connection.execute(
        "select type from duckdb_databases() where database_name = current_database()"
    ).fetchone()
    return found == ("ducklake",)


def is_conflict(error: duckdb.Error) -> bool:
    """Whether another writer of the lake was faster: to commit, or to make the lake in an empty catalog."""
    message = str(error)
    if isinstance(error, duckdb.TransactionException):
        return "conflict" in message.lower()
    return "Failed to initialize DuckLake" in message and "already exists" in message


def retried(work: Callable[[], Result]) -> Result:
    """What `work` gives; it is done again, from its beginning, when another writer of the lake was faster.

    Raises WarehouseBusy after so many times. On a file, which has one writer, work is done once.
    """
    for number in range(TRIES):
        try:
            return work()
        except WarehouseConflict as error:
            last = error
            longest = min(LONGEST_WAIT, 0.2 * 2**number)
            time.sleep(random.uniform(longest / 4, longest))  # noqa: S311
    raise WarehouseBusy(
        f"{TRIES} times another loader committed first. "
        f"Remedy: run it again when fewer loaders are at work; nothing is lost. {last}"
    ) from last


def wait_for_turn(keeper: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Waits until no other writer is at work on the lake, so that work is seldom done in vain.

    The turn is a lock in PostgreSQL. It ends with `keeper`, which is used for nothing else, and with its
    process, however that ends. No row depends on it: that no two loads mix is proved by conflicts alone.
    """
    _prepare(keeper, settings)
    catalog = place_of(settings).removeprefix(LAKE)
    keeper.execute(f"attach {literal(catalog)} as turn (type postgres, read_only)")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        keeper.begin()
        taken = keeper.execute(
            "from postgres_query('turn', ?)", [f"select pg_try_advisory_xact_lock({TURN})"]
        ).fetchone()
        if taken == (True,):
            return
        keeper.rollback()
        time.sleep(random.uniform(0.1, 0.5))  # noqa: S311


def attach(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Opens the lake for writing as the connection's own database; makes a new one in an empty catalog.

    Raises CannotWrite when its folder of files is not here, WarehouseError when it is another than the one
    set.
    """
    _prepare(connection, settings)
    try:
        _attach(connection, settings, "create_if_not_exists false")
    except duckdb.InvalidInputException as error:
        if _IS_NEW not in str(error):
            raise
        _make_folder(settings)
        _attach(connection, settings, f"data_path {literal(str(settings.lake_files))}")
    _check_folder(connection, settings)


def attach_published(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Opens the lake, read-only, as it was when it was last published. Raises NothingPublished."""
    _prepare(connection, settings)
    nothing = NothingPublished(
        f"{place_of(settings)}: nothing is published yet. Remedy: python -m warehouse build"
    )
    try:
        _attach(connection, settings, "read_only")
    except duckdb.InvalidInputException as error:
        raise nothing if _IS_NEW in str(error) else error from error
    versions = published_snapshots(connection)
    if not versions:
        raise nothing
    connection.execute(f"use memory; detach {NAME}")
    _attach(connection, settings, f"read_only, snapshot_version {versions[-1]}")


def published_snapshots(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """Numbers of the published snapshots that are kept, oldest first."""
    rows = connection.execute(
        "select snapshot_id from ducklake_snapshots(?) where commit_message = ? order by snapshot_id",
        [NAME, PUBLISHED],
    ).fetchall()
    return [snapshot for (snapshot,) in rows]


def files_folder(connection: duckdb.DuckDBPyConnection) -> Path:
    """Where the lake's Parquet files lie, as its catalog says."""
    row = connection.execute("select data_path from ducklake_settings(?)", [NAME]).fetchone()
    return Path(row[0] if row else "")


def _prepare(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Loads the extensions, and gives the password where no message and no table shows it."""
    for extension in ("postgres_scanner", "ducklake"):
        connection.execute(f"load {literal(_extension_file(extension))}")
    if password := PASSWORD.search(settings.lake):
        text = re.sub(r"\\(.)", r"\1", password[1].removeprefix("'").removesuffix("'"))
        connection.execute(f"create or replace secret (type postgres, password {literal(text)})")


def _extension_file(extension: str) -> str:
    package = f"duckdb_extension_{extension}"
    spec = importlib.util.find_spec(package)
    version = f"v{duckdb.__version__}"
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "extensions" / version / f"{extension}.duckdb_extension"
        if path.is_file():
            return str(path)
    raise WarehouseError(
        f"FGF_WAREHOUSE is a DuckLake, and DuckDB's extension {extension} for {version} is not installed. "
        "Remedy: pip install '.[lake]'"
    )


def _attach(connection: duckdb.DuckDBPyConnection, settings: Settings, options: str) -> None:
    connection.execute(f"attach {literal(place_of(settings))} as {NAME} ({options})")
    connection.execute(f"use {NAME}")


def _make_folder(settings: Settings) -> None:
    """Makes the folder of a new lake; one that holds anything is refused.

    A lake deletes the Parquet files below its folder that it does not know, as those of killed loads.
    """
    folder = settings.lake_files
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_empty = not any(folder.iterdir())
    except OSError as error:
        raise CannotWrite(f"{folder}: {error.strerror}. Remedy: make FGF_WAREHOUSE_FILES writable") from error
    if not is_empty:
        raise WarehouseError(
            f"{folder} is not empty, and a new lake wants a folder of its own, where it deletes what it does "
            "not know. Remedy: name an empty folder in FGF_WAREHOUSE_FILES"
        )


def _check_folder(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    folder = files_folder(connection)
    if settings.warehouse_files and settings.lake_files != folder:
        raise WarehouseError(
            f"FGF_WAREHOUSE_FILES={settings.warehouse_files}: the files of {place_of(settings)} "
            f"lie in {folder}. Remedy: leave it empty, or name that folder"
        )
    if not folder.is_dir():
        raise CannotWrite(
            f"{folder}: the files of {place_of(settings)} are not on this machine. "
            "Remedy: mount the shared folder at this path"
        )
