"""What a person sees of a check."""

from __future__ import annotations

import sys

from crawlers.check import Check


def print_check(check: Check, *, brief: bool) -> None:
    """Fields on stdout, one a line: page, field, value, where it was read; problems on stderr."""
    if brief:
        state = "healthy" if check.is_healthy else "failing: " + "; ".join(check.problems)
        print(f"{check.portal_id}\t{state}")
        return
    print(f"list\turl\t{check.list_url}\t{check.listed} notices")
    for row in check.list_fields:
        print(f"list\t{row.name}\t{row.value or '—'}\t{row.read_from}")
    print(f"notice\turl\t{check.notice_url}\t")
    for row in check.notice_fields:
        print(f"notice\t{row.name}\t{row.value or '—'}\t{row.read_from}")
    for problem in check.problems:
        print(f"{check.portal_id}: {problem}", file=sys.stderr)
    verdict = "verified on this installation" if check.is_healthy else "not verified"
    print(f"{check.portal_id}: {verdict}", file=sys.stderr)
