"""Lists that lie as files: `index.html`, `index_1.html` … or wherever the link 下一页 leads.

Settings besides those of `rows`: `names` how page n is called (`stt_list_{n}.shtml`; without it the first
page's name with `_{n}`), `second` the number of the second page, `next` selectors of the link to the next
page. A list goes on by its count, else by its link 下一页, else by the name that comes next.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawlers.css import Element
from crawlers.lists.paging import is_last, name_template, next_link, page_count, page_number, page_url
from crawlers.lists.rows import ROWS, read_rows
from crawlers.model import Answer, ListPage, Request
from crawlers.select import parse

STATIC: Mapping[str, Any] = {**ROWS, "names": "", "second": 1, "next": []}


def read_static(answer: Answer, first: str, options: Mapping[str, Any]) -> ListPage:
    """The notices of a list page; `first` is the address of the list's first page. Raises PageChanged."""
    page = parse(answer.text)
    items, skipped = read_rows(page, answer.url, options)
    count = page_count(answer.text)
    linked = next_link(page, answer.url, options["next"]) if count is None else None
    following = linked or _computed(answer, page, first, options, count)
    is_guess = bool(following) and count is None and not linked
    return ListPage(items, Request(following) if following else None, count, skipped, is_guess)


def _computed(
    answer: Answer, page: Element, first: str, options: Mapping[str, Any], count: int | None
) -> str | None:
    """The name of the next page, as far as the list's count goes.

    Without a count it is a guess, and may be answered with 404: some pagers are written by a script
    elsewhere.
    """
    template = options["names"] or name_template(first, answer.text)
    number = page_number(answer.url, template, options["second"])
    computed = page_url(answer.url, template, options["second"], number + 1)
    is_over = number >= count if count is not None else is_last(page)
    return None if is_over else computed
