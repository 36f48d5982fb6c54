"""Rows of a JSON list as `Listed`: the settings say under which keys the rows and their facts stand.

`rows`, `total`, `pages` are dotted paths into the answer (`*` any key), facts are dotted paths into a row;
each may be a list of alternatives. `address` makes an address of a row without one (`/detail?iid={iid}`);
`labels` names further keys that are kept: key -> the label under which people know it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawlers.errors import PageChanged
from crawlers.faults import FAULTS, told
from crawlers.lists.facts import NOTHING, fact_of
from crawlers.lists.values import UnreadableRow, choices, plain, read_day
from crawlers.model import Answer, Listed
from crawlers.select import tidy, web_address

RECORDS: Mapping[str, Any] = {
    "rows": [],
    "total": [],
    "pages": [],
    "title": ["title"],
    "url": ["url"],
    "address": "",
    "date": [],
    "doc_no": [],
    "index_no": [],
    "issuer": [],
    "category": [],
    "labels": {},
}
JSONP = re.compile(r"[\w.$]+\s*\((.*)\)", re.DOTALL)
KEY = re.compile(r"\{(\w+)\}")


def load_json(answer: Answer) -> Any:
    """The answer as JSON: with raw line breaks in strings (WAS5), in a callback (JSONP), after a BOM.

    Raises PageChanged when it is none.
    """
    text = answer.text.lstrip("\ufeff \r\n\t")
    wrapped = JSONP.fullmatch(text.rstrip().removesuffix(";").rstrip())
    try:
        return json.loads(wrapped[1] if wrapped else text, strict=False)
    except ValueError as error:
        raise PageChanged(f"{answer.url}: expected JSON, which begins {text[:60]!r}: {error}") from error


def read_records(
    data: Any, url: str, options: Mapping[str, Any]
) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
    """The notices of a JSON answer in its order, and for each row that could not be read the reason.

    No row at all is () here: whether that is the end or a surprise, only the family knows. Raises PageChanged
    when there is no place for rows, or when there are rows and not one of them can be read.
    """
    rows = find_records(data, url, options)
    items: dict[str, Listed] = {}
    skipped: list[str] = []
    for number, row in enumerate(rows, 1):
        try:
            item = read_record(row, url, options)
            items.setdefault(item.url, item)  # gov.cn lists joint documents in two of its categories
        except UnreadableRow as error:
            skipped.append(f"row {number}: {error}")
        except FAULTS as error:
            skipped.append(f"row {number}: {told(error)}")
    if rows and not items:
        raise PageChanged(f"{url}: {len(rows)} rows, and none can be read: {'; '.join(skipped[:3])}")
    return tuple(items.values()), tuple(skipped)


def find_records(data: Any, url: str, options: Mapping[str, Any]) -> list[Any]:
    """The rows under the first of the paths that has any; raises PageChanged when no path leads to a list."""
    lists = [
        found for path in choices(options["rows"]) for found in follow(data, path) if isinstance(found, list)
    ]
    if not lists:
        keys = sorted(data)[:12] if isinstance(data, dict) else type(data).__name__
        paths = " or ".join(filter(None, choices(options["rows"])))
        raise PageChanged(f"{url}: no list of rows under {paths}; there is {keys}")
    first = next((path for path in choices(options["rows"]) if any(follow(data, path))), "")
    return [row for found in follow(data, first) if isinstance(found, list) for row in found]


def follow(data: Any, path: str) -> Iterator[Any]:
    """What stands under a dotted path; `*` is every key, and the empty path the whole."""
    if not path:
        yield data
        return
    key, _, rest = path.partition(".")
    if isinstance(data, dict):
        for value in data.values() if key == "*" else [data[key]] if key in data else []:
            yield from follow(value, rest)


def first_of(row: Any, paths: object) -> str:
    """The first value that says something, as printed on one line; "" when there is none."""
    values = (
        fact_of(plain(v))
        for path in choices(paths)
        for v in follow(row, path)
        if not isinstance(v, dict | list)
    )
    return next((value for value in values if value), "")


def number_of(data: Any, paths: object) -> int | None:
    """A count that the answer states; None when it states none."""
    value = first_of(data, paths)
    return int(value) if value.isdecimal() else None


def read_record(row: Any, url: str, options: Mapping[str, Any]) -> Listed:
    """One row as a notice. Raises UnreadableRow when it has no title or no address of the web."""
    title, address = first_of(row, options["title"]), _address(row, options) or _made(row, options)
    if not title or not address:
        lacks = " or ".join(choices(options["url" if title else "title"]))
        has = sorted(row)[:12] if isinstance(row, dict) else type(row).__name__
        raise UnreadableRow(f"nothing under {lacks}; there is {has}")
    whole = web_address(url, address)
    if whole is None:
        raise UnreadableRow(f"{address!r} of {title[:60]!r} is no address of the web")
    return Listed(
        url=whole,
        title=title,
        listed_on=read_day(first_of(row, options["date"])),
        doc_no=first_of(row, options["doc_no"]) or None,
        index_no=first_of(row, options["index_no"]) or None,
        issuer=first_of(row, options["issuer"]) or None,
        category=first_of(row, options["category"]) or None,
        fields=tuple(_labelled(row, options["labels"])),
    )


def _address(row: Any, options: Mapping[str, Any]) -> str:
    """The address as it stands: to people's text `&paramId=1` would be ¶mId=1."""
    values = (value for path in choices(options["url"]) for value in follow(row, path))
    texts = (tidy(value).replace("&amp;", "&") for value in values if isinstance(value, str))
    return next((text for text in texts if text and not NOTHING.fullmatch(text)), "")


def _made(row: Any, options: Mapping[str, Any]) -> str:
    """The address that `address` makes of a row, "" when the row lacks what it needs."""
    keys = KEY.findall(options["address"])
    values = {key: first_of(row, [key]) for key in keys}
    return str(options["address"]).format_map(values) if keys and all(values.values()) else ""


def _labelled(row: Any, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Further facts; days, which APIs give as numbers and in UTC, as days in China."""
    for path, label in labels.items():
        value = first_of(row, path)
        day = read_day(value) if "日期" in label else None
        if value and (day or not ("日期" in label and value.isdecimal())):  # 0 is no day
            yield label, day.isoformat() if day else value
