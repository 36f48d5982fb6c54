"""Tell people of alarms and failures: by webhook (DingTalk, WeCom, Feishu, or plain JSON) and by mail."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from typing import Any

from crawlers.settings import Settings
from warehouse.alerts import Alert, AlertChanges
from warehouse.watch import REMEDY

TITLE = "放管服流水线告警"
SECONDS = 20
MAIL_REMEDY = "Remedy: look at the mail server and the connection smtp_default (docs/operations.md, Mail)"
_SUBJECT = 60  # characters of the first line that a mail's subject shows
Body = Callable[[str, str], dict[str, Any]]
SendMail = Callable[[EmailMessage], object]

# As each robot's documentation has it: a text message with one field.
BODIES: Mapping[str, Body] = {
    "json": lambda title, text: {"title": title, "text": text},
    "dingtalk": lambda title, text: {"msgtype": "text", "text": {"content": f"{title}\n{text}"}},
    "wecom": lambda title, text: {"msgtype": "text", "text": {"content": f"{title}\n{text}"}},
    "feishu": lambda title, text: {"msg_type": "text", "content": {"text": f"{title}\n{text}"}},
}
# Robots answer 200 also when they refuse a message (wrong key word, too many); the code is in the body.
CODES: Mapping[str, str] = {"dingtalk": "errcode", "wecom": "errcode", "feishu": "code"}


class NotTold(Exception):
    """A message could not be delivered; the text says why, never the webhook's address."""


def alarm_text(changes: AlertChanges, link: str) -> str:
    """One line an alarm, opened ones first, and where to look; empty when nothing changed.

    A portal whose trouble has become another one is not healed: it has one line, of its trouble now.
    """
    before = {alert.subject for alert in changes.closed}
    now = {alert.subject for alert in changes.opened}
    opened = [f"【{'转为' if a.subject in before else '发生'}】{_line(a)}" for a in changes.opened]
    closed = [
        f"【消除】已恢复，此前：{_line(a).split(REMEDY)[0]}" for a in changes.closed if a.subject not in now
    ]
    lines = [*opened, *closed]
    return "\n".join([*lines, f"查看：{link}"]) if lines else ""


def channels(settings: Settings) -> list[str]:
    """The channels that are set up: `webhook`, `mail`."""
    found = {
        "webhook": bool(settings.alarm_webhook.get_secret_value()),
        "mail": bool(settings.alarm_mail),
    }
    return [name for name, is_set in found.items() if is_set]


def deliver(settings: Settings, channel: str, text: str, send_mail: SendMail) -> None:
    """Deliver a text to one channel; `send_mail` is as `smtplib.SMTP.send_message`. Raises NotTold."""
    try:
        if channel == "webhook":
            _post(settings, text)
        else:
            send_mail(_mail(settings.alarm_mail, text))
    except smtplib.SMTPException as error:
        raise NotTold(f"mail: {error}") from None
    except OSError as error:
        # The address of a webhook is a secret, and errors of requests hold it: the kind must do.
        said = f"{error}. {MAIL_REMEDY}" if channel == "mail" else type(error).__name__
        raise NotTold(f"{channel}: {said}") from None


def _post(settings: Settings, text: str) -> None:
    import requests

    # At DEBUG it logs the path of each request, and a robot's secret is in there.
    logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)
    style = settings.alarm_style
    # A redirected POST would arrive as a GET without the message.
    answer = requests.post(
        settings.alarm_webhook.get_secret_value(),
        json=BODIES[style](TITLE, text),
        timeout=SECONDS,
        allow_redirects=False,
    )
    if not 200 <= answer.status_code < 300:
        raise NotTold(f"webhook: the answer was {answer.status_code}")
    code = _robot_code(answer, CODES[style]) if style in CODES else 0
    if code:
        raise NotTold(f"webhook: the {style} robot refused the message with {CODES[style]} {code}")


def _robot_code(answer: Any, key: str) -> object:
    try:
        body = answer.json()
    except ValueError:
        raise NotTold("webhook: the answer is not a robot's JSON. Remedy: look at FGF_ALARM_STYLE") from None
    return body.get(key, 0) if isinstance(body, dict) else 0


def _mail(address: str, text: str) -> EmailMessage:
    """The mail; its subject says what the first line does, so that a list of mails tells them apart."""
    mail = EmailMessage()
    count = sum(line.startswith("【") for line in text.splitlines())
    others = f"……等{count}项" if count > 1 else ""
    mail["Subject"] = f"{TITLE}：{text.splitlines()[0][:_SUBJECT]}{others}"
    mail["To"] = address
    mail["Date"], mail["Message-ID"] = localtime(), make_msgid(domain="fgf-pipeline.invalid")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text, cte="base64")
    return mail


def _line(alert: Alert) -> str:
    return f"{alert.subject}：{alert.message}"
