"""Staged batches on disk: which are new or changed, and which cannot be used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb


class UnusableBatch(Exception):
    """A staged file that cannot be loaded; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A staged batch on disk. `sha256` is empty until it was asked for."""

    batch_id: str
    path: Path
    bytes: int
    modified_ns: int
    sha256: str = ""


def list_staged(staging: Path) -> list[StagedFile]:
    """All staged batches, by batch_id: the path below the staging folder without its extension."""
    found = []
    for path in sorted(staging.glob("*/*.parquet")):
        state = path.stat()
        batch_id = path.relative_to(staging).with_suffix("").as_posix()
        found.append(StagedFile(batch_id, path, state.st_size, state.st_mtime_ns))
    return found


def find_pending(connection: duckdb.DuckDBPyConnection, staged: Iterable[StagedFile]) -> list[StagedFile]:
    """Batches that are new, or whose file is another than the one that was loaded.

    A file that was only written anew with the same bytes is noted with its new time, and not loaded.
    """
    rows = connection.execute("select batch_id, bytes, modified_ns, sha256 from loaded_batches").fetchall()
    loaded = {batch_id: (size, modified, sha256) for batch_id, size, modified, sha256 in rows}
    found = []
    for file in staged:
        before = loaded.get(file.batch_id)
        if before and before[:2] == (file.bytes, file.modified_ns):
            continue
        with_sum = StagedFile(file.batch_id, file.path, file.bytes, file.modified_ns, file_sha256(file.path))
        if before and before[2] == with_sum.sha256:
            connection.execute(
                "update loaded_batches set modified_ns = ? where batch_id = ?",
                [file.modified_ns, file.batch_id],
            )
            continue
        found.append(with_sum)
    return found


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_batch(file: StagedFile) -> None:
    """Raises UnusableBatch unless the file is whole, of our schema, and holds the batch of its name."""
    import pyarrow as pa  # slow to import: a load without news, and a publication, need none of it
    import pyarrow.parquet as pq

    from transforms.staging_schema import SCHEMA_VERSION, staging_schema

    try:
        parquet = pq.ParquetFile(file.path)
        schema = parquet.schema_arrow
        version = (schema.metadata or {}).get(b"fgf_schema_version", b"").decode()
        if version != str(SCHEMA_VERSION):
            raise UnusableBatch(
                f"{file.path}: schema version {version or 'none'}, and {SCHEMA_VERSION} is needed. "
                "Remedy: python -m transforms --archive --full"
            )
        missing = [name for name in staging_schema().names if name not in schema.names]
        if missing:
            raise UnusableBatch(f"{file.path}: columns {', '.join(missing)} are missing. {_RESTAGE}")
        names = set(parquet.read(columns=["batch_id"]).column("batch_id").to_pylist())
    except (pa.ArrowException, OSError) as error:
        raise UnusableBatch(f"{file.path}: not a whole Parquet file ({error}). {_RESTAGE}") from error
    if names - {file.batch_id}:
        raise UnusableBatch(f"{file.path}: holds events of another batch, {min(names - {file.batch_id})}")


def read_through(file: StagedFile) -> None:
    """Raises UnusableBatch when some page of the file's data is damaged; reads all of it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        for _ in pq.ParquetFile(file.path).iter_batches(batch_size=500):
            pass
    except (pa.ArrowException, OSError) as error:
        raise UnusableBatch(f"{file.path}: damaged ({error}). {_RESTAGE}") from error


_RESTAGE = "Remedy: delete it and run python -m transforms --archive; the other batches were loaded"
