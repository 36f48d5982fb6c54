"""A tab of headless Chromium, driven by its DevTools: keys pressed, scripts asked, widths and schemes set."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.reports.browser import QUIET

# What a key is to the browser: its virtual code, and the text that it enters.
KEYS = {
    "Tab": (9, ""),
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    "ArrowDown": (40, ""),
    "ArrowUp": (38, ""),
    "Backspace": (8, ""),
}
SHIFT = 8


class Moved(Exception):
    """The page went elsewhere while it was asked."""


class Tab:
    """One page. Calls wait for their answers; what a page's script throws is an error of the test."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection, self.number = connection, 0
        self.call("Page.enable")

    def call(self, method: str, **parameters: Any) -> Any:
        self.number += 1
        self.connection.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self.connection.recv(timeout=60))
            if told.get("id") == self.number:
                if "error" in told:
                    raise Moved(f"{method}: {told['error']['message']}")
                return told["result"]

    def ask(self, script: str) -> Any:
        """The value of a script, that of its promise if it gives one."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def open(self, address: str, ready: str = "document.readyState === 'complete'") -> None:
        self.call(
            "Page.navigate", url="about:blank"
        )  # an address that differs in its hash alone opens nothing
        self.wait("location.href === 'about:blank'")
        self.call("Page.navigate", url=address)
        self.wait(f"location.href !== 'about:blank' && {ready}")

    def wait(self, script: str, seconds: float = 20) -> None:
        """Until a script is true."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(Moved):
                if self.ask(f"Boolean({script})"):
                    return
            time.sleep(0.02)
        raise AssertionError(f"never came true: {script}")

    def press(self, key: str, modifiers: int = 0) -> None:
        """Press a key as a person does, down and up again; letters and signs enter themselves."""
        code, text = KEYS.get(key, (ord(key[0].upper()), key))
        event = {
            "key": key,
            "windowsVirtualKeyCode": code,
            "modifiers": modifiers,
            **({"text": text} if text else {}),
        }
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **event)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def type(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def look(self, width: int, *, dark: bool = False) -> None:
        """Show the page as wide as that, in light or dark."""
        phone = width < 600
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=phone
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])


@contextmanager
def open_tab(folder: Path) -> Iterator[Tab]:
    """A tab of a browser of its own, with an empty profile below `folder`."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    profile = folder / "profile"
    command = [program, *QUIET, f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank"]
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port = _port(profile / "DevToolsActivePort")
        with urlopen(f"http://127.0.0.1:{port}/json/list", timeout=20) as answer:
            [page] = [found for found in json.load(answer) if found["type"] == "page"]
        with connect(page["webSocketDebuggerUrl"], max_size=None, proxy=None) as connection:
            yield Tab(connection)
    finally:
        browser.terminate()
        browser.wait(20)
        shutil.rmtree(profile, ignore_errors=True)


def _port(file: Path) -> int:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if file.is_file() and (words := file.read_text().split()):
            return int(words[0])
        time.sleep(0.05)
    raise AssertionError("Chromium did not open its DevTools within a minute")
