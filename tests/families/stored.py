"""Stored pages and what is read from them: `list-ul.html` beside `list-ul.json`, in a folder of one portal.

The JSON says where a page came from (`url`, `column`) and what was read. `python -m crawlers check ID --save`
writes the same for a live portal to `tests/portals/ID/`. Answers of interfaces end in `.json-page`, those of
dataproxy in `.xml`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from crawlers.attachments import find_attachments
from crawlers.charset import decode
from crawlers.events import listed_json
from crawlers.families import load_family
from crawlers.model import Answer, Column, Portal
from crawlers.segments import request_json
from transforms.read import Source, as_json, read_notices

FOLDERS = (Path(__file__).parent, Path(__file__).parent.parent / "portals")
NOTICE_KEYS = (
    "title", "index_no", "doc_no", "issuers", "written_on", "published_on", "category", "validity", "text",
)  # fmt: skip


def stored_pages(kind: str) -> list[Path]:
    """All stored pages of a kind, `list` or `notice`, with the JSON beside them left out."""
    found = (path for folder in FOLDERS for path in folder.glob(f"*/{kind}*") if path.suffix != ".json")
    return sorted(found)


def expected_of(page: Path) -> dict[str, Any]:
    """What is known of a stored page; {} before it was first accepted."""
    file = page.with_suffix(".json")
    data: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return data


def accept_as(page: Path, data: Mapping[str, Any]) -> None:
    """Write what was read beside the page."""
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    page.with_suffix(".json").write_text(text + "\n", "utf-8")


def answer_of(page: Path, url: str) -> Answer:
    """A stored page as the fetcher would give it."""
    body = page.read_bytes()
    return Answer(url, 200, {}, body, decode(body, None), datetime(2026, 1, 1, tzinfo=UTC))


def read_stored_list(page: Path, portal: Portal) -> dict[str, Any]:
    """What the portal's family reads from a stored list of the column that its JSON or its name says."""
    expected = expected_of(page)
    column = _column(portal, expected.get("column", page.stem))
    url = expected.get("url") or urljoin(portal.home, column.path)
    read = load_family(portal.family).read_list(answer_of(page, url), portal, column)
    found = {
        "url": url,
        "column": column.name,
        "items": [listed_json(item) for item in read.items],
        "next": request_json(read.next) if read.next else None,
        "skipped": list(read.skipped),
    }
    plain: dict[str, Any] = json.loads(json.dumps(found, default=str))
    return plain


def list_facts(listed: Mapping[str, Any]) -> dict[str, str]:
    """What the reader is told of a list's row, from its stored JSON."""
    plain = {key: str(value) for key, value in listed.items() if value and key not in ("url", "fields")}
    return plain | dict(listed.get("fields", ()))


def read_stored_notice(page: Path, portal: Portal) -> dict[str, Any]:
    """What is read from a stored notice: the keys of its JSON, or those that a family's pages differ in."""
    expected = expected_of(page)
    url, listed = expected["url"], expected.get("listed", {})
    answer = answer_of(page, url)
    body = {**load_family(portal.family).PAGE, **portal.page}["body"]
    source = Source(
        name=url,
        url=url,
        portal_id=portal.id,
        region=portal.region,
        adcode=portal.adcode,
        level=portal.level,
        listed=list_facts(listed),
        body_selectors=(body,) if isinstance(body, str) else tuple(body),
        fields=portal.fields,
        fixes=portal.fixes,
    )
    [notice] = read_notices(answer.body, source)
    read = json.loads(json.dumps(as_json(notice), default=str))
    keys = expected.get("notice", dict.fromkeys(NOTICE_KEYS))
    files = [{"name": name, "url": file} for name, file in find_attachments(answer)]
    return {"url": url, "listed": listed, "notice": {key: read[key] for key in keys}, "files": files}


def _column(portal: Portal, name: str) -> Column:
    return next(column for column in portal.columns if column.name == name)
