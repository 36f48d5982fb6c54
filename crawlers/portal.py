"""Portal files: one TOML file of its differences a portal, read strictly into `crawlers.model.Portal`.

A key that nobody knows is as much an error as one that is missing: a typing mistake must not become a
default.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from crawlers.errors import WrongPortalFile
from crawlers.families import FAMILIES, load_family
from crawlers.model import Column, Portal
from crawlers.portal_expect import read_expect
from crawlers.portal_options import read_options
from crawlers.select import web_address
from crawlers.toml_table import Table
from crawlers.urls import host_of, is_web

LEVELS = ("national", "province", "city", "county")
# What a label of a page can fill; "" is a label that fills nothing.
FIELDS = (
    "title", "index_no", "doc_no", "issuers", "written_on", "dispatched_on", "written_or_entered",
    "published_on", "category", "validity", "doc_type", "source", "",
)  # fmt: skip
FIXED = ("issuers",)  # fields whose values a portal file can repair
_LONGEST_PACE = 3600
KEYS = (
    "id", "name", "region", "adcode", "level", "family", "home", "hosts", "pace", "columns", "list", "page",
    "fixes", "expect",
)  # fmt: skip


def load_portal(portal_id: str, dirs: Iterable[Path]) -> Portal:
    """The portal of that id, from the first folder that has its file.

    Raises WrongPortalFile, naming file and key, or the folders when there is no such file.
    """
    return read_portal(portal_file(portal_id, dirs))


def portal_file(portal_id: str, dirs: Iterable[Path]) -> Path:
    """The file of that id in the first folder that has it. Raises WrongPortalFile naming the folders."""
    folders = list(dirs)
    for folder in folders:
        file = folder / f"{portal_id}.toml"
        if file.is_file():
            return file
    where = ", ".join(map(str, folders)) or "no folder (FGF_PORTALS_DIR is empty)"
    raise WrongPortalFile(
        f"portal {portal_id!r}: no file {portal_id}.toml in {where}. "
        "Remedy: `python -m crawlers list` shows the portals"
    )


def portal_ids(dirs: Iterable[Path]) -> list[str]:
    """Ids of all portals in these folders, sorted; a folder that is not there holds none."""
    return sorted({file.stem for folder in dirs for file in folder.glob("*.toml")})


def read_portal(file: Path) -> Portal:
    """The portal that a file describes. Raises WrongPortalFile."""
    try:
        table = Table(tomllib.loads(file.read_text("utf-8")), file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise WrongPortalFile(f"{file}: cannot be read as TOML: {error}") from error
    if table.text("id") != file.stem:
        table.wrong("id", f"must be the name of the file, {file.stem!r}")
    portal = _portal(table, _one_of(table, "family", FAMILIES))
    table.end(KEYS)
    _check_columns(portal, table)
    return portal


def _portal(table: Table, family: str) -> Portal:
    known, home = load_family(family), _home(table)
    listing = Table(table.take("list", dict, {}), table.file, "list.")
    page = Table(table.take("page", dict, {}), table.file, "page.")
    fields, options = _fields(page), read_options(listing, known.LIST, known.LIST.get("rows"))
    return Portal(
        id=table.file.stem,
        name=table.text("name"),
        region=table.text("region"),
        adcode=_adcode(table),
        level=_one_of(table, "level", LEVELS),
        family=family,
        home=home,
        hosts=_hosts(table, home),
        columns=_columns(table, known.LIST, options),
        list=options,
        page=read_options(page, known.PAGE, ()),
        fields=fields,
        fixes=_fixes(table),
        expect=read_expect(table),
        pace=_pace(table),
    )


def _one_of(table: Table, key: str, choices: Iterable[str]) -> str:
    value = table.text(key)
    if value not in choices:
        table.wrong(key, f"must be one of {', '.join(choices)}, not {value!r}")
    return value


def _adcode(table: Table) -> str:
    code = table.text("adcode")
    if not re.fullmatch("[0-9]{6}", code):
        table.wrong("adcode", f"must be the six digits of the region, as a string, not {code!r}")
    return code


def _home(table: Table) -> str:
    home = table.text("home")
    if not is_web(home):
        table.wrong("home", f"must be a whole http or https address, not {home!r}")
    return home


def _hosts(table: Table, home: str) -> tuple[str, ...]:
    named = table.take("hosts", list, [])
    for host in named:
        if not isinstance(host, str) or host.lower() not in _spelled(host):
            table.wrong("hosts", f"must be host names, with a port where it is not the default, not {host!r}")
    return tuple(dict.fromkeys([host_of(home), *(host.lower() for host in named)]))


def _spelled(host: str) -> set[str]:
    """The host as addresses name it, by either scheme."""
    return {host_of(url) for url in (f"http://{host}/", f"https://{host}/") if is_web(url)} - {""}


def _pace(table: Table) -> float:
    pace = float(table.take("pace", (int, float), 0.0))
    if not 0 <= pace <= _LONGEST_PACE:
        table.wrong("pace", f"must be seconds between requests, at most {_LONGEST_PACE}, not {pace:g}")
    return pace


def _fields(page: Table) -> dict[str, str]:
    fields = page.texts("fields")
    for label, name in fields.items():
        if name not in FIELDS:
            page.wrong(
                f"fields.{label}", f"must be one of {', '.join(filter(None, FIELDS))}, or empty, not {name!r}"
            )
    return fields


def _columns(table: Table, known: Mapping[str, Any], listing: Mapping[str, Any]) -> tuple[Column, ...]:
    rows = table.take("columns", list)
    if not rows:
        table.wrong("columns", "must name at least one list")
    columns = []
    for number, row in enumerate(rows, 1):
        place = f"columns[{number}]."
        column = Table(row if isinstance(row, dict) else {}, table.file, place)
        given = Table(column.take("options", dict, {}), table.file, f"{place}options.")
        options = read_options(given, known, listing.get("rows", known.get("rows")))
        columns.append(Column(column.text("name"), column.text("path"), options))
        column.end(("name", "path", "options"))
    return tuple(columns)


def _check_columns(portal: Portal, table: Table) -> None:
    for number, column in enumerate(portal.columns, 1):
        key, address = f"columns[{number}].path", web_address(portal.home, column.path)
        if address is None:
            table.wrong(key, f"must be a path, or a whole http or https address, not {column.path!r}")
        if host_of(address) not in portal.hosts:
            table.wrong(key, f"leads to {host_of(address)}, which is no own host: add it to `hosts` if it is")


def _fixes(table: Table) -> dict[str, dict[str, str]]:
    fixes = Table(table.take("fixes", dict, {}), table.file, "fixes.")
    given = {name: fixes.texts(name) for name in FIXED if name in fixes.data}
    fixes.end(FIXED)
    return given
