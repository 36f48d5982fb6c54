"""Totals of units are counted within the memory limit: what does not fit goes to disk."""

from __future__ import annotations

import contextlib
from pathlib import Path

from crawlers.settings import Settings
from tests.warehouse.made import Batch, at, make_notice, make_task
from warehouse.connect import open_file, open_work
from warehouse.load import load
from warehouse.schema import create_tables

# Sixteen units of each task: 20 notices of 40 regions have each unit, on 365 days.
MANY = """
insert into notices by name
select 'notice' || lpad(n::varchar, 10, '0') as notice_id, '第' || n % 40 || '市' as region
from range(20000) t(n);
insert into documents by name
select notice_id as document_id, notice_id as best_notice_id from notices;
insert into tasks by name
select
    'task' || lpad(n::varchar, 12, '0') as task_id,
    'notice' || lpad((n // 10)::varchar, 10, '0') as notice_id,
    date '2023-01-01' + (hash(n) % 365)::int as due_on
from range(200000) t(n);
insert into task_units by name
select task_id, notice_id, '示范市第' || hash(task_id, u) % 400 || '局' as unit_norm, 'lead' as role
from tasks, range(16) t(u);
"""


def test_two_million_units_are_counted_with_little_memory(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.work_file.parent.mkdir()
    with contextlib.closing(open_file(settings.work_file, settings)) as connection:
        create_tables(connection)
        connection.execute(MANY)
        connection.execute("checkpoint")
    little = Settings(data_dir=tmp_path, memory_limit="250MB")
    with contextlib.closing(open_file(settings.work_file, little)) as connection:
        counted = connection.execute(
            "select count(*), sum(task_count), sum(lead_count), sum(notice_count) from unit_workload"
        ).fetchone()
        tasks, notices = connection.execute(
            "select count(distinct (task_id, unit_norm)), count(distinct (notice_id, unit_norm)) "
            "from task_units"
        ).fetchall()[0]
    assert counted == (16_000, tasks, tasks, notices)


def test_a_notice_counts_once_at_the_first_due_date_of_a_units_tasks(settings: Settings) -> None:
    tasks = [
        make_task(seq, f"公布第{seq}份清单。", lead=["市司法局"], due=due)
        for seq, due in enumerate((["2023-12-31"], ["2023-06-30"], []), 1)
    ]
    Batch("a", at(0)).notice("https://x.example/1", make_notice("通知", tasks)).ended().write(settings)
    load(settings)
    with open_work(settings) as connection:
        counted = connection.execute(
            "select due_on::varchar, task_count, notice_count from totals_of_units() order by due_on"
        ).fetchall()
    assert counted == [("2023-06-30", 1, 1), ("2023-12-31", 1, 0), (None, 1, 0)]
