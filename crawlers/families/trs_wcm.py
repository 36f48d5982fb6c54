"""TRS WCM (拓尔思): static lists `index.html`, `index_1.html` …, articles named `t20230425_12345.html`.

Told by `createPageHTML(5, 0, "index", "html")` and by those names. Portals differ in rows, and in whether the
second page is called 1 (most) or 2 (湖南): `second`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawlers.lists.marks import own_links
from crawlers.lists.paging import first_url
from crawlers.lists.static import STATIC, read_static
from crawlers.lists.values import options_of
from crawlers.model import Answer, Column, ListPage, Portal, Request

# t20230425_12345.html, tnull_12345.html, and t12345.html where a portal writes no date (广西).
ARTICLE = r"(?:^|/)t(?:(?:\d{8}|null)_)?\d+(?:_\d+)?(?:_wap)?\.s?html?$"
LIST: Mapping[str, Any] = {**STATIC, "href": ARTICLE}
PAGE: Mapping[str, Any] = {
    "body": [
        ".TRS_UEDITOR",
        ".TRS_Editor",
        ".trs_editor_view",
        ".Custom_UnionStyle",
        ".TRS_PreAppend",
        "div.view",
    ]
}
NAMED = re.compile(r"/t(?:\d{8}|null)_\d+(?:_\d+)?(?:_wap)?\.s?html?$")
MARKS = re.compile(r"createPage(?:HTML)?\(\s*\d+\s*,\s*\d+|TRS_(?:Editor|UEDITOR|PreAppend)|trs_editor_view")


def first_request(portal: Portal, column: Column) -> Request:
    """How the newest page of a column is asked for."""
    return Request(first_url(portal, column))


def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
    """The notices of a list page; raises PageChanged when it has none."""
    return read_static(answer, first_url(portal, column), options_of(LIST, portal, column))


def recognise(url: str, html: str) -> str | None:
    """Why a page is TRS WCM, None when it is not."""
    for link in own_links(url, html):
        if NAMED.search(link):
            return f"the link {link} is named t<date>_<id>"
    found = MARKS.search(html)
    return f"{found[0]!r} in the page" if found else None
