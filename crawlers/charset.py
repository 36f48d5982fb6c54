"""Bytes to text: by the charset of the header, of the page, or detected, unless the bytes refute it."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_STATED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 4096
_UTF8_PROOF = 12  # so many characters beyond ASCII that are whole UTF-8 are not met in GB18030 text by chance
_DETECTABLE = ["utf_8", "gb18030", "big5", "utf_16"]
# Codecs of charsets that pages here are written in, each by the widest that holds it. Any other name says
# nothing: latin-1 and windows-1252 are what servers add without looking (T11), `undefined` and `hex` what
# templates leave, and Python would decode by each of them, to something else.
_OF_PAGES = {
    "utf-8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5hkscs",
}
_SPELLED = {"x-gbk": "gbk", "gb_2312-80": "gb2312", "x-x-big5": "big5"}


def decode(body: bytes, header: str | None = None) -> str:
    """Text of a page. `header` is the charset of its Content-Type, or None.

    A stated charset counts when the bytes decode strictly by it. When no candidate decodes the whole, the
    one that loses least is taken, with U+FFFD for what it cannot read.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace")
    stated = [name for name in map(_known, (header, *_in_page(body))) if name]
    if _is_utf8(body):
        return body.decode("utf-8", "replace")
    for name in dict.fromkeys([*stated, "utf-8"]):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    detected = from_bytes(body[: 64 * 1024], cp_isolation=_DETECTABLE).best()
    names = dict.fromkeys([*stated, "utf-8", _known(detected.encoding if detected else None) or "gb18030"])
    return min((body.decode(name, "replace") for name in names), key=lambda text: text.count("\ufffd"))


def header_charset(content_type: str) -> str | None:
    """The charset that a Content-Type header names, as written, or None."""
    found = _STATED.search(content_type.encode("latin-1", "replace"))
    return found[1].decode("ascii", "replace") if found else None


def _in_page(body: bytes) -> list[str]:
    """What a page states, of itself or of its scripts and forms: which is which, the bytes tell."""
    return [name.decode("ascii", "replace") for name in _STATED.findall(body[:_HEAD])]


def _known(name: str | None) -> str | None:
    """The codec of a charset that pages are written in; None for any other name."""
    lower = (name or "").strip().lower()
    try:
        return _OF_PAGES.get(codecs.lookup(_SPELLED.get(lower, lower)).name)
    except LookupError:
        return None


def _is_utf8(body: bytes) -> bool:
    """Is it UTF-8, but for a few broken bytes?

    As UTF-8, text of another charset is broken nearly everywhere.
    """
    try:
        return len(body) - len(body.decode("utf-8")) >= 2 * _UTF8_PROOF  # a Chinese character is three bytes
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    beyond_ascii = sum(c > "\x7f" for c in text)
    return beyond_ascii >= _UTF8_PROOF and text.count("\ufffd") * 4 < beyond_ascii
