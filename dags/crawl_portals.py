"""Fetch what is new on every portal, each morning at six.

One mapped task a portal: one that fails turns red alone, and what the others brought still goes on. A crawl
only writes to the archive; the warehouse is written by `build_warehouse`, which the asset *archive* starts.

**When `judge` is red:** its log names each portal with the reason and what to do. `Unreachable` is tried
again by itself; `Refused` and `PageChanged` need a person: docs/runbooks/portal-needs-attention.md. Running
the DAG again is always safe: it goes on where it stopped.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import Metadata, Param, TriggerRule, dag, get_current_context, task

from dags.assets import ARCHIVE
from dags.common import DEFAULT_ARGS, ONLY_WHEN_UNREACHABLE, START


@dag(
    dag_display_name="抓取门户（每日）",
    schedule="0 6 * * *",
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["crawl"],
    params={
        "portals": Param([], type="array", items={"type": "string"}, title="门户（留空为全部可用门户）"),
        "since": Param(None, type=["null", "string"], format="date", title="起始日期（留空为增量抓取）"),
        "full": Param(False, type="boolean", title="全量抓取"),
    },
)
def crawl_portals() -> None:
    @task(task_display_name="列出门户", retry_policy=ONLY_WHEN_UNREACHABLE)
    def list_portals(params: dict[str, Any]) -> list[str]:
        from crawlers.health import portals_to_crawl
        from crawlers.settings import load_settings

        return portals_to_crawl(load_settings(), params["portals"])

    @task(
        task_display_name="抓取",
        pool="portals",
        retries=2,
        retry_policy=ONLY_WHEN_UNREACHABLE,
        execution_timeout=timedelta(hours=3),
        map_index_template="{{ task.op_kwargs['portal_id'] }}",
        on_failure_callback=[],  # `portal_health` tells of portals, and `judge` of what that cannot see
        on_success_callback=[],
    )
    def crawl(portal_id: str, params: dict[str, Any]) -> dict[str, Any]:
        from crawlers.scheduled import crawl_or_raise
        from crawlers.settings import load_settings
        from dags.metrics import count_crawl

        report = crawl_or_raise(portal_id, load_settings(), since=params["since"], full=params["full"])
        count_crawl(report)
        return report

    @task(task_display_name="交付", outlets=[ARCHIVE], trigger_rule=TriggerRule.ALL_DONE)
    def publish(reports: list[dict[str, Any]]) -> Any:
        came = list(reports or [])
        yield Metadata(ARCHIVE, {key: sum(r[key] for r in came) for key in ("new", "changed", "removed")})

    @task(task_display_name="判定", trigger_rule=TriggerRule.ALL_DONE, retry_policy=ONLY_WHEN_UNREACHABLE)
    def judge(portal_ids: list[str], reports: list[dict[str, Any]]) -> None:
        from crawlers.scheduled import crawled_since, judge_run
        from crawlers.settings import load_settings

        ids = portal_ids and list(portal_ids)
        started = get_current_context()["dag_run"].start_date
        judge_run(ids, list(reports or []), crawled_since(load_settings(), ids or [], started))

    portal_ids = list_portals()
    reports = crawl.expand(portal_id=portal_ids)
    publish(reports)
    judge(portal_ids, reports)


crawl_portals()
