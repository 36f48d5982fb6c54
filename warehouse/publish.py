"""Publication: a closed copy of the working file under a new name, then the pointer leads to it.

Readers open `settings.published`, a symbolic link. Whoever has an older version open keeps it; whoever opens
the link gets a whole version. A path that was ever opened for writing is never replaced, because DuckDB
would replay a left-over `.wal` of the old file into the new one, silently.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawlers.settings import Settings
from warehouse.checks import CheckResult, check_connection, refuse_errors
from warehouse.connect import named_errors, open_file, open_work
from warehouse.errors import CannotWrite, WarehouseError
from warehouse.lake_publish import publish_snapshot
from warehouse.leaks import hide_leaks
from warehouse.lock import only_writer
from warehouse.schema import create_tables, read_sql
from warehouse.upgrade import is_unfit

SEARCH_LIMIT = 300_000
"""Notices up to which the ranked search gets its index: it grows with all there is, not with what is new."""
VERSION = re.compile(r"warehouse-(\d{6,})\.duckdb")


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What was published: file (of a DuckLake the folder), number, size, failed warnings, and time taken."""

    path: Path
    number: int
    warnings: tuple[str, ...]
    bytes: int
    seconds: float


def publish(settings: Settings, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> PublishReport:
    """Hides contacts, checks the working file, copies it, indexes the copy, and turns the pointer to it.

    Raises ChecksFailed when a check of severity `error` fails: then the old version stays. Raises
    WarehouseBusy, CannotWrite, and WarehouseError when somebody wrote to the published file. A DuckLake is
    not copied: its checked snapshot is marked (lake_publish.py).
    """
    start = time.monotonic()
    if settings.lake:
        marked = publish_snapshot(settings, now)
        warnings = _warnings(marked.results)
        return PublishReport(marked.folder, marked.number, warnings, marked.bytes, time.monotonic() - start)
    if is_unfit(settings):
        from warehouse.load import load

        load(settings)  # builds the working file anew from staging
    with only_writer(settings):
        if not settings.work_file.is_file():
            raise WarehouseError(f"{settings.work_file}: nothing is loaded. Remedy: python -m warehouse load")
        _refuse_wal(settings.published)
        with open_work(settings) as connection:
            create_tables(connection)
            connection.begin()
            if not settings.show_contacts:
                hide_leaks(connection, settings)
            results = check_connection(connection, now())
            connection.commit()
            refuse_errors(results)
            connection.execute("checkpoint")
        _refuse_wal(settings.work_file)
        with named_errors(settings.work_file.parent):
            number, path = _publish_copy(settings, now())
            _keep_newest(settings)
    return PublishReport(path, number, _warnings(results), path.stat().st_size, time.monotonic() - start)


def _warnings(results: Sequence[CheckResult]) -> tuple[str, ...]:
    return tuple(f"{r.name}: {r.claim}（{r.row_count} 行不合）" for r in results if r.failed)


def _refuse_wal(path: Path) -> None:
    wal = path.with_name(path.name + ".wal")
    if wal.exists():
        raise WarehouseError(
            f"{wal}: {path.name} was opened for writing and not closed. "
            "Remedy: end that session (readers open it read-only), then delete the .wal file"
        )


def _publish_copy(settings: Settings, now: datetime) -> tuple[int, Path]:
    folder = settings.work_file.parent
    for left_over in folder.glob("building-*"):
        left_over.unlink()  # of a publication that was killed: no pointer ever led there
    number = max([version_number(path) for path in published_versions(settings)], default=0) + 1
    building = folder / f"building-{number:06d}.duckdb"
    final = folder / f"warehouse-{number:06d}.duckdb"
    try:
        shutil.copyfile(settings.work_file, building)
        _prepare(building, settings, number, now)
        _refuse_wal(building)
        _refuse_wal(final)
        with building.open("rb") as file:
            os.fsync(file.fileno())
        building.chmod(0o444)
        os.replace(building, final)
        _point(settings.published, final)
    except (OSError, WarehouseError):
        for path in folder.glob("building-*"):
            with contextlib.suppress(OSError):
                path.unlink()
        raise
    return number, final


def _prepare(path: Path, settings: Settings, number: int, now: datetime) -> None:
    """What the copy has and the working file has not: its number, the totals of units, the search index."""
    with named_errors(path), contextlib.closing(open_file(path, settings)) as connection:
        count = connection.execute("select count(*) from notices").fetchone()
        has_index = count is not None and count[0] <= SEARCH_LIMIT
        connection.execute(read_sql("steps/unit_totals"))
        if has_index:
            connection.execute(read_sql("steps/search_index"))
            connection.execute(read_sql("steps/search_ranked"))
        values = {"now": now, "number": number, "has_search_index": has_index}
        connection.execute(read_sql("steps/publish_info"), values)
        connection.execute("checkpoint")


def _point(link: Path, target: Path) -> None:
    """Turns the pointer at one stroke: a new link is made beside it and renamed over it."""
    if link.exists() and not link.is_symlink():
        raise CannotWrite(f"{link} is a file, not the pointer that publication makes. Remedy: move it away")
    beside = link.with_name(f".{link.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    beside.symlink_to(os.path.relpath(target, link.parent))
    os.replace(beside, link)


def published_versions(settings: Settings) -> list[Path]:
    """Published files that are kept, oldest first."""
    found = [path for path in settings.work_file.parent.iterdir() if VERSION.fullmatch(path.name)]
    return sorted(found, key=version_number)


def version_number(path: Path) -> int:
    """Number of a published file, by its name."""
    match = VERSION.fullmatch(path.name)
    if match is None:
        raise ValueError(f"{path} is no published version")
    return int(match[1])


def _keep_newest(settings: Settings) -> None:
    for path in published_versions(settings)[: -settings.keep_versions]:
        path.unlink()
