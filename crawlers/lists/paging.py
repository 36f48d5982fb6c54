"""How lists go on: numbered file names, a number in the query, a link that says 下一页.

Every page of a list has an address of its own, also where pages are asked for by POST (the number then stands
in the query too): what is known of a page, its archive record and the guard against loops all go by address.
Counts and links that a page prints are hints: the number of the page that was read comes from its own
address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from crawlers.css import Element, select
from crawlers.lists.values import choices
from crawlers.model import Column, Portal
from crawlers.select import attribute, base_of, text, web_address

NEXT_WORDS = ("下一页", "下页", "后一页", "下一頁")
INDEX = re.compile(r"(?<=/)(?:index|default)\.\w+$")
ORNAMENT = re.compile(r"[\s>»›＞\[\]]+")
# TRS writes total, current page, name and extension, UCAP the id of an element before them.
COUNT = re.compile(r"createPage(?:HTML)?\(\s*(?:['\"][\w-]*['\"]\s*,\s*)?(\d+)\s*,|\bcountPage\s*=\s*(\d+)")
TRS_NAME = re.compile(r"createPage(?:HTML)?\(\s*\d+\s*,\s*\d+\s*,\s*['\"](\w+)['\"]\s*,\s*['\"](\w+)['\"]")


def first_url(portal: Portal, column: Column) -> str:
    """The address of a column's first page."""
    return urljoin(portal.home, column.path)


def page_count(html: str) -> int | None:
    """How many pages the list says it has, None when it does not say."""
    found = COUNT.search(html)
    return int(found[1] or found[2]) if found else None


def name_template(first: str, html: str = "") -> str:
    """The name of page n: `list.shtml` goes on as `list_{n}.shtml`, a folder as the page's script says."""
    name = urlsplit(first).path.rsplit("/", 1)[1]
    if not name:
        said = TRS_NAME.search(html)
        name = f"{said[1]}.{said[2]}" if said else "index.html"
    stem, dot, extension = name.rpartition(".")
    return f"{stem}_{{n}}{dot}{extension}"


def page_number(url: str, template: str, second: int) -> int:
    """Which page of its list an address is, from 1; `second` is the number in the second page's name."""
    pattern = re.escape(template).replace(r"\{n\}", r"(\d+)")
    found = re.search(rf"(?:^|/){pattern}$", urlsplit(url).path)
    return int(found[1]) - second + 2 if found else 1


def page_url(url: str, template: str, second: int, page: int) -> str:
    """The address of page `page` (from 2) beside the page at `url`."""
    return urljoin(url, template.replace("{n}", str(page + second - 2)))


def with_query(url: str, values: Mapping[str, object]) -> str:
    """The address with these parameters set, the others as they were, byte for byte: some are GBK."""
    parts, left = urlsplit(url), {name: str(value) for name, value in values.items()}
    pairs = []
    for name, value in _pairs(parts.query):
        if name not in values:
            pairs.append((name, value))
        elif name in left:
            pairs.append((name, left.pop(name)))
    query = urlencode([*pairs, *left.items()], quote_via=quote, errors="surrogateescape")
    return urlunsplit(parts._replace(query=query))


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True, errors="surrogateescape")


def query_number(url: str, name: str, default: int) -> int:
    """The number that a parameter of the query has, `default` where it is missing or no number."""
    value = dict(parse_qsl(urlsplit(url).query)).get(name, "")
    return int(value) if value.isdecimal() else default


def next_link(page: Element, url: str, css: object = ()) -> str | None:
    """The address behind 下一页 (or behind the selectors given), None where there is none to follow."""
    links = [link for selector in choices(css) for link in select(page, selector)] or _next_links(page)
    for link in links:
        href = attribute(link, "href")
        address = web_address(base_of(page, url), href) if href else None
        if address and _page(address) != _page(url):
            return address
    return None


def _page(url: str) -> str:
    """What tells a page from others of its list: `/zc/`, `/zc/index.html` and `/zc/#top` are one."""
    return INDEX.sub("", urldefrag(url).url)


def is_last(page: Element) -> bool:
    """Whether a written pager says that there is no further page: its 下一页 is there, but is no link.

    A link without an address is another thing: its script knows the next page, and does not tell.
    """
    printed = text(page)
    return not _next_links(page) and any(word in printed for word in NEXT_WORDS)


def _next_links(page: Element) -> list[Element]:
    return [a for a in page.iter("a") if _says_next(a)]


def _says_next(link: Element) -> bool:
    pictures = (attribute(picture, "alt") for picture in link.iterfind(".//img"))
    said = (text(link), attribute(link, "title"), *pictures)
    return link.get("rel") == "next" or any(ORNAMENT.sub("", words) in NEXT_WORDS for words in said)
