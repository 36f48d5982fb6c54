"""Lists in HTML whose page n is a parameter: whole pages, or fragments that a portal's script asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawlers.lists.api import ask, page_of
from crawlers.lists.islands import page_total
from crawlers.lists.paging import is_last, page_count
from crawlers.lists.rows import read_rows
from crawlers.model import Answer, ListPage
from crawlers.select import parse


def read_fragment(answer: Answer, options: Mapping[str, Any]) -> ListPage:
    """The notices of a page or fragment. Raises PageChanged when it has none.

    Where nothing in it tells of further pages, the next one is asked for all the same: fragments have no
    pager.
    """
    page = parse(answer.text)
    number, count = page_of(answer.url, options), page_count(answer.text) or page_total(answer.text)
    if number > 1 and page.find(".//a") is None:
        return ListPage((), None, count)  # a fragment behind the last page
    items, skipped = read_rows(page, answer.url, options)
    more = number < count if count is not None else not is_last(page)
    following = ask(answer.url, options, number + 1) if more else None
    return ListPage(items, following, count, skipped, is_guess=more and count is None)
