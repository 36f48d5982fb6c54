"""Fetching one notice with its files, and telling what has become of one that is known."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from crawlers.asker import Fetched
from crawlers.attachments import find_attachments
from crawlers.errors import CrawlError, PageChanged, Refused, Unreachable
from crawlers.events import PageFacts
from crawlers.faults import FAULTS, told
from crawlers.file_names import has_extension
from crawlers.files import Files
from crawlers.known import Known
from crawlers.missing import list_addresses, why_missing
from crawlers.model import Request, StoredFile
from crawlers.run import Run
from crawlers.same_pages import Found, SamePages
from crawlers.urls import canonical, identity
from crawlers.withdrawn import Withdrawn

_IN_A_ROW = 5  # so many unreachable notices, one after the other, and the portal is taken to be down
_MOST_FAILS = 5  # crawls in which a listed notice could not be had


class Notices:
    """Fetches notices for one run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._down = 0
        self._is_last_pass = False
        self._same = SamePages(run)
        self._again: list[Known] = []
        self._files = Files(run)
        self._later: list[tuple[Found, tuple[StoredFile, ...]]] = []
        self._lists = list_addresses(run.portal)
        self._withdrawn = Withdrawn(run)

    def look(self, known: Known) -> None:
        """Fetch a notice, or look whether a known one is still there and the same.

        Raises Unreachable or Refused only when it is about the portal as a whole, and OutOfBudget.
        """
        try:
            self._look(known)
        except FAULTS as error:
            self._fault(known.url, error)
            self.run.reject_notice(known, told(error))

    def _look(self, known: Known) -> None:
        if known.status == "pending" and not self.run.state.is_pending(known.url):
            return  # another address has led to it in the meantime
        try:
            request = Request(known.url, is_file=has_extension(known.url))
            fetched, facts = self.run.get(request, conditional=known.page is not None)
        except Unreachable as error:
            self._failed(known, error)
            return
        except (Refused, PageChanged) as error:
            self._refused(known, error)
            return
        self._down = 0
        self._judge(known, fetched, facts)

    def retry_files(self, known: Known) -> None:
        """Fetch the files of a known notice that failed before; the notice comes anew when one arrives."""
        old = tuple(_stored(file) for file in known.files)
        if known.page is None or not any(self._files.is_worth_another_try(file) for file in old):
            return
        files = tuple(self._files.again(file) for file in old)
        if any(a.error and not b.error for a, b in zip(old, files, strict=True)):
            self.run.found("changed", known.url, known.listed, known.page, files, self.run.now())
        else:
            self.run.state.touch(known.id, self.run.now(), failed=True)

    def _judge(self, known: Known, fetched: Fetched, facts: PageFacts) -> None:
        answer = fetched.answer
        if answer.status == 304:
            self._in_place(known)
            return
        reason = why_missing(answer, self._lists)
        if reason:
            self._missing(known, reason, fetched)
            return
        url = self._own_address(known, canonical(answer.url))
        if not url:
            return
        if known.page is not None and known.page.sha256 == facts.sha256:
            self.run.state.add_answer(known.url, facts)
            self._in_place(known)
            return
        if url != known.url:
            facts = dataclasses.replace(facts, listed_as=known.url)
        for found in self._same.pass_on(Found(known, url, answer, facts)):
            self._take(found)

    def _own_address(self, known: Known, url: str) -> str:
        """The address that a notice goes by; '' when the page is that of another notice.

        A new notice goes by where its page is found at last, a known one by the address that it has had: one
        that moves is no news.
        """
        if identity(url) == known.id:
            return url
        state = self.run.state
        owner = state.find(url)
        if owner and owner.id != known.id and owner.status == "known":
            if known.status == "known":
                self.run.gone(known.url, f"leads to {owner.url}, which is another notice")
            state.add_alias(known.id, owner.id)
            return ""
        return url if known.page is None else known.url

    def end(self) -> None:
        """Take over what was held back, and ask once more for what could not be had."""
        for found in self._same.release():
            self._take(found)
        again, self._again = self._again, []
        later, self._later, self._is_last_pass = self._later, [], True
        self._files.is_last_pass = True
        for known in again:
            self.look(known)
        for found, files in later:
            self._record(found, tuple(self._files.again(file) for file in files))
        self._withdrawn.end()

    def _take(self, found: Found) -> None:
        try:
            links = find_attachments(found.answer)
        except FAULTS as error:
            self._fault(found.url, error)
            links = []
        held = {file.url: file for file in map(_stored, found.known.files) if not file.error}
        files = tuple(self._files.fetch(name, link, held.get(link)) for name, link in links)
        if any(file.url in self._files.passing for file in files) and not self._is_last_pass:
            self._later.append((found, files))
        else:
            self._record(found, files)

    def _record(self, found: Found, files: tuple[StoredFile, ...]) -> None:
        known = found.known
        self._withdrawn.portal_is_well()
        landed = canonical(found.answer.url)
        if known.page is not None and identity(landed) != known.id:
            self.run.state.add_alias(identity(landed), known.id)
        change = "restored" if known.status == "gone" else "changed" if known.page else "new"
        listed = known.listed
        if listed.url != found.url:
            listed = dataclasses.replace(listed, url=found.url)
        self.run.found(change, found.url, listed, found.page, files, found.answer.fetched_at)

    def _in_place(self, known: Known) -> None:
        self._withdrawn.portal_is_well()
        if known.status == "gone" and known.page is not None:
            files = tuple(_stored(f) for f in known.files)
            self.run.found("restored", known.url, known.listed, known.page, files, self.run.now())
            return
        self.run.state.touch(known.id, self.run.now())
        self.run.counts.unchanged += 1
        self.run.seen.append(known.url)

    def _missing(self, known: Known, reason: str, fetched: Fetched) -> None:
        if known.status == "known":
            self._withdrawn.add(known, reason, fetched.answer.status)
        elif known.page is not None:
            self.run.state.touch(known.id, self.run.now())  # gone before, and still
        else:
            self.run.reject_notice(known, reason, fetched.ref)

    def _refused(self, known: Known, error: CrawlError) -> None:
        self.run.reject_notice(known, str(error))
        self.run.counts.refused += 1
        (self.run.note if isinstance(error, PageChanged) else self.run.mention)(str(error))

    def _fault(self, url: str, error: Exception) -> None:
        self.run.note(f"{self.run.portal.id}: {url}: {told(error)}")

    def _failed(self, known: Known, error: Unreachable) -> None:
        self._down += 1
        self._again.append(known)
        if self._down >= _IN_A_ROW:
            self._give_up(error)
            raise Unreachable(
                f"{self.run.portal.id}: {_IN_A_ROW} notices in a row could not be had, the last: {error}"
            )
        if self._is_last_pass:
            self._give_up(error)

    def _give_up(self, error: Unreachable) -> None:
        """Leave to a later crawl what could not be had."""
        for known in self._again:
            self.run.counts.failed += 1
            self.run.reject(known.url, "page", f"{known.url}: could not be had: {error}")
            # A page that fails for days must not keep the others waiting: it is then asked for seldom.
            is_hopeless = known.status == "pending" and known.fails + 1 >= _MOST_FAILS
            status = "rejected" if is_hopeless else None
            self.run.state.touch(known.id, self.run.now(), status=status, failed=True)
        self._again.clear()
        self.run.note(str(error))


def _stored(data: Mapping[str, Any]) -> StoredFile:
    return StoredFile(**({"name": "", "url": "", "media_type": "", "sha256": "", "body": None} | dict(data)))
