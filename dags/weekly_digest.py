"""Write the digest of the week that ended, every Monday at eight, come what may.

It reads the published warehouse and writes HTML, Markdown, XLSX and, where Chromium is installed, PDF below
`$FGF_DATA_DIR/reports/digest/`, then sends them to the readers in `FGF_RECIPIENTS` by the connection
`smtp_default`. Writing a week again gives the same files, and nobody is sent anything twice.

**When it is red:** `write` red mostly means that the warehouse was never published; run `build_warehouse`
first, then this DAG again. `send` red names the addresses that were refused, with the server's reason
(docs/runbooks/digest-missing.md).
"""

from typing import Any

from airflow.sdk import CronTriggerTimetable, Metadata, Param, dag, get_current_context, task

from dags.assets import DIGEST, WAREHOUSE
from dags.common import DEFAULT_ARGS, START, skip_before_first_publication


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
        skip_before_first_publication()
        from crawlers.settings import load_settings
        from reports.scheduled import week_before, write_week

        asked = params["week"] or week_before(get_current_context()["dag_run"].run_after)
        week = write_week(load_settings(), asked)
        yield Metadata(DIGEST, {"week": week})
        return week

    @task(task_display_name="寄送")
    def send(week: str) -> dict[str, list[str]]:
        from crawlers.settings import load_settings
        from dags.smtp import smtp_sender
        from reports.scheduled import send_to_readers

        with smtp_sender() as sender:
            return send_to_readers(load_settings(), week, sender)

    send(write())


weekly_digest()
