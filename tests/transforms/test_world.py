"""Every notice of the seven working portals reads as the truth says: fields, bodies, attachments, relevance."""

# ruff: noqa: E501 - sentences of notices stay on one line

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.world.worlds import World, running_world
from transforms.read import Source, SourceFile, read_notices
from transforms.records import Notice
from transforms.relevance import read_relevance

PORTALS = ("shaanxi", "tianshui", "qingdao", "hanzhong", "shangluo", "yuebei", "council")
# Cells that the truth writes as `^` (the same as above) and a page as a cell that spans rows.
SPANNED = "^"


@pytest.fixture(scope="module")
def world(shared: Path) -> Iterator[World]:
    with running_world(shared) as world:
        yield world


@pytest.fixture(scope="module")
def truth(world: World) -> dict[str, Any]:
    portals: dict[str, Any] = world.control("truth", text=1)["portals"]
    return portals


def on_line(truth: dict[str, Any], portal: str) -> list[dict[str, Any]]:
    found = [t for t in truth[portal]["notices"] if t["listed"] and "soft404" not in t["flags"]]
    assert found, f"{portal} shows nothing, so nothing would be tested"
    return found


@cache
def fetched(url: str) -> requests.Response:
    answer = requests.get(url, timeout=30)
    answer.raise_for_status()
    return answer


def read(portal: str, said: dict[str, Any], site: dict[str, Any]) -> Notice:
    files = tuple(
        SourceFile(a["name"], a["url"], "", a["sha256"], fetched(a["url"]).content)
        for a in said["attachments"]
    )
    source = Source(
        name=said["url"],
        url=said["url"],
        portal_id=portal,
        charset=re.sub(r".*charset=", "", fetched(said["url"]).headers["Content-Type"], count=1),
        listed={"title": said["title"], "doc_no": said["doc_no_shown"] or "", "listed_on": said["list_date"]},
        files=files,
    )
    [notice] = read_notices(fetched(said["url"]).content, source)
    return notice


def shingles(text: str) -> Counter[str]:
    text = re.sub(r"\s+", "", text).replace(SPANNED, "")
    return Counter(text[at : at + 5] for at in range(max(1, len(text) - 4)))


@pytest.mark.parametrize("portal", PORTALS)
def test_the_fields_of_every_notice_are_the_truth(truth: dict[str, Any], portal: str) -> None:
    for said in on_line(truth, portal):
        notice = read(portal, said, truth[portal])
        found = {
            "title": notice.title,
            "doc_no": notice.doc_no,
            "written_on": notice.written_on,
            "published_on": notice.published_on,
            "listed_on": notice.listed_on,
        }
        expected = {
            "title": said["title_plain"],
            "doc_no": said["doc_no"],
            "written_on": said["written_on"],
            "published_on": said["published_on"],
            "listed_on": said["list_date"],
        }
        assert found == expected, said["url"]
        if notice.index_no or not said["index_no"]:
            assert notice.index_no == said["index_no"], said["url"]


@pytest.mark.parametrize("portal", PORTALS)
def test_the_body_of_every_notice_is_whole_and_clean(truth: dict[str, Any], portal: str) -> None:
    for said in on_line(truth, portal):
        wanted, got = shingles(said["text"]), shingles(read(portal, said, truth[portal]).text)
        common = sum((wanted & got).values())
        assert common >= 0.99 * sum(wanted.values()), f"lost: {said['url']}"
        assert common >= 0.98 * sum(got.values()), f"not of the body: {said['url']}"


@pytest.mark.parametrize("portal", PORTALS)
def test_every_attachment_is_read_or_says_why_not(truth: dict[str, Any], portal: str) -> None:
    for said in on_line(truth, portal):
        notice = read(portal, said, truth[portal])
        assert [(a.name, a.sha256) for a in notice.attachments] == [
            (a["name"], a["sha256"]) for a in said["attachments"]
        ]
        for record in notice.attachments:
            assert record.sha256 == hashlib.sha256(fetched(record.url).content).hexdigest()
            if "扫描" in record.name:
                assert not record.text
                assert "OCR" in record.problem
            else:
                assert len(record.text) > 40, record.name
                assert not record.problem


def test_the_letter_that_is_a_pdf_says_it_on_its_pages(truth: dict[str, Any]) -> None:
    [said] = [t for t in on_line(truth, "shangluo") if len(t["attachments"]) == 2]
    notice = read("shangluo", said, truth["shangluo"])
    assert notice.doc_no == said["doc_no"]
    assert notice.recipients
    assert "联系人" in notice.attachments[0].text
    tables = notice.attachments[1].text
    assert "行业主管部门\t试点领域" in tables


def test_a_repost_has_the_key_and_the_signature_of_the_first(truth: dict[str, Any]) -> None:
    by_id = {t["id"]: (p, t) for p in PORTALS for t in on_line(truth, p)}
    reposts = [(p, t) for p, t in by_id.values() if t["same_as"]]
    assert reposts
    for portal, said in reposts:
        first_portal, first = by_id[said["same_as"]]
        copy, original = read(portal, said, truth[portal]), read(first_portal, first, truth[first_portal])
        assert copy.document_key == original.document_key
        assert copy.text_sha256 == original.text_sha256
        assert copy.signature == original.signature


def test_a_page_that_says_it_does_not_exist_is_no_notice_of_the_reform(truth: dict[str, Any]) -> None:
    [said] = [t for t in truth["qingdao"]["notices"] if "soft404" in t["flags"]]
    [notice] = read_notices(fetched(said["url"]).content, Source(name=said["url"]))
    assert (notice.doc_no, notice.tasks, notice.relevance) == (None, (), "none")


def relevance_errors(truth: dict[str, Any]) -> list[str]:
    wrong = []
    for portal in truth.values():
        for said in portal["notices"]:
            found = read_relevance(said["title"], said["text"]).level
            wanted = said["relevance"] if said["relevance"] in ("core", "wide") else "none"
            if found != wanted:
                wrong.append(f"{said['relevance']} read as {found}: {said['title']}")
    return wrong


def test_core_and_wide_notices_are_told_from_others(truth: dict[str, Any]) -> None:
    assert relevance_errors(truth) == []


def test_core_and_wide_notices_are_told_from_thousands_of_others(shared: Path) -> None:
    with running_world(shared, "--scale", "10") as larger:
        assert relevance_errors(larger.control("truth", text=1)["portals"]) == []
