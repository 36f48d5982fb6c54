"""Staged batches of 1,000 notices with 20 tasks each: what a busy day brings."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from benchmarks._warehouse_base import SEED, WORDS
from crawlers.model import RunReport
from crawlers.settings import Settings
from tests.warehouse.made import make_task
from transforms.records import Deadline, Notice, Task
from transforms.staging import write_batch
from transforms.staging_schema import StagedEvent

NOTICES, TASKS_EACH = 1000, 20
FIRST_DAY = datetime(2023, 3, 1, tzinfo=UTC)


def stage_new(settings: Settings) -> int:
    """Stages 1,000 notices that the warehouse does not have; gives the number of their batch."""
    number = len(list((settings.staging / "p00").glob("*-new*.parquet")))
    _stage(settings, number, "new", FIRST_DAY + timedelta(hours=number))
    return number


def stage_changed(settings: Settings, number: int) -> None:
    """Stages the pages of a batch once more, with one task of each notice worded otherwise."""
    _stage(settings, number, "changed", FIRST_DAY + timedelta(days=1, hours=number))


def _stage(settings: Settings, number: int, change: str, moment: datetime) -> None:
    chance = random.Random(SEED + number)
    run_id = f"{change}{number}"
    batch_id = f"p00/{moment:%Y%m%dT%H%M%SZ}-{run_id}"
    stamp = {"batch_id": batch_id, "portal_id": "p00", "run_id": run_id, "at": moment}
    events = [
        StagedEvent(
            event="notice",
            url=f"https://p0.example/new{number}-{place}.html",
            change=change,
            page_sha256=f"{place:064x}",
            archive_ref="p00/x.warc.gz#0",
            notice=_notice(f"{number}-{place}", chance, is_changed=change == "changed"),
            **stamp,
        )
        for place in range(NOTICES)
    ]
    report = RunReport(run_id, "p00", moment, 60.0, "ok", "nothing new", new=NOTICES)
    path = settings.staging / f"{batch_id}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_batch(path, [*events, StagedEvent(event="run", run=report, **stamp)])


def _notice(name: str, chance: random.Random, *, is_changed: bool) -> Notice:
    tasks = [_task(seq, chance) for seq in range(1, TASKS_EACH + 1)]
    if is_changed:
        text = tasks[0].text.replace("。", "，按月通报。")
        tasks[0] = replace(tasks[0], text=text, quote=text, end=len(text))
    placed, text = [], ""
    for task in tasks:
        placed.append(replace(task, start=len(text), end=len(text) + len(task.text)))
        text += task.text + "\n"
    notice = Notice(
        source="page", title=f"第{name}号关于优化营商环境的通知", doc_no=f"新政发〔2023〕{name}号"
    )
    return replace(
        notice,
        text=text,
        text_sha256=f"{name}{is_changed}",
        issuers=("示范市人民政府",),
        tasks=tuple(placed),
        relevance="core",
    )


def _task(seq: int, chance: random.Random) -> Task:
    text = "".join(chance.choices(WORDS, k=45)) + "。"
    due = Deadline("年底前", "2023-12-31", "year", "年底前", 0, 3, "year_end")
    return make_task(
        seq,
        text,
        title=text[:18],
        signature=f"{seq:x}",
        lead=(f"第{chance.randrange(400)}局",),
        deadlines=(due,) if seq % 3 == 0 else (),
    )
