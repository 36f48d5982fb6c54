"""First service of docker-compose.yml: metadata database, pools and the administrator; safe to run again."""

from __future__ import annotations

import os
import subprocess
import sys

from ops.airflow_home import POOLS


def main() -> int:
    """Prepare the database that AIRFLOW__DATABASE__SQL_ALCHEMY_CONN names; 0 when all is in place."""
    for command in _commands(os.environ["FGF_ADMIN_USER"], os.environ["FGF_ADMIN_PASSWORD"]):
        done = subprocess.run([sys.executable, "-m", "airflow", *command], check=False)
        if done.returncode:
            print(f"airflow {command[0]} {command[1]} failed: see above", file=sys.stderr)
            return 1
    return 0


def _commands(user: str, password: str) -> list[list[str]]:
    pools = [["pools", "set", name, str(slots), text] for name, (slots, text) in POOLS.items()]
    person = ["--username", user, "--password", password, "--role", "Admin"]
    names = ["--firstname", user, "--lastname", user, "--email", f"{user}@localhost"]
    return [["db", "migrate"], *pools, ["users", "create", *person, *names]]


if __name__ == "__main__":
    sys.exit(main())
