"""Telling notices from the one page, shell or block notice, that a portal shows for all addresses (T7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.errors import Refused
from crawlers.events import PageFacts
from crawlers.known import Known
from crawlers.model import Answer
from crawlers.run import Run
from crawlers.urls import identity

_MANY = 3  # so many addresses with the bytes of one page, and the portal is taken to show it for all


@dataclass(frozen=True, slots=True)
class Found:
    """A page that came, and whose it is."""

    known: Known
    url: str
    answer: Answer
    page: PageFacts


class SamePages:
    """Lets pages through that no other address has; the first of a run when a second one differs from it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._first: Found | None = None
        self._do_differ = False
        self._rejected: Counter[str] = Counter()  # by the hash of the page

    def pass_on(self, found: Found) -> Iterator[Found]:
        """The pages that can be taken over now. Raises Refused when one page is shown for all."""
        if self._first and identity(self._first.url) == identity(found.url):
            return  # the same page, by another of its addresses
        if other := self._twin(found):
            self._reject(found, other)
        elif self._first or self._do_differ:
            yield from self.release()
            yield found
        else:
            self._first = found

    def release(self) -> Iterator[Found]:
        """The page that was held back, unless others were the same."""
        self._do_differ = True
        first, self._first = self._first, None
        if first and not self._rejected[first.page.sha256]:
            yield first

    def _twin(self, found: Found) -> str:
        """Another address with the same bytes; '' when there is none."""
        if self._first and self._first.page.sha256 == found.page.sha256:
            return self._first.url
        twin = self.run.state.twin(found.page.sha256, found.url)
        return twin.url if twin else ""

    def _reject(self, found: Found, other: str) -> None:
        self.run.reject_notice(found.known, f"the same page as {other}", found.page.ref)
        self._rejected[found.page.sha256] += 1
        if self._rejected[found.page.sha256] >= _MANY:
            raise Refused(
                f"{self.run.portal.id}: the same page for every path, such as {found.url} and {other}"
            )
