"""Read the archive anew with today's rules, all of it or some portals, and build the warehouse from it.

Started by hand, after the reader was mended. `plan` says beforehand how many crawls and bytes will be read
and about how long that takes. A run that was stopped goes on where it was when its red task is cleared.

**When it is red:** the log of `read` names the batch. Clear the task to go on; see
docs/runbooks/reread-archive.md.
"""

from datetime import timedelta
from typing import Any

from airflow.sdk import Metadata, Param, dag, get_current_context, task

from dags.assets import ARCHIVE
from dags.common import DEFAULT_ARGS, START


@dag(
    dag_display_name="重新解析存档（手动）",
    schedule=None,
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["operations"],
    params={"portals": Param([], type="array", items={"type": "string"}, title="门户（留空为全部）")},
)
def reread_archive() -> None:
    @task(task_display_name="估算")
    def plan(params: dict[str, Any]) -> dict[str, Any]:
        from crawlers.settings import load_settings
        from transforms.staging import reading_cost

        return reading_cost(load_settings(), params["portals"] or None, _started())

    @task(task_display_name="解析", outlets=[ARCHIVE], execution_timeout=timedelta(hours=24))
    def read(params: dict[str, Any]) -> Any:
        from crawlers.settings import load_settings
        from transforms.staging import stage_archive

        report = stage_archive(load_settings(), params["portals"] or None, read_since=_started())
        yield Metadata(ARCHIVE, {"reread": report.batches})

    plan() >> read()


def _started() -> Any:
    """The run's own start: what was read since then is not read again when a task is cleared."""
    return get_current_context()["dag_run"].start_date


reread_archive()
