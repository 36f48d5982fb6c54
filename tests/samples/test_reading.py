"""What the reader takes from the sample pages is what stands in them."""

import re

import pytest
import requests

from crawlers.families import load_family
from crawlers.portal import load_portal
from samples import Notice, SampleWorld
from transforms import records
from transforms.read import Source, read_notices

RELEVANT = {"core", "wide"}


def read(world: SampleWorld, notice: Notice) -> records.Notice:
    """The notice as read from its page, with what its portal's file says."""
    url = world.url_of(notice)
    portal = load_portal(notice.portal, [world.portals_dir])
    source = Source(
        name=url,
        url=url,
        portal_id=portal.id,
        region=portal.region,
        adcode=portal.adcode,
        level=portal.level,
        media_type="text/html",
        charset="utf-8",
        body_selectors=tuple(portal.page.get("body", load_family(portal.family).PAGE["body"])),
    )
    [found] = read_notices(requests.get(url, timeout=10).content, source)
    return found


@pytest.fixture(scope="module")
def pairs(world: SampleWorld) -> list[tuple[Notice, records.Notice]]:
    return [(notice, read(world, notice)) for notice in world.notices]


Pairs = list[tuple[Notice, records.Notice]]


def test_title_and_issuers_are_read(pairs: Pairs) -> None:
    for notice, found in pairs:
        assert re.sub(r"\s", "", found.title) == re.sub(r"\s", "", notice.title)
        assert found.issuers == tuple(notice.issuer.split("、")), notice.id


def test_document_and_index_numbers_are_read_where_the_page_has_them(pairs: Pairs) -> None:
    for notice, found in pairs:
        shown = notice.doc_no and notice.doc_no in "".join(block.text for block in notice.blocks)
        if notice.portal != "sample_qichuan":
            assert found.index_no == notice.index_no, notice.id
        if shown or notice.portal != "sample_qichuan":
            assert found.doc_no == (notice.doc_no or None), notice.id


def test_both_dates_are_read(pairs: Pairs) -> None:
    for notice, found in pairs:
        assert found.written_on == notice.written.isoformat(), notice.id
        assert found.published_on == notice.published.date().isoformat(), notice.id


def test_region_and_level_are_those_of_the_portal_but_for_the_re_post(
    world: SampleWorld, pairs: Pairs
) -> None:
    regions = {site.id: site.region for site in world.sites}
    for notice, found in pairs:
        if notice.id == "qichuan-zhuanfa":
            assert found.region == "澜江省"
        else:
            assert (found.region, found.level) == (
                regions[notice.portal],
                "province" if notice.portal == "sample_lanjiang" else "city",
            ), notice.id


def test_unrelated_notices_are_told_from_relevant_ones(pairs: Pairs) -> None:
    for notice, found in pairs:
        if notice.relevance == "none":
            assert found.relevance == "none", notice.id
        if "放管服" in notice.title:
            assert found.relevance == "core", notice.id


def test_tasks_with_units_are_read_from_relevant_notices(pairs: Pairs) -> None:
    without = {notice.id for notice, found in pairs if notice.relevance in RELEVANT and not found.tasks}
    assert without <= {"qichuan-huitoukan"}  # its tasks stand in the PDF file
    assert sum(len(found.tasks) for notice, found in pairs if notice.relevance in RELEVANT) > 100


def test_the_banner_is_no_part_of_any_text(pairs: Pairs) -> None:
    assert all("示例数据" not in found.text for _, found in pairs)
