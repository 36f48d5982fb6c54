"""What is wrong now, as alarms: portals failing, changed, refused, read in part only, or silent for too long,
and a disk almost full.

Reads the view `portal_health` of the published warehouse. Alarms are kept by `warehouse.alerts`.
"""

from __future__ import annotations

import shutil

from crawlers.settings import Settings
from warehouse.alerts import AlertChanges, open_alerts, sync_alerts
from warehouse.connect import open_published
from warehouse.schema import read_sql

RUNBOOK = "docs/runbooks/portal-needs-attention.md"
REMEDY = " 处理办法："
ADVICE = {
    "portal_failing": f"系统会自动重试，下次接着采集；连续两天仍失败，请用浏览器打开门户核实。{RUNBOOK}",
    "portal_changed": (
        f"运行 python -m crawlers check {{subject}} 查看何处读不出，修改门户文件 {{subject}}.toml。{RUNBOOK}"
    ),
    "portal_refused": f"不要绕过；查看其 robots.txt，联系门户运维单位。{RUNBOOK}",
    "portal_partial": (
        f"其余公文照常采集；下次仍不全，运行 python -m crawlers check {{subject}} 核对栏目与页面。{RUNBOOK}"
    ),
    "portal_silent": f"用浏览器核对门户是否确无新公文，或栏目已搬家。{RUNBOOK}",
    "disk_low": "立即腾出空间或扩容，否则采集、入库与 Airflow 都会停。docs/runbooks/disk-full.md",
}
ROOM = 2**30
"""Bytes that must be free where the data are: for a load, its published copy, and Airflow itself."""


def watch_portals(settings: Settings) -> AlertChanges:
    """Open an alarm for all that got worse, close those of what is healed; what changed comes back.

    Raises NothingPublished before the first publication, WarehouseBusy while a load runs.
    """
    found: dict[str, dict[str, str]] = {kind: {} for kind in ADVICE}
    with open_published(settings) as connection:
        problems = connection.execute(read_sql("steps/portal_problems")).fetchall()
    if full := disk_problem(settings):
        problems.append(("disk_low", "磁盘", full))
    for kind, subject, message in problems:
        found[kind][subject] = f"{message}{REMEDY}{ADVICE[kind].format(subject=subject)}"
    return sync_alerts(settings, found)


def disk_problem(settings: Settings) -> str:
    """What to know of the disk of the data folder; empty while it has room."""
    free = shutil.disk_usage(settings.data_dir).free
    if free >= ROOM:
        return ""
    return f"数据目录 {settings.data_dir} 所在磁盘只剩 {free // 2**20} MB，不足 {ROOM // 2**20} MB。"


def are_alarms_published(settings: Settings) -> bool:
    """Whether the open alarms of the published version are those of the working file."""
    with open_published(settings) as connection:
        rows = connection.execute(read_sql("steps/alerts_list")).fetchall()
    return {row[0] for row in rows} == {alert.alert_id for alert in open_alerts(settings)}
