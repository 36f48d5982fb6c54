"""What follows from a correction and no SQL can tell: code and level of a region, the spelling of a unit."""

from __future__ import annotations

import duckdb

from transforms.regions import Place, place_of
from transforms.tasks.context import Context
from transforms.tasks.unit_names import normal_name
from warehouse.schema import read_sql


def follow_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Brings what the reader made of a value into line with the corrected one, in touched notices.

    `adcode` and `level` of a notice follow its region (null where the gazetteer lacks it), `unit_norm` a
    corrected unit; so does that of every unit of a notice whose region or issuers were corrected.
    """
    for notice_id, region in connection.execute(read_sql("steps/corrected_regions")).fetchall():
        place = place_of(f"{region}人民政府") or Place(region, None, None)
        connection.execute(
            "update notices set adcode = ?, level = ? where notice_id = ?",
            [place.adcode, place.level, notice_id],
        )
    for notice_id, unit, region, issuers in connection.execute(read_sql("steps/corrected_units")).fetchall():
        spelt = normal_name(unit, Context(region=region, issuers=tuple(issuers or ())))
        connection.execute(
            "update task_units set unit_norm = ? where notice_id = ? and unit = ?", [spelt, notice_id, unit]
        )
