"""Look at every portal's health each day, after the crawl: failing, changed, refusing, or silent too long.
So with the disk of the data folder: less than 1 GiB free is an alarm (docs/runbooks/disk-full.md).

An alarm is opened once, told once (webhook and mail as set up), and closed when the portal is healed. Open
alarms stand in the table `alerts`, in the page *门户状况* of this UI, and in the digest's last section.

**When it is red:** `watch` red means that no warehouse was ever published, or that another process holds
it: run `build_warehouse`. `publish` red: docs/runbooks/check-failed.md. `tell` red means that one channel did
not take the message; it stays untold on that channel alone, and the next run, or clearing the task, tells it
(docs/runbooks/alarm-not-told.md).
What to do about the portals: docs/runbooks/portal-needs-attention.md.
"""

from datetime import timedelta

from airflow.sdk import dag, task

from dags.common import DEFAULT_ARGS, START, skip_before_first_publication


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
    @task(task_display_name="查看", pool="warehouse")
    def watch() -> None:
        skip_before_first_publication()
        from crawlers.settings import load_settings
        from warehouse.watch import watch_portals

        watch_portals(load_settings())

    @task(task_display_name="发布告警", pool="warehouse")
    def publish() -> None:
        from crawlers.settings import load_settings
        from warehouse.publish import publish as publish_file
        from warehouse.watch import are_alarms_published

        settings = load_settings()
        if not are_alarms_published(settings):
            publish_file(settings)

    @task(task_display_name="选择渠道")
    def list_channels() -> list[str]:
        from crawlers.settings import load_settings
        from ops.notify import channels

        return channels(load_settings())

    # One task a channel: one that fails is tried again alone, and nobody hears the others twice.
    @task(
        task_display_name="告知",
        pool="warehouse",
        retries=2,
        retry_delay=timedelta(minutes=5),
        map_index_template="{{ task.op_kwargs['channel'] }}",
        on_failure_callback=[],  # it would take the channel that just failed
        on_success_callback=[],
    )
    def tell(channel: str) -> int:
        from airflow.sdk import conf

        from crawlers.settings import load_settings
        from dags.smtp import smtp_sender
        from ops.notify import alarm_text, deliver
        from ops.told import tell_news
        from warehouse.alerts import open_alerts

        settings, link = load_settings(), f"{conf.get('api', 'base_url')}/plugin/fgf-portals"
        with smtp_sender() as mail:
            return tell_news(
                settings,
                channel,
                open_alerts(settings),
                lambda news: deliver(settings, channel, alarm_text(news, link), mail),
            )

    watched, chosen = watch(), list_channels()
    watched >> [publish(), chosen]
    tell.expand(channel=chosen)


portal_health()
