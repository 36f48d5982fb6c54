"""What the rows of a list page are to the memory: known, wanted, before the goal, or none of ours."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from crawlers.faults import is_fault
from crawlers.model import Listed, ListPage
from crawlers.run import Run
from crawlers.segments import Segment
from crawlers.urls import canonical, foreign, identity

_NUMBER = re.compile(r"^row \d+: ")


class ListRows:
    """The rows of the page that was read last. `is_wider`: the walk goes further back than any before."""

    def __init__(self, run: Run, segment: Segment, is_wider: bool) -> None:
        self.run, self._segment, self.is_wider = run, segment, is_wider
        self._own: list[Listed] = []
        self._unknown: list[Listed] = []
        self._seqs: dict[str, int] = {}  # of the rows that were known before the page was read

    @property
    def are_old(self) -> bool:
        """Are all rows that print a day from before the goal, and is there one?"""
        dated = [item for item in self._own if item.listed_on is not None]
        return bool(dated) and all(self._is_old(item) for item in dated)

    @property
    def are_known(self) -> bool:
        """Was each row known when the segment began, and is there one?"""
        return bool(self._own) and not self._unknown

    def take(self, page: ListPage, url: str, segment: Segment) -> None:
        """Remember what a page lists; rows that are no notices of this portal are rejected, once."""
        self._segment = segment
        self._reject_skipped(page, url)
        self._own = list(self._own_rows(page))
        self.run.saw(self._own)
        state = self.run.state
        self._seqs = state.seqs([item.url for item in self._own])
        self._unknown = [item for item in self._own if self._is_unknown(item)]
        state.relisted([item for item in self._own if item.url in self._seqs])
        state.add_pending(list(self._wanted()), self.run.now())

    def _reject_skipped(self, page: ListPage, url: str) -> None:
        for reason in page.skipped:
            row = f"{url} {reason}"
            if is_fault(reason):
                self.run.note(f"{self.run.portal.id}: {url}: {reason}")
            else:  # its number grows with every new row above it: known by what it holds
                row = _NUMBER.sub("", reason)
            if self.run.state.passed(row) is None:
                self.run.reject(url, "list", reason)
                self.run.state.pass_over(row, reason)

    def _own_rows(self, page: ListPage) -> Iterator[Listed]:
        for item in page.items:
            reason = foreign(item.url, self.run.portal.hosts)
            if not reason:
                url = canonical(item.url)
                yield item if url == item.url else dataclasses.replace(item, url=url)
            elif self.run.state.passed(item.url) is None:
                self.run.reject(item.url, "list", reason)
                self.run.state.pass_over(item.url, reason)
                self.run.counts.refused += 1

    def _is_unknown(self, item: Listed) -> bool:
        """Was it unknown when this segment began?"""
        seq = self._seqs.get(item.url)
        if seq is None:
            return self.run.state.passed(identity(item.url)) is None
        return seq > self._segment.mark

    def _wanted(self) -> Iterator[Listed]:
        """What is to be fetched: unknown, and not before the goal.

        In a list that has been walked before, an unknown row with an old date *above* rows within the goal
        is a late entry and wanted; in a first walk it is a stickied one. Those are remembered, so that they
        are judged once.
        """
        late = max((n for n, item in enumerate(self._own) if not self._is_old(item)), default=-1)
        for number, item in enumerate(self._own):
            if item.url in self._seqs:
                continue
            if not self._is_old(item):
                yield item
            elif self.run.state.passed(identity(item.url)) is not None:
                continue
            elif number < late and not self.is_wider:
                yield item
            else:
                self._leave_out(item)

    def _leave_out(self, item: Listed) -> None:
        self.run.state.pass_over(identity(item.url), "before the goal")
        if self.is_wider:
            self.run.left_out[self._segment.goal] += 1

    def _is_old(self, item: Listed) -> bool:
        return item.listed_on is not None and item.listed_on < self._segment.goal
