"""`python -m warehouse query`: one question to the published warehouse from the shell, read-only."""

from __future__ import annotations

import sys
from typing import TextIO

import duckdb

from crawlers.settings import Settings
from warehouse.connect import open_published
from warehouse.errors import WarehouseError

FORMATS = ("box", "csv", "json")


class WrongQuery(WarehouseError):
    """DuckDB cannot run the query; the message is DuckDB's own, with the place in the query."""


def run_query(settings: Settings, sql: str, form: str = "box", out: TextIO = sys.stdout) -> None:
    """Write the rows of `sql` to `out`: as a table, as CSV, or as one JSON object a line.

    Raises WrongQuery, and NothingPublished when there is no warehouse yet.
    """
    with open_published(settings) as connection:
        try:
            relation = connection.sql(sql)
            if relation is None:
                raise WrongQuery("the query gives no rows; only questions can be asked here")
            _write(relation, form, out)
        except duckdb.Error as error:
            raise WrongQuery(str(error)) from error


def _write(relation: duckdb.DuckDBPyRelation, form: str, out: TextIO) -> None:
    if form == "box":
        out.write(f"{relation}\n")
    elif form == "csv":
        relation.df().to_csv(out, index=False)
    else:
        relation.df().to_json(out, orient="records", lines=True, force_ascii=False, date_format="iso")
