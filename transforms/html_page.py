"""HTML → page: body pieces, label/value pairs, titles."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree

from transforms.body import find_body
from transforms.charset import decode
from transforms.head_fields import take_fields
from transforms.labels import field_of
from transforms.markup import read_pieces
from transforms.page_fields import read_fields, read_metas
from transforms.pieces import Page, Piece
from transforms.plain import CHROME
from transforms.records import LabelledValue, Problem
from transforms.source import Source
from transforms.text import clean, tidy
from transforms.titles import looks_like_title

Element = Any
_PARSER_LIMIT = 20_000_000  # characters; longer pages are cut, and said to be
# Plain elements: those of lxml.html look up their class at each access, which costs as much as parsing.
_PARSER = etree.HTMLParser(huge_tree=False, remove_pis=True)
_SITE_TAIL = re.compile(r"[_\-—|–]\s*[^_\-—|–]{2,30}$")
# Cut short by the list or the template, or run together with the next pair where cells were never closed.
_NO_TITLE = re.compile(r"(?:…|\.\.\.)$|(?:文\s*号|发布日期|索\s*引\s*号|主题词|发布机构)\s*[:：]")
_DETAIL = re.compile(r"[\"']?DETAIL[\"']?\s*:\s*(?=\{)")
_PAGE_END = 2000  # characters: scripts and remarks of content systems may stand behind </html>
# A value that the end of a cut page falls into would be read wrongly: 2021-08-1 of 2021-08-10.
_WORDS_CUT = re.compile(r"(?<=>)[^<>]{1,60}$|<[^<>]*$")
_SHELL = 60  # characters: a body that is shorter may be the shell of a page that a script fills
_UNPRINTED = ("script", "style", "noscript", "template")
_PLAIN_ELEMENTS = ("div", "p", "span", "td", "th", "li", "h3", "h4", "center", "strong", "b")
_LONGEST_TITLE = 300  # characters of markup's text, blanks included
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENCODING = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(data: bytes, source: Source) -> Page:
    """The page that an HTML document makes; one without a body has a problem that says so."""
    page = Page()
    text = _readable(decode(data, source.charset)[0], page)
    root = parse(text)
    if root is None:
        page.problems.append(Problem("page", "no HTML element in it"))
        return page
    detail = _scripted_detail(root) if "_CONFIG" in text else ""
    etree.strip_elements(root, *_UNPRINTED, with_tail=False)
    body, _ = find_body(root, source.body_selectors)
    if detail and _length(body) < _SHELL:
        drawn = parse(f"<html><body><div id='zoom'>{detail}</div></body></html>")
        body = max(body, drawn, key=_length)
    page.fields += read_metas(root)
    page.fields += read_fields(root, body, source.fields)
    if body is None:
        page.problems.append(Problem("body", "no text found in the page"))
    else:
        page.pieces = list(take_fields((piece for piece in read_pieces(body) if not _is_frame(piece)), page))
    page.titles = _titles(root, page.fields)
    if body is not None and not any(looks_like_title(title) for title, _ in page.titles):
        page.titles += [(title, "line") for title in _lines_above(root, body)]
    return page


def _readable(text: str, page: Page) -> str:
    """As much of a page's text as can be read; the page says when that is not all."""
    if len(text) > _PARSER_LIMIT:
        page.problems.append(
            Problem("page", f"longer than {_PARSER_LIMIT} characters; only its beginning was read")
        )
        text = text[:_PARSER_LIMIT]
    if _is_cut_short(text):
        page.problems.append(
            Problem("page", "may be cut short: it begins with <html> and ends without </html>")
        )
        text = _WORDS_CUT.sub("", text)
    return text


def _is_cut_short(text: str) -> bool:
    """Whether the answer broke off: its first tags are those of a whole page, and its last ones are not."""
    end = text[-_PAGE_END:].lower()
    return "<html" in text[:_PAGE_END].lower() and not ("</html" in end or "</body" in end)


def _length(body: Element | None) -> int:
    return 0 if body is None else len("".join(body.itertext()).strip())


def _scripted_detail(root: Element) -> str:
    """The text that a gkmlpt page carries in its script (`DETAIL` of `window._CONFIG`) and draws itself."""
    for script in root.iter("script"):
        match = _DETAIL.search(script.text or "")
        if match:
            try:
                value, _ = json.JSONDecoder(strict=False).raw_decode(match.string, match.end())
            except (ValueError, RecursionError):
                continue
            content = value.get("content") if isinstance(value, dict) else None
            return content if isinstance(content, str) else ""
    return ""


def parse(text: str) -> Element | None:
    """The root element of a page, or None when there is none."""
    text = _ENCODING.sub("", _NO_XML.sub("", text), count=1)
    try:
        return etree.fromstring(text, parser=_PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _is_frame(piece: Piece) -> bool:
    return not piece.cells and CHROME.fullmatch(piece.text) is not None


def _titles(root: Element, fields: list[LabelledValue]) -> list[tuple[str, str]]:
    """Titles that the page gives, most trusted first: its own label, the standard meta tag, heading,
    <title>."""
    found: list[tuple[str, str]] = []
    found += [(pair.value, pair.origin) for pair in fields if field_of(pair.label) == "title"]
    found += [(pair.value, "meta") for pair in fields if pair.label == "ArticleTitle"]
    for heading in root.iter("h1", "h2"):
        text = tidy(clean("".join(heading.itertext())).replace("\n", " "))
        if 6 <= len(text) <= 200 and heading.find(".//img") is None:
            found.append((text, "heading"))
    head = root.find(".//title")
    if head is not None and head.text and head.text.strip():
        found.append((_without_site(tidy(clean(head.text).replace("\n", " "))), "title"))
    return [(title, origin) for title, origin in found if title and not _NO_TITLE.search(title)]


def _lines_above(root: Element, body: Element) -> list[str]:
    """Lines above the body in the form of a title, the nearest first: some print it in a plain element.
    Links are not asked, since they name other notices."""
    found: list[str] = []
    for element in root.iter(*_PLAIN_ELEMENTS):
        if element is body:
            break
        text = "" if element.find(".//a") is not None else "".join(element.itertext())
        if len(text) <= _LONGEST_TITLE and "关于" in text:
            line = tidy(clean(text).replace("\n", " "))
            found += [line] if looks_like_title(line) else []
    return found[::-1]


def _without_site(title: str) -> str:
    """A page's <title> without the names of column and site behind it."""
    for _ in range(3):
        shorter = _SITE_TAIL.sub("", title)
        if shorter == title or looks_like_title(title):
            break
        title = shorter
    return title
