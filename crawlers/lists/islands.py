"""The record islands of 大汉 JCMS: `<datastore>` with records, and the script call that says how to go on."""

from __future__ import annotations

import re
from dataclasses import dataclass

DATASTORE = re.compile(r"<datastore>(.*?)</datastore>", re.DOTALL | re.IGNORECASE)
RECORDSET = re.compile(r"<recordset>(.*?)</recordset>", re.DOTALL | re.IGNORECASE)
RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
TOTALS = re.compile(r"<(totalrecord|totalpage)>\s*(\d+)", re.IGNORECASE)
CALL = re.compile(r"\.jpage\(\s*\{(.*?)\}\s*\)", re.DOTALL)
SETTING = re.compile(r"\b(perPage|totalRecord)\s*:\s*['\"]?(\d+)")
AJAX = re.compile(r"ajaxParam\s*:\s*\{(.*?)\}", re.DOTALL)
FIELD = re.compile(r"(\w+)\s*:\s*(?:'([^']*)'|\"([^\"]*)\"|([^,}\s]*))")
LOADING = re.compile(r"\b(loadPageData\([^)]*\)|\.jpage\(\s*\{)")
PAGES = re.compile(r"共\s*(?:<[^>]*>\s*)*(\d+)\s*(?:</[^>]*>\s*)*页|\d+\s*/\s*(\d+)\s*页")


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
    found = list(DATASTORE.finditer(text)) or list(RECORDSET.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    islands = [_island(match[0], text[match.end() : end]) for match, end in zip(found, ends, strict=False)]
    named = [island for island in islands if unit and island.form.get("unitid") == unit]
    return max(named or islands, key=lambda island: len(island.records), default=None)


def _island(store: str, after: str) -> Island:
    call = CALL.search(after)
    settings = dict(SETTING.findall(call[1])) if call else {}
    totals = {name.lower(): int(number) for name, number in TOTALS.findall(store)}
    ajax = AJAX.search(after) if call else None
    form = {field[0]: field[1] or field[2] or field[3] for field in FIELD.findall(ajax[1])} if ajax else {}
    said = settings.get("totalRecord")
    return Island(
        records=tuple(record for record in RECORD.findall(store) if record.strip()),
        total=totals.get("totalrecord", int(said) if said else None),
        pages=totals.get("totalpage"),
        size=int(settings["perPage"]) if "perPage" in settings else None,
        form=form,
    )


def script_loading(text: str) -> str | None:
    """The script call that fills a list which has no records of its own, None when there is none."""
    found = LOADING.search(text)
    return " ".join(found[1].split())[:60] if found else None


def page_total(text: str) -> int | None:
    """The number of pages in a line such as 共12页 or 1/12页."""
    found = PAGES.search(text)
    return int(found[1] or found[2]) if found else None
