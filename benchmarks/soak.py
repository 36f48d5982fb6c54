"""Simulated days through the real scheduler, for as long as one likes: nothing lost, nothing left behind.

    .venv/bin/python benchmarks/soak.py [--minutes 30] [--seed N] [--keep DIR] [--shared ../shared]

A day is a crawl of the seven portals of `../shared/portals` with faults drawn at random, while notices are
published, revised and removed; its build and the readers' pages follow by their assets. After seven days
comes a digest. At the end the faults go, every notice is looked at once more, and the warehouse must be what
the portals say, and row for row what a crawl into an empty folder makes of them. Memory, descriptors,
temporary files and disk are taken after each day, when nothing runs. Exit status 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
# This folder's files are named after the packages that they measure: those must come first.
sys.path[0] = str(ROOT)

if TYPE_CHECKING:
    from tests.dags.running import Airflow
    from tests.world.worlds import World

FAULTS = (
    *("503:4", "429:5", "reset:5", "truncate:4", "robots503", "js_challenge", "forced_gzip", "malformed"),
    *("empty_list", "layout_change", "pager_loop", "pager_stuck", "redirect_loop", "gzip_bomb"),
    *("evil_filename", "script_title", "ssrf_links"),
)
PORTALS = ("shaanxi", "tianshui", "qingdao", "hanzhong", "shangluo", "yuebei", "council")
# Old notices are looked at after ninety times this: every quarter of an hour instead of every three months.
RECHECK_DAYS = 15 / 60 / 24 / 90
SWEEP_DAYS = 10 / 60 / 24
# Between the first and the last third of the days, at rest.
MOST_MEMORY, MOST_DESCRIPTORS = 1.15, 1.10
GROWS_WITH_THE_ARCHIVE = ("archive", "staging", "state", "airflow", "warehouse", "reports", "logs")


@dataclass(frozen=True, slots=True)
class Rest:
    """What the installation holds when nothing runs: MiB of memory, open descriptors, files, bytes."""

    memory: float
    descriptors: int
    temporary: int
    disk: dict[str, int]


@dataclass
class Soak:
    """One soak: the portals, the running Airflow, and what was seen of it."""

    world: World
    airflow: Airflow
    folder: Path
    random: random.Random

    def day(self, number: int) -> str:
        """One day; what happened on it in a line."""
        done = [*self._changes(), *self._faults()]
        crawl = self._crawl(full=number == 1)
        if number % 7 == 0:
            digest = self.airflow.run("weekly_digest", week="2023-W23")
            done.append(f"digest {digest['state']}")
        self.settle()
        return f"{', '.join(done) or 'nothing new'}; crawl {crawl}"

    def _changes(self) -> Iterator[str]:
        listed = [n for p in self.world.truth().values() for n in p["notices"] if n["listed"]]
        for _ in range(self.random.choice((0, 1, 1, 2, 3))):
            portal = self.random.choice(PORTALS)
            self.world.control("publish", n=1, portal=portal)
            yield f"+{portal}"
        if self.random.random() < 0.6:
            revised = self.random.choice([n["id"] for n in listed if n["doc_no"]])
            self.world.control("revise", id=revised)
            yield f"~{revised}"
        if self.random.random() < 0.3:
            removed = self.random.choice([n["id"] for n in listed])
            self.world.control("remove", id=removed)
            yield f"-{removed}"

    def _faults(self) -> Iterator[str]:
        drawn = self.random.sample(FAULTS, self.random.choice((0, 1, 1, 2)))
        chosen = [f"{name}@{self.random.choice(PORTALS)}" for name in drawn]
        self.world.control("faults", set=",".join(chosen))
        yield from (f"!{fault}" for fault in chosen)

    def _crawl(self, full: bool) -> str:
        """A crawl to its end; portals that would be tried again in ten minutes are tried at once, healed."""
        run_id = self.airflow.trigger("crawl_portals", full=full)
        deadline = time.monotonic() + 900
        while time.monotonic() < deadline:
            state = self.airflow.call("GET", f"dags/crawl_portals/dagRuns/{run_id}")["state"]
            if state in ("success", "failed"):
                return str(state)
            waiting = [
                [task["task_id"], task["map_index"]]
                for task in self.airflow.tasks("crawl_portals", run_id)
                if task["state"] == "up_for_retry"
            ]
            if waiting:
                self.world.control("faults", set="")
                self.airflow.call(
                    "POST",
                    "dags/crawl_portals/clearTaskInstances",
                    dry_run=False,
                    only_failed=False,
                    dag_run_id=run_id,
                    task_ids=waiting,
                )
            time.sleep(1)
        raise SystemExit(f"crawl {run_id} did not end within a quarter of an hour")

    def settle(self) -> None:
        """Wait until nothing runs or is about to: builds and pages follow a crawl by their assets."""
        quiet = 0
        while quiet < 4:
            time.sleep(2)
            active = [
                run
                for dag in ("crawl_portals", "build_warehouse", "reader_pages", "weekly_digest")
                for run in self.airflow.runs(dag)
                if run["state"] in ("queued", "running")
            ]
            quiet = 0 if active else quiet + 1

    def rest(self) -> Rest:
        """What is held now."""
        import psutil

        memory, descriptors = 0, 0
        for process in [self.airflow.parent, *self.airflow.parent.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):  # a worker that ends just now
                memory += process.memory_full_info().pss
                descriptors += process.num_fds()
        disk = {
            place.name: sum(f.stat().st_size for f in place.rglob("*") if f.is_file())
            for place in self.airflow.data_dir.iterdir()
            if place.is_dir() and not place.is_symlink()
        }
        return Rest(
            memory=memory / 2**20,
            descriptors=descriptors,
            temporary=sum(1 for _ in (self.folder / "tmp").rglob("*")),
            disk=disk,
        )

    def red_builds(self) -> list[str]:
        """Runs that may never be red, whatever the portals do."""
        return [
            run["dag_run_id"]
            for dag in ("build_warehouse", "reader_pages", "weekly_digest")
            for run in self.airflow.runs(dag)
            if run["state"] == "failed"
        ]


def main() -> int:
    """Run it and say what was found: 0 when nothing is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keep", type=Path, help="an empty folder to work in, which is left as it is")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    print(f"seed {seed}", flush=True)
    with contextlib.ExitStack() as stack:
        made = options.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="fgf-soak-"))
        problems = _soak(Path(made).resolve(), options.shared, options.minutes * 60, random.Random(seed))
    for problem in problems:
        print(f"WRONG: {problem}")
    print("nothing lost, nothing twice, nothing left behind" if not problems else f"{len(problems)} wrong")
    return 1 if problems else 0


def _soak(folder: Path, shared: Path, seconds: float, chance: random.Random) -> list[str]:
    from tests.dags.running import running_airflow
    from tests.world.worlds import running_world

    (folder / "tmp").mkdir()
    (folder / "data").mkdir()
    with running_world(shared) as world:
        settings = {
            "FGF_PORTALS_DIR": str(world.write_portal_files(folder / "portals")),
            "FGF_PACE": "0",
            "FGF_RECHECK_DAYS": str(RECHECK_DAYS),
            "FGF_SWEEP_DAYS": str(SWEEP_DAYS),
            "TMPDIR": str(folder / "tmp"),
        }
        with running_airflow(folder / "data", settings) as airflow:
            soak = Soak(world, airflow, folder, chance)
            rests = _days(soak, seconds)
            world.control("faults", set="")
            _look_at_everything(folder / "data", settings)
            soak.airflow.run("build_warehouse")
            soak.settle()
            problems = soak.red_builds()
        return [*problems, *_leaks(rests), *_differences(world, folder, settings)]


def _days(soak: Soak, seconds: float) -> list[Rest]:
    started, rests = time.monotonic(), []
    while not rests or time.monotonic() - started < seconds:
        number = len(rests) + 1
        happened = soak.day(number)
        rests.append(soak.rest())
        rest, minutes = rests[-1], (time.monotonic() - started) / 60
        held = f"{rest.memory:.0f} MiB, {rest.descriptors} descriptors, {rest.temporary} temporary"
        print(f"day {number} ({minutes:.1f} min): {happened}; {held}", flush=True)
    first, last = rests[0].disk, rests[-1].disk
    for place in sorted(last):
        print(f"{place:10} {first.get(place, 0) / 1e6:8.2f} MB  ->  {last[place] / 1e6:8.2f} MB")
    return rests


def _look_at_everything(data_dir: Path, settings: dict[str, str]) -> None:
    """One more crawl, which looks at every notice again."""
    _python(data_dir, settings | {"FGF_RECHECK_DAYS": "0"}, "crawlers", "crawl", *PORTALS, "--full")


def _leaks(rests: list[Rest]) -> Iterator[str]:
    third = len(rests) // 3
    if third < 2:
        print(f"{len(rests)} days are too few to tell a leak of memory or descriptors by")
        return
    early, late = rests[1 : third + 1], rests[-third:]
    for name, most in (("memory", MOST_MEMORY), ("descriptors", MOST_DESCRIPTORS)):
        before, after = (min(getattr(rest, name) for rest in part) for part in (early, late))
        if after > before * most:
            yield f"{name} grew from {before:.0f} to {after:.0f}"
    if rests[-1].temporary > rests[0].temporary:
        yield f"temporary files grew from {rests[0].temporary} to {rests[-1].temporary}"
    for place, size in rests[-1].disk.items():
        if place not in GROWS_WITH_THE_ARCHIVE and size > rests[0].disk.get(place, 0) + 100_000:
            yield f"{place}/ grew from {rests[0].disk.get(place, 0)} to {size} bytes"


def _differences(world: World, folder: Path, settings: dict[str, str]) -> Iterator[str]:
    """Where the warehouse is not what the portals say, or not what a crawl from nothing makes of them."""
    from tests.cluster.rows import ROWS, rows

    soaked = rows(folder / "data")
    found = [row[1] for row in soaked["notices"]]
    if len(found) != len(set(found)):
        yield f"{len(found) - len(set(found))} notices are there twice"
    true = {
        notice["url"]
        for portal in world.truth().values()
        for notice in portal["notices"]
        if notice["listed"] and not {"robots", "soft404"} & set(notice["flags"])
    }
    yield from (f"lost: {url}" for url in sorted(true - set(found)))
    yield from (f"not on the portal: {url}" for url in sorted(set(found) - true))
    fresh = folder / "fresh"
    _python(fresh, settings, "crawlers", "crawl", *PORTALS, "--full")
    _python(fresh, settings, "transforms", "--archive")
    _python(fresh, settings, "warehouse", "build")
    expected = rows(fresh)
    for name in ROWS.keys() - {"versions"}:  # of which a crawl from nothing sees one each
        for row in set(map(repr, soaked[name])) ^ set(map(repr, expected[name])):
            yield f"{name} {'only' if row in map(repr, soaked[name]) else 'not'} in the soaked: {row[:300]}"


def _python(data_dir: Path, settings: dict[str, str], module: str, *arguments: str) -> Any:
    environment = os.environ | settings | {"FGF_DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"python -m {module} failed:\n{done.stderr[-3000:]}")


if __name__ == "__main__":
    sys.exit(main())
