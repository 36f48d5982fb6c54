"""The same data in SQLite with indexes and FTS5 (trigram), and the questions that it can answer."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from crawlers.settings import Settings
from warehouse.connect import open_published

SQL = Path(__file__).with_suffix(".sql")
TABLES = {
    "notices": (
        "notice_id, title, doc_no, region, level, adcode, portal_id, text, task_count, "
        "first_seen_at::varchar as seen"
    ),
    "tasks": "task_id, notice_id, title, text, due_on::varchar as due_on",
    "task_units": "task_id, notice_id, role, unit_norm",
    "task_deadlines": "task_id, notice_id, due_on::varchar as due_on",
    "task_targets": "task_id, notice_id, subject, op, number, measure_unit",
    "citations": "notice_id, cited_doc_no",
}
QUESTION = re.compile(r"^-- (\d+\. .+|.+ search)\n([^;]+);$", re.MULTILINE)
INDEXES = (
    "create index a on tasks (task_id)",
    "create index b on task_units (unit_norm)",
    "create index c on task_deadlines (due_on)",
    "create index d on task_targets (subject)",
    "create index e on citations (cited_doc_no)",
    "create index f on notices (notice_id)",
    "create index g on notices (seen)",
)


def fill_peer(settings: Settings, path: Path) -> None:
    """Copies the published tables and indexes them."""
    peer = sqlite3.connect(path)
    peer.execute("pragma journal_mode = off")
    peer.execute("pragma synchronous = off")
    with open_published(settings) as connection:
        for table, columns in TABLES.items():
            cursor = connection.execute(f"select {columns} from {table}")  # noqa: S608
            names = [column[0] for column in cursor.description or []]
            peer.execute(f"create table {table} ({', '.join(names)})")
            marks = ", ".join("?" * len(names))
            while rows := cursor.fetchmany(20_000):
                peer.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608
    for index in INDEXES:
        peer.execute(index)
    peer.execute(
        "create virtual table search using fts5 (notice_id unindexed, title, opening, tokenize = 'trigram')"
    )
    peer.execute("insert into search select notice_id, title, substr(text, 1, 400) from notices")
    peer.commit()
    peer.close()


def ask_peer(path: Path, median: Callable[[Callable[[], object]], tuple[float, float]]) -> None:
    """Prints what each question takes."""
    peer = sqlite3.connect(path)
    for name, sql in QUESTION.findall(SQL.read_text("utf-8")):
        wall, processor = median(lambda sql=sql: peer.execute(sql).fetchall())
        count = len(peer.execute(sql).fetchall())
        print(f"| {name} | {wall * 1000:,.0f} ms | {processor * 1000:,.0f} ms | {count} rows |", flush=True)
    peer.close()
