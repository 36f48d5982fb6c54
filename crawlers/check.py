"""One look at a portal: its first list page and one notice, each field with where it was read.

This is what makes a portal `verified` on an installation, and what a person looks at who adds one.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawlers.attachments import find_attachments
from crawlers.budget import OutOfBudget
from crawlers.charset import header_charset
from crawlers.check_fields import Field, fields_of_list, fields_of_notice
from crawlers.check_rows import likely_rows
from crawlers.check_save import save_pages
from crawlers.errors import CrawlError, PageChanged, Refused
from crawlers.families import first_request, read_list
from crawlers.faults import FAULTS, told
from crawlers.fetch import Fetcher
from crawlers.health import Health, remember
from crawlers.model import Answer, Column, Listed, ListPage, NoticeFetched, Portal, StoredAnswer
from crawlers.model import Request as Ask
from crawlers.refusal import missing
from crawlers.settings import Settings
from crawlers.urls import host_of

_NEEDED = ("title", "text")


@dataclass(slots=True)
class Check:
    """What was found, and what is wrong."""

    portal_id: str
    list_url: str = ""
    notice_url: str = ""
    listed: int = 0
    list_fields: list[Field] = field(default_factory=list)
    notice_fields: list[Field] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    is_refused: bool = False
    saved: Path | None = None

    @property
    def is_healthy(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check_portal(portal: Portal, settings: Settings, *, save: bool = False) -> Check:
    """Read the first list page of the first column and the first notice of it that can be had.

    The outcome is remembered on this installation. Nothing is archived; with `save` both pages and what was
    read from them are stored under tests/portals/<id>/.
    """
    check = Check(portal.id)
    try:
        with closing(Fetcher(portal, settings)) as fetcher:
            answer, page = _list(portal, portal.columns[0], fetcher, check)
            notice, item = _notice(page, portal, fetcher, check)
            read = _read_notice(portal, notice, item, check)
            if save:
                check.saved = save_pages(portal, settings, answer, page, notice, item, read)
    except (CrawlError, OutOfBudget) as error:
        check.problems.append(str(error))
        check.is_refused = isinstance(error, Refused)
    except FAULTS as error:
        check.problems.append(f"{portal.id}: {check.notice_url or check.list_url}: {told(error)}")
    reason = "; ".join(check.problems)
    remember(settings, Health(portal.id, datetime.now(UTC), check.is_healthy, reason, check.is_refused))
    return check


def _list(portal: Portal, column: Column, fetcher: Fetcher, check: Check) -> tuple[Answer, ListPage]:
    request = first_request(portal, column)
    check.list_url = request.url
    answer = fetcher.get(request).answer
    if answer.status != 200:
        raise PageChanged(
            f"{request.url}: the list answered {answer.status}; remedy: `path` in the portal file"
        )
    try:
        page = read_list(answer, portal, column)
    except PageChanged as error:
        likely = "; ".join(likely_rows(answer.text))
        raise PageChanged(f"{error}. What repeats in the page: {likely or 'nothing'}") from error
    own = [item for item in page.items if host_of(item.url) in portal.hosts]
    check.listed = len(own)
    if not own:
        raise PageChanged(f"{request.url}: no notice on an own host; remedy: `item` in [list], or `hosts`")
    check.list_fields += fields_of_list(own, portal, column)
    if not check.list_fields[0].value:
        check.problems.append(f"{request.url}: no row has a title; remedy: `link` in [list]")
    check.problems += [f"{request.url}: {reason}" for reason in page.skipped[:3]]
    return answer, page


def _notice(page: ListPage, portal: Portal, fetcher: Fetcher, check: Check) -> tuple[Answer, Listed]:
    last = "there is none"
    for item in [i for i in page.items if host_of(i.url) in portal.hosts][:3]:
        check.notice_url = item.url
        try:
            answer = fetcher.get(Ask(item.url)).answer
        except CrawlError as error:
            last = str(error)
            continue
        gone = missing(answer.text)
        if answer.status == 200 and not gone:
            return answer, item
        last = f"{item.url}: status {answer.status} {gone}"
    raise PageChanged(f"none of the first notices can be had, the last: {last}")


def _read_notice(portal: Portal, answer: Answer, item: Listed, check: Check) -> dict[str, Any]:
    # Reading belongs to the next stage; a command may look ahead, the crawl itself never does.
    from transforms.read import as_json, read_notices
    from transforms.staging_rows import source_of

    event = NoticeFetched("new", answer.url, answer.fetched_at, item, _stored(answer), ())
    source = source_of(event, portal.id, portal)
    notices = read_notices(answer.body, source)
    if not notices:
        raise PageChanged(f"{answer.url}: no notice can be read from the page; remedy: `body` in [page]")
    read: dict[str, Any] = as_json(notices[0])
    check.notice_fields += fields_of_notice(read, answer.text, source.body_selectors)
    files = [name for name, _ in find_attachments(answer)]
    check.notice_fields.append(Field("attachments", "、".join(files), "links of the page"))
    for name in _NEEDED:
        if not read.get(name):
            check.problems.append(f"{answer.url}: no {name} was read; remedy: `body` in [page]")
    return read


def _stored(answer: Answer) -> StoredAnswer:
    """The answer as the archive would give it back."""
    content_type = answer.headers.get("content-type", "")
    return StoredAnswer(
        ref="",
        url=answer.url,
        status=answer.status,
        media_type=content_type.split(";")[0].strip().lower(),
        charset=header_charset(content_type),
        body=answer.body,
        fetched_at=answer.fetched_at,
    )
