"""Alarms reach every channel in the form that each robot wants; the webhook's address stays secret."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from pydantic import SecretStr

from crawlers.settings import Settings
from ops.notify import BODIES, NotTold, alarm_text, channels, deliver
from tests.ops.receivers import SECRET, MailBox, Webhook, no_mail
from warehouse.alerts import Alert, AlertChanges

MAIL = "duty@office.example"


def settings(url: str = "", **values: Any) -> Settings:
    return Settings(alarm_webhook=SecretStr(url), **values)


def alert(subject: str) -> Alert:
    return Alert("1", "portal_failing", subject, "最近一次采集失败", datetime(2023, 6, 1, tzinfo=UTC), None)


def test_an_alarm_is_one_line_and_says_where_to_look() -> None:
    text = alarm_text(AlertChanges((alert("甲"),), (alert("乙"),)), "http://127.0.0.1:8080")
    assert text.splitlines() == [
        "【发生】甲：最近一次采集失败",
        "【消除】已恢复，此前：乙：最近一次采集失败",
        "查看：http://127.0.0.1:8080",
    ]


def test_a_portal_whose_trouble_becomes_another_is_not_said_to_have_recovered() -> None:
    text = alarm_text(
        AlertChanges((alert("甲"), alert("丙")), (alert("甲"), alert("乙"))), "http://127.0.0.1"
    )
    assert text.splitlines()[:-1] == [
        "【转为】甲：最近一次采集失败",
        "【发生】丙：最近一次采集失败",
        "【消除】已恢复，此前：乙：最近一次采集失败",
    ]


def test_where_nothing_changed_there_is_nothing_to_tell() -> None:
    assert alarm_text(AlertChanges((), ()), "http://127.0.0.1:8080") == ""


@pytest.mark.parametrize(
    ("style", "body"),
    [
        ("json", {"title": "放管服流水线告警", "text": "甲：失败"}),
        ("dingtalk", {"msgtype": "text", "text": {"content": "放管服流水线告警\n甲：失败"}}),
        ("wecom", {"msgtype": "text", "text": {"content": "放管服流水线告警\n甲：失败"}}),
        ("feishu", {"msg_type": "text", "content": {"text": "放管服流水线告警\n甲：失败"}}),
    ],
)
def test_each_robot_gets_the_body_it_understands(webhook: Webhook, style: str, body: dict[str, Any]) -> None:
    deliver(settings(webhook.url, alarm_style=style), "webhook", "甲：失败", no_mail)
    assert webhook.bodies == [body]


@pytest.mark.parametrize("style", sorted(set(BODIES) - {"json"}))
def test_a_robot_that_refuses_with_200_has_not_been_told(webhook: Webhook, style: str) -> None:
    webhook.answer = b'{"errcode": 310000, "errmsg": "keywords not in content", "code": 19024}'
    with pytest.raises(NotTold, match=r"robot refused the message with (errcode 310000|code 19024)"):
        deliver(settings(webhook.url, alarm_style=style), "webhook", "甲", no_mail)


def test_an_answer_that_is_no_robots_names_the_setting(webhook: Webhook) -> None:
    webhook.answer = b"<html>"
    with pytest.raises(NotTold, match="FGF_ALARM_STYLE"):
        deliver(settings(webhook.url, alarm_style="wecom"), "webhook", "甲", no_mail)


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_answer_other_than_2xx_is_not_taken_for_delivery(webhook: Webhook, status: int) -> None:
    webhook.status = status
    with pytest.raises(NotTold, match=str(status)):
        deliver(settings(webhook.url), "webhook", "甲", no_mail)
    assert len(webhook.bodies) == 1


@pytest.mark.parametrize(
    "url", [f"http://127.0.0.1:1/{SECRET}", f"no-address-{SECRET}", f"http://[{SECRET}"], ids=str
)
def test_the_webhooks_address_is_never_in_an_error(url: str) -> None:
    with pytest.raises(NotTold, match=r"^webhook: [A-Za-z]+$") as caught:
        deliver(settings(url), "webhook", "甲", no_mail)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_the_webhooks_address_is_never_in_the_log_or_the_settings_as_shown(
    webhook: Webhook, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        deliver(settings(webhook.url), "webhook", "甲", no_mail)
    assert SECRET not in caplog.text
    assert SECRET not in repr(settings(webhook.url))


def test_a_mail_arrives_with_its_chinese_text(mailbox: MailBox) -> None:
    deliver(settings(alarm_mail=MAIL), "mail", "甲：失败", mailbox.send)
    [mail] = mailbox.mails
    assert (mail["To"], mail["Subject"]) == (MAIL, "放管服流水线告警：甲：失败")
    assert datetime.now(UTC) - mail["Date"].datetime < timedelta(minutes=5)
    assert mail.get_content().strip() == "甲：失败"  # type: ignore[attr-defined]


def test_the_subject_of_several_alarms_says_how_many(mailbox: MailBox) -> None:
    text = alarm_text(AlertChanges((alert("甲"), alert("丙")), (alert("乙"),)), "http://127.0.0.1")
    deliver(settings(alarm_mail=MAIL), "mail", text, mailbox.send)
    assert mailbox.mails[0]["Subject"] == "放管服流水线告警：【发生】甲：最近一次采集失败……等3项"


def test_a_mail_server_that_is_away_is_said_with_what_to_look_at() -> None:
    def away(_message: EmailMessage) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    with pytest.raises(NotTold, match=r"mail: \[Errno 111\] Connection refused\. Remedy: .*smtp_default"):
        deliver(settings(alarm_mail=MAIL), "mail", "甲", away)


def test_the_channels_are_those_that_are_set_up() -> None:
    assert channels(settings()) == []
    assert channels(settings("http://127.0.0.1", alarm_mail=MAIL)) == ["webhook", "mail"]
