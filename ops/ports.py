"""Ports of 127.0.0.1: which numbers are some, and which are free."""

from __future__ import annotations

import argparse
import socket

from crawlers.errors import WrongSetting

LAST_PORT = 65_535


def read_port(text: str) -> int:
    """A port as given on a command line; argparse tells of one that is none."""
    if not (text.isdecimal() and 1 <= int(text) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"{text} is no port. Remedy: a number from 1 to {LAST_PORT}")
    return int(text)


def free_port(first: int) -> int:
    """The first free port of 127.0.0.1 from `first` on. Raises WrongSetting when a hundred are taken."""
    for port in range(first, min(first + 100, LAST_PORT + 1)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    last = min(first + 99, LAST_PORT)
    raise WrongSetting(
        f"no free port from {first} to {last} on 127.0.0.1. Remedy: --port with another number"
    )
