"""gkmlpt, the disclosure platform of Guangdong's cities: an empty page whose script asks a JSON list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, time
from html import escape
from typing import Any

from samples.chrome import body, footer, header, metas
from samples.dates import CHINA
from samples.notice import Attachment, Notice
from samples.site import Column, Page, Site

PER_PAGE = 5
SID = "990300"
INDEX = "/gkmlpt/index"
JSON = "application/json; charset=utf-8"


def notice_path(site: Site, notice: Notice) -> str:  # noqa: ARG001
    return f"/gkmlpt/content/{notice.number // 1_000_000}/{notice.number // 1000}/post_{notice.number}.html"


def _file_path(notice: Notice, attachment: Attachment) -> str:
    place = notice.attachments.index(attachment)
    return f"/attachment/0/612/{notice.number // 10}{place}/{notice.number}.{attachment.ending}"


def answer(site: Site, path: str, fields: Mapping[str, str]) -> Page | None:
    [column] = site.columns
    if path == INDEX:
        return site.html(_index(site, column))
    if path == column.path:
        page = fields.get("page", "1")
        if fields.get("sid") != SID or not page.isdecimal():
            return None
        return Page(_articles(site, column, int(page)).encode(), site.modified(), JSON)
    for notice in column.notices:
        if path == notice_path(site, notice):
            return site.html(_detail(site, column, notice), notice)
        for item in notice.attachments:
            if path == _file_path(notice, item):
                return site.file(notice, item)
    return None


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _article(site: Site, column: Column, notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.number,
        "sid": int(SID),
        "title": notice.title,
        "url": site.base + notice_path(site, notice),
        "classify_main_name": column.name,
        "classify_theme_name": notice.category,
        "document_number": notice.doc_no,
        "identifier": notice.index_no,
        "publisher": notice.issuer,
        "date": _seconds(datetime.combine(notice.written, time(), CHINA)),
        "created_at": f"{notice.published:%Y-%m-%d %H:%M:%S}",
        "display_publish_time": _seconds(notice.published),
        "is_expired": 0,
        "is_abolished": 0,
        "attachment": [
            {"name": item.name, "url": site.base + _file_path(notice, item)} for item in notice.attachments
        ],
    }


def _articles(site: Site, column: Column, page: int) -> str:
    shown = column.notices[(page - 1) * PER_PAGE : page * PER_PAGE] if page > 0 else ()
    classify = {"id": 0, "name": "全部", "post_count": len(column.notices)}
    return json.dumps(
        {"classify": classify, "articles": [_article(site, column, notice) for notice in shown]}
    )


def _index(site: Site, column: Column) -> str:
    tree = json.dumps(
        [{"id": 3101, "name": column.name, "parent": 0, "post_count": len(column.notices), "children": []}]
    )
    return f"""<!DOCTYPE html><html><head>{metas(site, column.name)}
<title>政府信息公开目录 - {site.name}</title>
<script>window._CONFIG = {{
    SID: '{SID}',
    SITE_NAME: '{site.name}',
    TREE: {tree},
    API: '{column.path}?page=1&sid={SID}'
}}</script></head>
<body>{header(site)}<div id="app"><div class="loading">加载中...</div></div>{footer(site)}</body></html>"""


def _paragraph(kind: str, text: str) -> str:
    style = {"p": "text-indent: 2em;", "c": "text-align: center;", "r": "text-align: right;"}[kind]
    return f'<p style="{style}">{escape(text)}</p>'


def _content(site: Site, notice: Notice) -> str:
    files = "".join(
        f'<p><a class="nfw-cms-attachment" href="{site.base}{_file_path(notice, item)}" title="{item.name}">'
        f"{item.name}</a></p>"
        for item in notice.attachments
    )
    return body(notice.blocks, _paragraph) + files


def _detail(site: Site, column: Column, notice: Notice) -> str:
    content = _content(site, notice)
    shown = {"id": notice.number, "title": notice.title, "content": content}
    detail = json.dumps(shown).replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    return f"""<!DOCTYPE html><html><head>{metas(site, column.name, notice)}
<title>{escape(notice.title)} - {site.name}</title>
<script>window._CONFIG = {{SID: '{SID}', DETAIL: {detail}}}</script></head>
<body>{header(site)}
<div class="wrap"><div class="classify"><table><tbody>
<tr><td class="first">索引号:</td><td class="second"><span>{notice.index_no}</span></td>
<td class="first">分类:</td><td class="second"><span>{notice.category}</span></td></tr>
<tr><td class="first">发布机构:</td><td class="second"><span>{notice.issuer}</span></td>
<td class="first">成文日期:</td><td class="second"><span>{notice.written:%Y-%m-%d}</span></td></tr>
<tr><td class="first">名称:</td><td class="second" colspan="3"><span>{escape(notice.title)}</span></td></tr>
<tr><td class="first">文号:</td><td class="second"><span>{notice.doc_no}</span></td>
<td class="first">发布日期:</td><td class="second"><span>{notice.published:%Y-%m-%d}</span></td></tr>
</tbody></table></div>
<div class="content"><h1 class="title">{escape(notice.title)}</h1>
<div class="date-row">发布日期：<span>{notice.published:%Y-%m-%d %H:%M:%S}</span>　来源：{notice.issuer}</div>
<div class="article-content" wzades="正文">
{content}
</div></div></div>
{footer(site)}</body></html>"""
