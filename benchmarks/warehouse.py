"""The warehouse at size: loading, publishing, asking, searching, beside SQLite with FTS5 on the same data.

    python benchmarks/warehouse.py                               100,000 notices, 2,000,000 tasks
    python benchmarks/warehouse.py --notices 1000000 --no-peer   a million, some 20,000,000 tasks

Invented data from a fixed seed (see _warehouse_base.py), made once and kept below FGF_BENCH_DIR (default:
`fgf-bench` in the folder for temporary files; 1.3 GB, or 13 GB for a million, and twice that while it runs):
the next run begins with the load, which adds 2 batches. Every stage runs in a process of its own, so that its
peak memory is its own. Aims: a load of 1,000 notices below 2 s at 1M and at most 4 times that of 100k;
questions below 1 s at 100k and 5 s at 1M; ranked search below 300 ms and exact search below 1.2 s at 100k.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # else `warehouse` would be this very file

from benchmarks._warehouse_base import SEED, make_base  # noqa: E402
from benchmarks._warehouse_batch import NOTICES, TASKS_EACH, stage_changed, stage_new  # noqa: E402
from benchmarks._warehouse_peer import ask_peer, fill_peer  # noqa: E402
from crawlers.settings import Settings  # noqa: E402
from warehouse.checks import run_checks  # noqa: E402
from warehouse.connect import open_published, open_work  # noqa: E402
from warehouse.load import load  # noqa: E402
from warehouse.publish import publish  # noqa: E402
from warehouse.schema import has_our_tables  # noqa: E402

TODAY = date(2023, 3, 1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--notices", type=int, default=100_000)
    parser.add_argument("--no-peer", action="store_true", help="without SQLite")
    options = parser.parse_args()
    folder = Path(os.environ.get("FGF_BENCH_DIR") or Path(tempfile.gettempdir()) / "fgf-bench")
    run(folder / f"base-{options.notices}", options.notices, peer=not options.no_peer)


def run(folder: Path, notices: int, *, peer: bool) -> None:
    base = _settings(folder)
    print(
        f"seed {SEED}, {notices:,} notices, memory limit {base.memory_limit}, load {os.getloadavg()[0]:.1f}"
    )
    if not (folder / "made").exists() or not in_process(fits, base):
        shutil.rmtree(folder, ignore_errors=True)
        stage("base made", make_base, base, notices)
        (folder / "made").touch()
    print(f"base: {in_process(count_tasks, base):,} tasks, {size(base.work_file)}")
    with tempfile.TemporaryDirectory(dir=folder) as empty:
        measure_loads(_settings(Path(empty)), "nothing")
    measure_loads(base, f"{notices:,} notices")
    stage("checks", run_checks, base)
    stage("plain copy of the file", shutil.copyfile, base.work_file, folder / "copy")
    (folder / "copy").unlink()
    stage("publish, checks included", publish, base)
    print(f"published file {size(base.published)}")
    stage("questions", ask_questions, base)
    if peer:
        path = folder / "peer.sqlite"
        path.unlink(missing_ok=True)
        stage(f"SQLite {sqlite3.sqlite_version} filled", fill_peer, base, path)
        print(f"SQLite file {size(path)}")
        stage("questions to SQLite", ask_peer, path, median)
        path.unlink()


def measure_loads(settings: Settings, what: str) -> None:
    number = stage_new(settings)
    stage(f"load of {NOTICES:,} new notices with {TASKS_EACH} tasks each onto {what}", load, settings)
    stage_changed(settings, number)
    stage(f"load of the same {NOTICES:,} changed, onto {what}", load, settings)


def _settings(folder: Path) -> Settings:
    return Settings(data_dir=folder, corrections_dir=folder / "none", keep_versions=1)


def stage(name: str, work: Callable[..., object], *arguments: object) -> None:
    """Runs work in a new process, and prints its wall time, processor time (all cores) and peak memory."""
    wall, processor, peak = in_process(measured, work, *arguments)
    print(f"| {name} | {wall:.2f} s | {processor:.2f} s | {peak:,.0f} MB |", flush=True)


def measured(work: Callable[..., object], *arguments: object) -> tuple[float, float, float]:
    begin, processor = time.perf_counter(), time.process_time()
    work(*arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return time.perf_counter() - begin, time.process_time() - processor, peak


def in_process(work: Callable[..., Any], *arguments: object) -> Any:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


QUESTION = re.compile(
    r"^## (\d+)\. [^\n]+?· ([^\n]+)\n(?:(?!## )[^\n]*\n)*?```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
NAMES = {
    "示范市市场监督管理局": "示范市第7局",
    "企业开办时间": "事项7",
    "样政发〔2023〕3号": "新政发〔2023〕0-7号",
    "yangban_city": "p00",
    "shifan_city": "p22",
    "示范市各县区政府": "示范市第7局",
    "样板市": "第3市",
}
"""Names of the cookbook's small province, and what stands in the base in their place."""
SEARCHES = {
    "ranked search, two words": "select notice_id from search_notices('告知承诺 营商环境')",
    "ranked search, one word": "select notice_id from search_notices('不动产登记')",
    "exact search, common": "select notice_id from search_notices_exact('告知承诺')",
    "exact search, rare": "select notice_id from search_notices_exact('告知承诺电子证照')",
    "task search, common": "select task_id from search_tasks('告知承诺')",
    "task search, rare": "select task_id from search_tasks('告知承诺电子证照')",
}


def ask_questions(settings: Settings) -> None:
    """Medians of five, of each question of the cookbook and each search."""
    text = (ROOT / "docs" / "sql-cookbook.md").read_text("utf-8")
    with open_published(settings) as connection:
        connection.execute("set variable today = ?", [TODAY])
        names = NAMES | {
            "示政发〔2023〕6号": _doc_no(connection, 22),
            "国发〔2022〕5号": _doc_no(connection, 40),
        }
        questions = {f"{number}. {title}": sql for number, title, sql in QUESTION.findall(text)}
        walls = []
        for name, sql in {**questions, **SEARCHES}.items():
            for printed, ours in names.items():
                sql = sql.replace(printed, ours)
            wall, processor = median(lambda sql=sql: connection.execute(sql).to_arrow_table())
            rows = connection.execute(sql).to_arrow_table().num_rows
            print(
                f"| {name} | {wall * 1000:,.0f} ms | {processor * 1000:,.0f} ms | {rows:,} rows |", flush=True
            )
            walls.append(wall)
        print(f"median {statistics.median(walls) * 1000:.0f} ms, worst {max(walls):.2f} s")


def _doc_no(connection: duckdb.DuckDBPyConnection, number: int) -> str:
    query = "select doc_no from documents where document_id = substr(sha256('document' || ?), 1, 16)"
    return str(connection.execute(query, [number]).fetchall()[0][0])


def median(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of wall time and of processor time, all cores together: what a busy machine does not blur."""
    walls, processors = [], []
    for _ in range(5):
        begin, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - begin)
        processors.append(time.process_time() - processor)
    return statistics.median(walls), statistics.median(processors)


def fits(settings: Settings) -> bool:
    """Whether the kept base has the tables of this code; else a load would set it aside."""
    with open_work(settings) as connection:
        return has_our_tables(connection)


def count_tasks(settings: Settings) -> int:
    with open_work(settings) as connection:
        return int(connection.execute("select count(*) from tasks").fetchall()[0][0])


def size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:,.0f} MB"


if __name__ == "__main__":
    main()
