"""By what a document is known again: a key of issuer and number, a hash and a signature of its text."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from itertools import compress

from transforms.text import bare

_SHINGLE = 6
_KEEP_ONE_IN = 4
_IS_KEPT = bytes(byte % _KEEP_ONE_IN == 0 for byte in range(256))
_PERMUTATIONS = 32
_SEED = 1
_VALUES = struct.Struct(f">{_PERMUTATIONS}I")


def text_hash(text: str) -> str:
    """SHA-256 of letters, figures and ideographs: punctuation, blanks and page frames do not change it."""
    return hashlib.sha256(bare(text).encode()).hexdigest()


def document_key(issuers: Sequence[str], doc_no: str | None, title: str, written_on: str | None) -> str:
    """Issuer and number; without a number the title and the writing date. The same for every re-post.

    "" when there is neither number nor date: portals print the same bare title month after month, and what is
    taken for one document shows the tasks of one copy alone.

    Neither 索引号 nor URL is in it: both change with each publication, and sites share default prefixes.
    """
    if doc_no:
        return f"{bare(issuers[0]) if issuers else ''}|{doc_no}"
    return f"{bare(title)}|{written_on}" if written_on else ""


def text_signature(text: str) -> str:
    """MinHash of the text in hexadecimal, 32 values of 8 figures; "" for a text too short to compare.

    The share of equal values estimates the share of common passages. It is taken from one in four of the
    six-letter shingles, chosen by their first letter and so the same ones in every copy.
    """
    letters = bare(text)
    if len(letters) < 2 * _SHINGLE:
        return ""
    from rensa import RMinHash

    sketch = RMinHash(_PERMUTATIONS, _SEED)
    places = range(len(letters) - _SHINGLE + 1)
    # The lowest byte of each letter says whether its shingle is taken: compared in C, not letter by letter.
    low_bytes = letters.encode("utf-32-le", "surrogatepass")[::4]
    chosen = [letters[at : at + _SHINGLE] for at in compress(places, low_bytes.translate(_IS_KEPT))]
    sketch.update(chosen or [letters[at : at + _SHINGLE] for at in places])
    return _VALUES.pack(*sketch.digest()).hex()


def alike(one: str, other: str) -> float:
    """Estimated share of common passages of two texts by their signatures, 0 to 1."""
    if not one or len(one) != len(other):
        return 0.0
    pairs = [(one[at : at + 8], other[at : at + 8]) for at in range(0, len(one), 8)]
    return sum(a == b for a, b in pairs) / len(pairs)
