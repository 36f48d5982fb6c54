"""Debian's headless Chromium, asked for a page as it stands after its scripts have run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
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
    "--disable-features=NetworkTimeServiceQuerying,OptimizationHints,Translate,MediaRouter",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


@dataclass(frozen=True, slots=True)
class Page:
    """The page's elements as HTML, what its console said, and every address that it asked for."""

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
            "--virtual-time-budget=30000",
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
    told = json.loads(log.read_text("utf-8"))["events"] if log.exists() else []
    # The browser's own requests (updates, time) have no origin; a page's have one, or `null` from a file.
    jobs = [event.get("params", {}) for event in told]
    asked = {p["url"] for p in jobs if "url" in p and p.get("initiator", "not an origin") != "not an origin"}
    return Page(done.stdout, tuple(console), tuple(sorted(asked)))


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


def walk(index: Path, routes: Sequence[str], folder: Path) -> tuple[dict[str, str], Page]:
    """What the explorer shows at each route (behind `#/`), walked in one window; and the whole visit."""
    copy = shutil.copytree(index.parent, folder / "walked")
    page = (copy / "index.html").read_text("utf-8")
    (copy / "index.html").write_text(
        page.replace("</body>", '<script src="walk.js"></script></body>'), "utf-8"
    )
    (copy / "walk.js").write_text(_WALK.replace("ROUTES", json.dumps(list(routes))), "utf-8")
    visit = open_page((copy / "index.html").as_uri(), folder)
    told = re.findall(r'<pre id="walked">(.*?)</pre>', visit.dom, re.DOTALL)
    assert told, visit.console
    return json.loads(unescape(told[0])), visit


_WALK = """
addEventListener("load", async () => {
  const seen = {};
  for (const route of ROUTES) {
    location.hash = "#/" + route;
    await new Promise((done) => setTimeout(done, 700));
    seen[route] = document.body.outerHTML;
  }
  const told = document.body.appendChild(document.createElement("pre"));
  told.id = "walked";
  told.textContent = JSON.stringify(seen);
});
"""
