"""Walking the lists of a portal: newest first, to what was known before, across stopped crawls.

A walk is one or more segments, newest first. Each goes on until a full page holds nothing that was unknown
when the segment began (unless it is deep), until a page lies wholly before its goal, or until the list
ends. A crawl that is stopped leaves its segments in the memory; the next walks the top of the list first,
then goes on with them.
"""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from crawlers.budget import OutOfBudget
from crawlers.errors import CrawlError
from crawlers.families import first_request
from crawlers.known import ColumnState
from crawlers.list_walk import ListWalk
from crawlers.model import Column
from crawlers.run import Run
from crawlers.segments import Segment, read_segments, segment_json


class Walker:
    """Walks the columns of one run."""

    def __init__(self, run: Run, since: date | None, full: bool) -> None:
        self.run, self.since, self.full = run, since, full

    def walk(self, column: Column) -> str:
        """Read a column's lists; remembers what is new as pending. Returns why it ended.

        Raises the CrawlError of its first page; of later ones it keeps the reason, and the place to go on
        from.
        """
        name = f"{column.name} {column.path}"
        known = self.run.state.column(name)
        older = read_segments(known.walk)
        top = self._top(column, known, older)
        segments = [top, *older]
        reach = [s.goal for s in segments if s.is_deep]
        stop = ""
        left: list[Segment] = []
        for number, segment in enumerate(segments):
            rest = segments[number + 1 :]
            ended = ListWalk(self.run, column, segment, known.covered, top.next, is_top=number == 0)
            try:
                for at in ended.walk():
                    self._save(name, known, [*left, at, *rest])
                stop = ended.stop
            except OutOfBudget:
                self._save(name, known, [*left, ended.segment, *rest])
                raise
            except CrawlError as error:
                if number == 0 and ended.pages == 0:
                    self._save(name, known, rest)
                    raise
                self.run.note(str(error))
                left.append(ended.after(error))
        if left:
            self._save(name, known, left)
            return stop or "stopped"
        self._finish(name, known, reach)
        return stop

    def _top(self, column: Column, known: ColumnState, older: list[Segment]) -> Segment:
        now = self.run.now()
        first = first_request(self.run.portal, column)
        window = self.run.today - timedelta(days=self.run.settings.first_days)
        asked = date.min if self.full else self.since
        # Once a list has been walked, --since can only ask for more of it; a day to come would hide what is
        # put up until then.
        goals = [min(day, self.run.today) for day in (asked, known.covered) if day is not None]
        goal = min(goals, default=window)
        is_wider = known.covered is None or goal < known.covered
        sweep_after = timedelta(days=self.run.settings.sweep_days)
        is_due = known.swept_at is None or now - known.swept_at >= sweep_after
        if is_due and not is_wider:
            goal = max(goal, window)  # what was walked in full once is not walked in full each week
        # What a stopped walk has left to do need not be done twice: the top then only leads to
        # where it began.
        is_left = any(segment.is_deep and segment.goal <= goal for segment in older)
        return Segment(first, goal, (is_wider or is_due) and not is_left, self.run.state.newest())

    def _save(self, name: str, known: ColumnState, segments: list[Segment]) -> None:
        walk = {"segments": [segment_json(s) for s in segments]} if segments else None
        self.run.state.set_column(name, dataclasses.replace(known, walk=walk))

    def _finish(self, name: str, known: ColumnState, reach: list[date]) -> None:
        covered = min([*reach, *([known.covered] if known.covered else [])], default=None)
        swept_at = self.run.now() if reach else known.swept_at
        self.run.state.set_column(name, ColumnState(covered, None, swept_at))
