"""The base of the warehouse's benchmark: a warehouse as it would be after years, from a seed.

Shape as counted on the gold notices of the shared corpus: a notice has some 20 tasks and 3,000 characters and
cites one document; a task has 0.46 leading, 1.13 responsible units, 0.36 deadlines, 0.08 rhythms, 0.11
targets. Texts are pieced together by pyarrow, the rows around them by _warehouse_base.sql. Rows are written
as they are, not loaded: most of the time goes into DuckDB's compression.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.random import Generator, default_rng

from crawlers.settings import Settings
from warehouse.connect import open_file
from warehouse.schema import create_tables

SQL = Path(__file__).with_suffix(".sql")
SEED = 20230403
SLICE = 122_880
"""Notices a transaction: DuckDB's group of rows, which then goes into the file and not through the log."""
CHUNK = 8_192
"""Rows that one thread takes at a time."""
PIECES, WORDS_A_PIECE = 20_000, 25
MEMORY = "6GB"
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


def make_base(settings: Settings, notices: int) -> None:
    """Writes the working file of `settings`, and closes it with an empty log."""
    settings.work_file.parent.mkdir(parents=True, exist_ok=True)
    generous = settings.model_copy(update={"memory_limit": MEMORY})
    with contextlib.closing(open_file(settings.work_file, generous)) as connection:
        create_tables(connection)
        connection.execute("set variable notices = ?", [notices])
        for first, drawn_notice, drawn_task in _slices(notices):
            connection.register("drawn_notice", _in_chunks(drawn_notice))
            connection.register("drawn_task", _in_chunks(drawn_task))
            connection.begin()
            connection.execute(SQL.read_text("utf-8"))
            connection.commit()
            print(f"{first + len(drawn_notice):,} notices written", flush=True)
        connection.execute("checkpoint")


def _in_chunks(table: pa.Table) -> pa.Table:
    """The same rows, so that several threads can read them."""
    return pa.Table.from_batches(table.to_batches(max_chunksize=CHUNK))


def _slices(notices: int) -> Iterator[tuple[int, pa.Table, pa.Table]]:
    chance = default_rng(SEED)
    pool = _pieces(chance)
    for first in range(0, notices, SLICE):
        numbers = np.arange(first, min(first + SLICE, notices))
        yield first, *_draw(default_rng([SEED, first]), pool, numbers)


def _pieces(chance: Generator) -> pa.Array:
    """Runs of words, some of them far more common than others."""
    picks = (chance.random((PIECES, WORDS_A_PIECE)) ** 2 * len(WORDS)).astype(int)
    return pa.array(["".join(WORDS[place] for place in row) for row in picks])


def _draw(chance: Generator, pool: pa.Array, numbers: np.ndarray) -> tuple[pa.Table, pa.Table]:
    """The notices of a slice, and their tasks."""
    counts = chance.integers(8, 33, len(numbers))
    ends = np.cumsum(counts)
    total = int(ends[-1])
    text = pc.binary_join_element_wise(
        pool.take(pa.array(chance.integers(0, PIECES, total))),
        "，",
        pool.take(pa.array(chance.integers(0, PIECES, total))),
        "。",
        "",
    )
    lines = pa.ListArray.from_arrays(pa.array(np.concatenate([[0], ends]), pa.int32()), text)
    ids = pa.array([hashlib.sha256(b"notice%d" % number).hexdigest()[:16] for number in numbers])
    notice = pa.table(
        {"n": numbers, "notice_id": ids, "task_count": counts, "text": pc.binary_join(lines, "\n")}
    )
    places = np.repeat(np.arange(len(numbers)), counts)
    task = pa.table(
        {
            "n": numbers[places],
            "notice_id": ids.take(pa.array(places)),
            "seq": np.arange(total) - np.repeat(ends - counts, counts) + 1,
            "text": text,
            "chance": chance.random(total),
            "chance_due": chance.random(total),
            "chance_target": chance.random(total),
            "unit": chance.integers(0, 400, total),
        }
    )
    return notice, task
