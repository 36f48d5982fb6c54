"""Programs that tests start, watch and kill: always by the process object that they started."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crawlers.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
NO_PORTALS = "tests/warehouse"  # a folder without portal files


def start(settings: Settings, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """`python -m warehouse …` on these settings, running."""
    command = [sys.executable, "-m", "warehouse", *arguments]
    return _start(settings, command, **options)


def start_code(settings: Settings, code: str, *arguments: str) -> subprocess.Popen[str]:
    """A little program of a test, running."""
    return _start(settings, [sys.executable, "-c", code, *arguments])


def run(settings: Settings, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """`python -m warehouse …` on these settings, ended, with what it wrote."""
    process = start(settings, *arguments, **options)
    out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def _start(settings: Settings, command: Sequence[str], **options: Any) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "FGF_DATA_DIR": str(settings.data_dir),
        "FGF_CORRECTIONS_DIR": str(settings.corrections_dir),
        "FGF_PORTALS_DIR": str(options.pop("portals", NO_PORTALS)),
        "FGF_KEEP_VERSIONS": str(settings.keep_versions),
        "FGF_MEMORY_LIMIT": settings.memory_limit,
        "FGF_WAREHOUSE": settings.warehouse.get_secret_value(),
        "FGF_WAREHOUSE_FILES": settings.warehouse_files,
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


READER = """
import sys, time
import duckdb
path, until = sys.argv[1], sys.argv[2]
reads, seen, newest = 0, set(), 0
print("ready", flush=True)
import os
while not os.path.exists(until):
    with duckdb.connect(path, read_only=True) as connection:
        number, notices, tasks, lost, halves = connection.execute('''
            select
                (select publish_no from warehouse_info),
                (select count(*) from notices),
                (select count(*) from tasks),
                (select count(*) from tasks anti join notices using (notice_id)),
                (select count(*) from (select batch_id from notices group by batch_id having count(*) <> 20))
        ''').fetchone()
    assert lost == 0 and halves == 0, (lost, halves)
    assert notices % 20 == 0 and tasks == notices * 2, (notices, tasks)
    assert number >= newest, (number, newest)
    newest = number
    seen.add(notices)
    reads += 1
print(reads, len(seen), flush=True)
"""
"""A reader that opens the pointer again and again, and holds each answer against what must be true."""
