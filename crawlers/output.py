"""What a command prints, and a reader of it that has seen enough."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def until_enough_is_read() -> Iterator[None]:
    """Ends in silence when the reader of standard output, `head` say, has gone: that is no error.

    All is written before it ends: what Python still held would be written, and complained of, at exit.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
