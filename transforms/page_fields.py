"""Label/value pairs of a page, wherever they stand: tables, lists, spans, text, meta tags, comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.labels import field_of, label_key, pairs_in
from transforms.markup import SKIPPED, cell_text
from transforms.records import LabelledValue
from transforms.text import clean, tidy

Element = Any  # lxml ships no types for its elements

# Standard meta tags of government sites, and those of the State Council, as labels.
METAS = {
    "articletitle": "ArticleTitle",
    "pubdate": "PubDate",
    "contentsource": "ContentSource",
    "firstpublishedtime": "firstpublishedtime",
    "columnname": "ColumnName",
}
_MARKED = re.compile(r"<\$\[(.{1,20}?)\](?:\((.{1,20})\))?>\s*begin")
_LONGEST = 400
_LABEL_TAGS = (
    "td",
    "th",
    "dt",
    "dd",
    "em",
    "b",
    "strong",
    "span",
    "label",
    "i",
    "p",
    "div",
    "h4",
    "h5",
    "li",
    "font",
)


def read_metas(root: Element) -> Iterator[LabelledValue]:
    """The meta tags that say something of the article, names in any case."""
    for meta in root.iter("meta"):
        name = METAS.get((meta.get("name") or "").strip().lower())
        value = meta.get("content")
        if name and value and value.strip():
            yield LabelledValue(name, tidy(clean(value)), "meta")


def read_fields(root: Element, body: Element | None, extra: Mapping[str, str]) -> list[LabelledValue]:
    """Pairs outside the body, in the order of the page, each label once with each value."""
    found: list[LabelledValue] = []
    inside = set(body.iter()) if body is not None else set()
    for element in root.iter(*_LABEL_TAGS):
        if element in inside:
            continue
        text = _short_text(element)
        if text is None:
            continue
        if field_of(text, extra) is not None and len(text) < 24:
            pair = _labelled(element, text, extra, inside)
            if pair:
                found.append(pair)
        elif "：" in text or ":" in text:
            found += _in_text(element, text)
    found += _in_comments(root)
    return list(dict.fromkeys(found))


def _short_text(element: Element) -> str | None:
    """The text of a small element, None for an empty or a large one."""
    size = 0
    parts: list[str] = []
    for part in element.itertext():
        if part.strip():
            parts.append(part)
            size += len(part)
            if size > _LONGEST:
                return None
    return " ".join(parts) if parts else None


def _labelled(
    element: Element, label: str, extra: Mapping[str, str], inside: set[Element]
) -> LabelledValue | None:
    """The value that follows an element which is a label and nothing else."""
    node = element
    for _ in range(3):
        value = _after(node, extra, inside)
        if value is not None:
            return LabelledValue(
                tidy(label), value, "list" if node.tag in ("em", "li", "span", "p", "div") else "table"
            )
        parent = node.getparent()
        if (
            parent is None
            or _short_text(parent) is None
            or label_key(_short_text(parent) or "") != label_key(label)
        ):
            return None
        node = parent
    return None


def _after(node: Element, extra: Mapping[str, str], inside: set[Element]) -> str | None:
    """Text between a label and the next label among its siblings; "" for an empty cell; None without any."""
    if node.tag in ("td", "th", "dt"):
        sibling = node.getnext()
        while sibling is not None and not isinstance(sibling.tag, str):
            sibling = sibling.getnext()
        if sibling is None or sibling.tag not in ("td", "th", "dd") or sibling in inside:
            return None
        return cell_text(sibling)
    parts = [node.tail or ""]
    sibling = node.getnext()
    while sibling is not None and sibling not in inside:
        if isinstance(sibling.tag, str) and sibling.tag not in SKIPPED:
            text = _short_text(sibling)
            if text is None and sibling.tag not in ("br", "i", "span", "a", "font"):
                break
            if text and (
                field_of(text, extra) is not None or sibling.tag in ("p", "li", "table", "ul", "h1")
            ):
                break
            parts.append(text or "")
        parts.append(sibling.tail or "")
        sibling = sibling.getnext()
    value = tidy(clean(" ".join(parts)).replace("\n", " ")).strip("：: ")
    return value or None


def _in_text(element: Element, text: str) -> Iterator[LabelledValue]:
    """`label：value` in the element's own words, not in those of a smaller element within it."""
    if any(
        child.tag in _LABEL_TAGS and ("：" in (own := _short_text(child) or "") or ":" in own) and own == text
        for child in element
    ):
        return
    line = tidy_pairs(text)
    yield from pairs_in(line)


def tidy_pairs(text: str) -> str:
    """A line whose line breaks and runs of blanks are single blanks."""
    return re.sub(r"\s+", " ", clean(text)).strip()


def _in_comments(root: Element) -> Iterator[LabelledValue]:
    """Values between a content system's comments: `<!--<$[标题]>begin-->…<!--<$[标题]>end-->`."""
    from lxml.etree import Comment

    for comment in root.iter(Comment):
        match = _MARKED.search(comment.text or "")
        if match and comment.tail and comment.tail.strip() and len(comment.tail) < _LONGEST:
            label = match[1].removeprefix("信息")
            yield LabelledValue(
                label if label != "名称" else "名称", tidy(clean(comment.tail).replace("\n", " ")), "text"
            )
