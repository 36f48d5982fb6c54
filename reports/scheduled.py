"""What the scheduled digest asks of the reports: which week, and the mails to its readers."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from crawlers.settings import Settings
from reports.feeds import write_feeds
from reports.mail import Send, send_digest
from reports.recipients import load_recipients
from reports.week import CHINA, read_week

log = logging.getLogger(__name__)


class NotDelivered(Exception):
    """Some readers did not get the digest; the message names each address and the server's reason."""


def week_before(moment: datetime) -> str:
    """The ISO week that had ended at `moment` in China, as 2026-W46."""
    return read_week(None, moment.astimezone(CHINA).date()).name


def send_to_readers(settings: Settings, week: str, send: Send) -> dict[str, list[str]]:
    """Send a week's digest to everybody in `settings.recipients` who has not had it.

    Returns the addresses sent to and those that had it. Raises NotDelivered when a server refused some, after
    all were tried; running it again sends nothing twice.
    """
    if not settings.recipients:
        log.info("no mail is sent: FGF_RECIPIENTS names no file of readers")
        return {"sent": [], "had": []}
    delivery = send_digest(settings, Path(settings.recipients), send, week)
    if delivery.failed:
        raise NotDelivered("; ".join(f"{failure.mail}: {failure.reason}" for failure in delivery.failed))
    return {"sent": list(delivery.sent), "had": list(delivery.had)}


def write_reader_feeds(settings: Settings) -> int:
    """Write all feeds and calendars, with those of the readers' saved searches; returns how many files."""
    readers = load_recipients(Path(settings.recipients)) if settings.recipients else ()
    searches = [interest for reader in readers for interest in reader.interests]
    return len(write_feeds(settings, searches=searches))
