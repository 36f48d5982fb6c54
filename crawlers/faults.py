"""What reading code may raise that nobody thought of, and how it is told.

A fault costs the row, page, notice or file it was met at and nothing else. Told apart from it is what no
other row could escape: a full disk, a broken database, no memory, somebody's Ctrl-C. Those end the crawl.
"""

from __future__ import annotations

import struct
import zlib

from lxml.etree import LxmlError

FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    LxmlError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_OURS = "a fault of the reading code, not of the portal; remedy: report it with the page, which is archived"


def told(error: Exception) -> str:
    """A fault in words."""
    return f"unexpected {type(error).__name__}: {error}; {_OURS}"


def is_fault(reason: str) -> bool:
    """Does a reason tell of a fault?"""
    return _OURS in reason
