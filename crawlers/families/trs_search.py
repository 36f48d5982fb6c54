"""The search services beside TRS WCM: IGS, IRS, WAS5, SSP and govsearch, told apart by their paths.

IGS gives PUBDATE in UTC, WAS5 leaves raw line breaks inside strings, govsearch wraps its answer in a
callback, IRS wants a JSON document by POST and names its fields as it likes (`table-1`, `f_202121837479`: say
so in [list]).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from crawlers.errors import WrongPortalFile
from crawlers.lists.api import API, ask, read_answer
from crawlers.lists.paging import first_url
from crawlers.model import Answer, Column, ListPage, Portal, Request

LIST: Mapping[str, Any] = {
    **API,
    "rows": ["page.content", "data.middle.list", "data.list", "docs", "datas", "data"],
    "total": ["page.total", "data.pager.total", "page.recordcount"],
    "pages": ["page.totalPages", "data.pager.pageCount", "page.pagecount"],
    "title": ["DOCTITLE", "BT", "FileName", "title_no_tag", "doctitle", "tip.title", "title"],
    "url": ["DOCPUBURL", "doc_pub_url", "docpuburl", "puburl", "chnldocurl", "url"],
    "date": ["PUBDATE", "FBRQ", "docreltime", "tip.dates", "save_time", "docpubtime", "time"],
    "doc_no": ["fileNum", "FWZH", "fileno", "tip.filenum", "docno"],
    "index_no": ["IdxID", "IDXID", "idxid", "idxId"],
    "issuer": ["publisher", "FWJG_name", "puborg", "publishdept", "tip.publisher", "source"],
    "category": ["ZTFL_name", "pname", "SUBCAT"],
    # SSP: pubdate is the day of signing, docreltime that of publication.
    "labels": {
        "CWRQ": "成文日期",
        "pubdate": "成文日期",
        "fwrq": "发文日期",
        "efectdate": "实施日期",
        "YXX": "有效性",
        "Effectivestate": "有效性",
    },
    "page_param": "",
}
PAGE: Mapping[str, Any] = {
    "body": [".TRS_UEDITOR", ".TRS_Editor", ".trs_editor_view", ".Custom_UnionStyle", "div.view", ".content"]
}
SERVICES: Mapping[str, Mapping[str, Any]] = {
    "/igs/": {"page_param": "pageNumber", "size_param": "pageSize", "size": 20},
    "/irs/": {"page_param": "pageNo", "size_param": "pageSize", "size": 20, "method": "JSON"},
    "/was5/": {"page_param": "page", "size_param": "prepage", "size": 20},
    "/ssp/": {"page_param": "page", "size_param": "rows", "size": 10},
    "/govsearch/": {"page_param": "page"},
    "/nmsearch/": {"page_param": "pageNum", "size_param": "pageSize", "size": 20},
}
KEYS = re.compile(r'"(?:DOCPUBURL|docpuburl|doc_pub_url|puburl|displayTemplateId)"')


def first_request(portal: Portal, column: Column) -> Request:
    """How the newest page of a column is asked for. Raises WrongPortalFile for a path of no service."""
    return ask(first_url(portal, column), _options(portal, column), 1)


def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
    """The notices of an answer; raises PageChanged when it has none."""
    return read_answer(answer, _options(portal, column))


def _options(portal: Portal, column: Column) -> dict[str, Any]:
    path = urlsplit(first_url(portal, column)).path
    service = next((settings for mark, settings in SERVICES.items() if mark in path), None)
    if service is None and not {**portal.list, **column.options}.get("page_param"):
        raise WrongPortalFile(
            f"portal {portal.id}: column {column.name!r}: {column.path} is no path of {', '.join(SERVICES)}; "
            "give [list] page_param, or family plain"
        )
    return {**LIST, **(service or {}), **portal.list, **column.options}


def recognise(url: str, html: str) -> str | None:
    """Why an answer is that of a TRS search service, None when it is not."""
    if found := next((mark for mark in SERVICES if mark in urlsplit(url).path), None):
        return f"{found} in the address"
    key = KEYS.search(html)
    return f"{key[0]} in the answer" if key else None
