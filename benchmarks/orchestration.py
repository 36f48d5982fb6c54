"""What Airflow costs: a daily run with nothing new, against the same stages called from the shell.

    .venv/bin/python benchmarks/orchestration.py [--portals 50] [--ways shell,run,embedded,celery] [--times 3]

The portals of `../shared/portals` on loopback are crawled and built once; then each way does it again, with
nothing new: crawl, read, load, check, publish, digest. `run` is `make run`; `embedded` is `make up`, `celery`
the services of docker-compose.yml with two workers, each with the builds and pages that follow by assets, and
a digest. More than seven portals are the quick ones under more names. Seconds, CPU seconds with all
children, what of them idling costs in the same time, and memory at the end (peak of the largest process, for
`embedded` and `celery` the sum of shares). The last line is what each way costs beyond the crawl alone.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
# This folder's files are named after the packages that they measure: those must come first.
sys.path[0] = str(ROOT)

if TYPE_CHECKING:
    import psutil

WEEK = "2023-W16"
DAGS = ("crawl_portals", "build_warehouse", "reader_pages", "weekly_digest")
# Of the seven, those whose robots.txt asks for no delay: with it a benchmark of fifty would only wait.
QUICK = ("shaanxi", "qingdao", "hanzhong", "shangluo", "council")


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run: wall and CPU seconds, those that idling costs in that time, memory in MiB."""

    seconds: float
    cpu: float
    idle: float
    memory: float


def main() -> None:
    """Print a table of all ways."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--portals", type=int, default=7)
    parser.add_argument("--ways", default="shell,run,embedded,celery")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    from tests.world.worlds import running_world

    with tempfile.TemporaryDirectory(prefix="fgf-cost-") as made, running_world(options.shared) as world:
        folder = Path(made)
        world.write_portal_files(folder / "portals")
        ids = _more_portals(folder / "portals", options.portals)
        crawl, *rest = _stages(ids)
        settings = {"FGF_PORTALS_DIR": str(folder / "portals"), "FGF_PACE": "0"}
        print(f"{len(ids)} portals, nothing new, median of {options.times} runs")
        print(f"{'':10}{'seconds':>9}{'CPU s':>8}{'of it idle':>12}{'MiB':>7}", flush=True)
        alone = 0.0
        for way in ["crawl", *options.ways.split(",")]:
            data = folder / way
            _run([[*crawl, "--full"], *rest], _environment(data, settings))
            measured = {"crawl": _commands([crawl]), "shell": _commands([crawl, *rest])}
            measured |= {
                "run": _commands([_python("ops.run", "--portals", str(folder / "portals"), "--week", WEEK)]),
                "embedded": _embedded,
                "celery": _celery,
            }
            costs = list(measured[way](data, settings, options.times))
            alone = _print(way, costs, alone)


def _more_portals(folder: Path, count: int) -> list[str]:
    for number in range(count - len(list(folder.glob("*.toml")))):
        name = QUICK[number % len(QUICK)]
        text = (folder / f"{name}.toml").read_text("utf-8")
        twin = f"{name}_{number}"
        (folder / f"{twin}.toml").write_text(text.replace(f'id = "{name}"', f'id = "{twin}"'), "utf-8")
    return sorted(path.stem for path in folder.glob("*.toml"))


def _stages(ids: Sequence[str]) -> list[list[str]]:
    return [
        _python("crawlers", "crawl", *ids),
        _python("transforms", "--archive"),
        _python("warehouse", "build"),
        _python("reports", "digest", "--week", WEEK),
    ]


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def _environment(data: Path, settings: dict[str, str]) -> dict[str, str]:
    return os.environ | settings | {"FGF_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}


def _run(commands: Sequence[Sequence[str]], environment: dict[str, str]) -> Cost:
    """Run commands one after another in a child, which measures its own children."""
    before, started, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), 0.0
    for command in commands:
        with subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            assert process.stderr is not None
            errors = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise SystemExit(f"{command} failed:\n{errors.decode()}")
            peak = max(peak, usage.ru_maxrss / 1024)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.monotonic() - started, cpu, 0.0, peak)


def _commands(commands: Sequence[Sequence[str]]) -> Callable[..., Iterator[Cost]]:
    def measure(data: Path, settings: dict[str, str], times: int) -> Iterator[Cost]:
        _run(commands, _environment(data, settings))  # the first of `make run` makes Airflow's database
        for _ in range(times):
            yield _run(commands, _environment(data, settings))

    return measure


def _embedded(data: Path, settings: dict[str, str], times: int) -> Iterator[Cost]:
    from tests.dags.running import running_airflow

    with running_airflow(data, settings) as airflow:
        yield from _daily_runs(airflow, lambda: [airflow.parent], times)


def _celery(data: Path, settings: dict[str, str], times: int) -> Iterator[Cost]:
    import psutil

    from tests.cluster.services import running_cluster

    folder = data.with_name("cluster")
    folder.mkdir()
    data.rename(folder / "data")
    with running_cluster(folder, **settings) as cluster:
        yield from _daily_runs(
            cluster, lambda: [psutil.Process(one.pid) for one in cluster.running.values()], times
        )


def _daily_runs(airflow: Any, roots: Callable[[], list[psutil.Process]], times: int) -> Iterator[Cost]:
    """`airflow` is an Airflow or a Cluster: both are asked by `call` and `trigger`."""
    _settle(airflow)  # the schedules of a first start
    before, started = _cpu(roots()), time.monotonic()
    time.sleep(30)
    idle = (_cpu(roots()) - before) / (time.monotonic() - started)
    for _ in range(times):
        before, started = _cpu(roots()), time.monotonic()
        airflow.trigger("crawl_portals")
        _settle(airflow)
        airflow.trigger("weekly_digest", week=WEEK)
        _settle(airflow)
        seconds = time.monotonic() - started
        yield Cost(seconds, _cpu(roots()) - before, idle * seconds, _memory(roots()))


def _settle(airflow: Any) -> None:
    """Wait until nothing has run for six seconds."""
    quiet = 0
    while quiet < 3:
        time.sleep(2)
        states = [
            run["state"]
            for dag in DAGS
            for run in airflow.call("GET", f"dags/{dag}/dagRuns?order_by=-run_after&limit=10")["dag_runs"]
        ]
        quiet = 0 if {"queued", "running"} & set(states) else quiet + 1


def _all(roots: list[psutil.Process]) -> list[psutil.Process]:
    return [one for root in roots for one in [root, *root.children(recursive=True)]]


def _cpu(roots: list[psutil.Process]) -> float:
    """CPU seconds of these processes, those below them, and those that have ended below them."""
    return sum(sum(one.cpu_times()[:4]) for one in _all(roots))


def _memory(roots: list[psutil.Process]) -> float:
    return float(sum(one.memory_full_info().pss for one in _all(roots)) / 2**20)


def _print(way: str, costs: list[Cost], alone: float) -> float:
    """Print a line; returns the CPU seconds of the crawl alone."""
    seconds, cpu, idle, memory = (
        statistics.median(getattr(cost, key) for cost in costs)
        for key in ("seconds", "cpu", "idle", "memory")
    )
    beyond = f"   {cpu - idle - alone:6.1f} s beyond the crawl" if alone else ""
    print(f"{way:10}{seconds:9.1f}{cpu:8.1f}{idle:12.1f}{memory:7.0f}{beyond}", flush=True)
    return alone or cpu


if __name__ == "__main__":
    main()
