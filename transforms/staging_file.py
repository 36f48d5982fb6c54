"""A staged batch on disk: one Parquet file in the staging schema, written whole or not at all."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.staging_schema import StagedEvent, staging_schema
from transforms.version import READER_VERSION

ROWS_A_GROUP = 256


def write_batch(target: Path, rows: Iterable[StagedEvent]) -> Counter[str]:
    """Write a staged batch under a temporary name, then put it in place in one step.

    Returns the number of rows by event, and of tasks under `task`. Memory holds one group of rows.
    """
    counts: Counter[str] = Counter()
    target.parent.mkdir(parents=True, exist_ok=True)
    schema = staging_schema().with_metadata(_wanted_metadata())
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
            for group in _groups(rows, ROWS_A_GROUP):
                counts.update(row.event for row in group)
                counts["task"] += sum(len(row.notice.tasks) for row in group if row.notice)
                writer.write_table(pa.Table.from_pylist([_plain(asdict(row)) for row in group], schema))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return counts


def is_current(target: Path, read_since: datetime | None = None) -> bool:
    """Whether a batch was staged by today's reader, and not before `read_since`; a broken file was not."""
    if not target.is_file() or (read_since and target.stat().st_mtime < read_since.timestamp()):
        return False
    try:
        found = pq.read_schema(target).metadata or {}
    except (pa.ArrowException, OSError):  # OSError: its last page is there, and garbled
        return False
    return all(found.get(key) == value for key, value in _wanted_metadata().items())


def _wanted_metadata() -> dict[bytes, bytes]:
    return {**(staging_schema().metadata or {}), b"reader": READER_VERSION.encode()}


def _groups(rows: Iterable[StagedEvent], size: int) -> Iterator[list[StagedEvent]]:
    waiting = iter(rows)
    while group := list(islice(waiting, size)):
        yield group


def _plain(value: Any) -> Any:
    """What Arrow takes: a map as pairs, everything else as it is."""
    if isinstance(value, dict):
        return {k: [*v.items()] if k == "origins" else _plain(v) for k, v in value.items()}
    return value
