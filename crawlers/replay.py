"""Taking over into the memory what the events of the archive say. Doing so twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from crawlers.events import PageFacts
from crawlers.state import State
from crawlers.urls import identity

_UPSERT = """
insert into notices
    (id, url, status, listed, listed_on, found_at, checked_at, sha256, page, files, incomplete)
values (:id, :url, 'known', :listed, :listed_on, :at, :at, :sha256, :page, :files, :incomplete)
on conflict (id) do update set
    url = excluded.url, status = 'known', listed = excluded.listed, listed_on = excluded.listed_on,
    checked_at = excluded.checked_at, fails = 0, sha256 = excluded.sha256, page = excluded.page,
    files = excluded.files, incomplete = excluded.incomplete
"""


def replay(state: State, events: Iterable[Mapping[str, Any]]) -> None:
    """Take over what events say, in their order (their form: `events.py`)."""
    for event in events:
        kind = event["event"]
        if kind == "notice":
            _fetched(state, event)
        elif kind == "removed":
            state.gone(event["url"], event["at"])
        elif kind == "rejected" and event["stage"] == "list":
            state.pass_over(event["url"], event["reason"])
        elif kind == "run":
            report = event["report"]
            state.settle(report["outcome"], report["stop"], report["reasons"])


def _fetched(state: State, event: Mapping[str, Any]) -> None:
    page, url = event["page"], event["url"]
    key, alias = identity(url), page["listed_as"] and identity(page["listed_as"])
    if alias and alias != key:
        state.add_alias(alias, key)
    values = {
        "id": key,
        "url": url,
        "listed": json.dumps(event["listed"], ensure_ascii=False),
        "listed_on": event["listed"].get("listed_on"),
        "at": event["at"],
        "sha256": page["sha256"],
        "page": json.dumps(page),
        "files": json.dumps(event["files"], ensure_ascii=False),
        "incomplete": any(file.get("error") for file in event["files"]),
    }
    state.change(_UPSERT, values)
    state.add_answer(url, PageFacts(**page))
