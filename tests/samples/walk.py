"""A sample portal's lists, read page by page with the families that the crawler reads them with."""

from datetime import UTC, datetime

import requests

from crawlers.families import load_family
from crawlers.model import Answer, Listed, Request
from crawlers.portal import load_portal
from samples import SampleWorld


def ask(request: Request) -> Answer:
    method = "POST" if request.form else "GET"
    answer = requests.request(
        method, request.url, data=dict(request.form), headers=dict(request.headers), timeout=10
    )
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(answer.url, answer.status_code, headers, answer.content, answer.text, datetime.now(UTC))


def listed_pages(world: SampleWorld, portal_id: str) -> dict[str, list[tuple[Listed, ...]]]:
    """By column, the rows of each page that has some; a row that cannot be read fails the test."""
    portal = load_portal(portal_id, [world.portals_dir])
    family = load_family(portal.family)
    columns = {}
    for column in portal.columns:
        pages: list[tuple[Listed, ...]] = []
        request: Request | None = family.first_request(portal, column)
        while request is not None and len(pages) < 20:
            page = family.read_list(ask(request), portal, column)
            assert page.skipped == ()
            pages += [page.items] if page.items else []
            request = page.next
        columns[column.name] = pages
    return columns
