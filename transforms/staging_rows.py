"""From the events of a crawl to the rows of its staged batch: here the reader is told what it must know."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crawlers.archive import Batch, read_batch, read_report
from crawlers.errors import WrongPortalFile
from crawlers.model import Event, NoticeFetched, NoticeRemoved, Portal, Rejected, RunEnded
from crawlers.portal import load_portal
from crawlers.settings import Settings
from transforms.read import read_notices
from transforms.source import Source, SourceFile
from transforms.staging_schema import StagedEvent


def staged_events(settings: Settings, batch: Batch) -> Iterator[StagedEvent]:
    """The rows of one batch. A page that cannot be read becomes a `rejected` row and stops nothing."""
    report = read_report(settings, batch.id)
    stamp = _Stamp(
        batch_id=batch.id,
        portal_id=batch.portal_id,
        run_id=report.run_id if report else batch.id.rsplit("-", 1)[-1],
        is_first=bool(report and report.is_first),
        portal=_portal(settings, batch.portal_id),
        ocr=settings.ocr,
    )
    for event in read_batch(settings, batch.id):
        yield from _rows(event, stamp)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What all rows of a batch have in common."""

    batch_id: str
    portal_id: str
    run_id: str
    is_first: bool
    portal: Portal | None
    ocr: bool

    def row(self, event: str, **values: Any) -> StagedEvent:
        return StagedEvent(
            event=event,
            batch_id=self.batch_id,
            portal_id=self.portal_id,
            run_id=self.run_id,
            is_first_crawl=self.is_first,
            **values,
        )


def _rows(event: Event, stamp: _Stamp) -> Iterator[StagedEvent]:
    match event:
        case NoticeFetched():
            yield from _notice_rows(event, stamp)
        case NoticeRemoved():
            yield stamp.row("removed", at=event.at, url=event.url, reason=event.reason)
        case Rejected():
            yield stamp.row(
                "rejected",
                at=event.at,
                url=event.url,
                stage=event.stage,
                reason=event.reason,
                archive_ref=event.ref,
            )
        case RunEnded():
            for url in event.seen:
                yield stamp.row("seen", at=event.at, url=url)
            yield stamp.row("run", at=event.at, run=event.report)


def _notice_rows(event: NoticeFetched, stamp: _Stamp) -> Iterator[StagedEvent]:
    common = {
        "at": event.at,
        "url": event.url,
        "archive_ref": event.page.ref,
        "page_sha256": hashlib.sha256(event.page.body).hexdigest(),
    }
    notices = read_notices(event.page.body, source_of(event, stamp.portal_id, stamp.portal, stamp.ocr))
    if not notices or not any(n.text or n.attachments for n in notices):
        reason = "; ".join(p.reason for n in notices for p in n.problems) or "no notice was found in the page"
        yield stamp.row("rejected", stage="read", reason=reason, **common)
        return
    for part, notice in enumerate(notices):
        yield stamp.row("notice", part=part, change=event.change, notice=notice, **common)


def source_of(event: NoticeFetched, portal_id: str, portal: Portal | None, ocr: bool = False) -> Source:
    """What the reader is told about an archived page: the portal's hints and the list's facts, and whether
    scans are read by OCR."""
    listed = event.listed
    facts = {
        "title": listed.title,
        "listed_on": listed.listed_on.isoformat() if listed.listed_on else None,
        "doc_no": listed.doc_no,
        "index_no": listed.index_no,
        "issuer": listed.issuer,
        "category": listed.category,
        **dict(listed.fields),
    }
    return Source(
        name=event.url,
        url=event.url,
        portal_id=portal_id,
        region=portal.region if portal else None,
        adcode=portal.adcode if portal else None,
        level=portal.level if portal else None,
        media_type=event.page.media_type,
        charset=event.page.charset,
        listed={key: value for key, value in facts.items() if value},
        body_selectors=body_selectors(portal) if portal else (),
        fields=portal.fields if portal else {},
        fixes=portal.fixes if portal else {},
        files=tuple(SourceFile(f.name, f.url, f.media_type, f.sha256, f.body, f.error) for f in event.files),
        ocr=ocr,
    )


def body_selectors(portal: Portal) -> tuple[str, ...]:
    """CSS selectors of a notice's body, most specific first: the portal's own, then the family's."""
    from crawlers.families import load_family

    family = load_family(portal.family).PAGE.get("body", ())
    return tuple(dict.fromkeys([*portal.page.get("body", ()), *family]))


def _portal(settings: Settings, portal_id: str) -> Portal | None:
    """The portal, or None where its file is gone or broken: the archive is then read without its hints."""
    try:
        return load_portal(portal_id, settings.portal_dirs)
    except WrongPortalFile:
        return None
