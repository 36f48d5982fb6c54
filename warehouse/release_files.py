"""The three formats of a release. Each writer takes a relation, its description and a path, and streams.

Each gives the number of rows, and of texts that were cut because the format has no room for them.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.connect import TIME_ZONE
from warehouse.dictionary import DescribedTable
from warehouse.errors import WarehouseError

BATCH_ROWS = 10_000
CELL_LENGTH = 32_767  # characters in a cell of XLSX
SHEET_ROWS = 1_048_576
CUT = "…（过长，余下略；全文见 Parquet 或 CSV）"
LIVE = re.compile(r"^[=+\-@＝＋－＠\t\r\n]")
"""How a text begins that a spreadsheet would run as a formula; some take wide signs for narrow ones."""
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_parquet(relation: duckdb.DuckDBPyRelation, table: DescribedTable, path: Path) -> tuple[int, int]:
    """Parquet (zstd); comments stand in the metadata of file and fields."""
    reader = relation.to_arrow_reader(BATCH_ROWS)
    comments = {column.name: column.comment for column in table.columns}
    fields = [field.with_metadata({"comment": comments[field.name]}) for field in reader.schema]
    columns = json.dumps(comments, ensure_ascii=False)
    schema = pa.schema(fields, metadata={"comment": table.comment, "column_comments": columns})
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
            rows += batch.num_rows
    return rows, 0


def write_csv(relation: duckdb.DuckDBPyRelation, _table: DescribedTable, path: Path) -> tuple[int, int]:
    """CSV in UTF-8 with BOM, as spreadsheets want it, under the columns' own names.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    rows = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(relation.columns)
        for row in _rows(relation):
            writer.writerow([_harmless(_plain(value)) for value in row])
            rows += 1
    return rows, 0


def write_xlsx(relation: duckdb.DuckDBPyRelation, table: DescribedTable, path: Path) -> tuple[int, int]:
    """XLSX with a Chinese header row; every text is a text, never a formula; moments are Beijing time."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    counted = relation.aggregate("count(*)").fetchone()
    if counted and counted[0] + 1 > SHEET_ROWS:  # with the head; said before the first row is written
        raise WarehouseError(
            f"{table.name} has more rows than a sheet of XLSX holds. Remedy: --since, or Parquet or CSV"
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name[:31])
    sheet.freeze_panes = "A2"
    sheet.append(headers(table))
    rows = cut = 0
    for row in _rows(relation):
        cells = []
        for value in row:
            plain = _plain(value)
            if isinstance(plain, str):
                plain = NOT_IN_XML.sub("", plain)
                if len(plain) > CELL_LENGTH:
                    plain = plain[: CELL_LENGTH - len(CUT)] + CUT
                    cut += 1
            cell = WriteOnlyCell(sheet, plain)
            if isinstance(plain, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
        rows += 1
    book.save(path)
    return rows, cut


def headers(table: DescribedTable) -> list[str]:
    """Chinese column heads: the first words of each comment."""
    return [re.split(r"[，；：（。,]", column.comment)[0] for column in table.columns]


def _rows(relation: duckdb.DuckDBPyRelation) -> Iterator[tuple[Any, ...]]:
    while rows := relation.fetchmany(BATCH_ROWS):
        yield from rows


def _plain(value: Any) -> Any:
    """A value that a cell can hold: lists of texts joined, other nested values as JSON."""
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(TIME_ZONE)).replace(tzinfo=None, microsecond=0)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "；".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def _harmless(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and LIVE.match(value) else value
