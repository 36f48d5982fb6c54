"""Publication of a DuckLake: the snapshot that passed the checks is marked, and readers open the last mark.

Checks, their outcome and the mark are one transaction. A load that commits meanwhile makes it fail, and it
is done again: what is marked is what was checked. A failed check stores its outcome and sets no mark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawlers.settings import Settings
from warehouse.checks import CheckResult, check_connection, refuse_errors
from warehouse.connect import open_work
from warehouse.errors import WarehouseConflict, WarehouseError
from warehouse.lake import NAME, PUBLISHED, files_folder, place_of, published_snapshots, retried
from warehouse.leaks import hide_leaks
from warehouse.schema import create_tables, read_sql

GRACE = "1 day"
"""How long files stay that no snapshot needs: a load or a question that takes longer would miss them."""


@dataclass(frozen=True, slots=True)
class MarkedSnapshot:
    """What was published: its number, the outcome of the checks, folder and bytes of the lake's files."""

    number: int
    results: Sequence[CheckResult]
    folder: Path
    bytes: int


def publish_snapshot(settings: Settings, now: Callable[[], datetime]) -> MarkedSnapshot:
    """Checks the newest state and marks it; then snapshots and files that are no longer kept go.

    Raises ChecksFailed, WarehouseBusy, CatalogUnreachable, WarehouseError; readers then keep the old mark.
    """
    marked = retried(lambda: _check_and_mark(settings, now()))
    refuse_errors(marked.results)
    with suppress(WarehouseConflict):  # a load has just changed what was to be tidied: the next publication
        _tidy(settings)
    return marked


def _check_and_mark(settings: Settings, now: datetime) -> MarkedSnapshot:
    with open_work(settings) as connection:
        create_tables(connection)
        if connection.execute("select count(*) from loaded_batches").fetchone() == (0,):
            raise WarehouseError(f"{place_of(settings)}: nothing is loaded. Remedy: python -m warehouse load")
        connection.begin()
        if not settings.show_contacts:
            hide_leaks(connection, settings)
        results = check_connection(connection, now)
        row = connection.execute("select coalesce(publish_no, 0) + 1 from warehouse_info").fetchone()
        number = row[0] if row else 1
        if not any(result.failed and result.severity == "error" for result in results):
            values = {"now": now, "number": number, "has_search_index": False}
            connection.execute(read_sql("steps/publish_info"), values)
            connection.execute(
                f"call {NAME}.set_commit_message('warehouse', ?, extra_info => ?)",
                [PUBLISHED, f'{{"publish_no": {number}}}'],
            )
        connection.commit()
        size = connection.execute(
            "select coalesce(sum(file_size_bytes + delete_file_size_bytes), 0)::bigint "
            "from ducklake_table_info(?)",
            [NAME],
        ).fetchone()
        return MarkedSnapshot(number, results, files_folder(connection), size[0] if size else 0)


def _tidy(settings: Settings) -> None:
    """Forgets all but the last published snapshots and what came after, and puts small files together."""
    with open_work(settings) as connection:
        kept = published_snapshots(connection)[-settings.keep_versions :]
        rows = connection.execute(
            "select snapshot_id from ducklake_snapshots(?) "
            "where snapshot_id < ? and not list_contains(?, snapshot_id)",
            [NAME, kept[-1], kept],
        ).fetchall()
        if rows:
            connection.execute(
                "call ducklake_expire_snapshots(?, versions => ?)", [NAME, [snapshot for (snapshot,) in rows]]
            )
        for work in (
            "ducklake_flush_inlined_data",
            "ducklake_merge_adjacent_files",
            "ducklake_rewrite_data_files",
        ):
            connection.execute(f"call {work}(?)", [NAME])
        for work in ("ducklake_cleanup_old_files", "ducklake_delete_orphaned_files"):
            connection.execute(f"call {work}(?, older_than => now() - interval {GRACE!r})", [NAME])
