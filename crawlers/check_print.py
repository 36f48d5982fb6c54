"""What a person sees of a check."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from crawlers.check import Check
from crawlers.check_fields import Field


def print_line(check: Check) -> None:
    """A line on stdout: portal, and how it fares."""
    state = "healthy" if check.is_healthy else "failing: " + "; ".join(check.problems)
    print(f"{check.portal_id}\t{state}")


def print_check(check: Check) -> None:
    """Fields on stdout, one a line: page, field, value, where it was read; problems on stderr."""
    _print_page("list", check.list_url, f"{check.listed} notices", check.list_fields)
    _print_page("notice", check.notice_url, "", check.notice_fields)
    for problem in check.problems:
        print(f"{check.portal_id}: {problem}", file=sys.stderr)
    if check.saved:
        test = f"python -m pytest tests/families/test_stored_pages.py -k {check.portal_id}"
        print(f"{check.portal_id}: saved in {check.saved}; look at its JSON, then {test}", file=sys.stderr)
    verdict = "verified on this installation" if check.is_healthy else "not verified"
    print(f"{check.portal_id}: {verdict}", file=sys.stderr)


def _print_page(page: str, url: str, said: str, fields: Sequence[Field]) -> None:
    """A page and its fields; nothing of a page that could not be read."""
    if fields:
        print(f"{page}\turl\t{url}\t{said}")
    for row in fields:
        print(f"{page}\t{row.name}\t{row.value or '—'}\t{row.read_from}")
