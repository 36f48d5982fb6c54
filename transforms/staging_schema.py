"""The shape of staging: one Parquet file a batch, one row an event of a crawl.

The Arrow schema is made from the record classes, so that records and staging cannot differ.
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import cache

import pyarrow as pa

from crawlers.model import RunReport
from transforms.records import Notice

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class StagedEvent:
    """One row of a staged batch. Which columns are filled depends on `event`.

    A page that holds several documents gives several rows with `event = 'notice'`, told apart by `part`.
    """

    event: str  # notice | removed | seen | rejected | run
    batch_id: str  # the archive's WARC file: <portal>/<stamp>-<run>
    portal_id: str
    run_id: str
    at: datetime
    url: str | None = None
    part: int = 0
    change: str | None = None  # new | changed | restored, of a notice
    is_first_crawl: bool = False  # found by the first crawl of its portal: counted, not reported as news
    page_sha256: str | None = None
    archive_ref: str | None = None
    stage: str | None = None  # list | page | attachment | read, of a rejected page
    reason: str | None = None  # of a rejected page or a removal
    notice: Notice | None = None
    run: RunReport | None = None


_PLAIN = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", "UTC"),
}


def arrow_type(hint: object) -> pa.DataType:
    """The Arrow type of a record's type hint: optional, tuple, dict of strings, record, or a plain type."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType:
        [hint] = [a for a in args if a is not types.NoneType]
        return arrow_type(hint)
    if origin is tuple:
        return pa.list_(arrow_type(args[0]))
    if origin is dict:
        return pa.map_(pa.string(), pa.string())
    if is_dataclass(hint) and isinstance(hint, type):
        hints = typing.get_type_hints(hint)
        return pa.struct([pa.field(f.name, arrow_type(hints[f.name])) for f in fields(hint)])
    return _PLAIN[typing.cast(type, hint)]


@cache
def staging_schema() -> pa.Schema:
    """Schema of a staged batch."""
    hints = typing.get_type_hints(StagedEvent)
    columns = [pa.field(f.name, arrow_type(hints[f.name])) for f in fields(StagedEvent)]
    return pa.schema(columns, metadata={"fgf_schema_version": str(SCHEMA_VERSION)})
