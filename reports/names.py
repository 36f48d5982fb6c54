"""File names from names of regions, units and searches."""

from __future__ import annotations

import hashlib
import re

_UNFIT = re.compile(r"[^\w\-]+")
LONGEST = 60


def file_stem(*parts: str) -> str:
    """The parts joined by `-`; what does not fit into a file name makes it end in a digest of the whole.

    So two names never share a file, and the same name always has the same.
    """
    whole = "-".join(parts)
    fit = _UNFIT.sub("_", whole).strip("_")
    if fit == whole and len(fit) <= LONGEST:
        return fit
    return f"{fit[:LONGEST]}-{hashlib.sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
