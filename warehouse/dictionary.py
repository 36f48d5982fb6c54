"""The data dictionary: every table, view and macro with its columns, from their comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from warehouse.lake import is_lake
from warehouse.schema import create_tables, read_sql

INTERNAL = frozenset({"page_batches", "url_sightings", "search_documents", "search_pairs"})
"""Tables of the machinery: described like all others, and left out of exports."""

WORDS = {
    "发文字号": "doc_no",
    "索引号": "index_no",
    "成文日期": "written_on",
    "发布日期": "published_on",
    "发文机关": "issuers",
    "主送机关": "recipients",
    "牵头": "lead",
    "负责": "responsible",
    "配合": "support",
    "时限": "deadline",
    "周期": "recurrence",
    "指标": "target",
    "引用": "citation",
    "附件": "attachment",
    "效力": "validity",
}
"""The field's own words, one English word each."""


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    """A column, its DuckDB type and its meaning."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class DescribedTable:
    """A table or view with its columns in order."""

    name: str
    kind: str  # table | view
    comment: str
    columns: tuple[DescribedColumn, ...]


def describe() -> list[DescribedTable]:
    """All tables and views as this code defines them, by kind and name; needs no warehouse file."""
    with duckdb.connect() as connection:
        create_tables(connection)
        return described(connection)


def described(connection: duckdb.DuckDBPyConnection) -> list[DescribedTable]:
    """All tables and views of an open file, with the comments that stand in it.

    A DuckLake has none for the columns of views: these come from this code.
    """
    known = {
        (table.name, column.name): column.comment
        for table in (describe() if is_lake(connection) else [])
        for column in table.columns
    }
    columns: dict[str, list[DescribedColumn]] = {}
    for table, name, kind, comment in connection.execute(read_sql("steps/described_columns")).fetchall():
        column = DescribedColumn(name, kind, comment or known.get((table, name), ""))
        columns.setdefault(table, []).append(column)
    tables = connection.execute(read_sql("steps/described_tables")).fetchall()
    return [DescribedTable(name, kind, comment, tuple(columns[name])) for name, kind, comment in tables]


def macros() -> list[tuple[str, str, str]]:
    """Name, parameters and meaning of every macro that this code defines."""
    with duckdb.connect() as connection:
        create_tables(connection)
        return connection.execute(read_sql("steps/described_macros")).fetchall()


def plain_lines() -> Iterator[str]:
    """The dictionary for a terminal."""
    for table in describe():
        yield f"{table.name}（{'表' if table.kind == 'table' else '视图'}）{table.comment}"
        for column in table.columns:
            yield f"    {column.name}  {column.type}  {column.comment}"
        yield ""
    for name, parameters, comment in macros():
        yield f"{name}({parameters})（宏）{comment}"


def markdown_lines() -> Iterator[str]:
    """The dictionary as `docs/dictionary.md` holds it."""
    yield "# 数据字典 · Data dictionary"
    yield ""
    yield "由 `make dictionary` 从 `warehouse/models/*.sql` 与 `warehouse/views/*.sql` 中的说明生成，勿手改。"
    yield "Generated from the comments in the SQL files; a test fails when it is not current."
    yield ""
    yield "## 用词 · Words"
    yield ""
    yield "| 中文 | 列名用词 |"
    yield "| --- | --- |"
    yield from (f"| {chinese} | `{english}` |" for chinese, english in WORDS.items())
    for kind, title in (("table", "表 · Tables"), ("view", "视图 · Views")):
        yield ""
        yield f"## {title}"
        for table in describe():
            if table.kind == kind:
                yield from _markdown_table(table)
    yield ""
    yield "## 宏 · Macros"
    yield ""
    yield "| 宏 | 含义 |"
    yield "| --- | --- |"
    yield from (f"| `{name}({parameters})` | {comment} |" for name, parameters, comment in macros())


def _markdown_table(table: DescribedTable) -> Iterator[str]:
    yield ""
    yield f"### {table.name}"
    yield ""
    yield table.comment
    yield ""
    yield "| 列 | 类型 | 含义 |"
    yield "| --- | --- | --- |"
    for column in table.columns:
        yield f"| `{column.name}` | {column.type} | {column.comment.replace('|', chr(92) + '|')} |"
