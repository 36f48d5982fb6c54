"""Files are opened in a child process with limits on time and memory: a hostile one costs its own problem
only.

One child serves many files, since starting Python costs more than reading most of them. It is replaced when
it dies, hangs, or has read so many that its memory may have grown, and when OCR is switched on or off.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from transforms.files.child import from_json
from transforms.files.ocr import SECONDS as OCR_SECONDS
from transforms.pieces import Page
from transforms.records import Problem

SECONDS = 120.0
_MOST_BYTES = 200 << 20
_MOST_FILES = 200
_ROOT = Path(__file__).resolve().parents[2]
# Libraries below OCR map memory for each processor of the machine, which may exceed the limit.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def read_file(data: bytes, seconds: float = SECONDS, ocr: bool = False) -> Page:
    """The page that a file makes; what goes wrong, a crash of a library too, is a problem of the page.

    With `ocr`, scans are read by OCR, and it has its own time on top of `seconds`.
    """
    if len(data) > _MOST_BYTES:
        return Page(problems=[Problem("file", f"larger than {_MOST_BYTES >> 20} MB: not opened")])
    with _LOCK:
        return _child(ocr).read(data, seconds + (OCR_SECONDS if ocr else 0))


class _Child:
    """A running child and what it has read."""

    def __init__(self, ocr: bool) -> None:
        self.ocr = ocr
        self.owner = os.getpid()
        self.files = 0
        self.process = subprocess.Popen(  # noqa: S603 - fixed arguments
            [sys.executable, "-m", "transforms.files.child", *(["--ocr"] if ocr else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT), **(_ONE_THREAD if ocr else {})},
            start_new_session=True,
        )

    def is_fit(self) -> bool:
        """Whether it can take another file; never that of a forked parent."""
        return self.owner == os.getpid() and self.files < _MOST_FILES and self.process.poll() is None

    def read(self, data: bytes, seconds: float) -> Page:
        """The answer for one file, or the problem that there was none."""
        self.files += 1
        writer = threading.Thread(target=self._send, args=(data,), daemon=True)
        writer.start()
        deadline = time.monotonic() + seconds
        head = self._receive(8, deadline)
        answer = self._receive(int.from_bytes(head, "big"), deadline) if head else None
        if answer is None:
            late = time.monotonic() >= deadline
            self.stop()
            reason = (
                f"took more than {seconds:.0f} s to read"
                if late
                else "its reader crashed or ran out of memory"
            )
            return Page(problems=[Problem("file", f"{reason}: the file is damaged or hostile")])
        return from_json(json.loads(answer))

    def _send(self, data: bytes) -> None:
        stream = self.process.stdin
        with contextlib.suppress(BrokenPipeError, ValueError):  # it died: the reading side says so
            if stream:
                stream.write(len(data).to_bytes(8, "big"))
                stream.write(data)
                stream.flush()

    def _receive(self, size: int, deadline: float) -> bytes | None:
        """`size` bytes, None when the child ends or the time is up before."""
        stream = self.process.stdout
        received = bytearray()
        while stream and len(received) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([stream], [], [], left)[0]:
                return None
            part = os.read(stream.fileno(), min(1 << 20, size - len(received)))
            if not part:
                return None
            received += part
        return bytes(received)

    def stop(self) -> None:
        """End it and what it started."""
        if self.owner != os.getpid():
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(BrokenPipeError):
                if stream:
                    stream.close()


_LOCK = threading.Lock()
_CHILDREN: list[_Child] = []


def _child(ocr: bool = False) -> _Child:
    if _CHILDREN and not (_CHILDREN[0].ocr == ocr and _CHILDREN[0].is_fit()):
        _CHILDREN.pop().stop()
    if not _CHILDREN:
        _CHILDREN.append(_Child(ocr))
    return _CHILDREN[0]


@atexit.register
def _stop_all() -> None:
    while _CHILDREN:
        _CHILDREN.pop().stop()
