"""The digest by mail: one message a person, whose interests choose what it names.

Messages are made here; the DAG lends the connection (Airflow's SMTP hook), so that passwords stay in Airflow.
Charts are pictures inside of the mail, named by their Content-ID: nothing is asked of any server.
"""

from __future__ import annotations

import json
import smtplib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from crawlers.settings import Settings
from reports import charts, render
from reports.collect import Change, Digest
from reports.digest import lead, read_digest, scope_name, tiles
from reports.digest_sheets import tables
from reports.files import write_bytes, write_text
from reports.names import file_stem
from reports.pictures import Picture, pictures
from reports.recipients import Interest, Recipient, load_recipients
from reports.records import Policy
from reports.task_records import DueBand, DueRow
from reports.text import one_line
from reports.week import CHINA, read_week, today_in_china
from reports.xlsx import workbook_bytes

SENDER = "fgf-digest@localhost"
MOST_ROWS = 20  # of one list: mail programs cut long messages off; the workbook has all
_DOMAIN = "fgf-pipeline.invalid"
_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")

Send = Callable[[EmailMessage], object]


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that the server did not take, and why."""

    mail: str
    reason: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the mails of a week: addresses sent to, those that had it already, those refused."""

    week: str
    sent: tuple[str, ...] = ()
    had: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()


def send_digest(settings: Settings, recipients: Path, send: Send, week: str) -> Delivery:
    """Send the digest of a week to everybody who has not had it; `send` is as `smtplib.SMTP.send_message`.

    Each address that was served is written down at once (`settings.reports/mail/<week>.json`): a run that
    breaks off and is started again sends nothing twice. A refused address is reported and does not stop the
    others; a lost connection does, because nothing more would go through. The messages have no From: `send`
    adds that of its connection.
    """
    digest = _digest(settings, week, None)
    log = SentLog(settings.reports / "mail" / f"{digest.week.name}.json")
    drawn = pictures(charts.of_digest(digest))
    sent, had, failed = [], [], []
    for recipient in load_recipients(recipients):
        if recipient.mail in log:
            had.append(recipient.mail)
            continue
        try:
            send(message(digest, recipient, drawn, at=datetime.now(CHINA)))
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
            failed.append(Failure(recipient.mail, _reason(error)))
            continue
        log.add(recipient.mail)
        sent.append(recipient.mail)
    return Delivery(digest.week.name, tuple(sent), tuple(had), tuple(failed))


def write_mails(
    settings: Settings, recipients: Path, week: str | None = None, *, today: date | None = None
) -> list[Path]:
    """Write each mail as an `.eml` file instead of sending it, to be looked at."""
    digest = _digest(settings, week, today)
    drawn = pictures(charts.of_digest(digest))
    paths = []
    for recipient in load_recipients(recipients):
        path = settings.reports / "mail" / digest.week.name / f"{file_stem(recipient.mail)}.eml"
        write_bytes(path, message(digest, recipient, drawn, SENDER).as_bytes())
        paths.append(path)
    return paths


class SentLog:
    """The addresses that have had a week's mail, on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mails: list[str] = json.loads(path.read_text("utf-8"))["sent"] if path.is_file() else []

    def __contains__(self, mail: str) -> bool:
        return mail.casefold() in self.mails

    def add(self, mail: str) -> None:
        """Note an address, on disk before this returns."""
        self.mails.append(mail.casefold())
        write_text(self.path, json.dumps({"sent": self.mails}, indent=1) + "\n")


def message(
    digest: Digest,
    recipient: Recipient,
    drawn: Sequence[Picture],
    sender: str | None = None,
    at: datetime | None = None,
) -> EmailMessage:
    """The mail for one person: plain text, HTML with its charts, and the workbook of what interests them.

    It is dated `at`, by default the Monday after the week. A mail that is sent late must not be: it would
    stand below all that has come since.
    """
    own = of_interest(digest, recipient.interests)
    made = EmailMessage()
    made["Subject"] = f"放管服改革政策周报 {one_line(digest.week.label)}"
    if sender:
        made["From"] = Address("放管服改革政策周报", addr_spec=sender)
    made["To"] = Address(one_line(recipient.name, 60), addr_spec=recipient.mail)
    made["Date"] = format_datetime(at or _monday_morning(digest))
    key = file_stem(digest.week.name, recipient.mail.replace("@", "-at-"))
    made["Message-ID"] = f"<{key}@{_DOMAIN}>"
    made["Auto-Submitted"] = "auto-generated"
    shown = {
        "d": own,
        "lead": lead(digest),
        "tiles": tiles(digest),
        "recipient": recipient,
        "most_rows": MOST_ROWS,
        "scope_name": scope_name(digest),
    }
    made.set_content(render.plain().get_template("mail.txt.j2").render(shown), cte="base64")
    _add_page(made, shown, drawn)
    made.add_attachment(
        workbook_bytes(tables(own, tiles(digest)), digest.week.sunday),
        maintype=_XLSX[0],
        subtype=_XLSX[1],
        filename=f"fgf-{digest.week.name}.xlsx",
    )
    return made


def _add_page(made: EmailMessage, shown: dict[str, Any], drawn: Sequence[Picture]) -> None:
    """The HTML part, and within it (multipart/related) the pictures that it shows."""
    named = [(picture, f"chart{number}@{_DOMAIN}") for number, picture in enumerate(drawn, 1)]
    html = render.html().get_template("mail.html.j2").render(shown, charts=named, colours=charts.COLOURS)
    made.add_alternative(html, subtype="html", cte="base64")
    page = made.get_body(("html",))
    for number, (picture, cid) in enumerate(named, 1):
        if page is not None and picture.png:
            name = f"chart{number}.png"
            page.add_related(picture.png, "image", "png", cid=f"<{cid}>", filename=name, disposition="inline")


def of_interest(digest: Digest, interests: Sequence[Interest]) -> Digest:
    """The digest with only what one of the interests finds; each thing once. None: the whole."""
    if not interests:
        return digest
    return replace(
        digest,
        core=tuple(p for p in digest.core if _finds_policy(interests, p)),
        wide=tuple(p for p in digest.wide if _finds_policy(interests, p)),
        late=tuple(p for p in digest.late if _finds_policy(interests, p)),
        other=(),
        changes=tuple(c for c in digest.changes if _finds_change(interests, c)),
        due=tuple(DueBand(b.mark, b.label, _finds_due(interests, b.rows)) for b in digest.due),
    )


def _finds_policy(interests: Iterable[Interest], policy: Policy) -> bool:
    n = policy.notice
    units = [u for t in policy.tasks for u in (*t.lead_units, *t.responsible_units, *t.support_units)]
    words = "\n".join([n.title or "", *(t.text for t in policy.tasks)])
    return any(i.matches(n.region, units, n.topics or (), words) for i in interests)


def _finds_change(interests: Iterable[Interest], change: Change) -> bool:
    # What a change is about is known by its region and words; units and topics are those of tasks.
    row = change.row
    words = "\n".join((row.title or "", row.old_text or "", row.new_text or ""))
    return any(
        i.matches(row.region, [u for u in i.units if u in words], [t for t in i.topics if t in words], words)
        for i in interests
    )


def _finds_due(interests: Sequence[Interest], rows: Iterable[DueRow]) -> tuple[DueRow, ...]:
    found = []
    for row in rows:
        units = (*row.lead_units, *row.responsible_units, *row.support_units)
        words = "\n".join((row.notice_title or "", row.text))
        if any(i.matches(row.region, units, [t for t in i.topics if t in words], words) for i in interests):
            found.append(row)
    return tuple(found)


def _digest(settings: Settings, week: str | None, today: date | None) -> Digest:
    asked = read_week(week, today or today_in_china())
    return read_digest(settings, asked, today or min(asked.sunday + timedelta(days=1), today_in_china()))


def _monday_morning(digest: Digest) -> datetime:
    return datetime.combine(digest.week.sunday + timedelta(days=1), time(8), CHINA)


def _reason(error: smtplib.SMTPException) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "；".join(
            f"{code} {one_line(_decoded(text), 200)}" for code, text in error.recipients.values()
        )
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {one_line(_decoded(error.smtp_error), 200)}"
    return str(error)


def _decoded(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
