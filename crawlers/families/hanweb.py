"""大汉 JCMS (Hanweb): the list is an XML island in the page, more of it comes from `dataproxy.jsp`.

Told by `/col/col84242/index.html`, `/art/2023/4/9/art_84242_1.html` and `<recordset>`. Where the first page
has no records (they come by script), `form` gives the fields of the proxy, and the crawl begins there. The
older search pages `/module/xxgk/search.jsp?…` go on by `currpage`: `page_param`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawlers.errors import PageChanged
from crawlers.lists import islands
from crawlers.lists.marks import own_links
from crawlers.lists.paging import first_url, next_link, query_number, with_query
from crawlers.lists.rows import ROWS, read_rows
from crawlers.lists.values import options_of
from crawlers.model import Answer, Column, ListPage, Portal, Request
from crawlers.select import parse

ARTICLE = r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html"
PROXY = "/module/web/jpage/dataproxy.jsp"
LIST: Mapping[str, Any] = {
    **ROWS,
    "href": ARTICLE,
    "proxy": PROXY,
    "unit": "",  # which island is the list, where a page has several
    "form": {},  # columnid, unitid, webid … where the page does not say them
    "size": 15,
    "page_param": "",
}
PAGE: Mapping[str, Any] = {"body": ["#zoom", ".article_content", ".main-txt", ".bt_content"]}


def first_request(portal: Portal, column: Column) -> Request:
    """How the newest page of a column is asked for: the list, or its proxy where only that has records."""
    options = options_of(LIST, portal, column)
    url = first_url(portal, column)
    if options["page_param"]:
        return _search(with_query(url, {options["page_param"]: 1}))
    return _group(url, url, options, 1, options["form"]) if options["form"] else Request(url)


def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
    """The notices of a list page, an answer of the proxy or a search page; raises PageChanged without any."""
    options = options_of(LIST, portal, column)
    if options["page_param"]:
        return _read_search(answer, options)
    island = islands.read_island(answer.text, options["unit"])
    if island is not None:
        return _read_island(answer, island, first_url(portal, column), options)
    if urlsplit(answer.url).path.endswith("dataproxy.jsp"):
        raise PageChanged(f"{answer.url}: <datastore> is gone: the answer begins {answer.text[:60]!r}")
    return _read_static(answer, options)


def _read_island(answer: Answer, island: islands.Island, here: str, options: dict[str, Any]) -> ListPage:
    start = query_number(answer.url, "startrecord", 1)
    if not island.records:
        raise PageChanged(f"{answer.url}: <recordset> holds no record from {start} on, total {island.total}")
    items, skipped = read_rows(parse(island.html), answer.url, {**options, "item": "div.record"})
    last = start + len(island.records) - 1
    if len(island.records) == 1 and start > 1 if island.total is None else last >= island.total:
        return ListPage(items, None, island.pages, skipped)
    form = island.form or _identity(answer.url) | options["form"]
    if not form:
        lost = f"records {last + 1} to {island.total}: no script says how to ask for them; give [list] form"
        return ListPage(items, None, island.pages, (*skipped, lost))
    # The next group begins with the record that is last here: some proxies count from 0, and answer one more.
    size = {"size": island.size or query_number(answer.url, "perpage", options["size"])}
    following = _group(answer.url, here, options | size, max(last, start + 1), form)
    return ListPage(items, following, island.pages, skipped)


def _identity(url: str) -> dict[str, str]:
    """The fields that say which list an address of the proxy is of; none in other addresses."""
    query = dict(parse_qsl(urlsplit(url).query))
    return query if "columnid" in query or "unitid" in query else {}


def _read_static(answer: Answer, options: dict[str, Any]) -> ListPage:
    """A list whose rows stand in the page as links; raises PageChanged that says where the rows have gone."""
    page = parse(answer.text)
    try:
        items, skipped = read_rows(page, answer.url, options)
    except PageChanged as error:
        if script := islands.script_loading(answer.text):
            raise PageChanged(
                f"{answer.url}: the rows are loaded by a script ({script}); give [list] form, or family jpaas"
            ) from error
        raise
    following = next_link(page, answer.url)
    return ListPage(items, Request(following) if following else None, None, skipped)


def _read_search(answer: Answer, options: dict[str, Any]) -> ListPage:
    page = parse(answer.text)
    items, skipped = read_rows(page, answer.url, options)
    count = islands.page_total(answer.text)
    number = query_number(answer.url, options["page_param"], 1)
    more = number < count if count is not None else next_link(page, answer.url) is not None
    following = _search(with_query(answer.url, {options["page_param"]: number + 1})) if more else None
    return ListPage(items, following, count, skipped)


def _search(url: str) -> Request:
    return Request(url, form=tuple(parse_qsl(urlsplit(url).query, keep_blank_values=True)))


def _group(url: str, here: str, options: Mapping[str, Any], start: int, form: Mapping[str, Any]) -> Request:
    """The request of three pages from record `start` on: what the portal's own script asks for at one time.

    The fields stand in the address too, because all lists of a portal share the proxy's. 江苏 answers only to
    requests with Origin and Referer.
    """
    place = {"startrecord": start, "endrecord": start + 3 * options["size"] - 1, "perpage": options["size"]}
    fields = {name: str(value) for name, value in form.items() if name not in place}
    site = "{0.scheme}://{0.netloc}".format(urlsplit(here))
    return Request(
        with_query(urljoin(url, options["proxy"]), place | fields),
        form=tuple(fields.items()),
        headers=(("Origin", site), ("Referer", here), ("X-Requested-With", "XMLHttpRequest")),
    )


def recognise(url: str, html: str) -> str | None:
    """Why a page is 大汉 JCMS, None when it is not."""
    if "<recordset>" in html:
        return "<recordset> in the page"
    if "/jpage/" in html:
        return "jpage, the pager of 大汉, in the page"
    for link in own_links(url, html):
        if re.search(r"/col/col\d+|" + ARTICLE, link):
            return f"the link {link} is named /col/col<id> or /art/<date>/art_<column>_<id>"
    return None
