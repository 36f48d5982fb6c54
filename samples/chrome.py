"""What stands around the text on every page: banner, metas, navigation, footer; and the text's tables."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from samples.notice import Block, Notice
from samples.site import BANNER, Site

STYLE = (
    "body{margin:0 auto;max-width:960px;font:16px/1.8 serif;color:#222}.sample-banner{background:#fff3cd;"
    "border:1px solid #e0c36a;padding:4px 12px;text-align:center;font-size:14px}ul{list-style:none;padding:0}"
    "table{border-collapse:collapse;width:100%}td{border:1px solid #ccc;padding:2px 8px}h1,h2{font-size:24px;"
    "text-align:center}.footer{margin-top:40px;border-top:1px solid #ccc;font-size:13px;color:#777}"
)
SITE_NAV = ("首页", "要闻动态", "政务公开", "政务服务", "互动交流")


def metas(site: Site, column: str, notice: Notice | None = None) -> str:
    """The head's tags, by 政府网站发展指引 (国办发〔2017〕47号), annex 网页标签."""
    tags = {
        "robots": "noindex,nofollow",
        "generator": "sample portal",
        "SiteName": site.name,
        "SiteDomain": site.base.removeprefix("http://"),
        "SiteIDCode": site.code,
        "ColumnName": column,
        "ColumnType": "政策文件",
    }
    if notice is not None:
        tags |= {
            "ArticleTitle": notice.title,
            "PubDate": f"{notice.published:%Y-%m-%d %H:%M}",
            "ContentSource": notice.issuer,
        }
    lines = [f'<meta name="{name}" content="{escape(value)}">' for name, value in tags.items()]
    return "\n".join(['<meta charset="utf-8">', *lines, f"<style>{STYLE}</style>"])


def header(site: Site) -> str:
    """Banner and navigation."""
    items = "".join(f'<a href="/">{name}</a>　' for name in SITE_NAV)
    return (
        f'<div class="sample-banner">{BANNER}（{site.region}并不存在，本站仅供程序演示）</div>\n'
        f'<div class="header"><strong>{site.name}</strong><div class="nav">{items}</div></div>'
    )


def footer(site: Site) -> str:
    return (
        f'<div class="footer"><p>主办：{site.name}办公室　网站标识码：{site.code}</p>'
        f"<p>{BANNER}，如有雷同纯属巧合。</p></div>"
    )


def table(rows: tuple[tuple[str, ...], ...]) -> str:
    """A table; a row of one cell spans all columns."""
    width = max(len(row) for row in rows)
    lines = []
    for row in rows:
        span = f' colspan="{width}"' if len(row) == 1 else ""
        lines.append("<tr>" + "".join(f"<td{span}><p>{escape(cell)}</p></td>" for cell in row) + "</tr>")
    return (
        '<table border="1" cellspacing="0" cellpadding="0"><tbody>\n'
        + "\n".join(lines)
        + "\n</tbody></table>"
    )


def body(blocks: tuple[Block, ...], paragraph: Callable[[str, str], str]) -> str:
    """The text; `paragraph(kind, text)` gives one paragraph in the manner of the layout's editor."""
    return "\n".join(
        table(block.rows) if block.kind == "t" else paragraph(block.kind, block.text) for block in blocks
    )


def home(site: Site, path_of: Callable[[Site, Notice], str]) -> str:
    """The first page: what there is to read, by column."""
    links = "".join(
        f"<h3>{column.name}</h3>"
        + "".join(
            f'<li><a href="{path_of(site, item)}">{escape(item.title)}</a></li>' for item in column.notices
        )
        for column in site.columns
    )
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head>{metas(site, "首页")}<title>{site.name}</title></head>'
        f"<body>{header(site)}<ul>{links}</ul>{footer(site)}</body></html>"
    )
