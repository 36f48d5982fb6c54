"""Portal files: one TOML file of its differences a portal, read strictly into `crawlers.model.Portal`.

A key that nobody knows is as much an error as one that is missing: a typing mistake must not become a
default.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawlers.errors import WrongPortalFile
from crawlers.families import FAMILIES, load_family
from crawlers.model import Column, Portal
from crawlers.toml_table import Table
from crawlers.urls import host_of

LEVELS = ("national", "province", "city", "county")


KEYS = (
    "id", "name", "region", "adcode", "level", "family", "home", "hosts", "pace", "columns", "list", "page",
    "fixes", "expect",
)  # fmt: skip


def load_portal(portal_id: str, dirs: Iterable[Path]) -> Portal:
    """The portal of that id, from the first folder that has its file.

    Raises WrongPortalFile, naming file and key, or the folders when there is no such file.
    """
    folders = list(dirs)
    for folder in folders:
        file = folder / f"{portal_id}.toml"
        if file.is_file():
            return read_portal(file)
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
    family = _one_of(table, "family", FAMILIES)
    known = load_family(family)
    home = _home(table)
    page = table.take("page", dict, {})
    fields = Table(page, file, "page.").texts("fields")
    portal = Portal(
        id=file.stem,
        name=table.text("name"),
        region=table.text("region"),
        adcode=_adcode(table),
        level=_one_of(table, "level", LEVELS),
        family=family,
        home=home,
        hosts=_hosts(table, home),
        columns=_columns(table, known.LIST),
        list=_overrides(table.take("list", dict, {}), known.LIST, file, "list."),
        page=_overrides({k: v for k, v in page.items() if k != "fields"}, known.PAGE, file, "page."),
        fields=fields,
        fixes=_fixes(table),
        expect=_expect(table),
        pace=float(table.take("pace", (int, float), 0.0)),
    )
    table.end(KEYS)
    _check_columns(portal, table)
    return portal


def _one_of(table: Table, key: str, choices: Iterable[str]) -> str:
    value = table.text(key)
    if value not in choices:
        table.wrong(key, f"must be one of {', '.join(choices)}, not {value!r}")
    return value


def _adcode(table: Table) -> str:
    code = table.text("adcode")
    if len(code) != 6 or not code.isdigit():
        table.wrong("adcode", f"must be the six digits of the region, as a string, not {code!r}")
    return code


def _home(table: Table) -> str:
    home = table.text("home")
    parts = urlsplit(home)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        table.wrong("home", f"must be a whole http or https address, not {home!r}")
    return home


def _hosts(table: Table, home: str) -> tuple[str, ...]:
    named = table.take("hosts", list, [])
    for host in named:
        if not isinstance(host, str) or not host or "/" in host:
            table.wrong("hosts", f"must be host names, with a port where it is not the default, not {host!r}")
    return tuple(dict.fromkeys([host_of(home), *(host.lower() for host in named)]))


def _columns(table: Table, known: Mapping[str, Any]) -> tuple[Column, ...]:
    rows = table.take("columns", list)
    if not rows:
        table.wrong("columns", "must name at least one list")
    columns = []
    for number, row in enumerate(rows, 1):
        place = f"columns[{number}]."
        column = Table(row if isinstance(row, dict) else {}, table.file, place)
        options = _overrides(column.take("options", dict, {}), known, table.file, f"{place}options.")
        columns.append(Column(column.text("name"), column.text("path"), options))
        column.end(("name", "path", "options"))
    return tuple(columns)


def _check_columns(portal: Portal, table: Table) -> None:
    for number, column in enumerate(portal.columns, 1):
        host = host_of(urljoin(portal.home, column.path))
        if host not in portal.hosts:
            table.wrong(
                f"columns[{number}].path",
                f"leads to {host}, which is no own host: add it to `hosts` if it is",
            )


def _overrides(data: dict[str, Any], known: Mapping[str, Any], file: Path, place: str) -> dict[str, Any]:
    """What a portal says otherwise than its family; a value must be of the kind of the family's default."""
    table = Table(data, file, place)
    for key, value in data.items():
        if key not in known:
            table.wrong(key, f"is no key of this family; there are: {', '.join(sorted(known)) or 'none'}")
        default = known[key]
        if default is not None and not _alike(value, default):
            table.wrong(key, f"must be like {default!r}, not {value!r}")
    return data


def _alike(value: Any, default: Any) -> bool:
    if isinstance(default, tuple | list):
        return isinstance(value, list | str)
    if isinstance(default, Mapping):
        return isinstance(value, dict)
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float)
    return isinstance(value, type(default))


def _fixes(table: Table) -> dict[str, dict[str, str]]:
    fixes = table.take("fixes", dict, {})
    inner = Table(fixes, table.file, "fixes.")
    return {name: inner.texts(name) for name in list(fixes)}


def _expect(table: Table) -> dict[str, Any]:
    expect = table.take("expect", dict, {})
    inner = Table(expect, table.file, "expect.")
    read: dict[str, Callable[[], Any]] = {
        "notices": lambda: _bounds(inner),
        "silent_days": lambda: inner.take("silent_days", int),
        "filled": lambda: _rates(inner),
    }
    result = {key: read[key]() for key in list(expect) if key in read}
    inner.end(read)
    return result


def _bounds(expect: Table) -> dict[str, int]:
    bounds = Table(expect.take("notices", dict), expect.file, "expect.notices.")
    result: dict[str, int] = {key: bounds.take(key, int) for key in ("min", "max") if key in bounds.data}
    bounds.end(("min", "max"))
    return result


def _rates(expect: Table) -> dict[str, float]:
    rates = expect.take("filled", dict)
    for key, value in rates.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            expect.wrong(f"filled.{key}", f"must be a share between 0 and 1, not {value!r}")
    return {key: float(value) for key, value in rates.items()}
