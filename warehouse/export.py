"""Releases: the published warehouse as files for those without DuckDB, with checksums and a manifest.

One folder a release, `release-<day>-<number of the published version>`; it appears whole or not at all.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from crawlers.settings import Settings
from warehouse.connect import TIME_ZONE, named_errors, open_published
from warehouse.dictionary import INTERNAL, DescribedTable, described
from warehouse.errors import CannotWrite, WarehouseError
from warehouse.release_files import write_csv, write_parquet, write_xlsx
from warehouse.staged import file_sha256

WRITERS = {"parquet": write_parquet, "csv": write_csv, "xlsx": write_xlsx}
MOMENTS = {"portal_runs": "started_at", "rejects": "happened_at", "change_log": "happened_at"}
"""Tables that are cut by a moment of their own when only what is newer is wanted."""


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """A file of a release, for its manifest. `cut_cells` are texts too long for a cell of XLSX."""

    path: str
    table: str
    format: str
    rows: int
    bytes: int
    sha256: str
    cut_cells: int = 0


@dataclass(frozen=True, slots=True)
class Release:
    """What was exported: the folder, and its files by name."""

    folder: Path
    files: tuple[ReleasedFile, ...]


def export(
    settings: Settings,
    formats: Sequence[str] = ("parquet",),
    *,
    since: date | None = None,
    out: Path | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Release:
    """Writes every table and view of the published warehouse in these formats (parquet, csv, xlsx).

    `since` keeps what belongs to notices that changed on that day or later, and runs and rejects since then;
    tables of portals, checks and the like are whole. Raises NothingPublished, CannotWrite, WarehouseError.
    """
    unknown = [name for name in formats if name not in WRITERS]
    if unknown:
        raise WarehouseError(f"{unknown[0]}: no such format; these are known: {', '.join(WRITERS)}")
    parent = out or settings.data_dir / "releases"
    connection = open_published(settings)
    try:
        with named_errors(parent):
            return _release(connection, formats, since, parent, now().astimezone(ZoneInfo(TIME_ZONE)))
    finally:
        connection.close()


def _release(
    connection: duckdb.DuckDBPyConnection,
    formats: Sequence[str],
    since: date | None,
    parent: Path,
    moment: datetime,
) -> Release:
    info = connection.execute("select publish_no, build_id, schema_version from warehouse_info").fetchone()
    number, build_id, schema_version = info or (0, "", 0)
    name = f"release-{moment:%Y-%m-%d}-{number:06d}" + (f"-since-{since}" if since else "")
    building = parent / f".{name}.{os.getpid()}"
    building.mkdir(parents=True)
    try:
        connection.execute("set variable since = ?", [since])
        tables = [table for table in described(connection) if table.name not in INTERNAL]
        files = [
            _write(connection, table, kind, building, since is not None)
            for kind in formats
            for table in tables
        ]
        manifest = {
            "release": name,
            "made_at": moment.isoformat(timespec="seconds"),
            "publish_no": number,
            "build_id": build_id,
            "schema_version": schema_version,
            "since": since.isoformat() if since else None,
            "files": [asdict(file) for file in files],
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (building / "manifest.json").write_text(text + "\n", "utf-8")
        sums = "".join(f"{file.sha256}  {file.path}\n" for file in files)
        (building / "SHA256SUMS").write_text(sums, "utf-8")
        folder = parent / name
        _put_in_place(building, folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return Release(folder, tuple(files))


def _write(
    connection: duckdb.DuckDBPyConnection, table: DescribedTable, kind: str, folder: Path, is_cut: bool
) -> ReleasedFile:
    """One table in one format."""
    relation = connection.table(table.name) if table.kind == "table" else connection.view(table.name)
    if is_cut:
        relation = _newer(relation, table)
    path = folder / kind / f"{table.name}.{kind}"
    path.parent.mkdir(exist_ok=True)
    rows, cut_cells = WRITERS[kind](relation, table, path)
    relative = path.relative_to(folder).as_posix()
    return ReleasedFile(relative, table.name, kind, rows, path.stat().st_size, file_sha256(path), cut_cells)


def _newer(relation: duckdb.DuckDBPyRelation, table: DescribedTable) -> duckdb.DuckDBPyRelation:
    names = {column.name for column in table.columns}
    if table.name in MOMENTS:
        return relation.filter(f"{MOMENTS[table.name]} >= getvariable('since')")
    if "notice_id" in names:
        return relation.filter(
            "notice_id in (select notice_id from change_log where happened_at >= getvariable('since'))"
        )
    if "document_id" in names:
        return relation.filter(
            "document_id in (select document_id from notices semi join "
            "(from change_log where happened_at >= getvariable('since')) using (notice_id))"
        )
    return relation


def _put_in_place(building: Path, folder: Path) -> None:
    """Gives the finished folder its name; a release of the same name is replaced by its equal."""
    if folder.exists():
        if not re.fullmatch(r"release-.+", folder.name) or not (folder / "manifest.json").is_file():
            raise CannotWrite(f"{folder} is there and is no release. Remedy: move it away")
        shutil.rmtree(folder)
    building.rename(folder)
