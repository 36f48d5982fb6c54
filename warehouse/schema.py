"""Tables, comments, macros and views, made from the SQL files beside this module.

`SCHEMA_VERSION` goes up with every change of a table's columns; an older file is then rebuilt from staging.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import duckdb

from warehouse.errors import NewerWarehouse, WarehouseError
from warehouse.lake import NOT_HELD, is_lake
from warehouse.values import literal, set_variable

SCHEMA_VERSION = 4
HERE = Path(__file__).resolve().parent


@cache
def read_sql(name: str) -> str:
    """The text of an SQL file of this package, by its path without `.sql`: `steps/history`."""
    return (HERE / f"{name}.sql").read_text("utf-8")


def sql_names(folder: str) -> list[str]:
    """The SQL files of a folder in the order of their names, each fit for `read_sql`."""
    return [f"{folder}/{path.stem}" for path in sorted((HERE / folder).glob("*.sql"))]


def file_version(connection: duckdb.DuckDBPyConnection) -> int | None:
    """Schema version of an opened file; None when it is new. Raises NewerWarehouse for a later one."""
    tables = connection.execute(
        "select table_name from duckdb_tables() where not temporary and database_name = current_database()"
    ).fetchall()
    if not tables:
        return None
    if ("warehouse_info",) not in tables:
        return 0
    row = connection.execute("select max(schema_version) from warehouse_info").fetchone()
    version = int(row[0]) if row and row[0] is not None else 0
    if version > SCHEMA_VERSION:
        raise NewerWarehouse(
            f"the warehouse has schema version {version}, and this code knows {SCHEMA_VERSION}. "
            "Remedy: update the code, or point FGF_DATA_DIR elsewhere"
        )
    return version


def has_our_tables(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether an opened file is new, or its tables have the columns that this code defines.

    Compared column by column, so that a changed table is noticed though nobody raised the version.
    """
    version = file_version(connection)
    if version is None:
        return True
    return version == SCHEMA_VERSION and _columns(connection) >= _our_columns()


@cache
def _our_columns() -> frozenset[tuple[str, str, str]]:
    with duckdb.connect() as connection:
        for name in sql_names("models"):
            connection.execute(read_sql(name))
        return _columns(connection)


def _columns(connection: duckdb.DuckDBPyConnection) -> frozenset[tuple[str, str, str]]:
    rows = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where database_name = current_database()"
    ).fetchall()
    return frozenset(rows)


def create_tables(connection: duckdb.DuckDBPyConnection, *, is_masked: bool = True) -> None:
    """Makes what is missing of tables, comments, macros and views; nothing when all are as defined here.

    `is_masked` is noted in a new file: whether contacts will be masked in it. Raises WarehouseError for a
    file whose tables are others: that is for a load to build anew.
    """
    if not has_our_tables(connection):
        raise WarehouseError(
            "the working file was made by other code. Remedy: python -m warehouse load builds it anew"
        )
    names = [name for folder in ("models", "views") for name in sql_names(folder)]
    wanted = hashlib.sha256("\n".join(map(read_sql, names)).encode()).hexdigest()
    if file_version(connection) is not None:
        found = connection.execute("select model_sha256 from warehouse_info").fetchone()
        if found == (wanted,):
            return
    connection.begin()
    for name in names:
        _define(connection, name)
    if connection.execute("select count(*) from warehouse_info").fetchone() == (0,):
        set_variable(connection, "schema_version", SCHEMA_VERSION)
        set_variable(connection, "duckdb_version", duckdb.__version__)
        set_variable(connection, "is_masked", is_masked)
        connection.execute(read_sql("steps/new_file"))
    connection.execute(f"update warehouse_info set model_sha256 = {literal(wanted)}")  # noqa: S608
    connection.commit()


def _define(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Runs a file of models/ or views/; on a DuckLake without the comments that it cannot keep."""
    if not name.startswith("views/") or not is_lake(connection):
        connection.execute(read_sql(name))
        return
    for statement in connection.extract_statements(read_sql(name)):
        if not NOT_HELD.search(statement.query):
            connection.execute(statement)
