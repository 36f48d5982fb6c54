"""Label/value pairs of a page, wherever they stand: tables, lists, spans, text, meta tags, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from lxml import etree

from transforms.labels import field_of, label_key, pairs_in
from transforms.markup import SKIPPED, cell_text
from transforms.records import LabelledValue
from transforms.text import clean, tidy

Element = Any  # lxml ships no types for its elements

# Standard meta tags of government sites, and those of the State Council; sites write them in any case.
METAS = {
    name.lower(): name
    for name in ("ArticleTitle", "PubDate", "ContentSource", "ColumnName", "SiteName", "firstpublishedtime")
}
_MARKED = re.compile(r"<\$\[(.{1,20}?)\](?:\((.{1,20})\))?>\s*begin")
_LONGEST = 400  # characters of an element that is a pair; longer ones are text
_LONGEST_LABEL = 40
_CELLS = ("td", "th", "dt")
_TEXTLESS = frozenset((*SKIPPED, etree.Comment, etree.ProcessingInstruction))
_INLINE = ("br", "i", "span", "a", "font")
_BLOCK = ("p", "li", "table", "ul", "h1")


def read_metas(root: Element) -> Iterator[LabelledValue]:
    """The meta tags that say something of the article."""
    for meta in root.iter("meta"):
        name = METAS.get((meta.get("name") or "").strip().lower())
        if name and (value := meta.get("content")) and value.strip():
            yield LabelledValue(name, tidy(clean(value)), "meta")


def read_fields(root: Element, body: Element | None, extra: Mapping[str, str]) -> list[LabelledValue]:
    """Pairs outside the body, in the order of the page, each once. A label begins a text of its own
    everywhere."""
    found: list[LabelledValue] = []
    inside = frozenset(body.iter()) if body is not None else frozenset()
    own_labels = tuple(extra)
    for element in root.iter():
        # What follows the body is outside of it; what follows an element within is inside.
        if element in inside and element is not body:
            continue
        if (
            element is not body
            and element.tag not in _TEXTLESS
            and (own := element.text)
            and not own.isspace()
        ):
            found += _at_text(element, own, extra, inside)
        if (tail := element.tail) and len(tail) < _LONGEST and _may_be_labelled(tail):
            found += pairs_in(_one_line(tail), extra=own_labels)
    found += _in_comments(root)
    return list(dict.fromkeys(found))


def _at_text(
    element: Element, own: str, extra: Mapping[str, str], inside: AbstractSet[Element]
) -> Iterator[LabelledValue]:
    """The pair of an element that is a label, or the pairs of a small one that says `label：value`."""
    if len(own) < _LONGEST_LABEL and field_of(own, extra) is not None:
        text = _short_text(element)
        pair = _labelled(element, own, inside, extra) if text and label_key(text) == label_key(own) else None
        if pair:
            yield pair
            return
    if _may_be_labelled(own) and (text := _short_text(element)):
        yield from pairs_in(_one_line(text), extra=tuple(extra))


def _may_be_labelled(text: str) -> bool:
    return "：" in text or ":" in text or "]" in text or "】" in text  # 北京 prints [发文字号] and no colon


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _short_text(element: Element) -> str | None:
    """The text of a small element, None for an empty or a large one."""
    if len(element) == 0:
        text = element.text or ""
        return text if len(text) <= _LONGEST and text.strip() else None
    parts = [element.text or ""]
    size = 0
    for node in element.iterdescendants():
        for part in (None if node.tag is etree.Comment else node.text, node.tail):
            if part and not part.isspace():
                parts.append(part)
                size += len(part)
        if size > _LONGEST:
            return None
    text = " ".join(parts)
    return text if size + len(parts[0]) <= _LONGEST and text.strip() else None


def _labelled(
    element: Element, label: str, inside: AbstractSet[Element], extra: Mapping[str, str]
) -> LabelledValue | None:
    """The value that follows an element which is a label and nothing else, perhaps wrapped in others."""
    node = element
    key = label_key(label)
    for _ in range(3):
        value = _next_cell(node, inside) if node.tag in _CELLS else _following(node, inside, extra)
        if value is not None:
            return LabelledValue(key, value, "table" if node.tag in _CELLS else "list")
        node = node.getparent()
        if node is None or label_key(_short_text(node) or "") != key:
            return None
    return None


def _next_cell(cell: Element, inside: AbstractSet[Element]) -> str | None:
    """The text of the next cell, "" for an empty one; None where there is none."""
    sibling = cell.getnext()
    while sibling is not None and not isinstance(sibling.tag, str):
        sibling = sibling.getnext()
    if sibling is None or sibling.tag not in ("td", "th", "dd") or sibling in inside:
        return None
    return cell_text(sibling)


def _following(node: Element, inside: AbstractSet[Element], extra: Mapping[str, str]) -> str | None:
    """Text between a label and the next label or block among its siblings; None without any."""
    parts = [node.tail or ""]
    sibling = node.getnext()
    while sibling is not None and sibling not in inside:
        if isinstance(sibling.tag, str) and sibling.tag not in SKIPPED:
            text = _short_text(sibling)
            if text is None and sibling.tag not in _INLINE:
                break
            if text and (sibling.tag in _BLOCK or field_of(text, extra) is not None):
                break
            parts.append(text or "")
        parts.append(sibling.tail or "")
        sibling = sibling.getnext()
    return tidy(_one_line(" ".join(parts))).strip("：: ") or None


def _in_comments(root: Element) -> Iterator[LabelledValue]:
    """Values between a content system's comments: `<!--<$[标题]>begin-->…<!--<$[标题]>end-->`."""
    for comment in root.iter(etree.Comment):
        match = _MARKED.search(comment.text or "")
        if match and comment.tail and comment.tail.strip() and len(comment.tail) < _LONGEST:
            yield LabelledValue(
                label_key(match[1].removeprefix("信息")), tidy(_one_line(comment.tail)), "text"
            )
