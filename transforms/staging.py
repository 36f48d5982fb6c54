"""Archive → staging: each crawl's batch is read once and written as one Parquet file.

The edge where the pure reader meets the archive. A batch whose staged file was written by today's reader is
left alone, so cost follows what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawlers.archive import Batch, archived_bytes, list_batches
from crawlers.settings import Settings
from transforms.staging_file import is_current, write_batch
from transforms.staging_rows import staged_events

Progress = Callable[[int, int, str], None]

# Archived (compressed) bytes read a second on one core, attachments included; measured on the samples.
BYTES_A_SECOND = 150_000


@dataclass(frozen=True, slots=True)
class StageReport:
    """What a staging run did: batches read and left alone, notices and problems in those read."""

    batches: int = 0
    unchanged: int = 0
    notices: int = 0
    tasks: int = 0
    rejected: int = 0


def stage_archive(
    settings: Settings,
    portal_ids: Iterable[str] | None = None,
    *,
    read_since: datetime | None = None,
    progress: Progress | None = None,
) -> StageReport:
    """Read the archive's batches that today's reader has not read yet.

    With `read_since`, batches staged before that moment are read anew too. Safe to stop and to run again with
    the same moment: a batch is staged whole or not at all, and what was read since then is left alone.
    """
    waiting, unchanged = plan_staging(settings, portal_ids, read_since=read_since)
    report = StageReport(unchanged=unchanged)
    for number, batch in enumerate(waiting, 1):
        counts = write_batch(_target(settings, batch), staged_events(settings, batch))
        report = replace(
            report,
            batches=report.batches + 1,
            notices=report.notices + counts["notice"],
            tasks=report.tasks + counts["task"],
            rejected=report.rejected + counts["rejected"],
        )
        if progress:
            progress(number, len(waiting), batch.portal_id)
    return report


def plan_staging(
    settings: Settings, portal_ids: Iterable[str] | None = None, *, read_since: datetime | None = None
) -> tuple[list[Batch], int]:
    """The batches that `stage_archive` would read, oldest first, and how many it would leave alone."""
    wanted = None if portal_ids is None else set(portal_ids)
    batches = [b for b in list_batches(settings) if wanted is None or b.portal_id in wanted]
    waiting = [b for b in batches if not is_current(_target(settings, b), read_since)]
    return waiting, len(batches) - len(waiting)


def reading_cost(
    settings: Settings, portal_ids: Iterable[str] | None = None, read_since: datetime | None = None
) -> dict[str, float]:
    """What `stage_archive` would cost.

    Batches, archived bytes, and about how many seconds, by what was measured.
    """
    waiting, _ = plan_staging(settings, portal_ids, read_since=read_since)
    size = sum(archived_bytes(settings, batch.id) for batch in waiting)
    return {"batches": len(waiting), "bytes": size, "about_seconds": round(size / BYTES_A_SECOND, 1)}


def _target(settings: Settings, batch: Batch) -> Path:
    return settings.staging / f"{batch.id}.parquet"
