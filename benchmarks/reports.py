"""How long the reports take on a large warehouse, how much memory and how many bytes.

    .venv/bin/python benchmarks/reports.py [--notices 100000]

Besides, an explorer of 10,000 notices is written and opened in Chromium, which tells when its list stood.

The warehouse is made by SQL: 40 cities, 20 tasks a notice, one in four with a date, one in eight with a
figure. Random numbers are hashes of row numbers: every run has the same rows.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

# This folder's files are named after the packages that they measure: those must come first.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from crawlers.settings import Settings  # noqa: E402
from warehouse.schema import create_tables  # noqa: E402

TODAY = date(2023, 4, 24)
TASKS_A_NOTICE = 20
NOTICES_OF_10_000 = 12_500  # of which the explorer holds 10,000: one in five is of no relevance
FILL = """
set variable n = {n};
set variable t = {t};

insert into portals by name
select 'p' || i as portal_id, '示范市' || i || '人民政府' as name, '示范市' || i as region,
    cast(100000 + 100 * i as varchar) as adcode, 'city' as level, true as is_configured from range(40) r(i);

insert into notices by name
select printf('%016x', i) as notice_id, printf('%016x', i) as document_id, 'p' || hash(i) % 40 as portal_id,
    'https://www.p' || hash(i) % 40 || '.example/zwgk/t' || i || '.html' as url,
    '示范市' || hash(i) % 40 || '关于深化“放管服”改革优化营商环境第' || i || '号工作的通知' as title,
    '示政发〔2023〕' || i || '号' as doc_no, ['示范市' || hash(i) % 40 || '人民政府'] as issuers,
    date '2023-04-23' - cast(hash(i, 1) % 3650 as int) as published_on, '示范市' || hash(i) % 40 as region,
    'city' as level, ['营商环境', '主题' || hash(i, 2) % 30] as topics,
    case when hash(i, 3) % 10 < 3 then 'core' when hash(i, 3) % 10 < 8 then 'wide'
        else 'none' end as relevance,
    '各有关单位：' || repeat('为进一步转变政府职能，现将有关事项通知如下。', 60) as text,
    getvariable('t') as task_count, false as is_first_crawl,
    cast(published_on as timestamptz) as first_seen_at
from range(getvariable('n')) r(i);

insert into documents by name
select document_id, notice_id as best_notice_id, notice_id as first_notice_id, title, 1 as copy_count
from notices;

insert into change_log by name
select notice_id as change_id, timestamptz '2023-04-22' as happened_at, 'notice' as entity, 'added' as change,
    notice_id, false as is_first_crawl, portal_id from notices where published_on > '2023-03-01';

insert into tasks by name
select printf('%020x', i) as task_id, printf('%016x', i // getvariable('t')) as notice_id,
    printf('%016x', i // getvariable('t')) as document_id, cast(i % getvariable('t') as int) as seq,
    '第' || i % 97 || '项重点任务落实' as title, 'measure' as kind, 'body' as read_from,
    '第' || i % 97 || '项重点任务落实。' || repeat('压减环节、材料和时限。', 8) as text,
    cast(8 + 20 * (i % getvariable('t')) as int) as start,
    cast(24 + 20 * (i % getvariable('t')) as int) as "end",
    ['市示范局' || hash(i) % 60] as lead_units, ['市责任局' || hash(i, 1) % 60] as responsible_units,
    [] as support_units
from range(getvariable('n') * getvariable('t')) r(i);

insert into task_units by name
select task_id, notice_id, 'lead' as role, lead_units[1] as unit, lead_units[1] as unit_norm, 0 as ord,
    start + 1 as start, start + 4 as "end" from tasks
union all
select task_id, notice_id, 'responsible', responsible_units[1], responsible_units[1], 0, start + 5, start + 9
from tasks;

insert into task_deadlines by name
select task_id, notice_id, 0 as ord, date '2019-01-01' + cast(hash(task_id) % 1800 as int) as due_on,
    '年底前' as quote, '年底前' as text, 'day' as "precision", start + 10 as start, start + 13 as "end"
from tasks where hash(task_id, 1) % 4 = 0;

insert into task_targets by name
select task_id, notice_id, 0 as ord, '达到95%' as text, '达到95%' as quote, '>=' as op, '95' as value,
    '%' as measure_unit, '示范指标' || hash(task_id) % 200 as subject,
    start + 14 as start, start + 16 as "end"
from tasks where hash(task_id, 2) % 8 = 0;

insert into citations by name
select notice_id, 0 as ord, '示政发〔2023〕' || hash(notice_id) % 500 || '号' as cited_doc_no,
    printf('%016x', hash(notice_id) % 500) as cited_document_id, 'body' as read_from, 0 as start, 5 as "end"
from notices;
"""


def make_warehouse(folder: Path, notices: int) -> Settings:
    """A warehouse of so many notices, published as its readers expect it."""
    settings = Settings(data_dir=folder)
    (folder / "warehouse").mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(settings.published)) as con:
        create_tables(con)
        con.execute(FILL.format(n=notices, t=TASKS_A_NOTICE))
    return settings


def measure(name: str, settings: Settings, work: Callable[[Settings], Any]) -> None:
    """Run the work in a process of its own, so that its memory is its own, and print what it took."""
    child = os.fork()
    if child == 0:
        start = time.monotonic()
        print(f"{name:28} {work(settings)}", end="", flush=True)
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(
            f"  {time.monotonic() - start:6.1f} s  CPU {used.ru_utime + used.ru_stime:6.1f} s"
            f"  peak {used.ru_maxrss / 1024:5.0f} MB",
            flush=True,
        )
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        sys.exit(f"{name} failed")


def size_of(*paths: Path) -> str:
    files = [f for p in paths for f in ([p] if p.is_file() else p.rglob("*")) if f.is_file()]
    return f"{sum(f.stat().st_size for f in files) / 1e6:7.1f} MB in {len(files):5} files"


def digest(settings: Settings) -> str:
    from reports.digest import write_digest

    report = write_digest(settings, "2023-W16")
    return f"{report.policies} policies, {report.due} dates, {size_of(report.html, report.xlsx)}"


def site(settings: Settings) -> str:
    from reports.site import write_site

    return size_of(write_site(settings, today=TODAY).index.parent)


def feeds(settings: Settings) -> str:
    from reports.feeds import write_feeds

    return size_of(*write_feeds(settings, today=TODAY))


def ledger(settings: Settings) -> str:
    from reports.ledger import write_ledger

    report = write_ledger(settings, unit="市示范局7", today=TODAY)
    return f"{report.tasks} tasks, {size_of(report.xlsx)}"


def open_explorer(settings: Settings) -> str:
    """Milliseconds from opening the page to its list, as the page itself measures it."""
    program = shutil.which("chromium")
    if program is None:
        return "chromium is not installed"
    with tempfile.TemporaryDirectory() as profile:
        page = subprocess.run(
            [
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                f"--user-data-dir={profile}",
                "--timeout=20000",
                "--dump-dom",
                (settings.reports / "site" / "index.html").resolve().as_uri(),
            ],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        ).stdout
    ready = re.search(r'data-ready="(\d+)"', page)
    return f"opened after {ready[1]} ms" if ready else "did not open"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=100_000)
    notices = parser.parse_args().notices
    everything = (
        ("digest", digest),
        ("ledger of a unit", ledger),
        ("feeds and calendars", feeds),
        ("explorer", site),
        ("explorer in Chromium", open_explorer),
    )
    run(notices, everything)
    run(NOTICES_OF_10_000, everything[3:])


def run(notices: int, reports: tuple[tuple[str, Callable[[Settings], str]], ...]) -> None:
    """Measure these reports on a warehouse of so many notices."""
    with tempfile.TemporaryDirectory() as folder:
        settings = make_warehouse(Path(folder), notices)
        print(f"{notices:,} notices, {notices * TASKS_A_NOTICE:,} tasks, {size_of(settings.published)}")
        for name, work in reports:
            measure(name, settings, work)


if __name__ == "__main__":
    main()
