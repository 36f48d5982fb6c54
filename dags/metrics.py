"""Counts of crawls and loads over Airflow's own metrics (StatsD or OpenTelemetry, as Airflow is set up).

Gauges, each the figure of the last run: `fgf.crawl.<portal>.<count>` and `fgf.load.<count>`. The portal is in
the name, because plain StatsD has no tags. Without metrics set up in Airflow nothing is sent.
"""

from collections.abc import Mapping
from typing import Any

CRAWL = (
    "listed",
    "new",
    "changed",
    "removed",
    "restored",
    "refused",
    "failed",
    "requests",
    "bytes",
    "seconds",
)


def count_crawl(report: Mapping[str, Any]) -> None:
    """Gauges of one portal's crawl: `fgf.crawl.<portal>.new`, `….seconds` and so on."""
    _gauges(f"fgf.crawl.{report['portal_id']}", {key: report[key] for key in CRAWL})


def count_load(notices: int, tasks: int, seconds: float, problems: int) -> None:
    """Gauges of one load: notices and tasks written, files with problems, seconds."""
    _gauges("fgf.load", {"notices": notices, "tasks": tasks, "seconds": seconds, "problems": problems})


def _gauges(prefix: str, values: Mapping[str, float]) -> None:
    from airflow.sdk.observability.stats import Stats

    for name, value in values.items():
        Stats.gauge(f"{prefix}.{name}", value)
