"""Selectors that say so when a page no longer has what they look for.

What belongs to one CMS or one portal is in `crawlers/families/` and `crawlers/portals/`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from crawlers.errors import PageChanged

# Zero-width characters and soft hyphens stand in labels, numbers and titles of many portals (trap T11).
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
XML_HEAD = re.compile(r"^\s*<\?xml[^>]*>", re.IGNORECASE)
BLANK = re.compile(r"\s+")
# A line that was broken between two Chinese characters has no blank there.
BROKEN_LINE = re.compile(r"(?<=[\u3001-\u9fff])\s*[\r\n]\s*(?=[\u3001-\u9fff])")


def parse(html: str) -> BeautifulSoup:
    """The tree of a page or a fragment of one, however broken its markup is."""
    # BeautifulSoup warns of text without markup, and of XML; to us both are pages without rows.
    markup = XML_HEAD.sub("", html) if "<" in html else f"<p>{html}"
    return BeautifulSoup(markup, "lxml")


def tidy(text: str) -> str:
    """Text on one line: invisible characters gone, every run of blanks (U+00A0, U+3000 too) one space."""
    return BLANK.sub(" ", BROKEN_LINE.sub("", INVISIBLE.sub("", text))).strip()


def some(page: Tag, css: str | Sequence[str]) -> list[Tag]:
    """The elements of the first selector that matches any, in page order.

    Raises PageChanged, naming the selectors and what kind of page was found instead.
    """
    selectors = [css] if isinstance(css, str) else list(css)
    for selector in selectors:
        if found := list(page.select(selector)):
            return found
    raise PageChanged(f"{' or '.join(selectors)}: expected some elements, found none in {describe(page)}")


def one(page: Tag, css: str) -> Tag:
    """The single element that matches; none, or a second one, means that the page has changed."""
    found = page.select(css)
    if len(found) != 1:
        raise PageChanged(f"{css}: expected one element, found {len(found)} in {describe(page)}")
    return found[0]


def text(node: Tag, without: Collection[int] = ()) -> str:
    """What a reader sees of an element, on one line; `without` are ids of elements inside it to leave out.

    In broken markup an element that was not closed swallows its neighbours: they can be left out here.
    """
    return tidy("".join(strings(node, without)))


def strings(node: Tag, without: Collection[int] = ()) -> Iterator[str]:
    """The strings inside an element, but for comments, doctypes, scripts and the elements of `without`."""
    waiting = list(reversed(node.contents))  # no recursion: unclosed elements nest by the hundred
    while waiting:
        child = waiting.pop()
        if isinstance(child, Tag):
            if id(child) not in without and child.name not in ("script", "style"):
                waiting += reversed(child.contents)
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield str(child)


def attribute(node: Tag, name: str) -> str:
    """The attribute on one line, "" when there is none."""
    value = node.get(name)
    return tidy(" ".join(value) if isinstance(value, list) else value or "")


def base_of(page: Tag, url: str) -> str:
    """What the relative links of a page are relative to: its <base>, where it has one."""
    base = page.find("base", href=True)
    return (web_address(url, attribute(base, "href")) if isinstance(base, Tag) else None) or url


def web_address(base: str, href: str) -> str | None:
    """The whole address that a link means; None for what is none of the web (javascript:, file:, http://[x)."""
    try:
        address = urljoin(base, href)
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def describe(page: Tag) -> str:
    """A page in a few words, for whoever must look at it: its title, its size, its first words."""
    title = page.find("title")
    named = f"page {text(title)!r}" if isinstance(title, Tag) and text(title) else f"<{page.name}>"
    body = page.find("body")
    words = text(body if isinstance(body, Tag) else page)
    return f"{named} of {len(page.find_all(True))} elements, which begins {words[:60]!r}"
