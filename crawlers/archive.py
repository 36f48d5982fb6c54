"""The archive: closed WARC files, `<portal>/<stamp>-<run>.warc.gz`, each with its index beside it.

It may lie anywhere that fsspec reaches (`FGF_ARCHIVE_URL`). Writing one file is in `warc.py`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from crawlers.cdxj import Indexed, read_cdxj
from crawlers.charset import header_charset
from crawlers.events import read_event
from crawlers.model import Event, RunEnded, RunReport, StoredAnswer
from crawlers.settings import Settings
from crawlers.warc import EVENT_TYPE

if TYPE_CHECKING:  # slow to import, and a crawl into a local archive needs neither
    from upath import UPath
    from warcio.recordloader import ArcWarcRecord

SUFFIX = ".warc.gz"
_LOCAL = re.compile(r"^(?:file|local):(?://)?(?=/)")


@dataclass(frozen=True, slots=True)
class Batch:
    """One closed crawl of one portal. `id` is `<portal>/<stamp>-<run>`."""

    id: str
    portal_id: str


def list_batches(settings: Settings, portal_id: str | None = None) -> list[Batch]:
    """All closed crawls, oldest first; of one portal or of all."""
    found = _place(settings).glob(f"{portal_id or '*'}/*{SUFFIX}")
    names = sorted((path.name.removesuffix(SUFFIX), path.parent.name) for path in found)
    return [Batch(f"{portal}/{stem}", portal) for stem, portal in names]


def read_batch(settings: Settings, batch_id: str) -> Iterator[Event]:
    """The events of a batch in their order, with pages and files as fetched; RunEnded comes last."""
    with Reader(settings) as reader:
        # Known before a page is looked up: both read the same file, each from its own place.
        for data in list(read_event_data(reader.open(f"{batch_id}{SUFFIX}"))):
            yield read_event(data, reader.answer)


def archived_bytes(settings: Settings, batch_id: str) -> int:
    """Size of a batch's WARC file, compressed."""
    return int((_place(settings) / f"{batch_id}{SUFFIX}").stat().st_size)


def read_report(settings: Settings, batch_id: str) -> RunReport | None:
    """The report that closes a batch, without its pages; None where the crawl was killed before its end."""
    with Reader(settings) as reader:
        for data in read_event_data(reader.open(f"{batch_id}{SUFFIX}")):
            if data["event"] == "run":
                event = read_event(data, reader.answer)
                return event.report if isinstance(event, RunEnded) else None
    return None


def read_event_data(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """The events in a WARC file as plain JSON."""
    for record in read_records(file):
        if record.rec_type == "metadata" and record.content_type == EVENT_TYPE:
            data: dict[str, Any] = json.loads(record.content_stream().read())
            yield data


def read_records(file: BinaryIO, offset: int = 0) -> Iterator[ArcWarcRecord]:
    """The records in a WARC file, from one that begins at `offset` on."""
    from warcio.archiveiterator import ArchiveIterator

    file.seek(offset)
    return iter(ArchiveIterator(file))


def find(settings: Settings, url: str, at: datetime | None = None) -> list[Indexed]:
    """The answers that the archive has of an address, newest first; with `at`, none later than that."""
    hits: list[Indexed] = []
    for path in _place(settings).glob("*/*.cdxj"):
        with path.open("r", encoding="utf-8") as lines:
            hits += read_cdxj(lines, url)
    return sorted((hit for hit in hits if at is None or hit.at <= at), key=lambda hit: hit.at, reverse=True)


def read_index(settings: Settings, batch_id: str) -> list[Indexed]:
    """The answers in a batch, by address; empty when its index is not there."""
    path = _place(settings) / f"{batch_id}.cdxj"
    if not path.exists():
        return []
    with path.open("r", encoding="utf-8") as lines:
        return list(read_cdxj(lines))


def put(settings: Settings, spooled: Path, name: str, index: list[str]) -> None:
    """Move a closed file from the spool into the archive. The index goes first: what is listed, is whole."""
    target = _place(settings) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.with_name(target.name.removesuffix(SUFFIX) + ".cdxj").write_text(
        "".join(f"{line}\n" for line in sorted(index)), encoding="utf-8"
    )
    if isinstance(target, Path):
        part = target.with_name(target.name + ".part")
        shutil.move(spooled, part)  # may be another file system
        os.replace(part, target)
        return
    with spooled.open("rb") as source, target.open("wb") as out:
        shutil.copyfileobj(source, out, 1024 * 1024)
    spooled.unlink()


class Reader:
    """Reads answers by their reference; keeps the files it has opened until it is closed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._files: dict[str, BinaryIO] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def open(self, name: str) -> BinaryIO:
        """A file of the archive, or of the spool while its crawl goes on; a distant one is copied first."""
        if name not in self._files:
            self._files[name] = self._stack.enter_context(self._opened(name))
        return self._files[name]

    def _opened(self, name: str) -> BinaryIO:
        spooled = self._settings.spool / name
        if spooled.exists():
            return spooled.open("rb")
        path = _place(self._settings) / name
        if isinstance(path, Path):
            return path.open("rb")
        copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the stack
        with path.open("rb") as source:
            shutil.copyfileobj(source, copy, 1024 * 1024)
        return copy

    def record(self, ref: str) -> ArcWarcRecord:
        """The record at a reference. Raises LookupError when there is none."""
        name, _, offset = ref.rpartition("#")
        record = next(read_records(self.open(name), int(offset)), None)
        if record is None:
            raise LookupError(f"{ref}: no record there")
        return record

    def answer(self, ref: str) -> StoredAnswer:
        """The answer at a reference; a revisit record yields the bytes of the answer that it refers to."""
        record = self.record(ref)
        headers = record.http_headers
        content_type = headers.get_header("Content-Type", "")
        url = record.rec_headers.get_header("WARC-Target-URI")
        at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date").replace("Z", "+00:00"))
        body = self._earlier(record) if record.rec_type == "revisit" else record.content_stream().read()
        return StoredAnswer(
            ref=ref,
            url=url,
            status=int(headers.get_statuscode()),
            media_type=content_type.split(";")[0].strip().lower(),
            charset=header_charset(content_type),
            body=body,
            fetched_at=at.astimezone(UTC),
        )

    def _earlier(self, revisit: ArcWarcRecord) -> bytes:
        url = revisit.rec_headers.get_header("WARC-Refers-To-Target-URI")
        at = revisit.rec_headers.get_header("WARC-Refers-To-Date")
        moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
        for hit in find(self._settings, url, moment):
            if hit.media_type != "warc/revisit":
                return self.answer(hit.ref).body
        raise LookupError(f"{url} of {at}: a revisit record refers to it, and it is not in the archive")


def _place(settings: Settings) -> Path | UPath:
    """The folder of the archive: a Path when it is on this machine."""
    plain = _LOCAL.sub("", settings.archive)
    if "://" not in plain:
        return Path(plain)
    from upath import UPath

    place = UPath(plain)
    place.fs.invalidate_cache()  # other processes write there too
    return place
