"""Questions to the warehouse: one SQL file each, its rows as records."""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from reports.errors import UnknownRegion, UnknownUnit
from transforms.regions import place_of

FOLDER = Path(__file__).parent / "queries"
_PARAMETER = re.compile(r"\$([a-z_]+)")

_NAMED = "select 1 from task_units where ? in (unit, unit_norm) limit 1"

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class _Unit:
    unit: str


@cache
def _sql(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text("utf-8")


def run(con: duckdb.DuckDBPyConnection, name: str, parameters: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """Run `queries/<name>.sql`, statement by statement, each with those of the parameters that it names."""
    for statement in duckdb.extract_statements(_sql(name)):
        named = {k: parameters[k] for k in set(_PARAMETER.findall(statement.query))}
        con.execute(statement, named)
    return con


def ask(con: duckdb.DuckDBPyConnection, name: str, kind: type[Row], parameters: dict[str, Any]) -> list[Row]:
    """The rows of a question as records of `kind`, columns to fields by name, lists as tuples."""
    if not is_dataclass(kind):
        raise TypeError(f"{kind} is no dataclass")
    answer = run(con, name, parameters)
    described = answer.description or ()
    wanted = {f.name for f in fields(kind) if f.init}
    if missing := wanted - {column[0] for column in described} - _defaulted(kind):
        raise TypeError(f"{name}.sql has no column for {sorted(missing)} of {kind.__name__}")
    columns = [
        (place, column[0], str(column[1]).endswith("[]"))
        for place, column in enumerate(described)
        if column[0] in wanted
    ]
    names, lists = [name for _, name, _ in columns], [place for place, _, is_list in columns if is_list]
    pick = itemgetter(*(place for place, _, _ in columns), 0)  # the last: two places at least give a tuple
    found: list[Row] = []
    # This runs once a row of a report, millions of times: whatever can be known before is known before.
    for row in answer.fetchall():
        values: Any = row
        if lists:
            values = list(row)
            for place in lists:
                if values[place] is not None:
                    values[place] = tuple(values[place])
        found.append(kind(**dict(zip(names, pick(values), strict=False))))
    return found


def _defaulted(kind: Any) -> set[str]:
    return {f.name for f in fields(kind) if f.default is not MISSING or f.default_factory is not MISSING}


def regions_under(con: duckdb.DuckDBPyConnection, region: str | None) -> list[str] | None:
    """The region with all that lie in it by their codes: a province has its cities. None for no choice.

    National notices are no region's own: `全国` names them alone. Raises UnknownRegion.
    """
    if region is None:
        return None
    portals = dict(con.execute("select region, adcode from portals where region is not null").fetchall())
    rows = con.execute("select distinct region from notices where region is not null").fetchall()
    known = {*portals, *(name for (name,) in rows)}
    codes = {name: portals.get(name) or _code(name) for name in {*known, region}}
    if region not in known and not codes[region]:
        similar = "、".join(get_close_matches(region, sorted(known), cutoff=0.3))
        raise UnknownRegion(f"There is no region {region}. Similar ones: {similar or 'none'}")
    stem = _stem(codes[region] or "")
    inside = {name for name, code in codes.items() if code and code.startswith(stem)} if stem else set()
    return sorted(inside | {region})


def _code(region: str) -> str:
    """The code of a region that has no portal of its own; empty when the gazetteer lacks it."""
    place = place_of(f"{region}人民政府")
    return place.adcode or "" if place else ""


def _stem(adcode: str) -> str:
    """What the codes of all places inside begin with: `610000` → `61`; empty for the whole country."""
    stem = adcode.strip()
    while stem.endswith("00"):
        stem = stem[:-2]
    return stem


def scope(
    con: duckdb.DuckDBPyConnection, as_of: date, region: str | None = None, unit: str | None = None
) -> dict[str, Any]:
    """Make the temporary tables that all questions read, and give the parameters that they share.

    Raises UnknownRegion, and UnknownUnit when no task of any region names the unit.
    """
    if unit and not con.execute(_NAMED, [unit]).fetchone():
        similar = "、".join(row.unit for row in ask(con, "similar_units", _Unit, {"wanted": unit}))
        raise UnknownUnit(f"No task names the unit {unit}. Similar ones: {similar or 'none'}")
    parameters = {"as_of": as_of, "regions": regions_under(con, region), "unit": unit or None}
    run(con, "scope", parameters)
    return parameters
