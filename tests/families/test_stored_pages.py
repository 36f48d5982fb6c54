"""Every stored page reads as it did when somebody looked at it.

`--accept` rewrites the JSON: review it by git diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.families import FAMILIES, load_family
from crawlers.model import Portal
from crawlers.portal import load_portal, read_portal
from crawlers.recognise import recognise
from crawlers.settings import ROOT
from tests.families.stored import (
    accept_as,
    answer_of,
    expected_of,
    read_stored_list,
    read_stored_notice,
    stored_pages,
)

HERE = Path(__file__).parent
LISTS, NOTICES = stored_pages("list"), stored_pages("notice")


def named(page: Path) -> str:
    return f"{page.parent.name}/{page.stem}"


def portal_of(page: Path) -> Portal:
    """The portal that a page is stored for: a family's own portal file, or a live portal."""
    own = page.parent / f"{page.parent.name}.toml"
    return (
        read_portal(own) if own.exists() else load_portal(page.parent.name, [ROOT / "crawlers" / "portals"])
    )


@pytest.mark.parametrize("page", LISTS, ids=named)
def test_a_stored_list_reads_as_before(page: Path, accept: bool) -> None:
    found = read_stored_list(page, portal_of(page))
    if accept:
        accept_as(page, found)
    assert found == expected_of(page)


@pytest.mark.parametrize("page", NOTICES, ids=named)
def test_a_stored_notice_reads_as_before(page: Path, accept: bool) -> None:
    found = read_stored_notice(page, portal_of(page))
    if accept:
        accept_as(page, found)
    expected = expected_of(page)
    if "files" not in expected:  # saved from a live portal
        found.pop("files")
    assert found == expected


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_stored_lists_and_notices(family: str) -> None:
    kept = [page for page in (*LISTS, *NOTICES) if page.parent == HERE / family]
    kinds = {page.stem.split("-")[0] for page in kept}
    assert kinds == {"list", "notice"}, (
        f"store pages of {family} in tests/families/{family}/ before you use it"
    )


@pytest.mark.parametrize("page", [page for page in LISTS if page.parent.parent == HERE], ids=named)
def test_a_stored_list_is_recognised_as_of_its_family(page: Path) -> None:
    answer = answer_of(page, expected_of(page)["url"])
    family, reason = recognise(answer.url, answer.text)
    assert (family, bool(reason)) == (page.parent.name, True), reason


@pytest.mark.parametrize("family", FAMILIES)
def test_every_selector_setting_of_a_family_is_a_list_or_a_text(family: str) -> None:
    assert all(isinstance(value, str | list | int | dict) for value in load_family(family).LIST.values())
