"""Rows of an HTML list as `Listed`: what each of them says, whichever tags it says it with.

Settings (a selector may be a list of alternatives): `item` a row, or else `href`, a pattern that the links of
rows have; inside a row, as far as needed, `link`, `date`, `doc_no`, `index_no`, `issuer`, `category`. What
has no selector is still read where the row names it (a table's head, `文号：…`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from crawlers.css import Element, select
from crawlers.errors import NoRows, PageChanged
from crawlers.faults import FAULTS, told
from crawlers.lists.facts import doc_no_in, fact_of, row_facts
from crawlers.lists.values import UnreadableRow, choices, read_day, whole_title
from crawlers.model import Listed
from crawlers.select import attribute, base_of, describe, some, strings, text, web_address

ROWS: Mapping[str, Any] = {
    "item": [],
    "href": "",
    "link": "a[href]",
    "date": [],
    "doc_no": [],
    "index_no": [],
    "issuer": [],
    "category": [],
}
# What links say in tables whose titles stand in a cell of their own.
NO_TITLES = ("查看", "详情", "查看详情", "阅读全文", "查看全文", "下载")
_ROW_WITHIN = 20  # levels; a page with a single link is no row of some hundred
_COLUMN = 8  # characters; names of columns (政策文件) are shorter than titles
PAGE_AS_FOLDER = re.compile(r"(\.s?html?)/$")  # t20230105_1.html/ is answered with 404 (trap T15)
SELECTED = ("date", "doc_no", "index_no", "issuer", "category")


def read_rows(
    page: Element, url: str, options: Mapping[str, Any]
) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
    """The notices of a list page in its order, and for each row that could not be read the reason.

    Raises NoRows when there is no row at all, PageChanged when not one of them can be read.
    """
    try:
        rows = find_rows(page, options)
    except PageChanged as error:
        raise NoRows(f"{url}: {error}") from error
    borders = frozenset(rows)
    base = base_of(page, url)
    items: list[Listed] = []
    skipped: list[str] = []
    for number, row in enumerate(rows, 1):
        try:
            if not is_empty(row, borders):
                items.append(read_row(row, base, options, borders))
        except UnreadableRow as error:
            skipped.append(f"row {number}: {error}")
        except FAULTS as error:
            skipped.append(f"row {number}: {told(error)}")
    if not items:
        why = "; ".join(skipped[:3]) or "they are all empty"
        raise PageChanged(f"{url}: {len(rows)} rows, and none can be read: {why}")
    return tuple(items), tuple(skipped)


def find_rows(page: Element, options: Mapping[str, Any]) -> list[Element]:
    """The elements that hold one notice each. Raises PageChanged, saying what was looked for."""
    if selectors := choices(options["item"]):
        found = some(page, selectors)
        return _rows_around(found) if all(node.tag == "a" for node in found) else found
    if not options["href"]:
        raise PageChanged("which links are notices is not said: give [list] item, a selector of its rows")
    pattern = re.compile(options["href"])
    links = [a for a in page.iter("a") if pattern.search(attribute(a, "href"))]
    if not links:
        raise PageChanged(f"no link looks like {options['href']}: found none in {describe(page)}")
    return _rows_around(links)


def _rows_around(links: list[Element]) -> list[Element]:
    """The rows of links: for each the largest element around it that holds no link to something else."""
    targets = {link: attribute(link, "href") for link in links}

    @cache
    def hrefs_in(element: Element) -> frozenset[str]:
        return frozenset(attribute(a, "href") for a in element.iter("a"))

    rows = (_row_around(link, targets, hrefs_in) for link in links)
    return list(dict.fromkeys(rows))


def _row_around(
    link: Element, targets: Mapping[Element, str], hrefs_in: Callable[[Element], frozenset[str]]
) -> Element:
    around = next(link.iterancestors("li", "tr", "dl"), None)
    if around is not None and len({targets[a] for a in around.iter("a") if a in targets}) == 1:
        return around
    # Else the row ends where another link begins: a list of one row must not become the whole page.
    row = link
    for parent in islice(link.iterancestors(), _ROW_WITHIN):
        if hrefs_in(parent) != {targets[link]}:
            break
        row = parent
    return row


def is_empty(row: Element, borders: frozenset[Element]) -> bool:
    """Whether a row is only decoration: a blank line, or the head of a table."""
    return not text(row, borders) or (row.find(".//td") is None and row.find(".//th") is not None)


def read_row(row: Element, base: str, options: Mapping[str, Any], borders: frozenset[Element]) -> Listed:
    """One row as a notice. Raises UnreadableRow when it has no link, no title or no address of the web."""
    selected = {name: list(_own(row, options[name], borders)) for name in SELECTED}
    # Of all rows only those count that broken markup has put into this one: a list may have thousands.
    inner = frozenset(node for node in row.iterdescendants("*") if node in borders)
    marked = {node for nodes in selected.values() for node in nodes}
    link = _link(row, options, borders)
    address = _address(link, base)
    facts = row_facts(row, link, inner | marked) | dict(_selected_facts(selected, inner | marked))
    inside = {node: day for node in link.iterdescendants("*") if (day := _only_a_day(node, inner))}
    title = whole_title(text(link, inner | marked | inside.keys()), _titled(link))
    if title in NO_TITLES or not title:
        title = facts.get("title", "")
    if not title:
        raise UnreadableRow(f"the link {address} has no text")
    days = (read_day(facts.get("date")), _day_of(row, link, inner), *inside.values())
    return Listed(
        url=address,
        title=title,
        listed_on=next((day for day in days if day), None),
        doc_no=facts.get("doc_no") or None,
        index_no=facts.get("index_no") or None,
        issuer=facts.get("issuer") or None,
        category=facts.get("category") or None,
        fields=tuple((label, value) for label, value in facts.items() if label not in (*SELECTED, "title")),
    )


def _selected_facts(
    selected: Mapping[str, list[Element]], stops: frozenset[Element]
) -> Iterator[tuple[str, str]]:
    """For each setting the first of its elements that says something."""
    for name, nodes in selected.items():
        values = (fact_of(text(node, stops - {node})) for node in nodes)
        if value := next((value for value in values if value), ""):
            yield name, doc_no_in(value) if name == "doc_no" else value


def _titled(link: Element) -> str:
    said = attribute(link, "title") or attribute(link, "mc")
    return "" if said in NO_TITLES else said


def _title(link: Element) -> str:
    return _titled(link) or text(link)


def _own(row: Element, css: object, borders: frozenset[Element]) -> Iterator[Element]:
    """Elements inside a row, but not inside a row that broken markup has put into it."""
    for selector in choices(css):
        for node in select(row, selector):
            outer = next((p for p in node.iterancestors() if p in borders), None)
            if outer is None or outer is row or row not in borders:
                yield node


def _link(row: Element, options: Mapping[str, Any], borders: frozenset[Element]) -> Element:
    links = list(_own(row, options["link"], borders)) or ([row] if row.tag == "a" else [])
    if not links:
        raise UnreadableRow(f"no link ({options['link']}) in {text(row, borders)[:60]!r}")
    # A picture, a number or the name of a column may be a link of its own before the one that has the title.
    titled = [a for a in links if len(_title(a)) > 3]
    pattern = options["href"]
    fitting = [a for a in titled if pattern and re.search(pattern, attribute(a, "href"))]
    long = [a for a in titled if len(_title(a)) > _COLUMN]
    return (fitting or long or titled or links)[0]


def _address(link: Element, base: str) -> str:
    href = PAGE_AS_FOLDER.sub(r"\1", attribute(link, "href").replace(" ", "%20"))
    address = web_address(base, href) if href else None
    if address is None:
        raise UnreadableRow(f"{href!r} of {text(link)[:60]!r} is no address of the web")
    return address


def _day_of(row: Element, link: Element, inner: frozenset[Element]) -> date | None:
    """The first day that a row has outside its link."""
    for node in row.iterfind(".//*[@readlabel]"):
        if day := read_day(attribute(node, "readlabel")):
            return day
    outside = strings(row, inner | {link}) if link is not row else ()
    return read_day(" ".join(outside))


def _only_a_day(node: Element, inner: frozenset[Element]) -> date | None:
    """The day that an element inside a link is, where it is nothing else: some portals put the date there."""
    printed = text(node, inner)
    return read_day(printed) if len(printed) <= 18 else None
