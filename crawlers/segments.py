"""What a stopped walk has left to do, and how the memory keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crawlers.model import Request


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a list that is still to be walked, from the page of `next` on."""

    next: Request
    goal: date
    is_deep: bool
    mark: int  # `seq` of the notice found last before it began
    said: int = 0  # pages that the list said it has, 0 when it did not
    is_guess: bool = False  # nothing said that `next` exists


def request_json(request: Request) -> dict[str, Any]:
    """A request for a list page, which is never a file."""
    return {
        "url": request.url,
        "form": request.form,
        "headers": request.headers,
        "json": request.json,
    }


def segment_json(segment: Segment) -> dict[str, Any]:
    """A segment as the memory keeps it."""
    return {
        "next": request_json(segment.next),
        "goal": segment.goal.isoformat(),
        "is_deep": segment.is_deep,
        "mark": segment.mark,
        "said": segment.said,
        "is_guess": segment.is_guess,
    }


def read_segments(walk: Mapping[str, Any] | None) -> list[Segment]:
    """The segments that the memory has kept, newest first."""
    return [
        Segment(
            next=Request(
                s["next"]["url"],
                tuple((k, v) for k, v in s["next"]["form"]),
                tuple((k, v) for k, v in s["next"]["headers"]),
                s["next"]["json"],
            ),
            goal=date.fromisoformat(s["goal"]),
            is_deep=s["is_deep"],
            mark=s["mark"],
            said=s["said"],
            is_guess=s.get("is_guess", False),
        )
        for s in (walk or {}).get("segments", [])
    ]
