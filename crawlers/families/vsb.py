"""博达 VSB (Webber): `zcwj.htm`, then `zcwj/7.htm` down to `zcwj/1.htm`; and the lists of egovinfo.

Told by `vsb_content`, `_simple_list_gotopage_fun(` and `/system/resource/`. Page files are counted from the
oldest, so they all move when a page is added (trap T9): the way on is the link 下页, and `pages` of the pages
of one walk must agree — when they do not, rows have slipped between two pages and the walk must begin anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawlers.css import Element, select
from crawlers.lists.paging import first_url, next_link, query_number, with_query
from crawlers.lists.rows import ROWS, read_rows
from crawlers.lists.values import options_of
from crawlers.model import Answer, Column, ListPage, Portal, Request
from crawlers.select import parse, text

ARTICLE = r"(?:^|/)info/(?:\d+/\d+|egovinfo/.+)\.htm|content\.jsp\?\S*wbnewsid=\d+"
LIST: Mapping[str, Any] = {**ROWS, "href": ARTICLE, "next": []}
PAGE: Mapping[str, Any] = {"body": ["#vsb_content", "[id^=vsb_content_]", ".v_news_content"]}
GO_TO = re.compile(r"_simple_list_gotopage_fun\(\s*(\d+)")
OF_PAGES = re.compile(r"(?<!\d)\d+\s*/\s*(\d+)(?!\s*[/\d])|共\s*(\d+)\s*页")
EGOV_TOTAL = re.compile(r"ainfolist\d+t=(\d+)")
EGOV = re.compile(r"(ainfolist\d+)p$")
MARKS = re.compile(r"vsb_content|_simple_list_gotopage_fun|/system/resource/|egovinfo\.EgovInfoList")


def first_request(portal: Portal, column: Column) -> Request:
    """How the newest page of a column is asked for."""
    return Request(first_url(portal, column))


def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
    """The notices of a list page; raises PageChanged when it has none."""
    options = options_of(LIST, portal, column)
    page = parse(answer.text)
    items, skipped = read_rows(page, answer.url, options)
    count = _count(answer, page)
    following = next_link(page, answer.url, options["next"]) or _computed(answer.url, count)
    return ListPage(items, Request(following) if following else None, count, skipped)


def _count(answer: Answer, page: Element) -> int | None:
    """How many pages there are: by the call behind 转到, by the links of an egovinfo list, or as printed."""
    if found := GO_TO.search(answer.text):
        return int(found[1])
    if totals := EGOV_TOTAL.findall(answer.text):
        return int(totals[-1])
    pager = next(iter(select(page, ".pager, .p_pages, [class*=page]")), None)
    printed = OF_PAGES.search(text(pager)) if pager is not None else None
    return int(printed[1] or printed[2]) if printed else None


def _egov(url: str) -> str | None:
    names = (EGOV.match(name) for name, _ in parse_qsl(urlsplit(url).query))
    return next((name[1] for name in names if name), None)


def _computed(url: str, count: int | None) -> str | None:
    """The next page by its number, for lists whose link 下页 is made by a script."""
    if count is None:
        return None
    if named := _egov(url):
        page = query_number(url, f"{named}p", 1)
        return with_query(url, {f"{named}p": page + 1}) if page < count else None
    path = urlsplit(url).path
    if numbered := re.search(r"/(\d+)\.htm$", path):
        return urljoin(url, f"{int(numbered[1]) - 1}.htm") if int(numbered[1]) > 1 else None
    stem = re.search(r"([^/]+)\.htm$", path)
    return urljoin(url, f"{stem[1]}/{count - 1}.htm") if stem and count > 1 else None


def recognise(_url: str, html: str) -> str | None:
    """Why a page is 博达 VSB, None when it is not."""
    found = MARKS.search(html)
    return f"{found[0]!r} in the page" if found else None
