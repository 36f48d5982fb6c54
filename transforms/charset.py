"""Bytes of a page → text, whatever header and meta tags say of its charset."""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,20})", re.I)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Portals declare the oldest name of a family of charsets and use the newest.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "hz-gb-2312": "gb18030",
    "utf8": "utf-8",
}
# What pages are written in here. Python knows more by name: zlib decodes no page, and unicode_escape makes
# halves of characters that nothing can store.
_OF_PAGES = frozenset(("utf-8", "gb18030", "big5", "big5hkscs"))
_SOME_BAD = 0.005  # share of broken characters up to which a charset is still believed


def decode(data: bytes, header: str | None = None) -> tuple[str, str]:
    """The text of a page and the charset that it was read in.

    What decodes as UTF-8 is UTF-8: Chinese text in another charset hardly ever does. Then the page's own
    declaration counts, then the header's, then GB18030, which all else on Chinese portals has turned out to
    be.
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset, "replace"), charset
    declared = _XML.search(data[:200]) or _META.search(data[:4096])
    names = ["utf-8", declared[1].decode("ascii") if declared else "", header or "", "gb18030"]
    best: tuple[float, str, str] | None = None
    for name in dict.fromkeys(_known(name) for name in names if name):
        if not name:
            continue
        text = codecs.getincrementaldecoder(name)("replace").decode(
            data
        )  # a cut character at the end is no error
        bad = text.count("\ufffd") / max(1, len(text))
        if bad == 0:
            return text, name
        if best is None or bad < best[0]:
            best = (bad, text, name)
        if bad <= _SOME_BAD and name == "utf-8":
            break
    if best is None:
        return data.decode("utf-8", "replace"), "utf-8"
    return best[1], best[2]


def _known(name: str) -> str:
    """Python's name of a charset that pages are written in; "" for any other name, which says nothing."""
    name = _WIDER.get(name.strip().lower(), name.strip().lower())
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):  # ValueError: a null character within the name
        return ""
    return found if found in _OF_PAGES else ""
