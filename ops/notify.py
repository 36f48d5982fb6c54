"""Tell people of alarms: by webhook (DingTalk, WeCom, Feishu, or plain JSON) and by mail, each alarm once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from typing import Any

from crawlers.settings import Settings
from warehouse.alerts import Alert, AlertChanges

log = logging.getLogger(__name__)

TITLE = "放管服流水线告警"
SECONDS = 20
Body = Callable[[str, str], dict[str, Any]]

# As each robot's documentation has it: a text message with one field.
BODIES: Mapping[str, Body] = {
    "json": lambda title, text: {"title": title, "text": text},
    "dingtalk": lambda title, text: {"msgtype": "text", "text": {"content": f"{title}\n{text}"}},
    "wecom": lambda title, text: {"msgtype": "text", "text": {"content": f"{title}\n{text}"}},
    "feishu": lambda title, text: {"msg_type": "text", "content": {"text": f"{title}\n{text}"}},
}


class NotTold(Exception):
    """An alarm could not be delivered; the message says why, never the webhook's address."""


def alarm_text(changes: AlertChanges, link: str) -> str:
    """One line an alarm, opened ones first, and where to look."""
    opened = [f"【发生】{_line(alert)}" for alert in changes.opened]
    closed = [f"【消除】{_line(alert)}" for alert in changes.closed]
    return "\n".join([*opened, *closed, f"查看：{link}"])


def tell(
    settings: Settings, changes: AlertChanges, link: str, send_mail: Callable[[EmailMessage], object]
) -> int:
    """Deliver what changed to every channel that is set up; returns how many took it.

    Every channel is tried before a failure is raised as NotTold. Nothing is sent when nothing changed.
    """
    if not changes.opened and not changes.closed:
        return 0
    text, told, failures = alarm_text(changes, link), 0, []
    for name, send in _channels(settings, send_mail).items():
        try:
            send(text)
            told += 1
        except (OSError, NotTold) as error:
            # The address of a webhook is a secret, and errors of requests hold it.
            failures.append(f"{name}: {error if isinstance(error, NotTold) else type(error).__name__}")
    if failures:
        raise NotTold("; ".join(failures))
    return told


def _channels(
    settings: Settings, send_mail: Callable[[EmailMessage], object]
) -> dict[str, Callable[[str], object]]:
    channels: dict[str, Callable[[str], object]] = {}
    if settings.alarm_webhook.get_secret_value():
        channels["webhook"] = lambda text: _post(settings, text)
    if settings.alarm_mail:
        channels["mail"] = lambda text: send_mail(_mail(settings.alarm_mail, text))
    return channels


def _post(settings: Settings, text: str) -> None:
    import requests

    body = BODIES[settings.alarm_style](TITLE, text)
    answer = requests.post(settings.alarm_webhook.get_secret_value(), json=body, timeout=SECONDS)
    if not answer.ok:
        raise NotTold(f"the webhook answered {answer.status_code}")


def _mail(address: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["To"] = TITLE, address
    mail.set_content(text)
    return mail


def _line(alert: Alert) -> str:
    return f"{alert.subject}：{alert.message}"
