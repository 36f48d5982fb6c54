"""One exchange with a server, as the archive keeps it, and the reading of a body within its limits."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

_CHUNK = 64 * 1024
_TOO_LONG = "more than "
_MOST_MEMBERS = 1000  # of one gzip body; each costs a copy of what is left


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps of one answer. Bytes are counted before and after decompression; seconds from request to
    last byte.
    """

    page_bytes: int = 10 * 1024 * 1024  # the longest list answers met are below 2 MB
    file_bytes: int = 50 * 1024 * 1024  # scanned annexes reach 30 MB
    connect: float = 15.0
    read: float = 20.0
    deadline: float = 90.0
    tries: int = 5
    redirects: int = 5
    longest_wait: float = 120.0  # a Retry-After beyond it is left to the next crawl


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and what came, byte for byte but for the transfer coding.

    `payload` is as sent (perhaps compressed), `body` decompressed; `cut` says why the payload is not whole,
    or ''.
    """

    method: str
    url: str
    request_headers: tuple[tuple[str, str], ...]
    request_body: bytes
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    body: bytes
    at: datetime
    cut: str = ""

    @property
    def is_too_long(self) -> bool:
        """Was it cut for its length? Then another try would bring the same."""
        return self.cut.startswith(_TOO_LONG)


class TooLong(Exception):
    """An answer is longer than its cap; `kept` is how it began."""

    def __init__(self, message: str, kept: bytes) -> None:
        super().__init__(message)
        self.kept = kept


def read_payload(chunks: Iterator[bytes], cap: int) -> bytes:
    """All bytes of a body as sent. Raises TooLong."""
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        parts.append(chunk)
        if size > cap:
            raise TooLong(f"{_TOO_LONG}{cap:,} bytes", parts[0])
    return b"".join(parts)


def unpack(payload: bytes, encoding: str, cap: int) -> bytes:
    """The body after its Content-Encoding. Raises TooLong, or ValueError for a broken or unknown encoding.

    Never unpacks more than the cap: 400 KB of gzip can hold 400 MB.
    """
    codings = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    for coding in reversed(codings):
        if coding in ("gzip", "x-gzip", "deflate"):
            payload = _inflate(payload, cap, coding)
        elif coding != "identity":
            raise ValueError(f"Content-Encoding {coding!r}, which was not asked for")
    return payload


def _inflate(payload: bytes, cap: int, coding: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    while payload:
        if len(parts) == _MOST_MEMBERS:
            raise ValueError(f"{coding} in more than {_MOST_MEMBERS} members")
        # 47: gzip or zlib by its header; some servers send `deflate` without one, which is -15.
        raw = coding == "deflate" and payload[0] & 0x0F != 8
        unpacker = zlib.decompressobj(-15 if raw else 47)
        try:
            part = unpacker.decompress(payload, cap + 1 - size)
        except zlib.error as error:
            raise ValueError(f"broken {coding}: {error}") from error
        parts.append(part)
        size += len(part)
        if size > cap:
            raise TooLong(f"{_TOO_LONG}{cap:,} bytes after decompression", payload[:_CHUNK])
        if not unpacker.eof:
            raise ValueError(f"{coding} ends early")
        payload = unpacker.unused_data.lstrip(b"\0")
    return b"".join(parts)
