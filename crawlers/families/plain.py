"""Any other portal: rows by a selector or by keys of a JSON answer, pages by name, by parameter or by 下一页.

`rows` set: the list is JSON. Else `page_param` set: HTML, page n is a parameter of the query. Else the pages
are files, see `static`. 河北, 辽宁, 四川, 上海, 河南, 西安, 延安, 铜川 and 苏州 differ in these settings
only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawlers.lists.api import API, ask, read_answer
from crawlers.lists.fragments import read_fragment
from crawlers.lists.paging import first_url
from crawlers.lists.static import STATIC, read_static
from crawlers.lists.values import options_of
from crawlers.model import Answer, Column, ListPage, Portal, Request

LIST: Mapping[str, Any] = {**STATIC, **API, "page_param": ""}
PAGE: Mapping[str, Any] = {"body": ["#zoom", "#article", ".article_con", ".article-content", ".content"]}


def first_request(portal: Portal, column: Column) -> Request:
    """How the newest page of a column is asked for."""
    return ask(first_url(portal, column), options_of(LIST, portal, column), 1)


def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
    """The notices of a list page or answer; raises PageChanged when it has none."""
    options = options_of(LIST, portal, column)
    if options["rows"]:
        return read_answer(answer, options)
    if options["page_param"]:
        return read_fragment(answer, options)
    return read_static(answer, first_url(portal, column), options)


def recognise(_url: str, html: str) -> str | None:
    """Why a page can be read as plain: it has links, so that a selector of its rows can be given."""
    return "no mark of another family; give [list] item = …" if "<a " in html.lower() else None
