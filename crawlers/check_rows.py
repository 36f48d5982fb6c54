"""What looks like the rows of a list in a page, for whoever writes `item` into a portal file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

_ROWS = ("li", "tr", "dl", "dd", "p", "div")
_TITLE = 8  # characters; links of menus are shorter
_LEAST = 3  # fewer are no list
_SHOWN = 3


def likely_rows(html: str) -> list[str]:
    """Selectors of the elements that most often hold one titled link, each with its count and a title.

    The most frequent first; empty when nothing repeats.
    """
    titles: dict[str, list[str]] = defaultdict(list)
    for selector, title in _links(BeautifulSoup(html, "lxml")):
        titles[selector].append(title)
    groups = sorted(titles.items(), key=lambda group: -len(group[1]))
    return [
        f"{selector} ({len(found)} links, such as {found[0][:30]!r})"
        for selector, found in groups[:_SHOWN]
        if len(found) >= _LEAST
    ]


def _links(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for link in page.find_all("a", href=True):
        title = str(link.get("title") or "").strip() or link.get_text(" ", strip=True)
        row = next((parent for parent in link.parents if parent.name in _ROWS), None)
        if len(title) >= _TITLE and row is not None and len(row.find_all("a", href=True)) <= 2:
            around = row.parent
            yield f"{f'{_named(around)} > ' if around and around.name != 'body' else ''}{_named(row)}", title


def _named(element: Tag) -> str:
    """A selector of an element: its tag, and its id or first class, as far as those are names."""
    if element.get("id") and str(element["id"]).isidentifier():
        return f"{element.name}#{element['id']}"
    classes = [name for name in element.get("class") or () if name.replace("-", "_").isidentifier()]
    return f"{element.name}.{classes[0]}" if classes else element.name
