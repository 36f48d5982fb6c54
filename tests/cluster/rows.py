"""What of the current notices must be alike however the pipeline was run: all but times and runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

ROWS = {
    "notices": "select portal_id, url, title, doc_no, index_no, written_on, published_on, relevance,"
    " sha256(text) from notices where removed_at is null order by all",
    "tasks": "select url, seq, no, tasks.text, lead_units, responsible_units, due_on"
    " from tasks join notices using (notice_id) where removed_at is null order by all",
    "units": "select url, seq, role, unit, unit_norm"
    " from task_units join (select task_id, seq from tasks) using (task_id)"
    " join notices using (notice_id) where removed_at is null order by all",
    "attachments": "select url, name, sha256"
    " from (select notice_id, name, sha256 from attachments) join notices using (notice_id)"
    " where removed_at is null order by all",
    "versions": "select notices.url, v.version_no"
    " from notice_versions v join notices on notices.notice_id = v.notice_id"
    " where notices.removed_at is null order by all",
}


def rows(data_dir: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the published warehouse of a data folder, by the names of ROWS."""
    path = (data_dir / "warehouse.duckdb").resolve()
    with duckdb.connect(str(path), read_only=True) as connection:
        return {name: connection.execute(query).fetchall() for name, query in ROWS.items()}
