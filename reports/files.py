"""Files of reports are put in place whole: a reader sees the old one or the new one, never a half."""

from __future__ import annotations

import os
from pathlib import Path


def write_bytes(target: Path, data: bytes) -> None:
    """Write a file under a temporary name beside its place, then put it there in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(target: Path, text: str) -> None:
    """The same for text, in UTF-8."""
    write_bytes(target, text.encode("utf-8"))
