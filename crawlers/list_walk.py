"""Walking one segment of a list, page by page: what a page brings, and when the segment ends.

A surprise is an error: a first page without rows, a pager that is stuck, one page for every path.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin

from crawlers.budget import OutOfBudget
from crawlers.errors import CrawlError, NoRows, PageChanged, Refused, Unreachable
from crawlers.families import read_list
from crawlers.list_rows import ListRows
from crawlers.model import Answer, Column, ListPage, Request
from crawlers.refusal import missing
from crawlers.robots import AGENT
from crawlers.run import Run
from crawlers.segments import Segment
from crawlers.urls import identity

_MOST_RESTARTS = 2  # of one walk, because rows have slipped between its pages


class ListWalk:
    """The walk of one segment. `segment` always says where to go on."""

    def __init__(
        self,
        run: Run,
        column: Column,
        segment: Segment,
        covered: date | None,
        first: Request,
        is_top: bool,
    ) -> None:
        self.run, self.column = run, column
        self.segment, self.is_top, self._top = segment, is_top, first
        self.pages = 0
        self.stop = ""
        self._met: dict[tuple[str, ...], int] = {}
        self._urls: set[str] = set()
        self._restarts = 0
        self._rows = ListRows(run, segment, is_wider=covered is None or segment.goal < covered)

    @property
    def _is_beginning(self) -> bool:
        """Is the list's first page to be read?"""
        return self.is_top and not self.pages

    def walk(self) -> Iterator[Segment]:
        """Read page after page; yields what is left to do after each, and sets `stop` at the end."""
        while not self.stop:
            page = self._read(self.segment.next)
            if page is None:
                self.stop = self.stop or "nothing new"
                return
            self.pages += 1
            if self._has_slipped(page):
                yield self.segment
                continue
            self.stop = self._judge(page)
            if page.next is None:
                self.stop = self.stop or "last page"
            elif not self.stop:
                self.segment = dataclasses.replace(
                    self.segment, next=page.next, said=page.pages or 0, is_guess=page.is_guess
                )
                yield self.segment

    def _has_slipped(self, page: ListPage) -> bool:
        """Has the number of pages changed since the page before?

        Where pages are numbered from the end (VSB, T9), the next name then leads past rows that nobody has
        seen: the walk begins again at the top.
        """
        said = self.segment.said
        if not said or not page.pages or page.pages == said:
            return False
        self._restarts += 1
        if self._restarts > _MOST_RESTARTS:
            raise Unreachable(
                f"{self.segment.next.url}: the list changes while it is read; the next crawl goes on"
            )
        self.segment = dataclasses.replace(self.segment, next=self._top, said=0, is_guess=False)
        self._met.clear()
        return True

    def after(self, error: CrawlError) -> Segment:
        """The segment to go on with after an error: from the top when its place in the list is no
        longer there.
        """
        if isinstance(error, PageChanged):
            return dataclasses.replace(self.segment, next=self._top, is_deep=True, is_guess=False)
        return self.segment

    def _read(self, request: Request) -> ListPage | None:
        """A page of the list, None when it is unchanged since it was last read."""
        run = self.run
        if run.fetcher.budget.is_half_spent and self.pages:
            # The other half is for notices, so that each crawl brings some.
            raise OutOfBudget("budget")
        fetched, facts = run.get(request, conditional=self._is_beginning and not self.segment.is_deep)
        run.progress(f"{self.column.name}: 列表", self.pages + 1, 0)
        if fetched.answer.status == 304:
            return None
        ended = self._is_past_the_end(fetched.answer)
        if fetched.answer.status != 200 and not ended:
            raise PageChanged(
                f"{request.url}: the list answered {fetched.answer.status}; remedy: `path` in the portal file"
            )
        if ended:
            self.stop = "last page"
            return None
        self._urls.add(identity(fetched.answer.url))
        page = self._parsed(fetched.answer, request)
        self._rows.take(page, request.url, self.segment)
        if self._is_beginning:
            run.state.add_answer(request.url, facts)
        return page

    def _is_past_the_end(self, answer: Answer) -> bool:
        """Is it the answer to a page that was only guessed? Families try the next number where no
        pager is written.
        """
        if self._is_beginning or self.segment.said > self.pages:
            return False
        is_gone = answer.status in (404, 410) or (answer.status == 200 and bool(missing(answer.text)))
        return is_gone or (answer.url != self.segment.next.url and identity(answer.url) in self._urls)

    def _parsed(self, answer: Answer, request: Request) -> ListPage:
        try:
            page = read_list(answer, self.run.portal, self.column)
        except PageChanged as error:
            if self.segment.is_guess and isinstance(error, NoRows):
                self.run.mention(f"{error}; taken for the end of the list, which did not say that it goes on")
                return ListPage(())
            self._refuse_shell(answer)
            message = str(error)
            raise PageChanged(message if request.url in message else f"{request.url}: {message}") from error
        if not page.items and not page.skipped and (self._is_beginning or page.next is not None):
            raise PageChanged(f"{request.url}: a list page without items; a list is never empty")
        return page

    def _refuse_shell(self, answer: Answer) -> None:
        """Raise Refused when an address that never was gets the same page: a shell or block page (T7)."""
        if not self._is_beginning or not answer.body:
            return
        nowhere = urljoin(self.run.portal.home, f"/{AGENT}-asks-for-no-such-page.html")
        try:
            other, _ = self.run.get(Request(nowhere))
        except (Refused, Unreachable, PageChanged):
            return
        if other.answer.body == answer.body:
            raise Refused(f"{answer.url}: the portal answers every path with this one page")

    def _judge(self, page: ListPage) -> str:
        """Why the segment ends with this page; '' when it goes on. Raises PageChanged for a pager
        that is stuck.
        """
        items = tuple(item.url for item in page.items)
        before = self._met.setdefault(items, self.pages)
        if before != self.pages and items:
            if before == 1 and self.pages == 2:
                raise PageChanged(
                    f"{self.segment.next.url}: the pager is stuck, its second page is its first"
                )
            if before < self.pages - 1:
                self.run.note(
                    f"{self.segment.next.url}: the pager loops, its page {self.pages} is its page {before}"
                )
            return "last page"
        if self._rows.are_old:
            return "since"
        if not self.segment.is_deep and self._rows.are_known:
            return "nothing new"
        return ""
