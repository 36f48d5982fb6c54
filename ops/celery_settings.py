"""Celery's settings for the workers: Airflow's own, and what every task would otherwise import for itself.

A worker forks a process for each task. What the worker has imported, the task has; else reading a DAG file
and crawling begin with a second of imports, fifty times for fifty portals.
"""

from __future__ import annotations

from airflow.providers.celery.executors.default_celery import DEFAULT_CELERY_CONFIG

SETTINGS = DEFAULT_CELERY_CONFIG | {
    "imports": (
        "airflow.sdk.execution_time.task_runner",
        "airflow.dag_processing.dagbag",
        "dags.common",
        "crawlers.crawl",
    )
}
