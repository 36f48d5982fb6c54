"""Export the published warehouse on the first of each month: Parquet, CSV and XLSX with a manifest.

Written below `$FGF_DATA_DIR/releases/`. Exporting the same version again gives the same folder.

**When it is red:** mostly nothing was published yet (run `build_warehouse`), or the disk is full: see
docs/runbooks/release-failed.md.
"""

from airflow.sdk import dag, task

from dags.assets import WAREHOUSE
from dags.common import DEFAULT_ARGS, START, skip_before_first_publication


@dag(
    dag_display_name="数据发布（每月）",
    schedule="0 7 1 * *",
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["operations"],
)
def release() -> None:
    @task(task_display_name="导出", inlets=[WAREHOUSE])
    def write() -> str:
        skip_before_first_publication()
        from crawlers.settings import load_settings
        from warehouse.export import export

        return str(export(load_settings(), ("parquet", "csv", "xlsx")).folder)

    write()


release()
