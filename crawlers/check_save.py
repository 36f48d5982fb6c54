"""What `check --save` keeps for the test of stored pages: two pages, and what was read from them.

A portal file that lies elsewhere is kept beside them, so that the test finds it without that folder.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawlers.events import listed_json
from crawlers.model import Answer, Listed, ListPage, Portal
from crawlers.portal import portal_file
from crawlers.segments import request_json
from crawlers.settings import ROOT, Settings

SAVED = ROOT / "tests" / "portals"
SHIPPED = ROOT / "crawlers" / "portals"


def save_pages(
    portal: Portal,
    settings: Settings,
    listing: Answer,
    page: ListPage,
    notice: Answer,
    item: Listed,
    read: Mapping[str, Any],
) -> Path:
    """Store both pages with what was read from them, for the test of stored pages; returns their folder."""
    folder = SAVED / portal.id
    folder.mkdir(parents=True, exist_ok=True)
    described = portal_file(portal.id, settings.portal_dirs)
    if described.resolve().parent != SHIPPED:
        shutil.copy(described, folder / described.name)
    rows = {
        "url": listing.url,
        "column": portal.columns[0].name,
        "items": [listed_json(row) for row in page.items],
        "next": request_json(page.next) if page.next else None,
        "skipped": list(page.skipped),
    }
    _write(folder / "list", listing, rows)
    _write(
        folder / "notice-1", notice, {"url": notice.url, "listed": listed_json(item), "notice": dict(read)}
    )
    return folder


def _write(stem: Path, answer: Answer, data: Mapping[str, Any]) -> None:
    kind = answer.headers.get("content-type", "").split(";")[0]
    end = {"application/json": ".json-page", "text/xml": ".xml"}.get(kind, ".html")
    stem.with_suffix(end).write_bytes(answer.body)
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    stem.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
