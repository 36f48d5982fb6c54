"""龙讯 Lonsun (安徽): a fragment of HTML a page, `…?labelName=publicInfoList&…&pageIndex=1`.

Told by that label, by `/public/column/<org>?` and by the class j-fontContent; articles are
`/public/<org>/<id>.html`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawlers.lists.api import API, ask
from crawlers.lists.fragments import read_fragment
from crawlers.lists.paging import first_url
from crawlers.lists.static import STATIC
from crawlers.lists.values import options_of
from crawlers.model import Answer, Column, ListPage, Portal, Request

LIST: Mapping[str, Any] = {
    **STATIC,
    **API,
    "item": ["div.xxgk_navli", "a.title[target=_blank]"],
    "page_param": "pageIndex",
}
PAGE: Mapping[str, Any] = {"body": [".wzcon.j-fontContent", ".j-fontContent", ".gzk-article", ".articleCon"]}
MARKS = re.compile(r"labelName=publicInfoList|/public/column/\d+\?|j-fontContent")


def first_request(portal: Portal, column: Column) -> Request:
    """How the newest page of a column is asked for."""
    return ask(first_url(portal, column), options_of(LIST, portal, column), 1)


def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
    """The notices of a fragment; raises PageChanged when it has none."""
    return read_fragment(answer, options_of(LIST, portal, column))


def recognise(url: str, html: str) -> str | None:
    """Why a page is 龙讯 Lonsun, None when it is not."""
    found = MARKS.search(url) or MARKS.search(html)
    return f"{found[0]!r} in the page or its address" if found else None
