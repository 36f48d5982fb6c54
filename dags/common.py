"""What DAGs share: time zone, owner, the closed set of tags, and which errors are worth a retry."""

from datetime import timedelta

import pendulum
from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

from dags.failures import tell_failure, tell_success

ZONE = pendulum.timezone("Asia/Shanghai")
START = pendulum.datetime(2026, 1, 1, tz=ZONE)
TAGS = frozenset({"crawl", "warehouse", "report", "operations"})
DEFAULT_ARGS = {
    "owner": "data-team",
    # Every task is safe to run again; a machine that dies or chokes is no reason to call a person.
    "retries": 1,
    "retry_delay": timedelta(minutes=1),
    "execution_timeout": timedelta(hours=1),
    "on_failure_callback": tell_failure,
    "on_success_callback": tell_success,
}

# Rules are tried in order and match subclasses, so the narrow one stands first.
ONLY_WHEN_UNREACHABLE = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception="crawlers.errors.Unreachable",
            action=RetryAction.RETRY,
            retry_delay=timedelta(minutes=10),
        ),
        # A worker that lost its network may still hold the portal when its task is given to another.
        RetryRule(
            exception="crawlers.errors.Busy", action=RetryAction.RETRY, retry_delay=timedelta(minutes=5)
        ),
        RetryRule(exception="crawlers.errors.CrawlError", action=RetryAction.FAIL),
    ]
)


def skip_before_first_publication() -> None:
    """Skip a task of a scheduled run on an installation that has not published anything yet.

    A new installation is no fault. Started by hand, the task goes on and says what is missing.
    """
    from airflow.sdk import get_current_context
    from airflow.sdk.exceptions import AirflowSkipException

    from crawlers.settings import load_settings
    from warehouse.connect import is_published

    run = get_current_context()["dag_run"]
    if run.run_type == "scheduled" and not is_published(load_settings()):
        raise AirflowSkipException("nothing is published yet; build_warehouse comes after the first crawl")
