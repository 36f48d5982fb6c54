"""Alarms: opened once, told once, closed when the portal is healed; by the code and by the DAG."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.settings import Settings, load_settings
from reports.week import CHINA
from tests.conftest import ROOT
from tests.ops.clinic import NOW, portals, publish_clinic, publish_healed
from tests.ops.receivers import SECRET, MailBox, Webhook
from tests.warehouse.made import Batch, make_notice
from warehouse.connect import open_published
from warehouse.errors import NothingPublished
from warehouse.load import load
from warehouse.publish import publish
from warehouse.watch import RUNBOOK, watch_portals

RunDag = Callable[..., Any]


def open_in_published(settings: Settings) -> set[str]:
    with open_published(settings) as connection:
        rows = connection.execute("select subject from alerts where closed_at is null").fetchall()
    return {subject for (subject,) in rows}


def test_each_kind_of_trouble_opens_its_alarm_once_and_healing_closes_it(installation: Path) -> None:
    settings = load_settings()
    publish_clinic(settings)
    first = watch_portals(settings)
    assert {alert.kind: alert.subject for alert in first.opened} == {
        "portal_failing": "failing",
        "portal_changed": "changed",
        "portal_refused": "refused",
        "portal_silent": "silent",
    }
    assert first.closed == ()
    again = watch_portals(settings)
    assert (again.opened, again.closed) == ((), ())
    publish_healed(settings)
    healed = watch_portals(settings)
    assert healed.opened == ()
    assert {alert.subject for alert in healed.closed} == {"failing", "changed", "refused", "silent"}


def test_an_alarm_names_portal_reason_and_runbook(installation: Path) -> None:
    settings = load_settings()
    publish_clinic(settings)
    [alert] = [one for one in watch_portals(settings).opened if one.subject == "changed"]
    for part in ("changed市人民政府", "https://changed.example/: 列表为空", RUNBOOK):
        assert part in alert.message
    assert (ROOT / RUNBOOK).is_file()


def test_the_alarm_of_a_silent_portal_names_its_address_and_its_newest_notice(installation: Path) -> None:
    settings = load_settings()
    publish_clinic(settings)
    [alert] = [one for one in watch_portals(settings).opened if one.subject == "silent"]
    newest = NOW.astimezone(CHINA).date() - timedelta(days=60)
    for part in ("已 60 天没有新公文", f"最新一份日期为 {newest}", "https://silent.example/", RUNBOOK):
        assert part in alert.message


def crawls(settings: Settings, *ended: Mapping[str, Any]) -> list[str]:
    """The alarms after these crawls of one portal, one a day, the last today: kind and message."""
    for days_ago, one in zip(range(len(ended) - 1, -1, -1), ended, strict=True):
        batch = Batch(f"run{days_ago:02}", NOW - timedelta(days=days_ago, minutes=10), "well")
        for number in range(one.get("unread", 0)):
            batch.add("rejected", url=f"https://well.example/{number}", stage="page", reason="503")
        batch.notice("https://well.example/1.html", make_notice("通知"))
        batch.ended(**{key: value for key, value in one.items() if key != "unread"}).write(settings)
    assert load(settings, portals=portals({})).problems == ()
    publish(settings)
    return [f"{alert.kind} {alert.message}" for alert in watch_portals(settings).opened]


PARTIAL = {"outcome": "partial", "stop": "nothing new", "reasons": ("https://well.example/b/: 列表为空",)}


def test_a_column_that_fails_for_three_days_is_an_alarm(installation: Path) -> None:
    [alarm] = crawls(load_settings(), {}, PARTIAL, PARTIAL, PARTIAL)
    assert alarm.startswith("portal_partial well市人民政府：最近一次采集不全，已连续 3 天")
    for part in ("https://well.example/b/: 列表为空", "python -m crawlers check well", RUNBOOK):
        assert part in alarm


@pytest.mark.parametrize(
    "ended",
    [
        (PARTIAL, PARTIAL),
        (PARTIAL, PARTIAL, {}, PARTIAL),
        (PARTIAL, PARTIAL, PARTIAL, {}),
        (PARTIAL, PARTIAL, PARTIAL, {**PARTIAL, "stop": "budget"}),
        ({**PARTIAL, "unread": 2},),
        ({"unread": 3},),
    ],
    ids=["two days", "whole between", "whole again", "budget spent", "two pages", "pages that refuse"],
)
def test_what_the_next_crawl_mends_is_no_alarm(installation: Path, ended: tuple[Any, ...]) -> None:
    assert crawls(load_settings(), *ended) == []


def test_a_crawl_without_most_of_its_pages_is_an_alarm_at_once(installation: Path) -> None:
    [alarm] = crawls(load_settings(), {**PARTIAL, "unread": 3})
    assert alarm.startswith("portal_partial well市人民政府：最近一次采集不全，有 3 个网页没有采到")


def test_before_the_first_publication_the_remedy_is_named(installation: Path) -> None:
    with pytest.raises(NothingPublished, match="Remedy: python -m warehouse build"):
        watch_portals(load_settings())


def test_the_dag_tells_every_channel_once_and_publishes_the_alarms(
    run_dag: RunDag, webhook: Webhook, mailbox: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings()
    publish_clinic(settings)
    monkeypatch.setenv("FGF_ALARM_WEBHOOK", webhook.url)
    monkeypatch.setenv("FGF_ALARM_STYLE", "dingtalk")
    monkeypatch.setenv("FGF_ALARM_MAIL", "duty@office.example")
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", mailbox.connection)
    assert run_dag("portal_health").state == "success"
    [body] = webhook.bodies
    assert body["text"]["content"].count("【发生】") == 4
    [mail] = mailbox.mails
    assert (mail["From"], mail["To"]) == ("fgf@office.example", "duty@office.example")
    assert open_in_published(settings) == {"failing", "changed", "refused", "silent"}

    assert run_dag("portal_health").state == "success"
    assert (len(webhook.bodies), len(mailbox.mails)) == (1, 1)

    publish_healed(settings)
    assert run_dag("portal_health").state == "success"
    assert webhook.bodies[1]["text"]["content"].count("【消除】") == 4
    assert open_in_published(settings) == set()


def test_an_alarm_whose_watch_was_killed_after_it_was_written_down_is_told_by_the_next(
    run_dag: RunDag, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the commit: what it opened is in the warehouse, and nobody got its return value."""
    settings = load_settings()
    publish_clinic(settings)
    monkeypatch.setenv("FGF_ALARM_WEBHOOK", webhook.url)
    assert len(watch_portals(settings).opened) == 4
    assert run_dag("portal_health").state == "success"
    [body] = webhook.bodies
    assert body["text"].count("【发生】") == 4
    assert open_in_published(settings) == {"failing", "changed", "refused", "silent"}


def test_a_channel_that_failed_is_told_later_and_the_others_hear_it_once(
    run_dag: RunDag, webhook: Webhook, mailbox: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_clinic(load_settings())
    webhook.status = 500
    monkeypatch.setenv("FGF_ALARM_WEBHOOK", webhook.url)
    monkeypatch.setenv("FGF_ALARM_MAIL", "duty@office.example")
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", mailbox.connection)
    assert run_dag("portal_health").state == "failed"
    webhook.status, webhook.bodies[:] = 200, []
    assert run_dag("portal_health").state == "success"
    assert (len(webhook.bodies), len(mailbox.mails)) == (1, 1)


def test_a_channel_that_fails_is_red_alone_and_the_alarms_are_kept(
    run_dag: RunDag, webhook: Webhook, mailbox: MailBox, monkeypatch: pytest.MonkeyPatch, installation: Path
) -> None:
    settings = load_settings()
    publish_clinic(settings)
    webhook.status = 500
    monkeypatch.setenv("FGF_ALARM_WEBHOOK", webhook.url)
    monkeypatch.setenv("FGF_ALARM_MAIL", "duty@office.example")
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", mailbox.connection)
    outcome = run_dag("portal_health")
    assert outcome.state == "failed"
    [failure] = outcome.failed
    assert "the answer was 500" in failure
    assert len(mailbox.mails) == 1
    assert open_in_published(settings) == {"failing", "changed", "refused", "silent"}
    assert SECRET not in (installation / "logs" / "portal_health.log").read_text("utf-8")


def test_without_channels_and_without_trouble_nothing_is_red(run_dag: RunDag) -> None:
    publish_healed(load_settings())
    assert run_dag("portal_health").state == "success"


def test_without_a_mail_connection_the_failure_names_the_remedy(
    run_dag: RunDag, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_clinic(load_settings())
    monkeypatch.setenv("FGF_ALARM_MAIL", "duty@office.example")
    monkeypatch.delenv("AIRFLOW_CONN_SMTP_DEFAULT", raising=False)
    [failure] = run_dag("portal_health").failed
    assert "smtp_default" in failure
    assert "docs/operations.md" in failure
