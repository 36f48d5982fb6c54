"""Events of a crawl as JSON, as the archive's metadata records hold them, and back.

An event names pages and files by their reference; their bytes are in the archive once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crawlers.model import (
    Event,
    Listed,
    NoticeFetched,
    NoticeRemoved,
    Rejected,
    RunEnded,
    RunReport,
    StoredAnswer,
    StoredFile,
)

Load = Callable[[str], StoredAnswer]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the crawler must remember of a page.

    `ref` and `date` are of the record that has its bytes, `sha256` is of the decompressed body, `listed_as`
    the address by which a list led there, when that is another.
    """

    ref: str
    date: str
    sha256: str
    etag: str = ""
    last_modified: str = ""
    listed_as: str = ""


def notice_json(
    change: str, url: str, at: datetime, listed: Listed, page: PageFacts, files: tuple[StoredFile, ...]
) -> dict[str, Any]:
    """A NoticeFetched as JSON, with the facts from which the state can be made again."""
    return {
        "event": "notice",
        "change": change,
        "url": url,
        "at": at.isoformat(),
        "listed": listed_json(listed),
        "page": plain(page),
        "files": [{k: v for k, v in plain(file).items() if v and k != "body"} for file in files],
    }


def removed_json(event: NoticeRemoved) -> dict[str, Any]:
    """A NoticeRemoved as JSON."""
    return {"event": "removed", "url": event.url, "at": event.at.isoformat(), "reason": event.reason}


def rejected_json(event: Rejected) -> dict[str, Any]:
    """A Rejected as JSON."""
    return {"event": "rejected"} | dataclasses.asdict(event) | {"at": event.at.isoformat()}


def run_json(event: RunEnded) -> dict[str, Any]:
    """A RunEnded as JSON."""
    report = dataclasses.asdict(event.report) | {"started_at": event.report.started_at.isoformat()}
    return {"event": "run", "at": event.at.isoformat(), "report": report, "seen": list(event.seen)}


def read_event(data: Mapping[str, Any], load: Load) -> Event:
    """The event that a metadata record holds; pages and files are read by `load`."""
    at = datetime.fromisoformat(data["at"])
    kind = data["event"]
    if kind == "notice":
        files = tuple(_stored(file, load) for file in data["files"])
        page = load(data["page"]["ref"])
        # The page's own address, not that of the page whose equal bytes the archive keeps.
        page = dataclasses.replace(page, url=data["url"])
        return NoticeFetched(data["change"], data["url"], at, read_listed(data["listed"]), page, files)
    if kind == "removed":
        return NoticeRemoved(data["url"], at, data["reason"])
    if kind == "rejected":
        return Rejected(data["url"], at, data["stage"], data["reason"], data["ref"])
    if kind == "run":
        report = data["report"] | {
            "started_at": datetime.fromisoformat(data["report"]["started_at"]),
            "reasons": tuple(data["report"]["reasons"]),
        }
        return RunEnded(RunReport(**report), at, tuple(data["seen"]))
    raise ValueError(f"no such event: {kind!r}")


def listed_json(listed: Listed) -> dict[str, Any]:
    """What a list says of a notice, empty values left out."""
    data = {k: v for k, v in plain(listed).items() if v}
    if listed.listed_on:
        data["listed_on"] = listed.listed_on.isoformat()
    return data


def read_listed(data: Mapping[str, Any]) -> Listed:
    """What a list says of a notice, from its JSON."""
    values = dict(data)
    if "listed_on" in values:
        values["listed_on"] = date.fromisoformat(values["listed_on"])
    values["fields"] = tuple((label, value) for label, value in values.get("fields", ()))
    return Listed(**values)


def plain(record: Any) -> dict[str, Any]:
    """The fields of a record; unlike `dataclasses.asdict` it copies nothing, and is ten times as fast."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def _stored(data: Mapping[str, Any], load: Load) -> StoredFile:
    values = {"name": "", "url": "", "media_type": "", "sha256": "", "ref": "", "error": ""} | dict(data)
    body = load(values["ref"]).body if values["ref"] and not values["error"] else None
    return StoredFile(body=body, **values)
