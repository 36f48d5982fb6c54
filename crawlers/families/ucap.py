"""开普云 UCAP (Kaipu): `list.shtml`, `list_2.shtml` …, or the search `/common/search/<channel>?page=1`.

Told by `createPageHTML('page_div', total, …` with six arguments (TRS has four), `<UCAPCONTENT>` and the meta
channelId. The search answers with JSON (`_isJson=true` in the column's path) or with a fragment of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from crawlers.lists.api import API, ask, read_answer
from crawlers.lists.fragments import read_fragment
from crawlers.lists.paging import first_url
from crawlers.lists.records import find_records, load_json
from crawlers.lists.static import STATIC, read_static
from crawlers.lists.values import options_of
from crawlers.model import Answer, Column, ListPage, Portal, Request

LIST: Mapping[str, Any] = {
    **STATIC,
    **API,
    # …/202304/<32 hex digits>.shtml; numbers in 甘肃
    "href": r"/\d{6}/(?:[0-9a-f]{32}|\d{4,})\.s?html$",
    "second": 2,
    "rows": ["data.results"],
    "total": ["data.total"],
    "date": ["facts.pubdate", "publishedTimeStr", "publishedTime"],
    "doc_no": ["facts.refno"],
    "index_no": ["facts.indexnumber"],
    "issuer": ["facts.source", "source"],
    "category": ["facts.theme"],
    "labels": {"facts.writedate": "成文日期"},
}
PAGE: Mapping[str, Any] = {"body": ["UCAPCONTENT", "ucapcontent", "#zoom", ".article_content", ".wz_zoom"]}
MARKS = re.compile(
    r"createPageHTML\(\s*['\"]page_div['\"]|<UCAP(?:CONTENT|TITLE)\b|<meta[^>]+name=['\"]channelId['\"]"
    r'|"domainMetaList"',
    re.IGNORECASE,
)


def first_request(portal: Portal, column: Column) -> Request:
    """How the newest page of a column is asked for."""
    url = first_url(portal, column)
    return ask(url, options_of(LIST, portal, column), 1) if _is_search(url) else Request(url)


def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
    """The notices of a list page or a search answer; raises PageChanged when it has none."""
    options = options_of(LIST, portal, column)
    if not _is_search(answer.url):
        return read_static(answer, first_url(portal, column), options)
    if "_isJson=true" in urlsplit(answer.url).query:
        data = load_json(answer)
        for row in find_records(data, answer.url, options):
            if isinstance(row, dict):
                row["facts"] = _facts(row)
        return read_answer(answer, options, data)
    return read_fragment(answer, options)


def _is_search(url: str) -> bool:
    return "/common/search/" in urlsplit(url).path


def _facts(row: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in domainMetaList[].resultList[] as key and value, as one table."""
    groups = [group for group in row.get("domainMetaList") or [] if isinstance(group, dict)]
    pairs = [pair for group in groups for pair in group.get("resultList") or [] if isinstance(pair, dict)]
    return {str(pair["key"]): pair.get("value") for pair in pairs if "key" in pair}


def recognise(url: str, html: str) -> str | None:
    """Why a page is 开普云 UCAP, None when it is not."""
    if re.search(r"/common/search/[0-9a-f]{32}$", urlsplit(url).path):
        return "the address is /common/search/<channel>"
    found = MARKS.search(html)
    return f"{found[0]!r} in the page" if found else None
