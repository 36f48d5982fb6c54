"""What Airflow costs: a run with nothing new, through Airflow in one process and from the shell.

    .venv/bin/python benchmarks/orchestration.py [--portals-server ../shared/portals/serve.py]

Seven portals on loopback are crawled and built once; then each way runs the same stages again, with nothing
new: crawl, read, load, check, publish, digest. Seconds, CPU seconds with children, peak memory of the
largest process, the median of `--times` runs in turn. Without the server the sample portals are used.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# This folder's files are named after the packages that they measure: those must come first.
sys.path[0] = str(ROOT)

WEEK = "2023-W16"


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one way of running: wall and CPU seconds, peak memory of its largest process in MiB."""

    seconds: float
    cpu: float
    memory: float


def main() -> None:
    """Print a table of both ways."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--portals-server", type=Path, default=ROOT.parent / "shared/portals/serve.py")
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _portals(options.portals_server, Path(folder)) as portals:
        data = Path(folder) / "data"
        environment = os.environ | {
            "FGF_DATA_DIR": str(data),
            "FGF_PORTALS_DIR": str(portals),
            "FGF_PACE": "0",
            "PYTHONPATH": str(ROOT),
        }
        ids = sorted(path.stem for path in portals.glob("*.toml"))
        airflow = [_python("ops.run", "--portals", str(portals), "--week", WEEK)]
        shell = [
            _python("crawlers", "crawl", *ids),
            _python("transforms", "--archive"),
            _python("warehouse", "build"),
            _python("reports", "digest", "--week", WEEK),
        ]
        for command in airflow + shell:  # the first run of each: all that is new, and Airflow's database
            _run([command], environment)
        ways = {"Airflow (make run)": airflow, "shell, four commands": shell}
        costs: dict[str, list[Cost]] = {name: [] for name in ways}
        for _ in range(options.times):
            for name, commands in ways.items():
                costs[name].append(_run(commands, environment))
        _print(costs, len(ids))


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


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
    return Cost(time.monotonic() - started, cpu, peak)


@contextlib.contextmanager
def _portals(server: Path, folder: Path) -> Iterator[Path]:
    if server.is_file():
        from tests.world.worlds import running_world

        with running_world(server.parent.parent) as world:
            yield world.write_portal_files(folder / "portals")
        return
    import samples

    with samples.serve(folder / "sample", date(2023, 4, 20)) as sample:
        yield sample.portals_dir


def _print(costs: dict[str, list[Cost]], portals: int) -> None:
    print(f"{portals} portals, nothing new, median of {len(next(iter(costs.values())))} runs")
    print(f"{'':24}{'seconds':>9}{'CPU s':>8}{'peak MiB':>10}")
    for name, runs in costs.items():
        seconds, cpu, memory = (
            statistics.median(getattr(r, key) for r in runs) for key in ("seconds", "cpu", "memory")
        )
        print(f"{name:24}{seconds:9.1f}{cpu:8.1f}{memory:10.0f}")


if __name__ == "__main__":
    main()
