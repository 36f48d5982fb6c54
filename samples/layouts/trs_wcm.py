"""TRS WCM: static lists `index.html`, `index_1.html` …; a script call of createPageHTML has their number."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from samples.chrome import body, footer, header, metas
from samples.notice import Attachment, Notice
from samples.site import Column, Page, Site

PER_PAGE = 4
SHORT = 30  # characters of a title that the list shows; the whole stands in the attribute


def _column(site: Site, notice: Notice) -> Column:
    return next(column for column in site.columns if notice in column.notices)


def notice_path(site: Site, notice: Notice) -> str:
    return (
        f"{_column(site, notice).path}{notice.published:%Y%m}/t{notice.published:%Y%m%d}_{notice.number}.html"
    )


def _file_name(notice: Notice, attachment: Attachment) -> str:
    place = notice.attachments.index(attachment)
    return f"P0{notice.published:%Y%m%d}{notice.number:08d}{place:03d}.{attachment.ending}"


def _list_name(page: int) -> str:
    return "index.html" if page == 0 else f"index_{page}.html"


def answer(site: Site, path: str, fields: Mapping[str, str]) -> Page | None:  # noqa: ARG001
    for column in site.columns:
        for page in range(-(-len(column.notices) // PER_PAGE)):
            if path == column.path + _list_name(page) or (page == 0 and path == column.path):
                return site.html(_list(site, column, page))
        for notice in column.notices:
            place = notice_path(site, notice)
            if path == place:
                return site.html(_detail(site, column, notice), notice)
            for attachment in notice.attachments:
                if path == f"{place.rsplit('/', 1)[0]}/{_file_name(notice, attachment)}":
                    return site.file(notice, attachment)
    return None


def _list(site: Site, column: Column, page: int) -> str:
    rows = []
    for notice in column.notices[page * PER_PAGE : (page + 1) * PER_PAGE]:
        href = "./" + notice_path(site, notice).removeprefix(column.path)
        title = escape(notice.title)
        short = title if len(notice.title) <= SHORT else escape(notice.title[: SHORT - 2]) + "..."
        number = f'<span class="code-num">{notice.doc_no}</span>' if notice.doc_no else ""
        rows.append(
            f'<li><div class="a-news"><a href="{href}" target="_blank" title="{title}">{short}</a></div>'
            f'{number}<span class="date">{notice.published:%Y-%m-%d}</span></li>'
        )
    pages = -(-len(column.notices) // PER_PAGE)
    lines = "\n".join(rows)
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>{metas(site, column.name)}
<title>{column.name}_{site.name}</title></head>
<body>{header(site)}
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; 政府信息公开 &gt; <a href="./">{column.name}</a></div>
<div class="gl-list"><ul class="gov-item cf-otw">
{lines}
</ul>
<div class="page"><script type="text/javascript">
createPageHTML({pages}, {page}, "index", "html");
</script></div></div>
{footer(site)}</body></html>"""


def _paragraph(kind: str, text: str) -> str:
    style = {
        "p": "text-align: justify; text-indent: 2em;",
        "c": "text-align: center;",
        "r": "text-align: right;",
    }[kind]
    shown = f"<strong>{escape(text)}</strong>" if kind == "c" else escape(text)
    return f'<p style="{style}"><span style="font-family: 仿宋_GB2312; font-size: 16pt;">{shown}</span></p>'


def _files(notice: Notice) -> str:
    links = "".join(
        f'<p><a href="./{_file_name(notice, item)}" title="{item.name}">{number}.{item.name}</a></p>'
        for number, item in enumerate(notice.attachments, 1)
    )
    return f'<div id="pfileattach"><p>附件下载：</p>{links}</div>' if links else ""


def _detail(site: Site, column: Column, notice: Notice) -> str:
    # Blanks inside the labels, as these tables have them.
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>{metas(site, column.name, notice)}
<meta name="Url" content="./{notice_path(site, notice).rsplit("/", 1)[1]}">
<title>{escape(notice.title)}_{site.name}</title></head>
<body>{header(site)}
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="../">{column.name}</a> &gt; 正文</div>
<div class="article">
<table class="xxgk-table"><tbody>
<tr><td class="b">索 引 号</td><td>{notice.index_no}</td>
<td class="b">主题分类</td><td>{notice.category}</td></tr>
<tr><td class="b">发文机关</td><td>{notice.issuer}</td>
<td class="b">成文日期</td><td>{notice.written:%Y-%m-%d}</td></tr>
<tr><td class="b">标　　题</td><td colspan="3">{escape(notice.title)}</td></tr>
<tr><td class="b">文&nbsp;&nbsp;&nbsp;&nbsp;号</td><td>{notice.doc_no}</td><td class="b">发布日期</td>
<td>{notice.published:%Y-%m-%d %H:%M}</td></tr>
</tbody></table>
<h1 class="tit">{escape(notice.title)}</h1>
<div class="info"><span>发布时间：{notice.published:%Y-%m-%d %H:%M}</span>
<span>来源：{notice.issuer}</span></div>
<div id="doc_left"><div class="view TRS_UEDITOR trs_paper_default trs_web">
{body(notice.blocks, _paragraph)}
</div></div>
{_files(notice)}
</div>
{footer(site)}</body></html>"""
