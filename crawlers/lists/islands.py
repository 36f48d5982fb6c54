"""The record islands of 大汉 JCMS: `<datastore>` with records, and the script call that says how to go on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlsplit

TOTALS = re.compile(r"<(totalrecord|totalpage)>\s*(\d+)", re.IGNORECASE)
CALL, CALL_END = re.compile(r"\.jpage\(\s*\{"), re.compile(r"\}\s*\)")
SETTING = re.compile(r"\b(perPage|totalRecord)\s*:\s*['\"]?(\d+)")
AJAX = re.compile(r"ajaxParam\s*:\s*\{([^}]*)\}")
NEXT_GROUP = re.compile(r"<nextgroup>[^\"]{0,60}\"([^\"]{1,2000})\"", re.IGNORECASE)
FIELD = re.compile(r"(\w+)\s*:\s*(?:'([^']*)'|\"([^\"]*)\"|([^,}\s]*))")
LOADING = re.compile(r"\b(loadPageData\([^)]*\)|\.jpage\(\s*\{)")
PAGES = re.compile(r"共\s*(?:<[^>]*>\s*)*(\d+)\s*(?:</[^>]*>\s*)*页|(?<!\d)\d+\s*/\s*(\d+)\s*页")


@dataclass(frozen=True, slots=True)
class Island:
    """Records of one list: their markup, what the island says of the whole, and the fields of its proxy."""

    records: tuple[str, ...]
    total: int | None
    pages: int | None
    size: int | None
    form: dict[str, str]

    @property
    def html(self) -> str:
        """The records as one page, each in an element of its own."""
        return "".join(f'<div class="record">{record}</div>' for record in self.records)


def read_island(text: str, unit: str = "") -> Island | None:
    """The island of the unit asked for, else the one with most records; None when there is no island.

    A page may hold several: the list, and boxes beside it.
    """
    found = list(_elements(text, "datastore")) or list(_elements(text, "recordset"))
    ends = [*(start for start, _ in found[1:]), len(text)]
    islands = [_island(text[start:end], text[end:to]) for (start, end), to in zip(found, ends, strict=False)]
    named = [island for island in islands if unit and island.form.get("unitid") == unit]
    return max(named or islands, key=lambda island: len(island.records), default=None)


def _elements(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where each element of that name begins and ends inside its tags.

    A pattern from tag to tag would look for each missing end through the whole of a cut page again.
    """
    start = None
    for tag in re.finditer(rf"<(/?){name}>", text, re.IGNORECASE):
        if not tag[1]:
            start = tag.end() if start is None else start
        elif start is not None:
            yield start, tag.start()
            start = None


def _island(store: str, after: str) -> Island:
    call = _call(after)
    settings = dict(SETTING.findall(call))
    totals = {name.lower(): int(number) for name, number in TOTALS.findall(store)}
    ajax = AJAX.search(call)
    form = {field[0]: field[1] or field[2] or field[3] for field in FIELD.findall(ajax[1])} if ajax else {}
    form = form or _next_group(store)
    said = settings.get("totalRecord")
    records = (_markup(store[start:end]) for start, end in _elements(store, "record"))
    return Island(
        records=tuple(record for record in records if record),
        total=totals.get("totalrecord", int(said) if said else None),
        pages=totals.get("totalpage"),
        size=int(settings["perPage"]) if "perPage" in settings else None,
        form=form,
    )


def _next_group(store: str) -> dict[str, str]:
    """The fields of the proxy in the link to the next group; none where that is encrypted."""
    found = NEXT_GROUP.search(store)
    query = dict(parse_qsl(urlsplit(unescape(found[1])).query)) if found else {}
    return {name: value for name, value in query.items() if name != "page"} if "unitid" in query else {}


def _call(script: str) -> str:
    """The settings in the pager's call; '' when it is not called."""
    begin = CALL.search(script)
    end = CALL_END.search(script, begin.end()) if begin else None
    return script[begin.end() : end.start()] if begin and end else ""


def _markup(record: str) -> str:
    return record.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip()


def script_loading(text: str) -> str | None:
    """The script call that fills a list which has no records of its own, None when there is none."""
    found = LOADING.search(text)
    return " ".join(found[1].split())[:60] if found else None


def page_total(text: str) -> int | None:
    """The number of pages in a line such as 共12页 or 1/12页."""
    found = PAGES.search(text)
    return int(found[1] or found[2]) if found else None
