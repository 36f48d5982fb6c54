"""The table [expect] of a portal file: what a person should be told of when it is not so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crawlers.toml_table import Table

FILLED = (
    "title", "text", "doc_no", "index_no", "issuers", "written_on", "published_on", "category", "validity",
)  # fmt: skip


def read_expect(table: Table) -> dict[str, Any]:
    """`notices` with `min` and `max`, `silent_days`, `filled` (field -> share). Raises WrongPortalFile."""
    expect = table.take("expect", dict, {})
    inner = Table(expect, table.file, "expect.")
    read: dict[str, Callable[[], Any]] = {
        "notices": lambda: _bounds(inner),
        "silent_days": lambda: inner.whole("silent_days", least=1),
        "filled": lambda: _rates(inner),
    }
    result = {key: read[key]() for key in list(expect) if key in read}
    inner.end(read)
    return result


def _bounds(expect: Table) -> dict[str, int]:
    bounds = Table(expect.take("notices", dict), expect.file, "expect.notices.")
    result: dict[str, int] = {key: bounds.whole(key, least=0) for key in ("min", "max") if key in bounds.data}
    bounds.end(("min", "max"))
    if result.get("max", result.get("min", 0)) < result.get("min", 0):
        bounds.wrong("max", f"is below min, {result['min']}")
    return result


def _rates(expect: Table) -> dict[str, float]:
    rates = expect.take("filled", dict)
    for key, value in rates.items():
        if key not in FILLED:
            expect.wrong(f"filled.{key}", f"is no field that we know; there are: {', '.join(FILLED)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            expect.wrong(f"filled.{key}", f"must be a share between 0 and 1, not {value!r}")
    return {key: float(value) for key, value in rates.items()}
