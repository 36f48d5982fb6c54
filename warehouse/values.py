"""Values for the SQL of a load: set as variables, which the steps read by `getvariable`.

They are written as SQL text. To look at a value that is bound (`?`) DuckDB imports pandas where it is
installed, as it is here for analysts: that alone took a third of the time of a usual load. What they
hold is our own: paths, moments, portal files. What a portal says comes in by Parquet, never by SQL text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import duckdb


def set_variable(connection: duckdb.DuckDBPyConnection, name: str, value: object) -> None:
    """Sets a variable of the connection; `name` is ours, never a user's."""
    connection.execute(f"set variable {name} = {literal(value)}")


def literal(value: object) -> str:
    """A value as SQL writes it: text, truth, number, moment with a time zone, list, struct, null.

    An empty list is one of text. Raises TypeError for any other type.
    """
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        return str(value).lower()
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, datetime):
        return f"{literal(value.isoformat())}::timestamptz"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{literal(str(key))}: {literal(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return "[" + ", ".join(map(literal, value)) + "]" + ("" if value else "::varchar[]")
    raise TypeError(f"no SQL text for {type(value).__name__}")
