"""Pages of the seven portals as a bad line or a bad site gives them: mislabelled, malformed, cut short."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.transforms.test_world import on_line, shingles
from tests.world.worlds import World, running_world
from transforms.read import Source, read_notices
from transforms.records import Notice

FIELDS = {
    "title": "title_plain",
    "doc_no": "doc_no",
    "index_no": "index_no",
    "written_on": "written_on",
    "published_on": "published_on",
}


@pytest.fixture(scope="module")
def world(shared: Path) -> Iterator[World]:
    with running_world(shared) as world:
        yield world


def fetch(url: str) -> tuple[bytes, str]:
    """What came of a page, the first half of one that broke off too, and the charset of its header."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
    answer = connection.getresponse()
    charset = re.search(r"charset=([\w-]+)", answer.getheader("Content-Type") or "")
    try:
        body = answer.read()
    except http.client.IncompleteRead as broken:
        body = broken.partial
    connection.close()
    return body, charset[1] if charset else ""


def readings(world: World, fault: str) -> Iterator[tuple[Notice, dict[str, Any]]]:
    """Each notice as it reads under a fault, and the truth."""
    truth: dict[str, Any] = world.control("truth", text=1)["portals"]
    world.control("faults", set=fault)
    for portal in truth:
        for said in on_line(truth, portal):
            body, charset = fetch(said["url"])
            listed = {"title": said["title"], "doc_no": said["doc_no_shown"] or ""}
            [notice] = read_notices(body, Source(said["url"], charset=charset or None, listed=listed))
            yield notice, said


def unlike(notice: Notice, said: dict[str, Any]) -> dict[str, Any]:
    """The fields that are not the truth."""
    return {
        field: getattr(notice, field) for field, key in FIELDS.items() if getattr(notice, field) != said[key]
    }


def share(of: str, other: str) -> float:
    """How much of a text is found in another."""
    wanted, got = shingles(of), shingles(other)
    return sum((wanted & got).values()) / sum(wanted.values())


def test_a_page_whose_header_names_another_charset_reads_as_ever(world: World) -> None:
    for notice, said in readings(world, "wrong_charset:1"):
        assert unlike(notice, said) == {}, said["url"]
        assert share(said["text"], notice.text) >= 0.99, said["url"]
        assert share(notice.text, said["text"]) >= 0.98, said["url"]
        assert not notice.problems


def test_a_malformed_page_gives_its_whole_text_and_no_wrong_value(world: World) -> None:
    missing = 0
    for notice, said in readings(world, "malformed:1"):
        wrong = unlike(notice, said)
        assert not any(wrong.values()), (wrong, said["url"])
        missing += len(wrong)
        assert share(said["text"], notice.text) >= 0.99, said["url"]
        assert share(notice.text, said["text"]) >= 0.98, said["url"]
    assert missing <= 3


def test_a_page_cut_short_says_so_and_gives_no_wrong_value(world: World) -> None:
    for notice, said in readings(world, "truncate:1"):
        wrong = unlike(notice, said)
        assert not any(wrong.values()), (wrong, said["url"])
        assert "cut short" in notice.problems[0].reason
