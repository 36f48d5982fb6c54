"""Writing one WARC 1.1 file: a gzip member a record, each whole before the next begins."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.cdxj import cdxj_line
from crawlers.http import Exchange

EVENT_TYPE = "application/vnd.fgf.crawl-event+json"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_LEVEL = 6  # level 9, which warcio uses, costs twice the time for one hundredth of the size


class _Member:
    """Compresses what is written until `flush`, which ends the gzip member (warcio flushes after each
    record).
    """

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)

    def write(self, data: bytes) -> None:
        self.out.write(self._packer.compress(data))

    def flush(self) -> None:
        self.out.write(self._packer.flush())
        self.out.flush()  # to the system, so that a killed crawl loses at most the record being written
        self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)


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
        self._writer = WARCWriter(_Member(self._out), gzip=False, warc_version="1.1")
        self.index: list[str] = []

    def close(self) -> None:
        """End the file."""
        self._out.close()

    def warcinfo(self, software: str) -> None:
        """Say who wrote the file."""
        info = {"software": software, "format": "WARC File Format 1.1", "isPartOf": self.name}
        self._writer.write_record(self._writer.create_warcinfo_record(self.name.rsplit("/", 1)[-1], info))

    def exchange(self, exchange: Exchange, digest: str, earlier: Earlier | None) -> str:
        """Write what was asked and what came; returns the reference of the answer's bytes.

        `earlier`, when given, has the same payload (or is what a 304 means): then only a revisit record is
        written.
        """
        offset = self._out.tell()
        date = warc_date(exchange.at)
        headers = {"WARC-Date": date}
        if exchange.cut:
            headers["WARC-Truncated"] = "length" if "more than" in exchange.cut else "disconnect"
        http = StatusAndHeaders(
            f"{exchange.status} {exchange.reason}", _answered(exchange), protocol="HTTP/1.1"
        )
        if earlier:
            record = self._writer.create_revisit_record(
                exchange.url, digest, earlier.url, earlier.date, http_headers=http, warc_headers_dict=headers
            )
            if exchange.status == 304:
                record.rec_headers.replace_header("WARC-Profile", _NOT_MODIFIED)
                record.rec_headers.remove_header("WARC-Payload-Digest")
        else:
            headers["WARC-Payload-Digest"] = digest
            payload = BytesIO(exchange.payload)
            record = self._writer.create_warc_record(
                exchange.url,
                "response",
                payload,
                len(exchange.payload),
                http_headers=http,
                warc_headers_dict=headers,
            )
        self._writer.write_record(record)
        length = self._out.tell() - offset
        self._write_request(exchange, date, record.rec_headers.get_header("WARC-Record-ID"))
        kind = "warc/revisit" if earlier else http.get_header("Content-Type", "")
        self._add_index(exchange.url, exchange.at, kind, exchange.status, digest, offset, length)
        return earlier.ref if earlier else f"{self.name}#{offset}"

    def event(self, url: str, at: datetime, data: Mapping[str, Any]) -> None:
        """Write an event of the crawl as a metadata record."""
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        record = self._writer.create_warc_record(
            url,
            "metadata",
            BytesIO(body),
            len(body),
            warc_content_type=EVENT_TYPE,
            warc_headers_dict={"WARC-Date": warc_date(at)},
        )
        self._writer.write_record(record)

    def _write_request(self, exchange: Exchange, date: str, answer_id: str) -> None:
        path = "/" + exchange.url.split("://", 1)[-1].partition("/")[2]
        http = StatusAndHeaders(
            f"{exchange.method} {path} HTTP/1.1", list(exchange.request_headers), is_http_request=True
        )
        record = self._writer.create_warc_record(
            exchange.url,
            "request",
            BytesIO(exchange.request_body),
            len(exchange.request_body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": date, "WARC-Concurrent-To": answer_id},
        )
        self._writer.write_record(record)

    def _add_index(
        self, url: str, at: datetime, media_type: str, status: int, digest: str, offset: int, length: int
    ) -> None:
        self.index.append(cdxj_line(url, at, media_type, status, digest, offset, length, self.name))


def payload_digest(payload: bytes) -> str:
    """WARC's name of a payload."""
    return "sha256:" + base64.b32encode(hashlib.sha256(payload).digest()).decode()


def warc_date(at: datetime) -> str:
    """A moment as WARC 1.1 writes it, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _answered(exchange: Exchange) -> list[tuple[str, str]]:
    """Headers of the answer. The payload is kept without its transfer coding, so that header must not
    claim one.
    """
    return [
        (f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name, value)
        for name, value in exchange.headers
    ]
