"""A task that failed for good is told to people once: what, why, where to look, and the runbook.

It is told again when the reason is another one, and once more when the task succeeds.
"""

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
    from ops.told_tasks import tell_failure as tell

    if isinstance(context.get("exception"), PortalsFailed):
        return
    settings = load_settings()
    with smtp_sender() as send:
        tell(settings, _name(context), failure_text(context, settings), send)


def tell_success(context: Any) -> None:
    """Airflow's `on_success_callback`: whoever was told that this task fails hears that it no longer does."""
    from crawlers.settings import load_settings
    from ops.told_tasks import was_told

    settings, name = load_settings(), _name(context)
    if not was_told(settings, name):
        return
    from dags.smtp import smtp_sender
    from ops.told_tasks import tell_success as tell

    text = f"【恢复】{_place(context)}：已恢复正常\n查看：{context['ti'].log_url}"
    with smtp_sender() as send:
        tell(settings, name, text, send)


def _name(context: Any) -> str:
    return f"{context['ti'].dag_id}.{context['ti'].task_id}"


def _place(context: Any) -> str:
    return f"{context['dag'].dag_display_name} · {context['task'].task_display_name}"


def failure_text(context: Any, settings: Any) -> str:
    """Which task, its error, the runbook that the DAG's text names, the link to its log, and a full disk."""
    from warehouse.watch import disk_problem

    lines = [f"【失败】{_place(context)}：{_reason(context.get('exception'))}"]
    if full := disk_problem(settings):
        lines += [full, f"处理办法：{DISK_RUNBOOK}"]
    elif named := RUNBOOK.search(context["dag"].doc_md or ""):
        lines.append(f"处理办法：{named[0]}")
    return "\n".join([*lines, f"查看：{context['ti'].log_url}"])


def _reason(error: object) -> str:
    return f"{type(error).__name__}: {error}"[:500] if isinstance(error, BaseException) else str(error)
