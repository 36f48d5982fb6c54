"""One crawl of one portal under way: its fetcher, its open WARC file, its memory, its counts.

What it does with lists is in `walk.py`, with notices in `notices.py`; `crawl.py` puts them in order.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from crawlers.asker import Fetched
from crawlers.errors import CrawlError, PageChanged, Refused, Unreachable
from crawlers.events import PageFacts, notice_json, plain, rejected_json, removed_json, run_json
from crawlers.fetch import Fetcher
from crawlers.http import Exchange
from crawlers.known import Known
from crawlers.lists.values import CHINA
from crawlers.model import Listed, NoticeRemoved, Portal, Rejected, Request, RunEnded, RunReport, StoredFile
from crawlers.replay import replay
from crawlers.settings import Settings
from crawlers.state import State
from crawlers.warc import Earlier, WarcFile, payload_digest, warc_date

SOFTWARE = "fgf-pipeline crawlers"
_MOST_REASONS = 40
Progress = Callable[[str, int, int], None]  # what is going on, how many done, of how many (0: unknown)


@dataclass(slots=True)
class Counts:
    """The counting fields of RunReport, while they grow."""

    listed: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    restored: int = 0
    unchanged: int = 0
    refused: int = 0
    failed: int = 0
    attachments: int = 0


class Run:
    """A crawl under way. Every method that records something writes to the archive first, then to the
    memory.
    """

    def __init__(
        self,
        portal: Portal,
        settings: Settings,
        state: State,
        now: Callable[[], datetime],
        progress: Progress,
    ) -> None:
        self.portal, self.settings, self.state, self.now, self.progress = (
            portal,
            settings,
            state,
            now,
            progress,
        )
        self.started_at = now()
        stamp, self.id = _name(self.started_at, state.fact("batch"))
        self.counts = Counts()
        self.reasons: dict[str, None] = {}
        self.is_partial = False
        self.seen: list[str] = []
        self.filled: Counter[str] = Counter()  # rows of the lists that had a field
        self.left_out: Counter[date] = Counter()  # rows before the day to which a first walk goes back
        name = f"{portal.id}/{stamp}-{self.id}.warc.gz"
        self.warc = WarcFile(settings.spool / name, name)
        self.warc.warcinfo(SOFTWARE, self.started_at)
        self.fetcher: Fetcher  # set by crawl.py: it needs `sink`
        self._last: tuple[str, Earlier] | None = None
        self._asked: Earlier | None = None

    @property
    def today(self) -> date:
        """The day in China, where portals date their notices."""
        return self.now().astimezone(CHINA).date()

    def sink(self, exchange: Exchange) -> str:
        """Archive an answer; returns where its bytes are. Equal bytes are kept once."""
        digest = payload_digest(exchange.payload)
        is_whole = exchange.status == 200 and not exchange.cut and bool(exchange.payload)
        earlier = self._asked if exchange.status == 304 else self.state.payload(digest) if is_whole else None
        ref = self.warc.exchange(exchange, digest, earlier)
        kept = earlier or Earlier(ref, exchange.url, warc_date(exchange.at))
        if is_whole and not earlier:
            self.state.add_payload(digest, kept)
        self._last = (exchange.url, kept)
        return ref

    def get(self, request: Request, *, conditional: bool = False) -> tuple[Fetched, PageFacts]:
        """An answer, and what is to be remembered of it once it has been dealt with.

        Raises what `Fetcher.get` raises.
        """
        validators = (
            self.state.validators(request.url) if conditional and not (request.form or request.json) else None
        )
        self._asked = validators.earlier if validators else None
        fetched = self.fetcher.get(request, headers=validators.headers if validators else None)
        kept = self._last[1] if self._last else Earlier("", "", "")
        facts = PageFacts(fetched.ref, kept.date, fetched.sha256, fetched.etag, fetched.last_modified)
        return fetched, facts

    def note(self, reason: str) -> None:
        """Add a reason to the report; the run is then `partial` at best."""
        self.is_partial = True
        self.mention(reason)

    def mention(self, reason: str) -> None:
        """Add a reason to the report that is no failure of the run."""
        if len(self.reasons) < _MOST_REASONS:
            self.reasons.setdefault(reason)
        else:
            self.reasons.setdefault("… and more, see the rejected pages")

    def saw(self, rows: Sequence[Listed]) -> None:
        """Count rows of a list, and what they say."""
        self.counts.listed += len(rows)
        for row in rows:
            self.filled.update(name for name, value in plain(row).items() if value)

    def found(
        self,
        change: str,
        url: str,
        listed: Listed,
        page: PageFacts,
        files: tuple[StoredFile, ...],
        at: datetime,
    ) -> None:
        """Record a notice that came, and remember it."""
        data = notice_json(change, url, at, listed, page, files)
        self.warc.event(url, at, data)
        replay(self.state, [data])
        setattr(self.counts, change, getattr(self.counts, change) + 1)

    def gone(self, url: str, reason: str) -> None:
        """Record that a known notice is no longer at its address."""
        data = removed_json(NoticeRemoved(url, self.now(), reason))
        self.warc.event(url, self.now(), data)
        replay(self.state, [data])
        self.counts.removed += 1

    def reject(self, url: str, stage: str, reason: str, ref: str = "") -> None:
        """Record a page, list row or file that could not be used."""
        data = rejected_json(Rejected(url, self.now(), stage, reason, ref))
        self.warc.event(url, self.now(), data)

    def reject_notice(self, known: Known, reason: str, ref: str = "") -> None:
        """Record that the page of a notice could not be used; a new one is then seldom asked for."""
        self.reject(known.url, "page", reason, ref)
        self.state.touch(known.id, self.now(), status=None if known.page else "rejected")

    def report(self, outcome: str, stop: str, is_first: bool) -> RunReport:
        """The report as it stands."""
        return RunReport(
            run_id=self.id,
            portal_id=self.portal.id,
            started_at=self.started_at,
            seconds=(self.now() - self.started_at).total_seconds(),
            outcome=outcome,
            stop=stop,
            reasons=tuple(self.reasons),
            is_first=is_first,
            **dataclasses.asdict(self.counts),
            requests=self.fetcher.budget.requests,
            not_modified=self.fetcher.budget.not_modified,
            bytes=self.fetcher.budget.bytes,
        )

    def end(self, report: RunReport) -> None:
        """Write the last event and close the file."""
        event = RunEnded(report, self.now(), tuple(dict.fromkeys(self.seen)))
        self.warc.event(self.portal.home, event.at, run_json(event))
        self.warc.close()
        self.state.settle(report.outcome, report.stop, report.reasons)


def _name(at: datetime, last: str) -> tuple[str, str]:
    """Stamp and run id of a batch, so that names sort in the order of the crawls, also within a second.

    The id begins with the microsecond; it is put after the last batch if the clock was not.
    """
    while True:
        at = at.astimezone(UTC)
        stamp, run_id = f"{at:%Y%m%dT%H%M%SZ}", f"{at.microsecond:05x}{secrets.token_hex(2)}"
        if f"{stamp}-{run_id}" > last.rpartition("/")[2]:
            return stamp, run_id
        at += timedelta(microseconds=1)


def is_about(error: CrawlError) -> str:
    """The word of a report's `stop` for an error."""
    words = {Unreachable: "unreachable", Refused: "refused", PageChanged: "changed"}
    return next((word for kind, word in words.items() if isinstance(error, kind)), "failed")
