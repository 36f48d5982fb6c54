"""Writing one WARC 1.1 file: a gzip member a record, each whole before the next begins.

Records are put together here, at a third of the CPU that `warcio` takes to write them; `warcio` reads them
back, in `archive.py`, and its checker is the judge in the tests.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from crawlers.cdxj import cdxj_line
from crawlers.http import Exchange

EVENT_TYPE = "application/vnd.fgf.crawl-event+json"
_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_ANSWER, _REQUEST = "application/http; msgtype=response", "application/http; msgtype=request"
_BREAKS = re.compile(r"[\r\n]+")
_PIECE = 1024 * 1024  # bytes packed at one time
_LEVEL = 6  # level 9, usual for WARC, costs twice the time for one hundredth of the size
_STORED = 0  # for what came compressed: packing it once more costs as much as all else, for 3 parts in 100


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where the bytes of a payload already are."""

    ref: str
    url: str
    date: str


class WarcFile:
    """A WARC file being written in the spool. `name` is the reference that it will have in the archive."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._out = path.open("ab")
        self.index: list[str] = []

    def close(self) -> None:
        """End the file, and see it to the disk: a power cut must not leave its name alone in the archive."""
        if self._out.closed:
            return
        with self._out:
            self._out.flush()
            os.fsync(self._out.fileno())

    def warcinfo(self, software: str, at: datetime) -> None:
        """Say who wrote the file."""
        info = {"software": software, "format": "WARC File Format 1.1", "isPartOf": self.name}
        fields = {"WARC-Date": warc_date(at), "WARC-Filename": self.name.rsplit("/", 1)[-1]}
        block = "".join(f"{name}: {value}\r\n" for name, value in info.items()).encode()
        self._write("warcinfo", fields, "application/warc-fields", block)

    def exchange(self, exchange: Exchange, digest: str, earlier: Earlier | None) -> str:
        """Write what was asked and what came; returns the reference of the answer's bytes.

        `earlier`, when given, has the same payload (or is what a 304 means): then only a revisit record is
        written.
        """
        offset = self._out.tell()
        fields = {"WARC-Target-URI": exchange.url, "WARC-Date": warc_date(exchange.at)}
        head = _head(f"HTTP/1.1 {exchange.status} {exchange.reason}", _answered(exchange))
        if earlier:
            answer_id = self._write("revisit", fields | _revisit(exchange, digest, earlier), _ANSWER, head)
        else:
            more = {"WARC-Payload-Digest": digest} | _truncated(exchange)
            level = _STORED if exchange.body and exchange.body != exchange.payload else _LEVEL
            answer_id = self._write("response", fields | more, _ANSWER, head, exchange.payload, level)
        length = self._out.tell() - offset
        self._write_request(exchange, fields | {"WARC-Concurrent-To": answer_id})
        kind = "warc/revisit" if earlier else _content_type(exchange)
        self.index.append(
            cdxj_line(exchange.url, exchange.at, kind, exchange.status, digest, offset, length, self.name)
        )
        return earlier.ref if earlier else f"{self.name}#{offset}"

    def event(self, url: str, at: datetime, data: Mapping[str, Any]) -> None:
        """Write an event of the crawl as a metadata record."""
        block = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        self._write("metadata", {"WARC-Target-URI": url, "WARC-Date": warc_date(at)}, EVENT_TYPE, block)

    def _write_request(self, exchange: Exchange, fields: Mapping[str, str]) -> None:
        path = "/" + exchange.url.split("://", 1)[-1].partition("/")[2]
        head = _head(f"{exchange.method} {path} HTTP/1.1", exchange.request_headers)
        self._write("request", fields, _REQUEST, head, exchange.request_body)

    def _write(
        self,
        kind: str,
        fields: Mapping[str, str],
        content_type: str,
        block: bytes,
        payload: bytes = b"",
        level: int = _LEVEL,
    ) -> str:
        """Write a record as one gzip member, whose checksum is its seal, and hand it to the system.

        Returns its id. What is handed over survives the crawler: when it is killed, at most the record being
        written is lost.
        """
        record_id = f"<{uuid.uuid4().urn}>"
        named = {"WARC-Type": kind, "WARC-Record-ID": record_id, **fields, "Content-Type": content_type}
        head = _head(
            "WARC/1.1", [*named.items(), ("Content-Length", str(len(block) + len(payload)))], "utf-8"
        )
        self._out.writelines(_member(level, head + block, payload, b"\r\n\r\n"))
        self._out.flush()
        return record_id


def payload_digest(payload: bytes) -> str:
    """WARC's name of a payload."""
    return _named(hashlib.sha256(payload).digest())


@lru_cache(maxsize=8)  # the records of one answer are of one moment
def warc_date(at: datetime) -> str:
    """A moment as WARC 1.1 writes it, to the microsecond."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _named(digest: bytes) -> str:
    return "sha256:" + base64.b32encode(digest).decode()


def _member(level: int, *parts: bytes) -> Iterator[bytes]:
    """A gzip member. Small ones get a small window, which spares clearing memory that is never used."""
    bits = min(15, max(9, sum(map(len, parts)).bit_length()))
    packer = zlib.compressobj(level, zlib.DEFLATED, 16 + bits, min(8, bits - 6))
    for part in parts:
        for start in range(0, len(part), _PIECE):
            yield packer.compress(part[start : start + _PIECE])
    yield packer.flush()


def _head(first: str, headers: Iterable[tuple[str, str]], charset: str = "latin-1") -> bytes:
    """The head of a message. HTTP's comes as Latin-1 and goes as it came.

    A line break inside a value, as an address may have one, must not begin a header of its own.
    """
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    joined = "".join(lines)
    if "\r" in joined or "\n" in joined:
        lines = [_BREAKS.sub("", line) for line in lines]
    return ("\r\n".join(lines) + "\r\n\r\n").encode(charset, "backslashreplace")


def _revisit(exchange: Exchange, digest: str, earlier: Earlier) -> dict[str, str]:
    fields = {"WARC-Refers-To-Target-URI": earlier.url, "WARC-Refers-To-Date": earlier.date}
    if exchange.status == 304:
        return fields | {"WARC-Profile": _NOT_MODIFIED}
    return fields | {"WARC-Profile": _SAME_PAYLOAD, "WARC-Payload-Digest": digest} | _truncated(exchange)


def _truncated(exchange: Exchange) -> dict[str, str]:
    return {"WARC-Truncated": "length" if exchange.is_too_long else "disconnect"} if exchange.cut else {}


def _content_type(exchange: Exchange) -> str:
    return next((value for name, value in exchange.headers if name.lower() == "content-type"), "")


def _answered(exchange: Exchange) -> list[tuple[str, str]]:
    """Headers of the answer. The payload is kept without its transfer coding, so that header must not
    claim one.
    """
    return [
        (f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name, value)
        for name, value in exchange.headers
    ]
