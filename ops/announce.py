"""What `make up` says once all of Airflow runs: where the UI is, and how to log in."""

from __future__ import annotations

import json
import time
from pathlib import Path

HEALTHY_WITHIN = 180.0


def announce(home: Path, port: int) -> None:
    """Wait until every component is healthy, then say where the UI is and how to log in."""
    address, started = f"http://127.0.0.1:{port}", time.monotonic()
    while time.monotonic() - started < HEALTHY_WITHIN:
        states = health(address)
        if states and set(states.values()) == {"healthy"}:
            print(f"\nAirflow: {address}  ({time.monotonic() - started:.0f} s)", flush=True)
            print(_login(home), f"Logs: {home / 'logs'}", "Ctrl-C stops it.", sep="\n", flush=True)
            return
        time.sleep(0.5)
    print(
        f"Not healthy after {HEALTHY_WITHIN:.0f} s: {health(address)}. Look into {home / 'logs'}.", flush=True
    )


def health(address: str) -> dict[str, str]:
    """State of each component as the API server tells it; empty while it does not answer.

    A component that has not reported yet is `starting`: Airflow tells no state of it.
    """
    import requests

    try:
        answer = requests.get(f"{address}/api/v2/monitor/health", timeout=5, proxies={"http": ""})
        found = answer.json()
    except (requests.RequestException, ValueError):
        return {}
    return {name: str(part["status"] or "starting") for name, part in found.items()}


def _login(home: Path) -> str:
    """The login that Airflow generated at its first start: printed once, afterwards its file is named."""
    file, shown = home / "simple_auth_manager_passwords.json.generated", home / ".login-shown"
    if shown.is_file():
        return f"Login: admin, password as in {file}"
    password = json.loads(file.read_text("utf-8"))["admin"]
    file.chmod(0o600)
    shown.touch()
    return f"Login: admin / {password}   (shown this once; kept in {file})"
