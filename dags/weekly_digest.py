"""Write the digest of the week that ended, every Monday at eight, come what may.

It reads the published warehouse and writes HTML, Markdown and XLSX below `$FGF_DATA_DIR/reports/digest/`.
Writing a week again gives the same files.

**When it is red:** mostly the warehouse was never published; run `build_warehouse` first, then this DAG again
(docs/runbooks/digest-missing.md).
"""

from typing import Any

from airflow.sdk import CronTriggerTimetable, Metadata, Param, dag, task

from dags.assets import DIGEST, WAREHOUSE
from dags.common import DEFAULT_ARGS, START


@dag(
    dag_display_name="每周简报",
    schedule=CronTriggerTimetable("0 8 * * 1", timezone="Asia/Shanghai"),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["report"],
    params={
        "week": Param(
            None,
            type=["null", "string"],
            pattern=r"^\d{4}-W\d{2}$",
            title="周次（如 2026-W47；留空为上一周）",
        )
    },
)
def weekly_digest() -> None:
    @task(task_display_name="撰写简报", inlets=[WAREHOUSE], outlets=[DIGEST])
    def write(params: dict[str, Any]) -> Any:
        from crawlers.settings import load_settings
        from reports.digest import write_digest

        report = write_digest(load_settings(), params["week"])
        yield Metadata(DIGEST, {"week": report.week})

    write()


weekly_digest()
