"""First service of docker-compose.yml: metadata database, pools and the administrator; safe to run again.

Airflow's own commands, in this one process: as arguments of a process of their own the password would be seen
by whoever lists processes.
"""

from __future__ import annotations

import os
import sys

from ops.airflow_home import POOLS


def main() -> int:
    """Prepare the database that AIRFLOW__DATABASE__SQL_ALCHEMY_CONN names.

    0 when all is in place, 1 when a command failed, 2 when the administrator's name or password is missing.
    """
    user, password = (os.environ.get(f"FGF_ADMIN_{name}", "") for name in ("USER", "PASSWORD"))
    if not user or not password:
        print("FGF_ADMIN_USER and FGF_ADMIN_PASSWORD must be set: see .env.example", file=sys.stderr)
        return 2
    from airflow.cli.cli_parser import get_parser

    for command in _commands(user, password):
        arguments = get_parser().parse_args(command)
        try:
            arguments.func(arguments)
        except SystemExit as error:
            if error.code:
                print(f"airflow {command[0]} {command[1]} failed: {error}", file=sys.stderr)
                return 1
    return 0


def _commands(user: str, password: str) -> list[list[str]]:
    pools = [["pools", "set", name, str(slots), text] for name, (slots, text) in POOLS.items()]
    person = ["--username", user, "--password", password, "--role", "Admin"]
    names = ["--firstname", user, "--lastname", user, "--email", f"{user}@localhost"]
    return [["db", "migrate"], *pools, ["users", "create", *person, *names]]


if __name__ == "__main__":
    sys.exit(main())
