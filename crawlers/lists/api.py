"""Lists that are answers of an interface: how page n is asked for, and what an answer says of the whole.

Settings besides those of `records`: `params` fixed fields, `page_param` with `page_base` (number of the first
page), `size_param` with `size`, `method` GET, POST (a form) or JSON (a JSON document is posted).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from crawlers.errors import PageChanged
from crawlers.lists.paging import query_number, with_query
from crawlers.lists.records import RECORDS, load_json, number_of, read_records
from crawlers.model import Answer, ListPage, Request

API: Mapping[str, Any] = {
    **RECORDS,
    "params": {},
    "page_param": "page",
    "page_base": 1,
    "size_param": "",
    "size": 0,
    "method": "GET",
}


def ask(url: str, options: Mapping[str, Any], page: int) -> Request:
    """The request of page `page` (from 1). All fields stand in the address, whatever the method."""
    fields: dict[str, Any] = dict(options["params"])
    if options["page_param"]:
        fields[options["page_param"]] = page - 1 + options["page_base"]
    if options["size_param"]:
        fields[options["size_param"]] = options["size"]
    address = with_query(url, fields) if fields else url
    if options["method"] == "JSON":
        return Request(address, json=json.dumps(fields, ensure_ascii=False))
    if options["method"] == "POST":
        return Request(address, form=tuple((name, str(value)) for name, value in fields.items()))
    return Request(address)


def page_of(url: str, options: Mapping[str, Any]) -> int:
    """Which page of its list an address is, from 1."""
    base = int(options["page_base"])
    return query_number(url, options["page_param"], base) - base + 1


def read_answer(answer: Answer, options: Mapping[str, Any], data: Any = None) -> ListPage:
    """The notices of an answer and the request of the next page.

    Raises PageChanged for an answer without rows, unless it lies behind the last page.
    """
    data = load_json(answer) if data is None else data
    items, skipped = read_records(data, answer.url, options)
    page, rows = page_of(answer.url, options), len(items) + len(skipped)
    total, pages = number_of(data, options["total"]), number_of(data, options["pages"])
    if pages is None and total is not None and rows:
        pages = _pages(total, page, rows, int(options["size"]) if options["size_param"] else 0)
    if not items:
        if page == 1 or page <= (pages or 0):
            where = " or ".join(options["rows"])
            raise PageChanged(
                f"{answer.url}: no row under {where} on page {page}, though total = {total}, pages = {pages}"
            )
        return ListPage((), None, pages, skipped)
    more = bool(options["page_param"]) and (pages is None or page < pages)
    return ListPage(items, ask(answer.url, options, page + 1) if more else None, pages, skipped)


def _pages(total: int, page: int, rows: int, size: int) -> int | None:
    """The number of pages that a total means; None where this page does not tell how large pages are.

    A first page with fewer rows than were asked for shows that the portal gives so many and no more.
    """
    if rows == min(size, total - (page - 1) * size) > 0:
        return -(-total // size)
    return -(-total // rows) if page == 1 else None
