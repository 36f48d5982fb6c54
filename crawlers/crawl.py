"""The crawl of one portal, in order: lists, what is new, what is due for another look, files that failed
before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, timedelta

from crawlers.agent import agent
from crawlers.archive import put
from crawlers.budget import OutOfBudget
from crawlers.errors import CrawlError
from crawlers.fetch import Fetcher
from crawlers.health import breaches
from crawlers.http import Limits
from crawlers.known import Known
from crawlers.lists.values import CHINA
from crawlers.model import Portal, RunReport
from crawlers.notices import Notices
from crawlers.pace import PACER, Pacer
from crawlers.recover import only_crawl, opened_state, recover
from crawlers.run import Progress, Run, is_about
from crawlers.settings import Settings
from crawlers.state import State
from crawlers.walk import Walker

_OLDEST_LOOK = 90  # a notice is looked at again after at most so many times `recheck_days`
_FILE_TRIES = 5


def now_utc() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def crawl_portal(
    portal: Portal,
    settings: Settings,
    *,
    since: date | None = None,
    full: bool = False,
    now: Callable[[], datetime] = now_utc,
    sleep: Callable[[float], object] = time.sleep,
    pacer: Pacer = PACER,
    limits: Limits | None = None,
    progress: Progress = lambda *_: None,
) -> RunReport:
    """Crawl a portal into the archive: what is new since the last crawl, or back to `since`, or all (`full`).

    What goes wrong with the portal is in the report (`outcome`, `stop`, `reasons`), not raised. Raises
    CrawlError when the portal may not be crawled at all: no FGF_CONTACT, or a crawl of it is under way.
    """
    agent(portal, settings)  # may we crawl it at all?
    with only_crawl(portal.id, settings):
        recover(portal, settings)
        with ExitStack() as stack:
            state = stack.enter_context(closing(opened_state(portal, settings)))
            run = Run(portal, settings, state, now, progress)
            stack.callback(run.warc.close)
            run.fetcher = Fetcher(
                portal, settings, run.sink, now=now, sleep=sleep, pacer=pacer, limits=limits
            )
            stack.callback(run.fetcher.close)
            report = _Crawl(run, since, full).crawl()
            put(settings, run.warc.path, run.warc.name, run.warc.index)
            state.set_fact("batch", run.warc.name.removesuffix(".warc.gz"))
            return report


class _Crawl:
    def __init__(self, run: Run, since: date | None, full: bool) -> None:
        self.run = run
        self.walker = Walker(run, since, full)
        self.is_first = not run.state.fact("settled")
        self.errors: list[CrawlError] = []
        self.stops: list[str] = []

    def crawl(self) -> RunReport:
        """Do it all; the report is also the batch's last event."""
        try:
            self._walk_lists()
            if len(self.errors) < len(self.run.portal.columns):
                self._look_at_notices()
        except OutOfBudget as error:
            self.stops = [error.stop]
            self.run.is_partial = True
        except CrawlError as error:  # of the portal as a whole, in the midst of its notices
            self.run.note(str(error))
            self.stops = [is_about(error)]
        report = self._report()
        self.run.end(report)
        return report

    def _walk_lists(self) -> None:
        stopped: OutOfBudget | None = None
        for column in self.run.portal.columns:
            try:
                self.stops.append(self.walker.walk(column))
            except OutOfBudget as error:
                self.stops.append(error.stop)
                self.run.is_partial = True
                stopped = error
            except CrawlError as error:
                self.run.note(str(error))
                self.errors.append(error)
        if stopped and stopped.stop == "time":
            raise stopped

    def _look_at_notices(self) -> None:
        notices = Notices(self.run)
        state, progress = self.run.state, self.run.progress
        pending = state.pending()
        due = [known for known in state.checked() if self._is_due(known)]
        for number, known in enumerate([*pending, *due], 1):
            progress("公文", number, len(pending) + len(due))
            notices.look(known)
        notices.end()
        for known in self._incomplete(state):
            notices.retry_files(known)

    def _is_due(self, known: Known) -> bool:
        """Young notices are looked at often, old ones seldom: after a tenth of their age."""
        now = self.run.now()
        if known.checked_at is None:
            return True
        born = known.listed.listed_on or known.found_at.astimezone(CHINA).date()
        age = max(0, (self.run.today - born).days)
        days = self.run.settings.recheck_days * min(_OLDEST_LOOK, max(1.0, age / 10))
        return known.checked_at < self.run.started_at and now - known.checked_at >= timedelta(days=days)

    def _incomplete(self, state: State) -> Iterator[Known]:
        for known in state.incomplete():
            is_tried = known.checked_at is not None and known.checked_at >= self.run.started_at
            if known.fails < _FILE_TRIES and not is_tried:
                yield known

    def _report(self) -> RunReport:
        run = self.run
        last = run.state.last_listed(run.today)
        for reason in breaches(run.portal, run.counts.listed, run.filled, last, run.today):
            run.note(reason)
        for day, count in run.left_out.items():
            run.mention(
                f"{run.portal.id}: notices before {day} left in the lists: {count}; remedy, if they are "
                "wanted: --since DATE or --full (in Airflow: the parameters of crawl_portals)"
            )
        if len(self.errors) == len(run.portal.columns):
            return run.report("failed", is_about(self.errors[0]), self.is_first)
        stop = ", ".join(dict.fromkeys(self.stops)) or "last page"
        for word in ("time", "budget"):
            stop = word if word in self.stops else stop
        return run.report("partial" if run.is_partial else "ok", stop, self.is_first)
