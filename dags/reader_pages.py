"""Write the policy explorer, the feeds and the calendars anew whenever the warehouse was published.

Files below `$FGF_DATA_DIR/reports/`: `site/` (opens from disk, needs no server), `feeds/` and `calendars/`.

**When it is red:** the pages written before stay in place. The log names what is missing, mostly room on
the disk;
run it again afterwards: docs/runbooks/digest-missing.md.
"""

from typing import Any

from airflow.sdk import dag, task

from dags.assets import WAREHOUSE
from dags.common import DEFAULT_ARGS, START


@dag(
    dag_display_name="政策库与订阅",
    schedule=[WAREHOUSE],
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["report"],
)
def reader_pages() -> None:
    @task(task_display_name="政策库")
    def site() -> dict[str, Any]:
        from crawlers.settings import load_settings
        from reports.site import write_site

        report = write_site(load_settings())
        return {"notices": report.notices, "tasks": report.tasks}

    @task(task_display_name="订阅与日历")
    def feeds() -> int:
        from crawlers.settings import load_settings
        from reports.scheduled import write_reader_feeds

        return write_reader_feeds(load_settings())

    site()
    feeds()


reader_pages()
