"""Debian's headless Chromium, asked for a page as it stands after its scripts have run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--enable-logging=stderr",
)


@dataclass(frozen=True, slots=True)
class Page:
    """The page's elements as HTML, what its console said, and every address that was asked for."""

    dom: str
    console: tuple[str, ...]
    asked: tuple[str, ...]


def open_page(address: str, folder: Path, *flags: str) -> Page:
    """Open an address in an empty profile below `folder`."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    log = folder / "net.json"
    done = subprocess.run(
        [
            program,
            *QUIET,
            f"--user-data-dir={folder / 'profile'}",
            f"--log-net-log={log}",
            "--virtual-time-budget=8000",
            *flags,
            "--dump-dom",
            address,
        ],
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )
    shutil.rmtree(folder / "profile", ignore_errors=True)
    console = re.findall(r"CONSOLE.*", done.stderr)
    told = log.read_text("utf-8", "replace") if log.exists() else ""
    asked = tuple(sorted(set(re.findall(r'"url":"([^"]+)"', told))))
    return Page(done.stdout, tuple(console), asked)


def picture(address: str, target: Path, width: int, height: int, *flags: str) -> bytes:
    """A PNG of the page."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    subprocess.run(
        [
            program,
            *QUIET,
            f"--user-data-dir={target.parent / 'profile'}",
            f"--window-size={width},{height}",
            *flags,
            f"--screenshot={target}",
            address,
        ],
        capture_output=True,
        timeout=90,
        check=True,
    )
    return target.read_bytes()


def data_of(shard: Path) -> object:
    """What a data shard of the explorer hands over."""
    match = re.fullmatch(r'fgf\.take\("\w+",\d+,(.*)\);\n', shard.read_text("utf-8"), re.DOTALL)
    assert match
    return json.loads(match[1])
