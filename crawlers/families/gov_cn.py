"""The policy library of the State Council: a JSON search, whose rows stand under different keys by corpus.

`t=zhengcelibrary_gw` fills searchVO.listVO, `t=zhengcelibrary` searchVO.catMap.<category>.listVO. Told by its
hosts. The feed ZUIXINZHENGCE.json (recent only) is a bare list: `params = {}`, `page_param = ""` for such a
column.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from crawlers.lists.api import API, ask, read_answer
from crawlers.lists.paging import first_url
from crawlers.lists.values import options_of
from crawlers.model import Answer, Column, ListPage, Portal, Request

LIST: Mapping[str, Any] = {
    **API,
    "rows": ["searchVO.listVO", "searchVO.catMap.*.listVO", ""],
    "total": ["searchVO.totalCount"],
    "pages": ["searchVO.totalpage"],
    "title": ["title", "TITLE"],
    "url": ["url", "URL"],
    "date": ["pubtimeStr", "pubtime", "DOCRELPUBTIME"],
    "doc_no": ["pcode", "wenhao", "fwzh"],
    "index_no": ["index"],
    "issuer": ["puborg", "fwjg"],
    "category": ["childtype"],
    "labels": {"ptime": "成文日期", "shixiao": "时效"},
    # Everything, newest first: what is about the reform is decided on the text, not by this search.
    "params": {"t": "zhengcelibrary_gw", "q": "", "timetype": "timeqb", "sort": "pubtime", "sortType": 1},
    "page_param": "p",
    "size_param": "n",
    "size": 50,
}
# Detail pages A (with the table of numbers) and B (without) hold the text in the same element.
PAGE: Mapping[str, Any] = {"body": ["#UCAP-CONTENT", "div.pages_content", "div.trs_editor_view"]}
HOSTS = ("www.gov.cn", "gov.cn", "sousuo.www.gov.cn", "sousuoht.www.gov.cn", "sousuo.gov.cn")

MARKS = ("policyLibraryOverview_header", '"searchVO"')


def first_request(portal: Portal, column: Column) -> Request:
    """How the newest page of a column is asked for."""
    return ask(first_url(portal, column), options_of(LIST, portal, column), 1)


def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
    """The notices of an answer; raises PageChanged when it has none."""
    return read_answer(answer, options_of(LIST, portal, column))


def recognise(url: str, html: str) -> str | None:
    """Why a page belongs to the State Council's portal, None when it does not."""
    host = urlsplit(url).hostname
    if host in HOSTS:
        return f"the host {host}"
    return next((f"{mark} in the page" for mark in MARKS if mark in html), None)
