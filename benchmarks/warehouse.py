"""The warehouse at size: loading, publishing, asking, searching, beside SQLite with FTS5 on the same data.

    python benchmarks/warehouse.py                     100,000 notices, 2,000,000 tasks
    python benchmarks/warehouse.py --notices 1000000   a million, some 20,000,000 tasks

Invented data from a fixed seed, in the shape of the corpus (see warehouse_pools.sql). Aims: a load of 1,000
notices below 2 s at 1M and at most 4 times that of 100k; questions below 1 s at 100k and 5 s at 1M;
ranked search below 300 ms and exact search below 1.2 s at 100k.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # else `warehouse` would be this very file

from crawlers.model import RunReport  # noqa: E402
from crawlers.settings import Settings  # noqa: E402
from transforms.records import Deadline, Notice, Task, Unit  # noqa: E402
from transforms.staging import write_batch  # noqa: E402
from transforms.staging_schema import StagedEvent  # noqa: E402
from warehouse.connect import open_published, open_work  # noqa: E402
from warehouse.load import load  # noqa: E402
from warehouse.publish import publish  # noqa: E402
from warehouse.schema import create_tables  # noqa: E402

SEED = 20230403
NEW_NOTICES, TASKS_EACH = 1000, 20
SLICE = 5000
TODAY = date(2023, 3, 1)
WORDS = re.findall(
    r"\S+",
    """
    推进 深化 完善 优化 建立 健全 落实 规范 加强 提升 全面 持续 有序 统筹 协同 政务服务
    营商环境 行政审批 告知承诺 一网通办 一件事 电子证照 数据共享 事项清单 办理时限 申请材料
    信用监管 双随机 企业开办 不动产登记 工程建设 项目审批 公共资源 交易平台 市场准入 公平竞争
    权益保护 跨省通办 帮办代办 热线 评价 窗口 流程 标准 指南 系统 平台 机制 制度 办法 措施
    改革 试点 示范 责任 督查 考核 通报 宣传 培训 群众 企业 单位 部门 县区 街道 乡镇 社区
    中介 机构 环节 压减 缩短 减少 免于 提交 公布 动态 调整 按照 要求 依法 及时 确保 到位
    完成 形成 实现 覆盖 水平 能力 质量 效率 成本 负担 问题 清理 整治 投诉 举报 处理 反馈
    """,
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--notices", type=int, default=100_000)
    parser.add_argument("--no-peer", action="store_true", help="without SQLite")
    parser.add_argument("--dir", type=Path, help="where the files are made; default: a temporary folder")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="warehouse-bench-", dir=options.dir))
    try:
        run(folder, options.notices, peer=not options.no_peer)
    finally:
        shutil.rmtree(folder)


def run(folder: Path, notices: int, *, peer: bool) -> None:
    empty = Settings(data_dir=folder / "empty", corrections_dir=folder / "none")
    full = Settings(data_dir=folder / "full", corrections_dir=folder / "none")
    print(f"seed {SEED}, {notices:,} notices, memory limit {full.memory_limit}")
    seconds = timed(lambda: make_base(full, notices))
    tasks = ask_work(full, "select count(*) from tasks")
    print(f"base: {tasks:,} tasks, {size(full.work_file)}, made in {seconds:.0f} s")
    for number, (name, settings) in enumerate((("nothing", empty), (f"{notices:,} notices", full))):
        make_batch(settings, number)
        begin = time.process_time()
        seconds = timed(lambda settings=settings: load(settings))
        processor = time.process_time() - begin
        print(f"load of {NEW_NOTICES:,} notices with {TASKS_EACH} tasks each onto {name}: {seconds:.2f} s")
        print(f"  of which processor time, both cores together: {processor:.2f} s")
    copy = timed(lambda: shutil.copyfile(full.work_file, folder / "copy"))
    (folder / "copy").unlink()
    begin = time.process_time()
    report = publish(full)
    processor = time.process_time() - begin
    print(f"publish {report.seconds:.1f} s (processor {processor:.1f} s), a plain copy {copy:.1f} s")
    print(f"published {size(report.path)}")
    ask_questions(full)
    if peer:
        ask_peer(full, folder / "peer.sqlite")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory of this process {peak:.1f} GB")


def make_base(settings: Settings, notices: int) -> None:
    with open_work(settings) as connection:
        create_tables(connection)
        values = {"seed": SEED % 1000, "notices": notices, "words": WORDS}
        for name, value in values.items():
            connection.execute(f"set variable {name} = ?", [value])
        connection.execute((ROOT / "benchmarks" / "warehouse_pools.sql").read_text("utf-8"))
        for first in range(0, notices, SLICE):
            connection.execute("set variable first = ?", [first])
            connection.execute("set variable last = ?", [min(first + SLICE, notices)])
            connection.execute((ROOT / "benchmarks" / "warehouse_base.sql").read_text("utf-8"))
        connection.execute("checkpoint")


def make_batch(settings: Settings, number: int) -> None:
    """A staged batch of new notices."""
    chance = random.Random(SEED + number)
    moment = datetime(2023, 3, 1, tzinfo=UTC)
    batch_id = f"p00/20230301T000000Z-new{number}"
    stamp = {"batch_id": batch_id, "portal_id": "p00", "run_id": f"new{number}", "at": moment}
    events = [
        StagedEvent(
            event="notice",
            url=f"https://p0.example/new{place}.html",
            change="new",
            page_sha256=f"{place:064x}",
            archive_ref="p00/x.warc.gz#0",
            notice=make_notice(place, chance),
            **stamp,
        )
        for place in range(NEW_NOTICES)
    ]
    report = RunReport(f"new{number}", "p00", moment, 60.0, "ok", "nothing new", new=NEW_NOTICES)
    write_batch(
        settings.staging / f"{batch_id}.parquet", [*events, StagedEvent(event="run", run=report, **stamp)]
    )


def make_notice(place: int, chance: random.Random) -> Notice:
    tasks = tuple(make_task(seq, chance) for seq in range(1, TASKS_EACH + 1))
    notice = Notice(
        source="page", title=f"第{place}号关于优化营商环境的通知", doc_no=f"新政发〔2023〕{place}号"
    )
    text = "\n".join(task.text for task in tasks)
    return replace(
        notice,
        text=text,
        text_sha256=f"{place:x}",
        issuers=("示范市人民政府",),
        tasks=tasks,
        relevance="core",
    )


def make_task(seq: int, chance: random.Random) -> Task:
    text = "".join(chance.choices(WORDS, k=45)) + "。"
    unit = f"第{chance.randrange(400)}局"
    lead = Unit("lead", unit, f"示范市{unit}", unit, 0, 4, "bracket")
    due = Deadline("年底前", "2023-12-31", "year", "年底前", 0, 3, "year_end")
    return Task(
        seq=seq,
        no=str(seq),
        path=("一、重点任务",),
        title=text[:18],
        text=text,
        starts=text[:16],
        ends=text[-16:],
        kind="measure",
        read_from="body",
        start=0,
        end=len(text),
        quote=text,
        rule="numbered_item",
        signature=f"{seq:x}",
        lead=(unit,),
        units=(lead,),
        deadlines=(due,) if seq % 3 == 0 else (),
    )


QUESTION = re.compile(
    r"^## (\d+)\. [^\n]+?· ([^\n]+)\n(?:(?!## )[^\n]*\n)*?```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
SEARCHES = {
    "ranked search": "select notice_id from search_notices('告知承诺 营商环境')",
    "ranked search, one word": "select notice_id from search_notices('不动产登记')",
    "exact search": "select notice_id from search_notices_exact('告知承诺电子证照')",
    "task search": "select task_id from search_tasks('告知承诺电子证照')",
}


def ask_questions(settings: Settings) -> None:
    """Medians of five, of each question of the cookbook and each search."""
    text = (ROOT / "docs" / "sql-cookbook.md").read_text("utf-8")
    with open_published(settings) as connection:
        connection.execute("set variable today = ?", [TODAY])
        found = {
            f"{number}. {title}": median(lambda sql=sql: connection.execute(sql).fetchall())
            for number, title, sql in QUESTION.findall(text)
        }
        for name, seconds in found.items():
            print(f"  {seconds * 1000:7.0f} ms  {name}")
        middle, worst = statistics.median(found.values()), max(found.values())
        print(f"questions: median {middle * 1000:.0f} ms, worst {worst:.2f} s")
        for name, sql in SEARCHES.items():
            seconds = median(lambda sql=sql: connection.execute(sql).fetchall())
            processor = processor_median(lambda sql=sql: connection.execute(sql).fetchall())
            rows = len(connection.execute(sql).fetchall())
            print(f"  {seconds * 1000:7.0f} ms  {name}: {rows} rows; processor {processor * 1000:.0f} ms")


PEER_TABLES = {
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
PEER_QUESTION = re.compile(r"^-- (\d+\. .+|.+ search)\n([^;]+);$", re.MULTILINE)
PEER_INDEXES = (
    "create index a on tasks (task_id)",
    "create index b on task_units (unit_norm)",
    "create index c on task_deadlines (due_on)",
    "create index d on task_targets (subject)",
    "create index e on citations (cited_doc_no)",
    "create index f on notices (notice_id)",
    "create index g on notices (seen)",
)


def ask_peer(settings: Settings, path: Path) -> None:
    """The same data and the questions that SQLite can answer, with indexes and FTS5 (trigram)."""
    peer = sqlite3.connect(path)
    seconds = timed(lambda: fill_peer(settings, peer))
    print(f"SQLite {sqlite3.sqlite_version}: filled in {seconds:.0f} s, {size(path)}")
    for name, sql in PEER_QUESTION.findall((ROOT / "benchmarks" / "warehouse_peer.sql").read_text("utf-8")):
        took = median(lambda sql=sql: peer.execute(sql).fetchall())
        print(f"  {took * 1000:7.0f} ms  {name}: {len(peer.execute(sql).fetchall())} rows")
    peer.close()


def fill_peer(settings: Settings, peer: sqlite3.Connection) -> None:
    peer.execute("pragma journal_mode = off")
    peer.execute("pragma synchronous = off")
    with open_published(settings) as connection:
        for table, columns in PEER_TABLES.items():
            cursor = connection.execute(f"select {columns} from {table}")  # noqa: S608
            names = [column[0] for column in cursor.description or []]
            peer.execute(f"create table {table} ({', '.join(names)})")
            marks = ", ".join("?" * len(names))
            while rows := cursor.fetchmany(20_000):
                peer.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608
    for index in PEER_INDEXES:
        peer.execute(index)
    peer.execute(
        "create virtual table search using fts5 (notice_id unindexed, title, opening, tokenize = 'trigram')"
    )
    peer.execute("insert into search select notice_id, title, substr(text, 1, 400) from notices")
    peer.commit()


def ask_work(settings: Settings, query: str) -> int:
    with open_work(settings) as connection:
        rows: Sequence[tuple[int]] = connection.execute(query).fetchall()
    return rows[0][0]


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def median(work: Callable[[], object]) -> float:
    return statistics.median(timed(work) for _ in range(5))


def processor_median(work: Callable[[], object]) -> float:
    """Seconds of processor time, all cores together: what a busy machine does not blur."""
    spent = []
    for _ in range(5):
        begin = time.process_time()
        work()
        spent.append(time.process_time() - begin)
    return statistics.median(spent)


def size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:,.0f} MB"


if __name__ == "__main__":
    main()
