"""Boda VSB: `zcwj.htm`, then `zcwj/N.htm` with numbers down to 1: they move when a page is added."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import md5
from html import escape
from posixpath import dirname, relpath
from urllib.parse import quote

from samples.chrome import body, footer, header, metas
from samples.notice import Attachment, Notice
from samples.site import Column, Page, Site

PER_PAGE = 4
DOWNLOAD = "/system/_content/download.jsp"
OWNER = "1990202611"


def notice_path(site: Site, notice: Notice) -> str:  # noqa: ARG001
    return f"/info/1087/{notice.number}.htm"


def _file_id(notice: Notice, attachment: Attachment) -> str:
    digest = md5(f"{notice.id}/{attachment.name}".encode(), usedforsecurity=False)
    return digest.hexdigest().upper()


def _page_count(column: Column) -> int:
    return -(-len(column.notices) // PER_PAGE)


def _list_path(column: Column, page: int) -> str:
    """Page 1 is the newest; the last one has the number 1."""
    return (
        column.path
        if page == 1
        else f"{column.path.removesuffix('.htm')}/{_page_count(column) - page + 1}.htm"
    )


def answer(site: Site, path: str, fields: Mapping[str, str]) -> Page | None:
    for column in site.columns:
        for page in range(1, _page_count(column) + 1):
            if path == _list_path(column, page):
                return site.html(_list(site, column, page))
        for notice in column.notices:
            if path == notice_path(site, notice):
                return site.html(_detail(site, column, notice), notice)
            for item in notice.attachments:
                if path == DOWNLOAD and fields.get("wbfileid") == _file_id(notice, item):
                    return site.file(notice, item, f"attachment; filename*=UTF-8''{quote(item.name)}")
    return None


def _pager(column: Column, page: int) -> str:
    here = dirname(_list_path(column, page))
    pages = _page_count(column)

    def link(name: str, label: str, target: int) -> str:
        if target == page or not 1 <= target <= pages:
            return f'<span class="{name}_d p_fun_d">{label}</span>'
        href = relpath(_list_path(column, target), here)
        return f'<span class="{name} p_fun"><a href="{href}">{label}</a></span>'

    links = [
        ("p_first", "首页", 1),
        ("p_prev", "上页", page - 1),
        ("p_next", "下页", page + 1),
        ("p_last", "尾页", pages),
    ]
    return (
        f'<div class="pb_sys_common"><span class="p_pages"><span class="p_t">共{len(column.notices)}条</span>'
        + "".join(link(*item) for item in links)
        + f"</span><a onclick=\"_simple_list_gotopage_fun({pages},'u7_goto',2)\">转到</a></div>"
    )


def _list(site: Site, column: Column, page: int) -> str:
    here = dirname(_list_path(column, page))
    rows = "\n".join(
        f'<li id="line_u7_{place}"><a href="{relpath(notice_path(site, notice), here)}" target="_blank" '
        f'title="{escape(notice.title)}">{escape(notice.title)}</a><span>{notice.published:%Y-%m-%d}</span></li>'
        for place, notice in enumerate(column.notices[(page - 1) * PER_PAGE : page * PER_PAGE])
    )
    return f"""<!DOCTYPE html><html><head>{metas(site, column.name)}
<title>{column.name}-{site.name}</title>
<!--Announced by Visual SiteBuilder 9--><link rel="stylesheet" href="/system/resource/css/sitegray.css">
<script src="/system/resource/js/counter.js"></script></head>
<body>{header(site)}
<div class="ej_list"><ul>
{rows}
</ul>{_pager(column, page)}</div>
{footer(site)}</body></html>"""


def _paragraph(kind: str, text: str) -> str:
    """The editor of this system puts figures into spans of their own."""
    style = {"p": "text-indent: 43px", "c": "text-align: center", "r": "text-align: right"}[kind]
    runs = [run for run in re.split(r"([0-9A-Za-z.%+]+)", text) if run]
    spans = "".join(
        f'<span style="font-family: {font}">{escape(run)}</span>'
        for run in runs
        for font in ("Times New Roman" if run[0].isascii() else "仿宋_GB2312",)
    )
    return f'<p style="{style};line-height: 150%">{spans}</p>'


def _files(notice: Notice) -> str:
    links = "".join(
        f'<li>附件【<a href="{DOWNLOAD}?urltype=news.DownloadAttachUrl&amp;owner={OWNER}&amp;wbfileid='
        f'{_file_id(notice, item)}" target="_blank">{item.name}</a>】</li>'
        for item in notice.attachments
    )
    return f'<ul style="list-style-type:none;">{links}</ul>' if links else ""


def _detail(site: Site, column: Column, notice: Notice) -> str:
    moment = notice.published
    return f"""<!DOCTYPE html><html><head>{metas(site, column.name, notice)}
<title>{escape(notice.title)}-{site.name}</title>
<!--Announced by Visual SiteBuilder 9--><script src="/system/resource/js/dynclicks.js"></script></head>
<body>{header(site)}
<div class="dqwz">当前位置: <a href="/">首页</a> &gt;
<a href="{column.path}">{column.name}</a> &gt; 正文</div>
<form name="_newscontent_fromname">
<h2 class="title">{escape(notice.title)}</h2>
<p class="xx">时间：{moment.year}年{moment.month:02d}月{moment.day:02d}日 {moment:%H:%M}
　来源：{notice.issuer}　点击：[<script>_showDynClicks("wbnews", {OWNER}, {notice.number})</script>]</p>
<div id="vsb_content"><div class="v_news_content">
{body(notice.blocks, _paragraph)}
</div></div>
{_files(notice)}
</form>
{footer(site)}</body></html>"""
