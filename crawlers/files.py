"""Fetching the files of notices: what goes wrong with one is in its `error` and costs nothing else."""

from __future__ import annotations

from crawlers.errors import CrawlError, PageChanged, Unreachable
from crawlers.faults import FAULTS, is_fault, told
from crawlers.file_names import file_name
from crawlers.media_types import media_type
from crawlers.model import Request, StoredFile
from crawlers.run import Run
from crawlers.urls import foreign


class Files:
    """Fetches files for one run. What fails before `is_last_pass` in a way that may pass is in `passing`."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.passing: set[str] = set()
        self.is_last_pass = False

    def fetch(self, name: str, url: str, held: StoredFile | None = None) -> StoredFile:
        """A file that a page links to by `name`; `held` is the same file as it was before, and is not sent
        again where the portal can tell that it has not changed. Raises OutOfBudget only.
        """
        try:
            fetched, facts = self.run.get(Request(url, is_file=True), conditional=held is not None)
            answer = fetched.answer
            if held and answer.status == 304:
                return held
            if answer.status != 200:
                raise PageChanged(f"{url}: status {answer.status}")
            kind = media_type(answer.body)
            if kind == "text/html":
                raise PageChanged(f"{url}: a page came instead of the file")
            best = file_name(name, answer.headers.get("content-disposition", ""), url, kind)
        except CrawlError as error:
            return self._failed(name, url, error)
        except FAULTS as error:
            return self._failed(name, url, PageChanged(f"{self.run.portal.id}: {url}: {told(error)}"))
        self.run.state.add_answer(url, facts)
        self.passing.discard(url)
        self.run.counts.attachments += 1
        # Its bytes are in the archive; kept here too, those of a crawl's files would fill the memory.
        return StoredFile(best, url, kind, fetched.sha256, None, fetched.ref)

    def again(self, file: StoredFile) -> StoredFile:
        """The file as it is, or fetched once more if it had failed."""
        return self.fetch(file.name, file.url) if self.is_worth_another_try(file) else file

    def is_worth_another_try(self, file: StoredFile) -> bool:
        """Has it failed, and lies it on the portal?"""
        return bool(file.error) and not foreign(file.url, self.run.portal.hosts)

    def _failed(self, name: str, url: str, error: CrawlError) -> StoredFile:
        reason = str(error)
        if isinstance(error, Unreachable) and not self.is_last_pass:
            self.passing.add(url)  # asked for once more at the end
        else:
            self.run.reject(url, "attachment", reason)
            is_news = isinstance(error, Unreachable) or is_fault(reason)
            (self.run.note if is_news else self.run.mention)(reason)
        return StoredFile(file_name(name, "", url, ""), url, "", "", None, error=reason)
