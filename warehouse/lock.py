"""One writer at a time: a lock file that the system releases even when its holder is killed.

DuckDB locks its own file only while it is open, and a publication copies it closed. A DuckLake has several
writers: there whoever commits second begins again (lake.py).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from crawlers.settings import Settings
from warehouse.errors import CannotWrite, WarehouseBusy


@contextmanager
def only_writer(settings: Settings) -> Iterator[None]:
    """Holds the warehouse for writing. Raises WarehouseBusy, with the holder's process id, if it is held."""
    if settings.lake:
        yield
        return
    path = settings.work_file.parent / "writer.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror}. Remedy: make FGF_DATA_DIR writable") from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(file, 20, 0).decode("ascii", "replace").strip() or "unknown"
            raise WarehouseBusy(
                f"{settings.work_file} is being written by process {holder}. Remedy: wait until it ends"
            ) from error
        os.ftruncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode("ascii"), 0)
        yield
    finally:
        os.close(file)
