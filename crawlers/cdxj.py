"""The index beside a WARC file: one line an answer, sorted by address and time (CDXJ)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from crawlers.urls import schemeless


@dataclass(frozen=True, slots=True)
class Indexed:
    """An answer in the archive. `ref` is `<portal>/<file>.warc.gz#<offset>`."""

    url: str
    at: datetime
    media_type: str
    status: int
    digest: str
    ref: str


def surt(url: str) -> str:
    """The sort key of an address: host turned round, no scheme, lower case
    (`cn,gov,tianshui)/zwgk/1.htm`).
    """
    host, _, path = schemeless(url).partition("/")
    name, _, port = host.partition(":")
    turned = name if name.replace(".", "").isdecimal() else ",".join(reversed(name.split(".")))
    return f"{turned}{f':{port}' if port else ''})/{path}".lower()


def cdxj_line(
    url: str, at: datetime, media_type: str, status: int, digest: str, offset: int, length: int, name: str
) -> str:
    """A line of the index, without its end."""
    data = {
        "url": url,
        "mime": media_type.split(";")[0].strip(),
        "status": str(status),
        "digest": digest,
        "length": str(length),
        "offset": str(offset),
        "filename": name,
    }
    stamp = at.astimezone(UTC).strftime("%Y%m%d%H%M%S%f")
    return f"{surt(url)} {stamp} {json.dumps(data, ensure_ascii=False)}"


def read_cdxj(lines: Iterable[str], url: str | None = None) -> Iterator[Indexed]:
    """The answers in an index, or those of one address."""
    key = f"{surt(url)} " if url else ""
    for line in lines:
        if line.startswith(key):
            _, stamp, data = line.split(" ", 2)
            entry = json.loads(data)
            if url and schemeless(entry["url"]) != schemeless(url):
                continue  # the key is in lower case, and A.htm is another page than a.htm
            yield Indexed(
                url=entry["url"],
                at=datetime.strptime(stamp, "%Y%m%d%H%M%S%f").replace(tzinfo=UTC),
                media_type=entry["mime"],
                status=int(entry["status"]),
                digest=entry["digest"],
                ref=f"{entry['filename']}#{entry['offset']}",
            )
