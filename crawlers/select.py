"""Selectors that say so when a page no longer has what they look for, and the text of what they find.

What belongs to one CMS or one portal is in `crawlers/families/` and `crawlers/portals/`. The parser is lxml:
a list page costs a third of the time that BeautifulSoup takes over the same parser.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from lxml import etree

from crawlers.css import Element, select
from crawlers.errors import PageChanged
from crawlers.shallow import Shallow
from crawlers.urls import is_web, joined

# Zero-width characters and soft hyphens stand in labels, numbers and titles of many portals (trap T11);
# control characters, which JSON can hold, would be obeyed by the terminal that shows them.
INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
XML_HEAD = re.compile(r"^\s*<\?xml[^>]*>", re.IGNORECASE)
NO_MARKUP = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what the parser would take for the end of the page
BLANK = re.compile(r"\s+")
# A line that was broken between two Chinese characters has no blank there.
# Blanks before the break are none themselves: else a thousand empty lines would be tried a million times.
BROKEN_LINE = re.compile(r"(?<=[\u3001-\u9fff])[^\S\r\n]*[\r\n]\s*(?=[\u3001-\u9fff])")
UNSEEN = ("script", "style")


def parse(html: str) -> Element:
    """The root element of a page or of a fragment of one, however broken its markup is."""
    markup = NO_MARKUP.sub("", XML_HEAD.sub("", html))
    # Text without markup, and nothing at all, are pages without rows.
    data = (markup if "<" in markup else f"<p>{markup}").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    page = etree.fromstring(data, parser)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        page = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", target=Shallow()))
    return page if page is not None else etree.Element("html")


def tidy(text: str) -> str:
    """Text on one line: invisible characters gone, every run of blanks (U+00A0, U+3000 too) one space."""
    return BLANK.sub(" ", BROKEN_LINE.sub("", INVISIBLE.sub("", text))).strip()


def some(page: Element, css: str | Sequence[str]) -> list[Element]:
    """The elements of the first selector that matches any, in page order.

    Raises PageChanged, naming the selectors and what kind of page was found instead.
    """
    selectors = [css] if isinstance(css, str) else list(css)
    for selector in selectors:
        if found := select(page, selector):
            return found
    raise PageChanged(f"{' or '.join(selectors)}: expected some elements, found none in {describe(page)}")


def one(page: Element, css: str) -> Element:
    """The single element that matches; none, or a second one, means that the page has changed."""
    found = select(page, css)
    if len(found) != 1:
        raise PageChanged(f"{css}: expected one element, found {len(found)} in {describe(page)}")
    return found[0]


def text(node: Element, without: Collection[Element] = ()) -> str:
    """What a reader sees of an element, on one line; `without` are elements inside it to leave out.

    In broken markup an element that was not closed swallows its neighbours: they can be left out here.
    """
    return tidy("".join(strings(node, without)))


def strings(node: Element, without: Collection[Element] = ()) -> Iterator[str]:
    """The strings inside an element, but for comments, scripts and the elements of `without`."""
    if node.text:
        yield node.text
    waiting: list[Element | str] = [*reversed(node)]  # no recursion: unclosed elements nest by the hundred
    while waiting:
        child = waiting.pop()
        if isinstance(child, str):
            yield child
            continue
        if child.tail:
            waiting.append(child.tail)
        if isinstance(child.tag, str) and child.tag not in UNSEEN and child not in without:
            if child.text:
                yield child.text
            waiting += reversed(child)


def attribute(node: Element, name: str) -> str:
    """The attribute on one line, "" when there is none."""
    value = node.get(name)
    return tidy(value) if value else ""


def base_of(page: Element, url: str) -> str:
    """What the relative links of a page are relative to: its <base>, where it has one."""
    base = page.find(".//base[@href]")
    return (web_address(url, attribute(base, "href")) if base is not None else None) or url


def web_address(base: str, href: str) -> str | None:
    """The whole address that a link means; None for what is none of the web (javascript:, file:, http://[x)."""
    try:
        address = joined(base, href)
    except ValueError:
        return None
    return address if is_web(address) else None


def describe(page: Element) -> str:
    """A page in a few words, for whoever must look at it: its title, its size, its first words."""
    title, body = page.find(".//title"), page.find(".//body")
    head = text(title) if title is not None else ""
    words = text(body if body is not None else page)
    elements = sum(1 for _ in page.iter("*"))
    return f"{f'page {head!r}' if head else 'a page'} of {elements} elements, which begins {words[:60]!r}"
