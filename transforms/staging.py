"""Archive → staging: each crawl's batch is read once and written as one Parquet file.

The pure reader (`transforms.read`) stands behind this edge; here are files, portals and the archive. A batch
whose staged file was written by today's reader is left alone, so cost follows what is new.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crawlers.archive import Batch, list_batches, read_batch
from crawlers.errors import WrongPortalFile
from crawlers.model import Event, NoticeFetched, NoticeRemoved, Portal, Rejected, RunEnded
from crawlers.portal import load_portal
from crawlers.settings import Settings
from transforms.read import Source, SourceFile, read_notices
from transforms.records import Notice
from transforms.staging_schema import StagedEvent, staging_schema
from transforms.version import READER_VERSION

ROWS_A_GROUP = 256
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class StageReport:
    """What a staging run did: batches read and left alone, notices and problems in those read."""

    batches: int = 0
    unchanged: int = 0
    notices: int = 0
    tasks: int = 0
    rejected: int = 0


def stage_archive(
    settings: Settings,
    portal_ids: Iterable[str] | None = None,
    *,
    full: bool = False,
    progress: Progress | None = None,
) -> StageReport:
    """Read the archive's batches that today's reader has not read yet, or all with `full`.

    Safe to stop and to run again at any time: a batch is staged whole or not at all.
    """
    wanted = None if portal_ids is None else set(portal_ids)
    batches = [b for b in list_batches(settings) if wanted is None or b.portal_id in wanted]
    report = StageReport()
    for number, batch in enumerate(batches, 1):
        target = settings.staging / f"{batch.id}.parquet"
        if full or not _is_current(target):
            rows = list(staged_events(settings, batch))
            write_batch(target, rows)
            report = _counted(report, rows)
        else:
            report = replace(report, unchanged=report.unchanged + 1)
        if progress:
            progress(number, len(batches), batch.portal_id)
    return report


def staged_events(settings: Settings, batch: Batch) -> Iterator[StagedEvent]:
    """The rows of one batch. A page that cannot be read becomes a `rejected` row and stops nothing."""
    events = list(read_batch(settings, batch.id))
    ended = [e for e in events if isinstance(e, RunEnded)]
    stamp = _Stamp(
        batch_id=batch.id,
        portal_id=batch.portal_id,
        run_id=ended[0].report.run_id if ended else batch.id.rsplit("-", 1)[-1],
        is_first=bool(ended and ended[0].report.is_first),
        portal=_portal(settings, batch.portal_id),
    )
    for event in events:
        yield from _rows(event, stamp)


def write_batch(target: Path, rows: Iterable[StagedEvent]) -> None:
    """Write a staged batch under a temporary name, then put it in place in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    schema = staging_schema().with_metadata(_wanted_metadata())
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
            for group in _groups(rows, ROWS_A_GROUP):
                writer.write_table(pa.Table.from_pylist([_plain(asdict(row)) for row in group], schema))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What all rows of a batch have in common."""

    batch_id: str
    portal_id: str
    run_id: str
    is_first: bool
    portal: Portal | None

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
    notices = read_notices(event.page.body, source_of(event, stamp.portal_id, stamp.portal))
    if not notices or not any(n.text or n.attachments for n in notices):
        reason = "; ".join(p.reason for n in notices for p in n.problems) or "no notice was found in the page"
        yield stamp.row("rejected", stage="read", reason=reason, **common)
        return
    for part, notice in enumerate(notices):
        yield stamp.row("notice", part=part, change=event.change, notice=notice, **common)


def source_of(event: NoticeFetched, portal_id: str, portal: Portal | None) -> Source:
    """What the reader is told about an archived page: the portal's hints and the list's facts."""
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


def _is_current(target: Path) -> bool:
    if not target.is_file():
        return False
    found = pq.read_schema(target).metadata or {}
    return all(found.get(key) == value for key, value in _wanted_metadata().items())


def _wanted_metadata() -> dict[bytes, bytes]:
    return {**(staging_schema().metadata or {}), b"reader": READER_VERSION.encode()}


def _counted(report: StageReport, rows: list[StagedEvent]) -> StageReport:
    notices: list[Notice] = [row.notice for row in rows if row.notice is not None]
    return replace(
        report,
        batches=report.batches + 1,
        notices=report.notices + len(notices),
        tasks=report.tasks + sum(len(n.tasks) for n in notices),
        rejected=report.rejected + sum(row.event == "rejected" for row in rows),
    )


def _groups(rows: Iterable[StagedEvent], size: int) -> Iterator[list[StagedEvent]]:
    group: list[StagedEvent] = []
    for row in rows:
        group.append(row)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def _plain(value: Any) -> Any:
    """What Arrow takes: a map as pairs, everything else as it is."""
    if isinstance(value, dict):
        return {k: [*v.items()] if k == "origins" else _plain(v) for k, v in value.items()}
    return value
