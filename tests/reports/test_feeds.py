"""Feeds and calendars, read by the libraries that readers' programs use."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from crawlers.settings import Settings
from reports.feeds import write_feeds
from reports.recipients import Interest
from tests.reports import province
from tests.reports.conftest import publish_batches

PROMISE = Interest("告知承诺", keywords=("告知承诺",))


@pytest.fixture(scope="module")
def folder(spring: Settings) -> Path:
    write_feeds(spring, base="https://feeds.example/a/", searches=[PROMISE], today=province.AS_OF)
    return spring.reports


def feed(path: Path) -> Any:
    parsed = feedparser.parse(path.read_bytes())
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def test_every_feed_is_whole_with_one_id_each(folder: Path) -> None:
    feeds = [feed(path) for path in (folder / "feeds").glob("*.atom")]
    assert len(feeds) >= 12
    assert len({f.feed.id for f in feeds}) == len(feeds)
    for one in feeds:
        assert one.feed.title
        assert one.feed.updated
        assert len({e.id for e in one.entries}) == len(one.entries)
        assert all(e.title and e.updated and e.author and e.summary for e in one.entries)


def test_the_feed_of_all_tells_what_is_new_changed_and_withdrawn(folder: Path) -> None:
    entries = feed(folder / "feeds" / "all.atom").entries
    titles = [e.title for e in entries]
    for notice in province.week_16()[:5]:
        assert f"【新增】{notice.title}" in titles
    assert "【变更】临河市人民政府办公室关于推进政务服务标准化的通知" in titles
    assert "【撤下】石桥县2022年“放管服”改革工作总结" in titles
    assert not any("春耕" in t for t in titles)
    assert [e.updated for e in entries] == sorted((e.updated for e in entries), reverse=True)


def test_an_entry_links_to_its_notice(folder: Path) -> None:
    [entry] = feed(folder / "feeds" / "portal-guowu.atom").entries
    assert entry.link == province.url_of("guowu", 100)
    assert "国示发〔2023〕9号" in entry.summary


def test_a_feed_names_the_address_that_it_is_served_from(folder: Path) -> None:
    links = feed(folder / "feeds" / "region-临河市.atom").feed.links
    assert "https://feeds.example/a/region-%E4%B8%B4%E6%B2%B3%E5%B8%82.atom" in {
        link.href for link in links if link.rel == "self"
    }


def test_old_notices_of_a_first_crawl_are_no_news(folder: Path) -> None:
    titles = [e.title for e in feed(folder / "feeds" / "all.atom").entries]
    assert not any("2023年深化“放管服”改革工作要点" in t for t in titles)


def test_a_saved_search_has_a_feed_of_its_own(folder: Path) -> None:
    titles = [e.title for e in feed(folder / "feeds" / "search-告知承诺.atom").entries]
    assert titles
    assert all("临河市" in t or "石桥县" in t for t in titles)


def test_the_index_names_a_unit_with_its_region_once(folder: Path) -> None:
    page = (folder / "feeds" / "index.html").read_text("utf-8")
    named = re.findall(r'href="\.\./calendars/unit-[^"]+">([^<]+)<', page)
    assert named
    for name in named:
        region = name[:3]
        assert name.count(region) == 1, name
        assert "-" not in name


def test_written_again_nothing_changes(folder: Path, spring: Settings) -> None:
    before = {p: p.read_bytes() for p in [*folder.glob("feeds/*"), *folder.glob("calendars/*")]}
    write_feeds(spring, base="https://feeds.example/a/", searches=[PROMISE], today=province.AS_OF)
    assert {p: p.read_bytes() for p in [*folder.glob("feeds/*"), *folder.glob("calendars/*")]} == before


def events(path: Path) -> list[Any]:
    read = Calendar.from_ical(path.read_bytes())
    assert str(read["version"]) == "2.0"
    assert not read.errors
    found = read.walk("VEVENT")
    assert all(not e.errors for e in found)
    assert len({str(e["uid"]) for e in found}) == len(found)
    return list(found)


def test_a_unit_s_calendar_holds_its_dates_for_whole_days(folder: Path) -> None:
    [event] = [
        e for e in events(folder / "calendars" / "unit-临河市-市市场监管局.ics") if "企业开办" in e["summary"]
    ]
    assert event["dtstart"].dt == date(2023, 6, 30)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
    assert str(event["url"]) == province.url_of("linhe", 301)
    assert "牵头：市市场监管局" in event["description"]


def test_a_rhythm_repeats_until_the_end_of_its_notice_s_year(folder: Path) -> None:
    [event] = [e for e in events(folder / "calendars" / "unit-临河市-市大数据局.ics") if "rrule" in e]
    rule = event["rrule"].to_ical().decode()
    assert event["dtstart"].dt == date(2023, 4, 20)
    dates = rrulestr(
        rule.replace("UNTIL=20231231", "UNTIL=20231231T000000"), dtstart=_midnight(event["dtstart"].dt)
    )
    assert [d.month for d in dates] == list(range(4, 13))
    assert all(d.day == 20 for d in dates)


def test_every_calendar_can_be_read(folder: Path) -> None:
    files = list((folder / "calendars").glob("*.ics"))
    assert len(files) > 20
    assert all(events(path) for path in files)
    assert all(len(line) <= 75 for path in files for line in path.read_bytes().split(b"\r\n"))


def _midnight(day: date) -> Any:
    return datetime.combine(day, time())


def test_a_search_for_a_unit_finds_it_as_printed_and_in_its_full_spelling(tmp_path: Path) -> None:
    read = province.notice(
        "linhe", 900, "临河市关于优化企业开办服务的通知", "2023-04-20", (province.OPENING,)
    )
    [task] = read.tasks
    spelt = tuple(replace(one, unit_norm=f"临河{one.unit}") for one in task.units)
    news = replace(read, tasks=(replace(task, units=spelt),))
    settings = publish_batches(tmp_path, [province.batch("linhe", datetime(2023, 4, 21, tzinfo=UTC), [news])])
    units = {"照印": "市市场监管局", "全称": "临河市市场监管局", "别处": "青岚市市场监管局"}
    write_feeds(
        settings, searches=[Interest(name, units=(one,)) for name, one in units.items()], today=province.AS_OF
    )
    found = {name: feed(settings.reports / "feeds" / f"search-{name}.atom").entries for name in units}
    assert {name: len(entries) for name, entries in found.items()} == {"照印": 1, "全称": 1, "别处": 0}


def test_two_searches_of_one_name_are_one_feed_with_what_either_finds(own: Settings) -> None:
    searches = [Interest("两地", regions=("青岚市",)), Interest("两地", regions=("石桥县",))]
    write_feeds(own, searches=searches, today=province.AS_OF)
    summaries = [e.summary for e in feed(own.reports / "feeds" / "search-两地.atom").entries]
    assert any("青岚市" in summary for summary in summaries)
    assert any("石桥县" in summary for summary in summaries)


def test_a_calendar_without_dates_any_more_goes(own: Settings) -> None:
    """Its dates were withdrawn or are long past: nobody shall go on reading them there."""
    write_feeds(own, today=province.AS_OF)
    written = {path.name for path in (own.reports / "calendars").iterdir()}
    stale = own.reports / "calendars" / "unit-临河市-已撤销的局.ics"
    stale.write_bytes(b"BEGIN:VCALENDAR")
    write_feeds(own, today=province.AS_OF)
    assert {path.name for path in (own.reports / "calendars").iterdir()} == written
