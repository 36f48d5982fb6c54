"""`make run`: the whole pipeline once, through Airflow, in this process.

Without --portals it serves the sample portals shipped with the project on loopback, and keeps all that comes
of them in `$FGF_DATA_DIR/sample/`, so that invented notices never meet real ones.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ops.in_process import DagOutcome
    from ops.progress import Progress

DAGS = (("crawl_portals", "抓取"), ("build_warehouse", "入库"), ("weekly_digest", "简报"))


def main(arguments: list[str] | None = None) -> int:
    """Run the pipeline once; 0 when all of it went well, 1 when something failed, 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    if problem := _wrong_portals(options.portals) or _wrong_week(options.week):
        print(problem, file=sys.stderr)
        return 2
    from crawlers.errors import WrongSetting
    from ops.data_dir import writable_settings
    from samples import SamplesUnavailable

    try:
        settings = writable_settings()
    except WrongSetting as error:
        print(f"Wrong setting: {error}", file=sys.stderr)
        return 2
    try:
        with _portals(options.portals, settings.data_dir) as run:
            os.environ |= run.environment
            return _run(run.data_dir, options.week or f"{run.today:%G-W%V}")
    except SamplesUnavailable as error:
        print(f"Sample portals: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--portals", type=Path, help="folder of portal files to crawl instead of the samples")
    parser.add_argument(
        "--week", help="ISO week of the digest, as 2026-W47; default: this week, for samples theirs"
    )
    return parser


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run works on. The digest is of the week of `today`: for samples, the day of their dates."""

    data_dir: Path
    environment: dict[str, str]
    today: date


def _wrong_portals(folder: Path | None) -> str:
    if folder is None or any(folder.glob("*.toml")):
        return ""
    what = "no portal file (*.toml) in it" if folder.is_dir() else "no such folder"
    return f"--portals {folder}: {what}. Remedy: name a folder of portal files."


def _wrong_week(week: str | None) -> str:
    from reports.errors import WrongWeek
    from reports.week import read_week, today_in_china

    try:
        read_week(week, today_in_china())
    except WrongWeek as error:
        return f"--week {error}"
    return ""


@contextlib.contextmanager
def _portals(folder: Path | None, data_dir: Path) -> Iterator[_Run]:
    """The portals of `folder`, or the sample portals, which are served for as long as this lasts."""
    from reports.week import today_in_china

    today = today_in_china()
    if folder is not None:
        yield _run_on(data_dir, folder, today)
        return
    import samples

    home = data_dir / "sample"
    with samples.serve(home, today) as world:
        yield _run_on(home, world.portals_dir, world.today, FGF_PACE="0", FGF_WAREHOUSE="")


def _run_on(data_dir: Path, portals_dir: Path, today: date, **settings: str) -> _Run:
    folders = {"FGF_DATA_DIR": str(data_dir.resolve()), "FGF_PORTALS_DIR": str(portals_dir.resolve())}
    return _Run(data_dir.resolve(), folders | settings, today)


def _run(data_dir: Path, week: str) -> int:
    from crawlers.settings import load_settings
    from ops.airflow_home import airflow_environment
    from ops.progress import Progress
    from ops.summary import print_summary, row_counts

    settings = load_settings()
    home = data_dir / "airflow"
    os.environ |= airflow_environment(home)
    log = data_dir / "logs" / "run.log"
    before = row_counts(settings)
    started = time.monotonic()

    from ops.in_process import output_to

    with output_to(log) as terminal, Progress(terminal) as progress:
        outcomes = _run_dags(home, week, progress)
    print_summary(settings, before, outcomes, week, time.monotonic() - started, log)
    return 0 if all(outcome.state == "success" for outcome in outcomes) else 1


def _run_dags(home: Path, week: str, progress: Progress) -> list[DagOutcome]:
    from ops.in_process import prepare_airflow, run_dag

    with progress.step("准备 Airflow"):
        prepare_airflow(home)
    outcomes = []
    for dag_id, title in DAGS:
        conf = {"week": week} if dag_id == "weekly_digest" else {}
        with progress.step(f"{title}（{dag_id}）") as tell:
            outcomes.append(run_dag(dag_id, conf, tell))
    return outcomes


if __name__ == "__main__":
    sys.exit(main())
