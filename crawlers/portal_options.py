"""The tables [list], [page] and [columns.options]: what a portal says otherwise than its family."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from crawlers.css import compiled
from crawlers.errors import WrongPortalFile
from crawlers.lists.values import choices
from crawlers.toml_table import Table

_SELECTORS = ("item", "link", "next", "date", "doc_no", "index_no", "issuer", "category")
_FACTS = _SELECTORS[3:]  # of a JSON answer these are keys


def read_options(table: Table, known: Mapping[str, Any], rows: object) -> dict[str, Any]:
    """The values of a table, each of the kind of the family's default and such that it can be used.

    `rows` are the rows of a JSON answer, unless the table says otherwise; none: the list is HTML. Raises
    WrongPortalFile.
    """
    rows = table.data.get("rows", rows)
    for key, value in table.data.items():
        if key not in known:
            table.wrong(key, f"is no key of this family; there are: {', '.join(sorted(known)) or 'none'}")
        if not _is_alike(value, known[key]):
            table.wrong(key, f"must be like {known[key]!r}, not {value!r}")
        is_selector = key in _SELECTORS and not (rows and key in _FACTS)
        check = _no_selector if is_selector else _CHECKS.get(key)
        if check and (complaint := check(value)):
            table.wrong(key, complaint)
    return table.data


def _is_alike(value: Any, default: Any) -> bool:
    if isinstance(default, tuple | list):
        return isinstance(value, list | str) and all(isinstance(one, str) for one in value)
    if isinstance(default, Mapping):
        return isinstance(value, dict)
    return isinstance(value, type(default)) and isinstance(value, bool) == isinstance(default, bool)


def _no_selector(value: Any) -> str:
    try:
        for css in choices(value):
            compiled(css)
    except WrongPortalFile as error:
        return str(error)
    return ""


def _no_pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        return f"{value!r} is no regular expression: {error}"
    return ""


def _no_method(value: str) -> str:
    return "" if value in ("GET", "POST", "JSON") else f"must be GET, POST or JSON, not {value!r}"


def _no_names(value: str) -> str:
    return (
        ""
        if not value or "{n}" in value
        else f"must have {{n}} where the page's number stands, not {value!r}"
    )


def _no_size(value: int) -> str:
    return "" if value > 0 else f"must be the number of rows a page, not {value}"


_CHECKS: Mapping[str, Callable[[Any], str]] = {
    "body": _no_selector,
    "href": _no_pattern,
    "method": _no_method,
    "names": _no_names,
    "size": _no_size,
}
