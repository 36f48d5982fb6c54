"""What the scheduled digest asks of the reports: which week, and the mails to its readers."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.settings import Settings
from reports.errors import NoPdf, NotDelivered
from reports.recipients import load_recipients
from reports.week import CHINA, read_week

if TYPE_CHECKING:  # each task needs one of these stages, and imports that alone
    from reports.mail import Send

log = logging.getLogger(__name__)


def week_before(moment: datetime) -> str:
    """The ISO week that had ended at `moment` in China, as 2026-W46."""
    return read_week(None, moment.astimezone(CHINA).date()).name


def write_week(settings: Settings, week: str) -> str:
    """Write a week's digest, and its PDF where a browser is on the machine; gives the week.

    Without a browser the log says what to install: the rest of the digest is whole.
    """
    from reports.digest import print_digest, write_digest

    report = write_digest(settings, week)
    try:
        print_digest(report)
    except NoPdf as error:
        log.warning("%s", error)
    return report.week


def send_to_readers(settings: Settings, week: str, send: Send) -> dict[str, list[str]]:
    """Send a week's digest to everybody in `settings.recipients` who has not had it.

    Returns the addresses sent to and those that had it. Raises NotDelivered when a server refused some, after
    all were tried; running it again sends nothing twice.
    """
    if not settings.recipients:
        log.info("no mail is sent: FGF_RECIPIENTS names no file of readers")
        return {"sent": [], "had": []}
    from reports.mail import send_digest

    delivery = send_digest(settings, Path(settings.recipients), send, week)
    if delivery.failed:
        raise NotDelivered("; ".join(f"{failure.mail}: {failure.reason}" for failure in delivery.failed))
    return {"sent": list(delivery.sent), "had": list(delivery.had)}


def write_reader_feeds(settings: Settings) -> int:
    """Write all feeds and calendars, with those of the readers' saved searches; returns how many files."""
    from reports.feeds import write_feeds

    readers = load_recipients(Path(settings.recipients)) if settings.recipients else ()
    searches = [interest for reader in readers for interest in reader.interests]
    return len(write_feeds(settings, searches=searches))
