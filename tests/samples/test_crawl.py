"""The crawler finds in the sample portals what is there: each notice once, and nothing new the next time."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

import samples
from crawlers.archive import list_batches, read_batch
from crawlers.crawl import crawl_portal
from crawlers.model import NoticeFetched, RunReport
from crawlers.scheduled import readable_portals
from crawlers.settings import Settings
from samples import SampleWorld
from samples.files import make_file


def crawl(world: SampleWorld, settings: Settings) -> dict[str, RunReport]:
    portals = readable_portals(settings.model_copy(update={"portals_dir": str(world.portals_dir)}))
    noon = datetime.combine(world.today, time(12), UTC)
    return {portal.id: crawl_portal(portal, settings, now=lambda: noon) for portal in portals}


def fetched(settings: Settings) -> list[NoticeFetched]:
    batches = list_batches(settings)
    return [
        event
        for batch in batches
        for event in read_batch(settings, batch.id)
        if isinstance(event, NoticeFetched)
    ]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data_dir=tmp_path_factory.mktemp("data"), pace=0)


@pytest.fixture(scope="module")
def reports(world: SampleWorld, settings: Settings) -> dict[str, RunReport]:
    return crawl(world, settings)


def test_a_crawl_of_each_sample_portal_goes_well(reports: dict[str, RunReport]) -> None:
    assert {name: (report.outcome, report.reasons) for name, report in reports.items()} == dict.fromkeys(
        reports, ("ok", ())
    )
    assert len(reports) == 4


@pytest.mark.usefixtures("reports")
def test_every_notice_is_archived_exactly_once(world: SampleWorld, settings: Settings) -> None:
    expected = {world.url_of(notice): notice.title for notice in world.notices}
    events = fetched(settings)
    assert {event.url: event.listed.title for event in events} == expected
    assert len(events) == len(expected)


@pytest.mark.usefixtures("reports")
def test_every_attachment_is_archived_byte_for_byte(world: SampleWorld, settings: Settings) -> None:
    files = {event.url: [file.body for file in event.files] for event in fetched(settings)}
    for notice in world.notices:
        made = [make_file(attachment, notice.written) for attachment in notice.attachments]
        assert files[world.url_of(notice)] == made, notice.id


def test_a_second_crawl_of_a_second_start_finds_nothing_new(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, pace=0)
    with samples.serve(tmp_path, date(2026, 11, 19)) as world:
        crawl(world, settings)
    with samples.serve(tmp_path, date(2026, 11, 19)) as world:
        again = crawl(world, settings)
    assert {
        name: (run.outcome, run.new, run.changed, run.removed) for name, run in again.items()
    } == dict.fromkeys(again, ("ok", 0, 0, 0))
