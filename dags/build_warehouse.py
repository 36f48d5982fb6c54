"""Read what the archive has that is new, load it, check it and publish it, whenever a crawl has delivered.

The only writer of the DuckDB file: each task that writes takes the one slot of the pool `warehouse`. Readers
open the published copy `$FGF_DATA_DIR/warehouse.duckdb`, which changes in one step.

**When `check` or `publish` is red:** the version published before stays in place and nothing is lost. The log
names the checks that fail, with examples; see docs/runbooks/check-failed.md. Running it again is always safe.
"""

from typing import Any

from airflow.sdk import Metadata, dag, task

from dags.assets import ARCHIVE, WAREHOUSE
from dags.common import DEFAULT_ARGS, START


@dag(
    dag_display_name="构建数据仓库",
    schedule=[ARCHIVE],
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["warehouse"],
)
def build_warehouse() -> None:
    @task(task_display_name="解析存档")
    def read_archive() -> dict[str, int]:
        from dataclasses import asdict

        from crawlers.settings import load_settings
        from transforms.staging import stage_archive

        return asdict(stage_archive(load_settings()))

    @task(task_display_name="入库", pool="warehouse")
    def load() -> None:
        import logging

        from crawlers.scheduled import readable_portals
        from crawlers.settings import load_settings
        from dags.metrics import count_load
        from warehouse.load import load as load_staged

        settings = load_settings()
        report = load_staged(settings, portals=readable_portals(settings))
        for problem in report.problems:
            logging.getLogger(__name__).warning("%s", problem)
        count_load(report.notices, report.tasks, report.seconds, len(report.problems))

    @task(task_display_name="检查", pool="warehouse")
    def check() -> dict[str, int]:
        from crawlers.settings import load_settings
        from warehouse.checks import run_checks

        return {result.name: result.row_count for result in run_checks(load_settings()) if result.failed}

    @task(task_display_name="发布", pool="warehouse", outlets=[WAREHOUSE])
    def publish() -> Any:
        from crawlers.settings import load_settings
        from warehouse.publish import publish as publish_file

        report = publish_file(load_settings())
        yield Metadata(WAREHOUSE, {"version": report.number, "warnings": list(report.warnings)})

    read_archive() >> load() >> check() >> publish()


build_warehouse()
