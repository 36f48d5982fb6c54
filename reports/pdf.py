"""A page as PDF, printed by a Chromium that is on this machine: an extra, not needed for anything else.

The browser shows the page that readers open, by its print style: Chinese glyphs, charts, links and page
numbers. Why no PDF library: docs/adr/0009-pdf-by-the-browser.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from reports.errors import NoPdf
from reports.files import write_bytes

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
TIMEOUT = 120  # seconds; a digest takes two or three
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # the page asks for nothing, and the browser shall not either
    "--no-pdf-header-footer",  # the page's own style numbers its pages
)


def write_pdf(page: Path, target: Path) -> None:
    """Print a page of ours as A4 PDF. Raises NoPdf, saying what to do."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise NoPdf(
            f"No PDF of {page.name}: none of {', '.join(PROGRAMS)} is on this machine."
            " Remedy on Debian and Ubuntu: apt-get install chromium fonts-noto-cjk"
        )
    with tempfile.TemporaryDirectory(prefix="fgf-pdf-", ignore_cleanup_errors=True) as folder:
        printed = Path(folder) / "page.pdf"
        done = _run(program, page, printed, Path(folder))
        if not printed.is_file() or not printed.stat().st_size:
            raise NoPdf(
                f"No PDF of {page.name}: {program} ended with {done.returncode}: {_last(done.stderr)}"
            )
        write_bytes(target, printed.read_bytes())


def _run(program: str, page: Path, printed: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    flags = [*_FLAGS, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={printed}"]
    if os.geteuid() == 0:  # Chromium has no sandbox for root; our pages hold no script and name no other host
        flags.append("--no-sandbox")
    command = [program, *flags, page.resolve().as_uri()]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)  # noqa: S603 - a program found by its fixed name
    except subprocess.TimeoutExpired as error:
        raise NoPdf(f"No PDF of {page.name}: {program} took longer than {TIMEOUT} s") from error


def _last(words: str) -> str:
    return (words.strip().splitlines() or ["no message"])[-1][:300]
