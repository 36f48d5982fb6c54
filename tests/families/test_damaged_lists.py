"""Whatever a portal answers, a family gives a list page or raises PageChanged, and nothing else."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.errors import PageChanged
from crawlers.families import load_family
from crawlers.model import Answer, ListPage
from crawlers.portal import read_portal
from tests.families.stored import answer_of, expected_of, stored_pages

HERE = Path(__file__).parent
LISTS = [page for page in stored_pages("list") if page.parent.parent == HERE]


def damaged(text: str, chance: random.Random) -> str:
    """The text with pieces lost, doubled, swapped, cut off: half-answers and broken templates look so."""
    pieces = re.split(r'(?=[<{\[",])', text)
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(pieces))
        other = chance.randrange(len(pieces))
        what = chance.choice(("lose", "double", "swap", "null", "cut"))
        if what == "lose":
            pieces[at] = ""
        elif what == "double":
            pieces[at] *= 2
        elif what == "swap":
            pieces[at], pieces[other] = pieces[other], pieces[at]
        elif what == "null":
            pieces[at] = chance.choice(
                ("null", "[]", "{}", '"', "<", "0", "\x00", "9" * 30, "http://[", "%zz")
            )
        else:
            pieces = pieces[: max(1, at)]
    return "".join(pieces)


@pytest.mark.parametrize("page", LISTS, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_a_damaged_list_is_read_or_named_as_changed(page: Path) -> None:
    portal = read_portal(page.parent / f"{page.parent.name}.toml")
    column = next(column for column in portal.columns if column.name == page.stem)
    whole = answer_of(page, expected_of(page)["url"])
    for seed in range(20):  # 3,000 a page were run once
        text = damaged(whole.text, random.Random(f"{page.stem} {seed}"))  # noqa: S311 - no secret
        answer = Answer(whole.url, 200, {}, b"", text, datetime(2026, 1, 1, tzinfo=UTC))
        read, reason = None, ""
        try:
            read = load_family(portal.family).read_list(answer, portal, column)
        except PageChanged as error:
            reason = str(error)
        assert isinstance(read, ListPage) != (whole.url in reason), text
        assert all(item.title and item.url.startswith("http") for item in (read.items if read else ()))
