"""Which CMS family a page belongs to, and why."""

from __future__ import annotations

from crawlers.families import FAMILIES, load_family


def recognise(url: str, html: str) -> tuple[str, str]:
    """The first family, in the order of FAMILIES, that knows the page as its own, and by what it does.

    `url` may be "" for a page from a file: what its address would tell is then missing.
    """
    for name in FAMILIES:
        if reason := load_family(name).recognise(url, html):
            return name, reason
    return "plain", "no mark of any family, and no link either: is this a list page?"
