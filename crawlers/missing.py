"""How a notice that is not there is told: by its status, by what the page says, by where it leads."""

from __future__ import annotations

from collections.abc import Collection

from crawlers.errors import CrawlError
from crawlers.families import first_request
from crawlers.model import Answer, Portal
from crawlers.refusal import missing
from crawlers.urls import identity


def why_missing(answer: Answer, lists: Collection[str]) -> str:
    """Why an answer is no notice; '' when it is one. `lists` is what tells the pages that never are."""
    if answer.status != 200:
        return f"status {answer.status}"
    words = missing(answer.text)
    if words:
        return f"status 200 with the text {words!r}"
    if identity(answer.url) in lists:
        return f"leads to {answer.url}, which is a list or the home page"
    return ""


def list_addresses(portal: Portal) -> set[str]:
    """What tells the home page and the first pages of the lists."""
    found = {identity(portal.home)}
    for column in portal.columns:
        try:
            found.add(identity(first_request(portal, column).url))
        except CrawlError:
            continue  # named where the column is walked
    return found
