"""The fields of a checked page: what was read of each, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup

from crawlers.families import load_family
from crawlers.model import Column, Listed, Portal

_LIST_FIELDS = ("title", "listed_on", "doc_no", "index_no", "issuer", "category")
_NOTICE_FIELDS = (
    "title", "doc_no", "index_no", "issuers", "written_on", "published_on", "recipients", "text",
)  # fmt: skip
_SHOWN = 60  # characters of a value


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a page: its value ('' when it was not found) and where it was read."""

    name: str
    value: str
    read_from: str


def fields_of_list(rows: Sequence[Listed], portal: Portal, column: Column) -> Iterator[Field]:
    """Each field of a list's rows: its first value, the selector, and in how many rows it stood."""
    options = {**load_family(portal.family).LIST, **portal.list, **column.options}
    for name in _LIST_FIELDS:
        filled = [row for row in rows if getattr(row, name)]
        selector = options.get({"listed_on": "date"}.get(name, name))
        shown = ", ".join(selector) if isinstance(selector, list | tuple) else selector
        where = f"{shown or portal.family} ({len(filled)} of {len(rows)} rows)"
        yield Field(name, str(getattr(filled[0], name)) if filled else "", where)


def fields_of_notice(read: Mapping[str, Any], html: str, selectors: tuple[str, ...]) -> Iterator[Field]:
    """Each field of a notice with the label that prints the same value; the text with its selector."""
    printed = {" ".join(pair["value"].split()): pair["label"] for pair in read.get("fields") or ()}
    for name in _NOTICE_FIELDS:
        value = read.get(name)
        plain = "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
        where = _matching(html, selectors) if name == "text" else _label(name, plain, printed)
        short = " ".join(plain.split())
        shown = short if len(short) <= _SHOWN else f"{short[:_SHOWN]}… ({len(plain)} characters)"
        yield Field(name, shown, where or ("title, letter or list" if plain else "no label of it"))


def _label(name: str, value: str, printed: Mapping[str, str]) -> str:
    """The label of the page that stands before a value; '' when none does."""
    if not value:
        return ""
    is_day = name.endswith("_on")  # printed with its time, at times
    labels = (
        label for said, label in printed.items() if said == value or (is_day and said.startswith(value))
    )
    return next(labels, "")


def _matching(html: str, selectors: tuple[str, ...]) -> str:
    """The selector by which the body was found; a person should know when none was."""
    page = BeautifulSoup(html, "lxml")
    for css in selectors:
        if page.select_one(css):
            return css
    return f"none of {', '.join(selectors)}: found by its density, so give `body` in [page]"
