"""大汉 jpaas and jsearch: answers of an interface, with a fragment of HTML in `data.html` or with rows.

`/api-gateway/jpaas-publish-server/front/page/build/unit` counts pages inside its parameter paramJson; it
ignores them for callers from abroad, so that every page is the first (trap T8).
`/jpaas-jpolicy-console-server/` and the search `/jsearchfront/interfaces/search.do` (`pg`, `p`) answer with
rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawlers.errors import PageChanged
from crawlers.families.hanweb import ARTICLE
from crawlers.lists.api import API, ask, read_answer
from crawlers.lists.marks import own_links
from crawlers.lists.paging import first_url, with_query
from crawlers.lists.records import first_of, follow, load_json
from crawlers.lists.rows import ROWS, read_rows
from crawlers.lists.values import options_of
from crawlers.model import Answer, Column, ListPage, Portal, Request
from crawlers.select import parse

LIST: Mapping[str, Any] = {
    **ROWS,
    **API,
    "href": ARTICLE,
    "rows": ["data.list", "dataResults"],
    "total": ["data.total", "total"],
    "title": ["title", "data.title"],
    "url": ["url", "data.url"],
    "date": ["publishDate", "data.deploytime"],
    "doc_no": ["data.filenumber"],
    "index_no": ["data.xxgkindexcode"],
    "issuer": ["data.fbjg"],
    "labels": {"data.compaltedate": "成文日期", "data.vc_validate": "有效性"},  # misspelt by the interface
    "page_param": "pageNo",
    "size_param": "pageSize",
    "size": 20,
}
PAGE: Mapping[str, Any] = {"body": ["#zoom", ".article_content", ".main-txt", ".wip_art_con"]}
MARK = re.compile(r"/jpaas-[\w-]+/|/jsearchfront/")
SERVER = re.compile(r'jpaas-publish-server|jpaas-jpolicy-console-server|"dataResults"')


def first_request(portal: Portal, column: Column) -> Request:
    """How the newest page of a column is asked for."""
    options = options_of(LIST, portal, column)
    url = first_url(portal, column)
    return Request(_unit(url, options, 1)) if _is_unit(url) else ask(url, options, 1)


def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
    """The notices of an answer; raises PageChanged when it has none."""
    options = options_of(LIST, portal, column)
    data = load_json(answer)
    if not _is_unit(answer.url):
        return read_answer(answer, options, data)
    html = next((value for value in follow(data, "data.html") if isinstance(value, str)), None)
    if html is None:
        raise PageChanged(f"{answer.url}: no data.html in the answer, which begins {answer.text[:60]!r}")
    number = _unit_page(answer.url)
    if not html.strip() and number > 1:
        return ListPage(())
    items, skipped = read_rows(parse(html), answer.url, options)
    total = first_of(data, options["total"])
    pages = -(-int(total) // options["size"]) if total.isdecimal() else None
    more = pages is None or number < pages
    return ListPage(items, Request(_unit(answer.url, options, number + 1)) if more else None, pages, skipped)


def _is_unit(url: str) -> bool:
    return urlsplit(url).path.endswith("/build/unit")


def _parameters(url: str) -> dict[str, Any]:
    printed = dict(parse_qsl(urlsplit(url).query)).get("paramJson", "{}")
    try:
        return dict(json.loads(printed))
    except ValueError as error:
        raise PageChanged(f"{url}: paramJson is no JSON object: {error}") from error


def _unit(url: str, options: Mapping[str, Any], page: int) -> str:
    inner = _parameters(url) | {"pageNo": page, "pageSize": options["size"]}
    return with_query(url, {**options["params"], "paramJson": json.dumps(inner)})


def _unit_page(url: str) -> int:
    number = str(_parameters(url).get("pageNo", 1))
    return int(number) if number.isdecimal() else 1


def recognise(url: str, html: str) -> str | None:
    """Why a page is 大汉 jpaas, None when it is not."""
    named = next((link for link in own_links(url, html) if MARK.search(link)), None)
    if named:
        return f"the address {named}"
    found = SERVER.search(html)
    return f"{found[0]!r} in the page" if found else None
