"""The portal files: all portals of the facts, each readable, short and of a known family."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers.css import select
from crawlers.families import FAMILIES, load_family
from crawlers.model import Portal
from crawlers.portal import load_portal, portal_ids
from crawlers.select import parse
from crawlers.settings import ROOT
from crawlers.urls import host_of

FOLDER = ROOT / "crawlers" / "portals"
IDS = portal_ids([FOLDER])


@pytest.fixture(params=IDS)
def portal(request: pytest.FixtureRequest) -> Portal:
    return load_portal(str(request.param), [FOLDER])


def test_a_portal_file_is_at_most_thirty_lines(portal: Portal) -> None:
    assert len((FOLDER / f"{portal.id}.toml").read_text("utf-8").splitlines()) <= 30


def test_every_column_begins_on_an_own_host(portal: Portal) -> None:
    for column in portal.columns:
        url = load_family(portal.family).first_request(portal, column).url
        assert host_of(url) in portal.hosts, column.name


def test_every_body_and_row_selector_is_one_that_can_be_used(portal: Portal) -> None:
    family, page = load_family(portal.family), parse("<p></p>")
    for selector in (*{**family.PAGE, **portal.page}["body"],):
        select(page, selector)
    if portal.list.get("rows", family.LIST.get("rows")):
        return  # dates and numbers are keys of a JSON answer there
    for name in ("item", "link", "date", "doc_no", "issuer"):
        value = {**family.LIST, **portal.list}.get(name, [])
        for selector in [value] if isinstance(value, str) else value:
            select(page, selector)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_a_portal(family: str) -> None:
    assert any(load_portal(portal_id, [FOLDER]).family == family for portal_id in IDS)


def test_every_portal_of_the_facts_has_its_file(shared: Path) -> None:
    facts = json.loads((shared / "portal-facts" / "portals.json").read_text("utf-8"))["portals"]
    portals = {p.adcode: p for p in (load_portal(portal_id, [FOLDER]) for portal_id in IDS)}
    assert {fact["adcode"] for fact in facts} - set(portals) == set()
    for fact in facts:
        portal = portals[fact["adcode"]]
        named = [url.split("/")[0].split(" ")[0] for url in fact["list_url"]]
        hosts = {host for host in named if "." in host and host.endswith(".cn")}
        assert hosts & set(portal.hosts), f"{portal.id}: none of {hosts}"
        assert portal.level == fact["level"]


@pytest.mark.parametrize("portal_id", ["hunan", "shandong", "shenzhen"])
def test_a_portal_whose_tls_is_known_to_fail_is_asked_by_http(portal_id: str) -> None:
    assert urlsplit(load_portal(portal_id, [FOLDER]).home).scheme == "http"


def test_every_module_of_the_families_is_one() -> None:
    """What they share stands elsewhere, so that the folder is the list of what can be read."""
    modules = {path.stem for path in (ROOT / "crawlers" / "families").glob("*.py")} - {"__init__"}
    assert modules == set(FAMILIES)
