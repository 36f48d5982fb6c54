"""Faults of the seven working portals.

What passes converges, what lasts is named, what is a trap stops nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.model import NoticeFetched, Rejected
from crawlers.settings import ROOT, Settings
from tests.crawlers.worldly import PATIENT, PORTALS, Worldly, path_of
from tests.world.worlds import World, running_world

PASSING = (
    "503:4",
    "429:4",
    "reset:4",
    "drip:4",
    "truncate:4",
    "forced_gzip",
    "wrong_charset",
    "malformed",
)
TOGETHER = ",".join(PASSING)
# What the report says while it lasts: outcome, stop, a word of the reason.
LASTING = {
    "js_challenge": ("failed", "refused", "script challenge"),
    "robots503": ("failed", "unreachable", "robots.txt"),
    "empty_list": ("failed", "changed", ""),
    "layout_change": ("failed", "changed", ""),
    "pager_stuck": ("partial", "stopped", "stuck"),
}
TRAPS = {
    "redirect_loop": "redirects lead nowhere",
    "huge": "more than 10,485,760 bytes",
    "gzip_bomb": "more than 10,485,760 bytes after decompression",
}
# A sample for every run of the tests: each fault on one portal, in turns. All of it with `-m full`.
PASSING_SAMPLE = [(fault, PORTALS[at % 7]) for at, fault in enumerate(PASSING)] + [(TOGETHER, "hanzhong")]
LASTING_SAMPLE = [(fault, PORTALS[at % 7]) for at, fault in enumerate(LASTING)]
TRAP_SAMPLE = [(fault, PORTALS[(at + 4) % 7]) for at, fault in enumerate(TRAPS)]


def matrix(faults: Iterator[str], sample: list[tuple[str, str]]) -> list[object]:
    """Every fault on every portal; those outside the sample are for the full run."""
    pairs = [(fault, portal) for fault in faults for portal in PORTALS]
    return [
        pytest.param(*pair, marks=() if pair in sample else pytest.mark.full, id=f"{pair[0]}@{pair[1]}")
        for pair in pairs
    ]


@pytest.fixture(scope="module")
def world(shared: Path) -> Iterator[World]:
    with running_world(shared) as running:
        yield running


@pytest.fixture
def worldly(world: World, tmp_path: Path) -> Iterator[Worldly]:
    world.control("reset")
    settings = Settings(data_dir=tmp_path / "data", pace=0)
    yield Worldly(world, world.write_portal_files(tmp_path / "portals"), settings)
    world.control("reset")


@pytest.mark.parametrize(("fault", "portal"), matrix(iter([*PASSING, TOGETHER]), PASSING_SAMPLE))
def test_a_passing_fault_costs_nothing_after_three_crawls(worldly: Worldly, fault: str, portal: str) -> None:
    worldly.world.control("faults", set=fault)
    for _ in range(3):
        worldly.crawl(portal)
        if worldly.held(portal) == worldly.truth(portal):
            break
    assert worldly.held(portal) == worldly.truth(portal)
    titles = {path_of(e.url): e.listed.title for e in worldly.events(portal) if isinstance(e, NoticeFetched)}
    assert titles == {path: worldly.titles(portal)[path] for path in titles}


@pytest.mark.parametrize(("fault", "portal"), matrix(iter(LASTING), LASTING_SAMPLE))
def test_a_lasting_fault_is_named_and_loses_nothing(worldly: Worldly, fault: str, portal: str) -> None:
    outcome, stop, word = LASTING[fault]
    worldly.crawl(portal)
    known = worldly.held(portal)
    worldly.world.control("publish", n=1, portal=portal)
    worldly.world.control("faults", set=fault)
    report = worldly.crawl(portal)
    worldly.crawl(portal)
    kept = {path: files for path, files in worldly.held(portal).items() if path in known}
    assert kept == known
    if fault != "pager_stuck" or report.reasons:  # a list of one page has no pager
        assert (report.outcome, report.stop) == (outcome, stop)
        assert any(word in reason and "http://127.0.0.1" in reason for reason in report.reasons)
    worldly.world.control("faults", set="")
    assert worldly.crawl(portal).outcome == "ok"
    assert worldly.held(portal) == worldly.truth(portal)
    assert len(worldly.held(portal)) == len(known) + 1


@pytest.mark.parametrize(("fault", "portal"), matrix(iter(TRAPS), TRAP_SAMPLE))
def test_a_trap_in_the_list_is_named_and_all_other_notices_arrive(
    worldly: Worldly, fault: str, portal: str
) -> None:
    worldly.world.control("faults", set=fault)
    report = worldly.crawl(portal, limits=PATIENT)
    assert worldly.held(portal) == worldly.truth(portal)
    assert any(TRAPS[fault] in reason for reason in report.reasons)


@pytest.mark.parametrize(
    "portal",
    [p if p in ("shaanxi", "tianshui") else pytest.param(p, marks=pytest.mark.full) for p in PORTALS],
)
def test_a_pager_without_an_end_is_left_when_its_pages_come_round(worldly: Worldly, portal: str) -> None:
    worldly.world.control("faults", set="pager_loop")
    report = worldly.crawl(portal)
    assert worldly.held(portal) == worldly.truth(portal)
    assert report.requests < 100
    assert (
        any("loops" in reason for reason in report.reasons) or portal == "council"
    )  # one page holds all of it


@pytest.mark.parametrize(
    "portal", [p if p in ("yuebei", "shangluo") else pytest.param(p, marks=pytest.mark.full) for p in PORTALS]
)
def test_links_into_other_networks_are_never_followed(worldly: Worldly, portal: str) -> None:
    worldly.world.control("faults", set="ssrf_links,evil_filename,script_title")
    worldly.crawl(portal)
    held, truth = worldly.held(portal), worldly.truth(portal)
    assert {path: held[path] for path in truth} == truth
    assert worldly.world.control("log")["outside"]["count"] == 0
    events = worldly.events(portal)
    rejected = {event.url: event.reason for event in events if isinstance(event, Rejected)}
    assert any("169.254.169.254" in reason for reason in rejected.values())
    files = [file for e in events if isinstance(e, NoticeFetched) for file in e.files]
    assert not [file.name for file in files if "/" in file.name or "\\" in file.name or ".." in file.name]
    assert all(file.body is None for file in files if "169.254" in file.url or file.url.startswith("file:"))


def test_a_crawl_through_the_biggest_traps_stays_small(worldly: Worldly) -> None:
    """60 MB of page and 400 MB out of 400 KB, in a process of its own, whose peak is what counts."""
    worldly.world.control("faults", set="huge,gzip_bomb")
    environment = os.environ | {
        "FGF_DATA_DIR": str(worldly.settings.data_dir),
        "FGF_PORTALS_DIR": str(worldly.folder),
        "FGF_PACE": "0",
    }
    # VmHWM, not ru_maxrss: that one counts the memory of whoever started the process.
    program = (
        "import re, sys; from crawlers.__main__ import main; status = main(['crawl', 'council', '--full']);"
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout.split()[-1]) < 300 * 1024
    assert worldly.held("council") == worldly.truth("council")
