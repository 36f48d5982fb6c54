"""CMS families: one module each, with the same functions. What differs between portals is in TOML files.

A new family is a module here and its name in FAMILIES, with stored pages in `tests/families/<name>/`. What
families share in reading lists is in `crawlers/lists/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from crawlers.errors import PageChanged, WrongPortalFile
from crawlers.faults import FAULTS, told
from crawlers.model import Answer, Column, ListPage, Portal, Request

# In the order in which a list page must be asked whose it is: pages of one family hold traces of others
# (TRS_Editor pasted into JCMS articles, two functions called createPageHTML).
FAMILIES = (
    "gov_cn",
    "gkmlpt",
    "ucap",
    "jpaas",
    "hanweb",
    "vsb",
    "lonsun",
    "trs_search",
    "trs_wcm",
    "plain",
)


class Family(Protocol):
    """What every module of this package has."""

    LIST: Mapping[str, Any]  # defaults of [list]; its keys are the keys that a portal file may use
    PAGE: Mapping[str, Any]  # defaults of [page]

    @staticmethod
    def first_request(portal: Portal, column: Column) -> Request:
        """How the newest page of a column is asked for."""

    @staticmethod
    def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
        """The notices of a list page and the request of the next one; raises PageChanged."""

    @staticmethod
    def recognise(url: str, html: str) -> str | None:
        """Why a page is of this family, None when it is not."""


def load_family(name: str) -> Family:
    """The module of a family. Raises WrongPortalFile when there is none of that name."""
    if name not in FAMILIES:
        raise WrongPortalFile(f"family = {name!r}: there is no such family; there are {', '.join(FAMILIES)}")
    return cast(Family, import_module(f"crawlers.families.{name}"))


def first_request(portal: Portal, column: Column) -> Request:
    """How the newest page of a column is asked for.

    Raises WrongPortalFile, and PageChanged for a fault of the family, naming portal and column.
    """
    try:
        return load_family(portal.family).first_request(portal, column)
    except FAULTS as error:
        raise PageChanged(
            f"{portal.id}: column {column.name!r} ({column.path}): {told(error)} (family {portal.family})"
        ) from error


def read_list(answer: Answer, portal: Portal, column: Column) -> ListPage:
    """The notices of a list page.

    Raises PageChanged, also for a fault of the family, naming portal and page.
    """
    try:
        return load_family(portal.family).read_list(answer, portal, column)
    except FAULTS as error:
        raise PageChanged(f"{portal.id}: {answer.url}: {told(error)} (family {portal.family})") from error
