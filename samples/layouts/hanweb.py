"""Hanweb JCMS: the list is an XML island in the page; what does not fit comes from dataproxy.jsp."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import md5
from html import escape

from samples.chrome import body, footer, header, metas
from samples.notice import Attachment, Notice
from samples.site import Column, Page, Site

PER_PAGE = 3
GROUP = 2  # pages in the island, and at most in one answer of the proxy
PROXY = "/module/web/jpage/dataproxy.jsp"
DOWNLOAD = "/module/download/downfile.jsp"
XML = "text/xml; charset=utf-8"
UNIT = "20318"


def _number(column: Column) -> str:
    found = re.search(r"/col/col(\d+)/", column.path)
    if found is None:
        raise ValueError(f"{column.path} is no JCMS column: /col/col<number>/index.html")
    return found[1]


def notice_path(site: Site, notice: Notice) -> str:
    column = next(column for column in site.columns if notice in column.notices)
    day = notice.published
    return f"/art/{day.year}/{day.month}/{day.day}/art_{_number(column)}_{notice.number}.html"


def _file_name(notice: Notice, attachment: Attachment) -> str:
    digest = md5(f"{notice.id}/{attachment.name}".encode(), usedforsecurity=False)
    return f"{digest.hexdigest()}.{attachment.ending}"


def _file_path(notice: Notice, attachment: Attachment) -> str:
    return f"{DOWNLOAD}?classid=0&filename={_file_name(notice, attachment)}"


def answer(site: Site, path: str, fields: Mapping[str, str]) -> Page | None:
    if path == PROXY:
        return Page(_proxy(site, fields).encode(), site.modified(), XML)
    for column in site.columns:
        if path in (column.path, column.path.removesuffix("index.html")):
            return site.html(_list(site, column))
        for notice in column.notices:
            if path == notice_path(site, notice):
                return site.html(_detail(site, column, notice), notice)
            for attachment in notice.attachments:
                name = _file_name(notice, attachment)
                if path == DOWNLOAD and fields.get("filename") == name:
                    return site.file(notice, attachment, f'attachment; filename="{name}"')
    return None


def _proxy(site: Site, fields: Mapping[str, str]) -> str:
    """Records startrecord to endrecord, counted from 1; none without column and unit, as in the wild."""
    column = next((column for column in site.columns if _number(column) == fields.get("columnid")), None)
    numbers = [fields.get(name, "") for name in ("startrecord", "endrecord")]
    if column is None or fields.get("unitid") != UNIT or not all(number.isdecimal() for number in numbers):
        return "<datastore><totalrecord>0</totalrecord><recordset></recordset></datastore>"
    first, last = (int(number) for number in numbers)
    return _datastore(site, column, max(first, 1), min(last, first + GROUP * PER_PAGE - 1))


def _datastore(site: Site, column: Column, first: int, last: int) -> str:
    records = []
    for notice in column.notices[first - 1 : last]:
        title, day = escape(notice.title), f"{notice.published:%Y-%m-%d}"
        records.append(
            f'<record><![CDATA[<li><a href="{notice_path(site, notice)}" target="_blank" title="{title}">'
            f'{title}</a><b readlabel="{day}">{day}</b></li>]]></record>'
        )
    total = len(column.notices)
    lines = "\n".join(records)
    return (
        f"<datastore><totalrecord>{total}</totalrecord><totalpage>{-(-total // PER_PAGE)}</totalpage>\n"
        f"<recordset>\n{lines}\n</recordset></datastore>"
    )


def _list(site: Site, column: Column) -> str:
    island = _datastore(site, column, 1, GROUP * PER_PAGE)
    return f"""<!doctype html>
<html><head>{metas(site, column.name)}
<title>{site.name} {column.name}</title>
<script src="/module/jslib/jquery/jquery.js"></script></head>
<body>{header(site)}
<div class="list_right">
<div id="{UNIT}" class="default_pgContainer"></div>
<script src="/module/jslib/jquery/jpage/jpage.js"></script>
<script type="text/xml">{island}</script>
<script>
jQuery("#{UNIT}").jpage({{openCookies:false,dataStore:jQuery("#{UNIT}").next().html(),proxyUrl:'{PROXY}',
perPage:{PER_PAGE},totalRecord:{len(column.notices)},groupSize:{GROUP},barPosition:'bottom',
ajaxParam:{{col:1,appid:1,webid:1,path:'/',columnid:{_number(column)},sourceContentType:1,unitid:'{UNIT}',
webname:'{site.name}',permissiontype:0}}}});
</script>
</div>
{footer(site)}</body></html>"""


def _paragraph(kind: str, text: str) -> str:
    style = {"p": "text-indent:2em;", "c": "text-align:center;", "r": "text-align:right;"}[kind]
    font = "font-size:16px;font-family:宋体;"
    return f'<p style="{style}line-height:2em;"><span style="{font}">{escape(text)}</span></p>'


def _files(notice: Notice) -> str:
    links = "".join(
        f'<p><img src="/module/jslib/icons/{item.ending}.png" alt="">'
        f'<a href="{escape(_file_path(notice, item))}">{item.name}</a></p>'
        for item in notice.attachments
    )
    return f'<div class="fj">{links}</div>' if links else ""


def _detail(site: Site, column: Column, notice: Notice) -> str:
    return f"""<!doctype html>
<html><head>{metas(site, column.name, notice)}
<meta name="Maketime" content="{notice.published:%Y-%m-%d %H:%M:%S}">
<title>{site.name} {column.name} {escape(notice.title)}</title></head>
<body>{header(site)}
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="{column.path}">{column.name}</a></div>
<div class="article_box"><div class="dtl-list"><ul>
<li><em>索　引　号：</em>{notice.index_no}</li><li><em>组配分类：</em>{notice.category}</li>
<li><em>发文机关：</em>{notice.issuer}</li><li><em>成文日期：</em>{notice.written:%Y-%m-%d}</li>
<li><em>发文字号：</em>{notice.doc_no}</li><li><em>发布时间：</em>{notice.published:%Y-%m-%d %H:%M}</li>
</ul></div>
<h1 id="title"><!--<$[信息名称]>begin-->{escape(notice.title)}<!--<$[信息名称]>end--></h1>
<div class="main-txt" id="zoom">
<!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin--><meta name="ContentStart">
{body(notice.blocks, _paragraph)}
<meta name="ContentEnd"><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end-->
</div>
{_files(notice)}
</div>
{footer(site)}</body></html>"""
