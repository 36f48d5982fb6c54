"""The table that ends `make run`: what came in, where it lies, and a first query to try."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from crawlers.settings import Settings

if TYPE_CHECKING:
    from ops.in_process import DagOutcome

COUNTS = {
    "portals": ("门户 portals", "select count(distinct portal_id) from notices"),
    "notices": ("公文 notices", "select count(*) from notices where removed_at is null"),
    "core": (
        "　其中放管服 core",
        "select count(*) from notices where removed_at is null and relevance = 'core'",
    ),
    "attachments": ("附件 attachments", "select count(*) from attachments"),
    "tasks": ("任务 tasks", "select count(*) from tasks"),
    "task_units": ("责任单位 units in tasks", "select count(*) from task_units"),
    "task_deadlines": ("完成时限 deadlines", "select count(*) from task_deadlines"),
}

SHOWN = 5  # portals that are named one by one

FIRST_QUERY = (
    "select due_on, title, lead_units from current_tasks "
    "where due_on >= current_date order by due_on limit 10"
)


def row_counts(settings: Settings) -> dict[str, int]:
    """Rows of the published warehouse by the keys of COUNTS; empty when nothing is published."""
    from warehouse.connect import open_published
    from warehouse.errors import NothingPublished

    try:
        with open_published(settings) as connection:
            return {key: _one(connection.execute(query).fetchone()) for key, (_, query) in COUNTS.items()}
    except NothingPublished:
        return {}


def print_summary(
    settings: Settings,
    before: dict[str, int],
    outcomes: list[DagOutcome],
    week: str,
    seconds: float,
    log: Path,
) -> None:
    """Print what came in since the counts `before`, what was left out, and where to go on from here.

    `week` is the digest's, as `2026-W47`.
    """
    from warehouse.lake import place_of

    console = Console(highlight=False, soft_wrap=True)
    now = row_counts(settings)
    if now:
        console.print(_table(before, now))
        if now == before:
            console.print("没有新公文。Nothing new since the last run.")
    _print_left_out(settings, console)
    for outcome in outcomes:
        for failure in outcome.failed:
            console.print(f"{outcome.dag_id}: {failure}", style="red", markup=False)
    console.print(f"数据仓库 warehouse: {place_of(settings) if settings.lake else settings.published}")
    command = f'FGF_DATA_DIR={settings.data_dir} .venv/bin/python -m warehouse query "{FIRST_QUERY}"'
    console.print(f"  试一试 try: {command}", markup=False)
    digest = settings.reports / "digest" / f"{week}.html"
    if digest.is_file():
        console.print(f"每周简报 digest: {digest}")
    console.print(f"日志 log: {log}")
    console.print(f"用时 {seconds:.1f} s")


def _print_left_out(settings: Settings, console: Console) -> None:
    from crawlers.health import portals_left_out

    left = portals_left_out(settings)
    for portal_id, reason in list(left.items())[:SHOWN]:
        console.print(f"未抓取 not crawled: {portal_id}: {reason}", style="yellow", markup=False)
    if len(left) > SHOWN:
        console.print(
            f"未抓取 not crawled: {len(left) - SHOWN} more; see python -m crawlers list", style="yellow"
        )


def _table(before: dict[str, int], now: dict[str, int]) -> Table:
    table = Table(title="放管服 pipeline", title_justify="left")
    table.add_column("")
    table.add_column("现有 now", justify="right")
    table.add_column("本次新增 new", justify="right")
    for key, (label, _) in COUNTS.items():
        table.add_row(label, str(now[key]), f"{now[key] - before.get(key, 0):+d}")
    return table


def _one(row: tuple[int, ...] | None) -> int:
    return row[0] if row else 0
