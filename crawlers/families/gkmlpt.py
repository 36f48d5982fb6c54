"""gkmlpt, the disclosure platform of Guangdong: `/gkmlpt/api/all/<category>?page=1&sid=<site>`.

Told by `window._CONFIG` and `/gkmlpt/`. The page `/gkmlpt/index` holds no row, only the site's id (`SID:
'200001'`), which a portal file gives as `params = { sid = "200001" }`; category 0 is everything. Where a
portal is better watched by its static lists (广东: `/zwgk/wjk/qbwj/`), the column sets `item` and `rows =
[]`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from crawlers.lists.api import API, ask, read_answer
from crawlers.lists.paging import first_url
from crawlers.lists.static import STATIC, read_static
from crawlers.lists.values import options_of
from crawlers.model import Answer, Column, ListPage, Portal, Request

LIST: Mapping[str, Any] = {
    **STATIC,
    **API,
    "href": r"/content/(?:\d+/\d+/)?post_\d+\.html$",
    "second": 2,
    "rows": ["articles"],
    "total": ["classify.post_count"],
    "url": ["url", "post_url"],
    "date": ["display_publish_time", "first_publish_time", "publish_time", "created_at"],
    "doc_no": ["document_number"],
    "index_no": ["identifier"],
    "issuer": ["publisher"],
    "category": ["classify_theme_name", "classify_main_name"],
    # `date` is the day of signing, in seconds since 1970.
    "labels": {"date": "成文日期", "classify_genre_name": "体裁分类"},
}
PAGE: Mapping[str, Any] = {"body": ["[wzades=正文]", ".article-content", "div.zw"]}
CONFIG = re.compile(r"window\._CONFIG\s*=")


def first_request(portal: Portal, column: Column) -> Request:
    """How the newest page of a column is asked for."""
    options = options_of(LIST, portal, column)
    url = first_url(portal, column)
    return ask(url, options, 1) if options["rows"] else Request(url)


def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
    """The notices of an answer or of a static list; raises PageChanged when it has none."""
    options = options_of(LIST, portal, column)
    if options["rows"]:
        return read_answer(answer, options)
    return read_static(answer, first_url(portal, column), options)


def recognise(url: str, html: str) -> str | None:
    """Why a page is gkmlpt, None when it is not."""
    if urlsplit(url).path.startswith("/gkmlpt/"):
        return "the address begins with /gkmlpt/"
    if CONFIG.search(html) and "gkmlpt" in html:
        return "window._CONFIG and gkmlpt in the page"
    if '"articles"' in html and '"post_count"' in html:
        return "articles and post_count in the answer"
    return None
