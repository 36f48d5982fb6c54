"""Look at every portal's health each day, after the crawl: failing, changed, refusing, or silent too long.

An alarm is opened once, told once (webhook and mail as set up), and closed when the portal is healed. Open
alarms stand in the table `alerts`, in the page *门户状况* of this UI, and in the digest's last section.

**When it is red:** `watch` red means that no warehouse was ever published, or that another process holds
it: run `build_warehouse`. `tell` red means that a channel did not take the message; the alarm itself is
kept. What to do about the portals: docs/runbooks/portal-needs-attention.md.
"""

from airflow.sdk import dag, task

from dags.common import DEFAULT_ARGS, START


@dag(
    dag_display_name="门户状况（每日）",
    schedule="0 9 * * *",
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    doc_md=__doc__,
    tags=["operations"],
)
def portal_health() -> None:
    @task(task_display_name="查看并告知", pool="warehouse")
    def watch() -> dict[str, int]:
        from airflow.sdk import conf

        from crawlers.settings import load_settings
        from dags.smtp import smtp_sender
        from ops.notify import tell
        from warehouse.publish import publish
        from warehouse.watch import watch_portals

        settings = load_settings()
        changes = watch_portals(settings)
        if changes.opened or changes.closed:
            publish(settings)
        with smtp_sender() as send:
            told = tell(settings, changes, conf.get("api", "base_url"), send)
        return {"opened": len(changes.opened), "closed": len(changes.closed), "told": told}

    watch()


portal_health()
