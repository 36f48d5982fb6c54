"""The element of a page that holds the notice's text, found by the portal's selectors, by the containers that
content systems use, or by where the text is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from lxml.cssselect import CSSSelector, SelectorError
from lxml.etree import XPath

from transforms.words import CONTAINER_CLASSES, CONTAINER_IDS

Element = Any  # lxml ships no types for its elements

TAGS = ("ucapcontent", "founder-content")
_RANK = {name: rank for rank, name in enumerate((*CONTAINER_IDS.split(), *CONTAINER_CLASSES.split(), *TAGS))}
_TRACE = 0.05
_SHARE = 0.3  # of a page's running text that the container of a notice holds at least
_PARAGRAPHS = ("p", "div", "td", "section", "article", "li", "pre", "ucapcontent")
_INLINE = ("span", "font", "b", "strong", "em", "i", "u", "o:p")
_LIST = 3  # rows that are numbered on from each other
_MUCH = 600.0  # characters of running text that no frame of a page has
_STRING: Any = XPath("string()", smart_strings=False)
_TEXTS: Any = XPath(".//text()", smart_strings=False)
_LINK_TEXTS: Any = XPath(".//a//text()", smart_strings=False)
_SENTENCE = re.compile(r"[，。；]")
# What the foot of every page says, in sentences or with colons, and no notice.
_FOOT = re.compile(
    r"ICP备|版权所有|网站标识码|网安备|(?:主办|承办|协办)(?:单位|方)?[:：]|技术支持|建议使用.{0,12}浏览器"
)
_TEXT_MARKS = re.compile(r"[，。；：、]")


def find_body(root: Element, selectors: Sequence[str] = ()) -> tuple[Element | None, str]:
    """The element that holds the text, and the rule that found it; (None, "") on a page without text."""
    chosen = _selected(root, selectors)
    # A family's selector may meet something else on an odd page: then nearly all text stands outside of it.
    if chosen is not None and _holds(_weight(chosen), _TRACE, root):
        return chosen, "selector"
    known, weight = _known_container(root)
    if known is not None and _holds(weight, _SHARE, root):
        return known, "container"
    dense, most = _densest(root)
    # A known container counts unless the text evidently stands elsewhere: short notices weigh less than the
    # labels and remarks around them.
    if known is not None and (dense is None or most < _MUCH or weight >= _SHARE * most):
        return known, "container"
    if dense is not None:
        return dense, "density"
    numbered = _numbered_table(root)
    return (numbered, "table") if numbered is not None else (None, "")


def _holds(weight: float, share: float, root: Element) -> bool:
    """Whether text of this weight is such a share of the page's, or the page has hardly any."""
    most = sum(map(len, _STRING(root).split()))  # hardly less than the weight of the page, quickly counted
    if most < _MUCH or weight >= share * most:
        return True
    total = _weight(root)
    return total < _MUCH or weight >= share * total


def _selected(root: Element, selectors: Sequence[str]) -> Element | None:
    for css in selectors:
        select = _compiled(css)
        found = [
            element
            for element in (select(root) if select else [])
            if _weight(element) > 0 or _has_links(element)
        ]
        if len(found) == 1 or (found and _weight(found[0]) >= 0.8 * sum(map(_weight, found))):
            return found[0]
        if found:
            return _common_parent(found)
    return None


@lru_cache(maxsize=256)
def _compiled(css: str) -> Any:
    try:
        return CSSSelector(css)
    except SelectorError:
        return None


def _common_parent(elements: Sequence[Element]) -> Element:
    """The smallest element that holds them all: a body cut into several containers."""
    ancestors = [[*reversed([*element.iterancestors()]), element] for element in elements]
    common = elements[0]
    for level in zip(*ancestors, strict=False):
        if any(element is not level[0] for element in level):
            break
        common = level[0]
    return common


def _known_container(root: Element) -> tuple[Element | None, float]:
    """The surest known container and the weight of its text; among equals the one with most text."""
    best = (len(_RANK) + 1, 0.0)
    found = None
    for element in root.iter("div", "td", "article", "section", "span", *TAGS):
        rank = _rank(element)
        if rank is None or rank > best[0]:
            continue
        weight = _weight(element)
        if weight < 10 and not _has_links(element):
            continue
        key = (rank, -weight)
        if key < best:
            best, found = key, element
    return found, -best[1]


def _rank(element: Element) -> int | None:
    rank = None
    if identity := element.get("id"):
        identity = identity.lower()
        rank = 0 if identity.startswith("vsb_content") else _RANK.get(identity)
    if rank is None and (classes := element.get("class")):
        rank = min((_RANK[name] for name in classes.lower().split() if name in _RANK), default=None)
    if rank is None and element.tag in TAGS:
        rank = _RANK[element.tag]
    return 0 if rank != 0 and element.get("wzades") else rank


def _has_links(element: Element) -> bool:
    return next(element.iter("a"), None) is not None


def _weight(element: Element) -> float:
    """How much running text an element holds: characters, sentences counting more than labels, links
    nothing."""
    return _running(_TEXTS(element)) - _running(_LINK_TEXTS(element))


def _running(texts: Sequence[str]) -> float:
    return sum(
        len(text) if len(text) > 20 or _TEXT_MARKS.search(text) else 0.3 * len(text)
        for text in texts
        if not (text.isspace() or _FOOT.search(text))
    )


def _densest(root: Element) -> tuple[Element | None, float]:
    """The element under which the running text lies closest together, and how much it holds.

    Each paragraph gives its length to its parent and half of it to the grandparent, as readers of news pages
    do; then the winner is widened to the parent as long as that adds text and hardly any links.
    """
    scores: dict[Element, float] = {}
    for element in root.iter(*_PARAGRAPHS):
        text = _own_words(element)
        if len(text) < 8 or not _TEXT_MARKS.search(text) or _FOOT.search(text):
            continue
        share = float(len(text))
        holder = _wrapped(element).getparent() if element.tag in ("p", "li") else element
        for _ in range(4):
            if holder is None:
                break
            scores[holder] = scores.get(holder, 0.0) + share
            share *= 0.6
            holder = holder.getparent()
    if not scores:
        return None, 0.0
    best = max(scores, key=lambda element: scores[element])
    return _widened(_outside_table(best))


def _numbered_table(root: Element) -> Element | None:
    """The table with most numbered rows, on a page without running text: a list of tasks in short cells.

    A table of labels and values, which a page has beside its text, numbers nothing.
    """
    counts = {table: _numbered_rows(table) for table in root.iter("table")}
    best = max(counts, key=counts.__getitem__, default=None)
    return best if best is not None and counts[best] >= _LIST else None


def _numbered_rows(table: Element) -> int:
    """How far the first cells of its rows count from 1 on."""
    count = 0
    for row in table.iter("tr"):
        cell = row.find("td")
        if cell is not None and _STRING(cell).strip() == str(count + 1):
            count += 1
    return count


def _wrapped(element: Element) -> Element:
    """The outermost of the elements that hold this one and nothing else, as editors wrap each paragraph."""
    parent = element.getparent()
    while parent is not None and len(parent) == 1 and parent.tag not in ("body", "html"):
        element, parent = parent, parent.getparent()
    return element


def _own_words(element: Element) -> str:
    """The running text of a paragraph, links left out; of an element that holds others, what stands between
    them."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in _INLINE:
            parts += child.itertext()
        parts.append(child.tail or "")
    return "".join(parts).strip()


def _outside_table(element: Element) -> Element:
    """What holds the table that an element is a part of, unless the table's one cell is the whole page."""
    for table in element.iterancestors("table"):
        if any(len(row.findall("td")) > 1 for row in table.iter("tr")):
            holder = table.getparent()
            return (
                element
                if holder is None or (element.tag == "td" and _sentences(element) > 0.7 * _sentences(table))
                else holder
            )
    return element


def _sentences(element: Element) -> int:
    """Characters in texts that are parts of sentences, links left out."""
    return _in_sentences(_TEXTS(element)) - _in_sentences(_LINK_TEXTS(element))


def _in_sentences(texts: Sequence[str]) -> int:
    return sum(
        len(text) for text in texts if len(text) > 12 and _SENTENCE.search(text) and not _FOOT.search(text)
    )


def _widened(element: Element) -> tuple[Element, float]:
    """The element, or the one around it that holds more sentences: a page's frame has hardly any."""
    held = _sentences(element)
    parent = element.getparent()
    while parent is not None and parent.tag not in ("body", "html", "form"):
        wider = _sentences(parent)
        if wider >= held + 20:
            element, held = parent, wider
        parent = parent.getparent()
    return element, _weight(element)
