"""A task that failed for good is told to people once: what, why, where to look, and the runbook."""

import re
from typing import Any

DISK_RUNBOOK = "docs/runbooks/disk-full.md"
RUNBOOK = re.compile(r"docs/runbooks/[\w-]+\.md")


def tell_failure(context: Any) -> None:
    """Airflow's `on_failure_callback`: deliver to the channels of FGF_ALARM_WEBHOOK and FGF_ALARM_MAIL.

    Portals that failed are told by `portal_health`, with their reasons, when the trouble begins and when it
    ends: not each day anew. What cannot be delivered stands in the task's log, and changes nothing about the
    task.
    """
    from crawlers.scheduled import PortalsFailed
    from crawlers.settings import load_settings
    from dags.smtp import smtp_sender
    from ops.notify import deliver_to_all

    if isinstance(context.get("exception"), PortalsFailed):
        return
    settings = load_settings()
    with smtp_sender() as send:
        deliver_to_all(settings, failure_text(context, settings), send)


def failure_text(context: Any, settings: Any) -> str:
    """Which task, its error, the runbook that the DAG's text names, the link to its log, and a full disk."""
    from warehouse.watch import disk_problem

    dag, task = context["dag"], context["task"]
    lines = [
        f"【失败】{dag.dag_display_name} · {task.task_display_name}：{_reason(context.get('exception'))}"
    ]
    if full := disk_problem(settings):
        lines += [full, f"处理办法：{DISK_RUNBOOK}"]
    elif named := RUNBOOK.search(dag.doc_md or ""):
        lines.append(f"处理办法：{named[0]}")
    return "\n".join([*lines, f"查看：{context['ti'].log_url}"])


def _reason(error: object) -> str:
    return f"{type(error).__name__}: {error}"[:500] if isinstance(error, BaseException) else str(error)
