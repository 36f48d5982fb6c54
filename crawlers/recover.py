"""What a killed crawl left in the spool becomes a batch like any other, and the memory catches up with the
archive.
"""

from __future__ import annotations

import fcntl
import logging
import os
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from crawlers.archive import Reader, list_batches, put, read_event_data, read_index
from crawlers.cdxj import cdxj_line
from crawlers.errors import Busy
from crawlers.events import run_json
from crawlers.memory import is_damaged, remove
from crawlers.model import Portal, RunEnded, RunReport
from crawlers.replay import replay
from crawlers.settings import Settings
from crawlers.state import State
from crawlers.urls import IDENTITY
from crawlers.warc import Earlier, WarcFile

log = logging.getLogger(__name__)


@contextmanager
def only_crawl(portal_id: str, settings: Settings) -> Iterator[None]:
    """Hold the portal: two crawls of one portal at a time would be twice as impolite, and write one memory.

    Raises Busy when another process or thread holds it. The hold ends with the process, however that
    ends.
    """
    path = settings.spool / f"{portal_id}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy(
                f"portal {portal_id} is being crawled already ({path} is locked); wait for its end"
            ) from error
        yield


def recover(portal: Portal, settings: Settings) -> int:
    """Move what killed crawls of the portal left into the archive, whole records only. Returns the
    number of files.

    A memory that cannot be read is removed: it is made again from the archive.
    """
    memory = _memory(portal, settings)
    if is_damaged(memory):
        log.warning("%s cannot be read, and is made again from the archive", memory)
        remove(memory)
    left = sorted((settings.spool / portal.id).glob("*.warc.gz"))
    is_first = bool(left) and _is_first(portal, settings)
    for path in left:
        name = f"{portal.id}/{path.name}"
        index = _cut_and_index(path, name)
        _end(path, name, portal, is_first)
        put(settings, path, name, index)
    return len(left)


def opened_state(portal: Portal, settings: Settings) -> State:
    """The memory of a portal, level with the archive; made anew when the two do not belong together."""
    path = _memory(portal, settings)
    batches = [batch.id for batch in list_batches(settings, portal.id)]
    state = State(path)
    last = state.fact("batch")
    if last and (last not in batches or state.fact("identity") != IDENTITY):
        state.close()
        remove(path)
        state, last = State(path), ""
    state.set_fact("identity", IDENTITY)
    for batch in batches[batches.index(last) + 1 if last else 0 :]:
        _catch_up(state, settings, batch)
    return state


def _memory(portal: Portal, settings: Settings) -> Path:
    return settings.state / f"{portal.id}.sqlite"


def _catch_up(state: State, settings: Settings, batch: str) -> None:
    for entry in read_index(settings, batch):
        if entry.status == 200 and entry.media_type != "warc/revisit":
            date = entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            state.add_payload(entry.digest, Earlier(entry.ref, entry.url, date))
    with Reader(settings) as reader:
        replay(state, read_event_data(reader.open(f"{batch}.warc.gz")))
    state.set_fact("batch", batch)


def _cut_and_index(path: Path, name: str) -> list[str]:
    """Cut a file behind its last whole record; returns its index."""
    index: list[str] = []
    end = 0
    with path.open("r+b") as file:
        for record, offset, length in _whole_records(file):
            end = offset + length
            if record.rec_type in ("response", "revisit"):
                index.append(_index_line(record, offset, length, name))
        file.truncate(end)
    return index


def _whole_records(file: BinaryIO) -> Iterator[tuple[Any, int, int]]:
    from warcio.archiveiterator import ArchiveIterator  # slow to import, and seldom needed
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(file)
    size = os.fstat(file.fileno()).st_size
    try:
        for record in records:
            record.content_stream().read()
            offset, length = records.get_record_offset(), records.get_record_length()
            if offset + length > size or not _is_whole(file, offset, length):
                return
            yield record, offset, length
    except (ArchiveLoadFailed, EOFError, OSError):
        return  # the record that was being written


def _is_whole(file: BinaryIO, offset: int, length: int) -> bool:
    place = file.tell()
    file.seek(offset)
    unpacker = zlib.decompressobj(31)
    try:
        unpacker.decompress(file.read(length))
    except zlib.error:
        return False
    finally:
        file.seek(place)
    return unpacker.eof


def _index_line(record: Any, offset: int, length: int, name: str) -> str:
    headers, http = record.rec_headers, record.http_headers
    kind = "warc/revisit" if record.rec_type == "revisit" else http.get_header("Content-Type", "")
    at = datetime.fromisoformat(headers.get_header("WARC-Date").replace("Z", "+00:00"))
    digest = headers.get_header("WARC-Payload-Digest") or ""
    return cdxj_line(
        headers.get_header("WARC-Target-URI"),
        at,
        kind,
        int(http.get_statuscode()),
        digest,
        offset,
        length,
        name,
    )


def _is_first(portal: Portal, settings: Settings) -> bool:
    """Was no crawl of the portal ended before the killed one?"""
    path = _memory(portal, settings)
    if not path.exists():
        return not list_batches(settings, portal.id)
    with closing(State(path)) as state:
        return not state.fact("settled")


def _end(path: Path, name: str, portal: Portal, is_first: bool) -> None:
    """Write the last event that the killed crawl could not, unless it was killed after that."""
    with path.open("rb") as file:
        events = list(read_event_data(file))
    if events and events[-1]["event"] == "run":
        return
    stamp, run_id = path.name.removesuffix(".warc.gz").split("-", 1)
    started = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    ended = datetime.fromisoformat(events[-1]["at"]) if events else started
    changes = [event.get("change") for event in events]
    report = RunReport(
        run_id=run_id,
        portal_id=portal.id,
        started_at=started,
        seconds=max(0.0, (ended - started).total_seconds()),
        outcome="partial",
        stop="killed",
        reasons=("the crawl was killed; what it had fetched was kept, and the next crawl went on",),
        is_first=is_first,
        new=changes.count("new"),
        changed=changes.count("changed"),
        restored=changes.count("restored"),
        removed=sum(event["event"] == "removed" for event in events),
    )
    warc = WarcFile(path, name)
    warc.event(portal.home, ended, run_json(RunEnded(report, ended)))
    warc.close()
