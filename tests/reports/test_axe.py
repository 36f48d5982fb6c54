"""axe-core finds no serious fault of accessibility on any kind of page, wide and narrow, light and dark."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.settings import Settings
from reports.digest import write_digest
from reports.feeds import write_feeds
from reports.site import write_site
from tests.reports import province
from tests.reports.browser import data_of
from tests.reports.devtools import Tab, open_tab

pytestmark = pytest.mark.full
AXE = "axe-core@4.14.1"
LOADED = "document.readyState === 'complete'"
READY = "document.documentElement?.dataset.ready && document.querySelector('main h1')"
PAGES = ("digest", "weeks", "feeds", "notices", "tasks", "notice", "targets", "portals")
ASKED = """
axe.run(document, {resultTypes: ["violations"], preload: false}).then((found) =>
  found.violations.filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => v.id + ": " + v.nodes.map((n) => n.html.slice(0, 120)).slice(0, 3).join(" | ")))
"""


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, by npm in a folder of its own: a tool of this test and of nothing else."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("axe")
    options = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix", str(folder)]
    subprocess.run([npm, "install", *options, AXE], check=True, capture_output=True, timeout=180)
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def pages(spring: Settings) -> dict[str, str]:
    digest, site = write_digest(spring, "2023-W16"), write_site(spring, today=province.AS_OF)
    write_feeds(spring, today=province.AS_OF)
    rows = data_of(site.index.parent / "data" / "notices-0.js")
    assert isinstance(rows, list)
    index = site.index.as_uri()
    return {
        "digest": digest.html.as_uri(),
        "weeks": (digest.html.parent / "index.html").as_uri(),
        "feeds": (spring.reports / "feeds" / "index.html").as_uri(),
        **{view: f"{index}#/{view}" for view in ("notices", "tasks", "targets", "portals")},
        "notice": f"{index}#/n/{next(row[0] for row in rows if '临政发' in row[2])}",
    }


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with open_tab(tmp_path_factory.mktemp("tab")) as opened:
        yield opened


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)], ids=["wide-light", "narrow-dark"])
@pytest.mark.parametrize("page", PAGES)
def test_no_serious_fault(
    page: str, width: int, dark: bool, pages: dict[str, str], axe: str, tab: Tab
) -> None:
    tab.look(width, dark=dark)
    tab.open(pages[page], READY if "/site/" in pages[page] else LOADED)
    tab.ask(f"{axe}; undefined")
    assert tab.ask(ASKED) == []
    assert tab.ask("document.documentElement.scrollWidth") <= width


def test_a_serious_fault_would_be_found(tmp_path: Path, axe: str, tab: Tab) -> None:
    (tmp_path / "x.html").write_text(
        '<!doctype html><html lang="zh"><title>一</title><main><input><img src="data:,"></main>', "utf-8"
    )
    tab.look(1280)
    tab.open((tmp_path / "x.html").as_uri())
    tab.ask(f"{axe}; undefined")
    assert {fault.split(":")[0] for fault in tab.ask(ASKED)} >= {"label", "image-alt"}
