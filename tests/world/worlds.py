"""The seven working portals of ../shared/portals as a test uses them: started, asked, described."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests

TEMPLATES = Path(__file__).parent / "portals"


@dataclass(frozen=True, slots=True)
class World:
    """Running portals: base URL by name, and the control calls."""

    urls: dict[str, str]

    def control(self, call: str, **query: Any) -> Any:
        """Answer of `/_control/<call>`."""
        address = f"{self.urls['control']}/_control/{call}?{urlencode(query)}"
        answer = requests.get(address, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def truth(self) -> dict[str, Any]:
        """What is really there, by portal."""
        portals: dict[str, Any] = self.control("truth")["portals"]
        return portals

    def write_portal_files(self, folder: Path) -> Path:
        """Portal files for the running portals, from the templates beside this module."""
        folder.mkdir(parents=True, exist_ok=True)
        for template in TEMPLATES.glob("*.toml"):
            base = self.urls[template.stem].rstrip("/")
            text = (
                template.read_text("utf-8").replace("{base}", base).replace("{host}", urlsplit(base).netloc)
            )
            (folder / template.name).write_text(text, "utf-8")
        return folder


@contextlib.contextmanager
def running_world(shared: Path, *arguments: str) -> Iterator[World]:
    """Start the portals on free ports; they are stopped when the block ends."""
    command = [sys.executable, str(shared / "portals" / "serve.py"), "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield World(json.loads(process.stdout.readline()))
        finally:
            process.terminate()
            process.wait(timeout=10)
