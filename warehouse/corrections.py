"""Values corrected by hand, from `corrections/*.toml`: applied at every load, so no re-reading undoes them.

[[correction]]
notice = "a1b2c3d4e5f60718"        # or task = "a1b2c3d4e5f60718-0123456789"
field = "written_on"
old = "2023-04-19"                 # as read; left out where nothing was read
new = "2023-04-20"
who = "张三"
why = "落款与公报不一致"
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import WrongCorrection
from warehouse.schema import read_sql

LIST_FIELDS = {"issuers", "recipients", "topics", "lead_units", "responsible_units", "support_units"}
DATE_FIELDS = {"written_on", "published_on", "due_on"}
NOTICE_FIELDS = {
    *("title", "index_no", "doc_no", "issuers", "written_on", "published_on", "doc_type", "category"),
    *("validity", "region", "recipients", "topics", "relevance"),
}
TASK_FIELDS = {"no", "title", "kind", "due_on", "lead_units", "responsible_units", "support_units"}
TEXT_KEYS = {"notice", "task", "field", "who", "why"}
KEYS = {*TEXT_KEYS, "old", "new"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction; values are JSON texts, `null` where there is none."""

    correction_id: str
    notice_id: str | None
    task_id: str | None
    field: str
    old_value: str
    new_value: str
    who: str
    why: str
    file: str


def read_corrections(folder: Path) -> list[Correction]:
    """All corrections of a folder, by file and place; none when there is no such folder.

    Raises WrongCorrection naming file, entry and key; also when two correct the same field of one thing.
    """
    found: list[Correction] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            table = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise WrongCorrection(f"{path}: {error}") from error
        if set(table) - {"correction"}:
            raise WrongCorrection(f"{path}: {min(set(table) - {'correction'})!r} is not [[correction]]")
        entries = table.get("correction", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise WrongCorrection(f"{path}: 'correction' is no list of tables; write [[correction]]")
        found += [_read(path, number, entry) for number, entry in enumerate(entries, 1)]
    seen: dict[tuple[str | None, str], Correction] = {}
    for one in found:
        other = seen.setdefault((one.task_id or one.notice_id, one.field), one)
        if other is not one:
            raise WrongCorrection(
                f"{one.file}: {one.field} of {one.task_id or one.notice_id} is also corrected in {other.file}"
            )
    return found


def _read(path: Path, number: int, entry: dict[str, Any]) -> Correction:
    place = f"{path}: correction {number}"
    if set(entry) - KEYS:
        raise WrongCorrection(f"{place}: unknown key {min(set(entry) - KEYS)!r}")
    for key in ("field", "new", "who", "why"):
        if key not in entry:
            raise WrongCorrection(f"{place}: {key!r} is missing")
    for key in TEXT_KEYS & set(entry):
        if not isinstance(entry[key], str):
            raise WrongCorrection(f"{place}: {key!r} is {entry[key]!r}, and no text; put it into quotes")
    if ("notice" in entry) == ("task" in entry):
        raise WrongCorrection(f"{place}: give either 'notice' or 'task'")
    field = entry["field"]
    known = TASK_FIELDS if "task" in entry else NOTICE_FIELDS
    if field not in known:
        raise WrongCorrection(
            f"{place}: field {field!r} cannot be corrected; these can: {', '.join(sorted(known))}"
        )
    old, new = (_value(place, field, entry.get(key)) for key in ("old", "new"))
    task_id = entry.get("task")
    notice_id = task_id.split("-")[0] if task_id else entry["notice"]
    digest = hashlib.sha256(f"{notice_id}|{task_id}|{field}|{old}|{new}".encode()).hexdigest()[:16]
    return Correction(digest, notice_id, task_id, field, old, new, entry["who"], entry["why"], path.name)


def _value(place: str, field: str, value: object) -> str:
    """A value as JSON text. TOML has dates of its own; text is taken too."""
    if isinstance(value, date):
        value = value.isoformat()
    if value is not None and field in DATE_FIELDS:
        try:
            date.fromisoformat(str(value))
        except ValueError as error:
            raise WrongCorrection(f"{place}: {value!r} is no date for {field}; write 2023-04-20") from error
    if isinstance(value, list) != (field in LIST_FIELDS) and value is not None:
        raise WrongCorrection(f"{place}: {field} wants {'a list' if field in LIST_FIELDS else 'one value'}")
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_corrections(connection: duckdb.DuckDBPyConnection, wanted: Sequence[Correction]) -> list[str]:
    """Makes the table hold exactly these; gives the pages whose corrections changed."""
    rows = connection.execute("select correction_id, notice_id from corrections").fetchall()
    before = dict(rows)
    after = {one.correction_id: one.notice_id for one in wanted}
    changed = [one for one in {**before, **after}.items() if (one[0] in before) != (one[0] in after)]
    if not changed:
        return []
    connection.execute("delete from corrections where not list_contains(?, correction_id)", [sorted(after)])
    fresh = [one for one in wanted if one.correction_id not in before]
    if fresh:
        connection.executemany(
            read_sql("steps/correction_row"),
            [astuple(one) for one in fresh],
        )
    pages = connection.execute(
        "select distinct page_id from notices where list_contains(?, notice_id)",
        [[notice_id for _, notice_id in changed]],
    ).fetchall()
    return [page_id for (page_id,) in pages]


def unfitting(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Sentences on corrections that are stale or whose notice or task is missing."""
    rows = connection.execute(
        "select file, coalesce(task_id, notice_id), field, status, old_value, found_value from corrections "
        "where status <> 'applied' order by file, correction_id"
    ).fetchall()
    return [
        f"{file}: {field} of {thing}: "
        + (
            f"the text now says {found}, not {old}; not applied. Remedy: look, then change or remove it"
            if status == "stale"
            else "no such notice or task in the warehouse; not applied"
        )
        for file, thing, field, status, old, found in rows
    ]
