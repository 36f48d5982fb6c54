"""Alarms open once and close once, however often they are told."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from crawlers.model import Portal
from crawlers.settings import Settings
from tests.warehouse.made import Batch, at, make_notice
from warehouse import watch
from warehouse.alerts import open_alerts, sync_alerts
from warehouse.connect import open_published, open_work
from warehouse.load import load
from warehouse.publish import publish
from warehouse.schema import read_sql

PORTAL = Portal("demo_city", "示范市", "示范市", "610000", "city", "plain", "https://x.example/", (), ())


def told(settings: Settings, day: int, **found: str) -> tuple[list[str], list[str]]:
    """Subjects opened and closed by what was found on a day of June."""
    changes = sync_alerts(settings, {"portal_silent": found}, now=lambda: datetime(2023, 6, day, tzinfo=UTC))
    return [one.subject for one in changes.opened], [one.subject for one in changes.closed]


def test_an_alarm_is_opened_once_and_closed_once(settings: Settings) -> None:
    assert told(settings, 1, demo="无声 30 天") == (["demo"], [])
    assert told(settings, 2, demo="无声 31 天") == ([], [])
    assert [(one.subject, one.message) for one in open_alerts(settings)] == [("demo", "无声 31 天")]
    assert told(settings, 3, other="无声") == (["other"], ["demo"])
    assert told(settings, 4) == ([], ["other"])
    assert told(settings, 5) == ([], [])
    assert open_alerts(settings) == []
    assert told(settings, 6, demo="又无声") == (["demo"], [])
    with open_work(settings) as connection:
        rows = connection.execute(
            "select subject, day(opened_at), day(confirmed_at), day(closed_at) from alerts order by opened_at"
        ).fetchall()
    assert rows == [("demo", 1, 2, 3), ("other", 3, 3, 4), ("demo", 6, 6, None)]


def test_alarms_of_one_kind_leave_those_of_another_alone(settings: Settings) -> None:
    told(settings, 1, demo="无声")
    assert sync_alerts(settings, {"check_failed": {}}).closed == ()
    assert [one.kind for one in open_alerts(settings)] == ["portal_silent"]


def test_alarms_of_several_kinds_are_told_together(settings: Settings) -> None:
    """One subject of two kinds is two alarms, and what one kind lost closes beside what another opened."""
    opened = sync_alerts(
        settings, {"portal_silent": {"demo": "无声"}, "portal_failing": {"demo": "不通"}}
    ).opened
    assert [(one.kind, one.subject) for one in opened] == [
        ("portal_silent", "demo"),
        ("portal_failing", "demo"),
    ]
    assert len({one.alert_id for one in opened}) == 2
    changes = sync_alerts(settings, {"portal_silent": {}, "portal_failing": {"demo": "不通", "b": "不通"}})
    assert [(one.kind, one.subject) for one in changes.opened] == [("portal_failing", "b")]
    assert [(one.kind, one.subject) for one in changes.closed] == [("portal_silent", "demo")]


def test_open_alarms_are_published(settings: Settings) -> None:
    Batch("a", at(0)).notice("https://x.example/1", make_notice("通知")).write(settings)
    load(settings)
    told(settings, 1, demo="无声")
    publish(settings)
    with open_published(settings) as connection:
        assert connection.execute("select subject from alerts where closed_at is null").fetchall() == [
            ("demo",)
        ]


def test_a_file_that_alarms_made_before_the_first_load_masks_contacts(settings: Settings) -> None:
    told(settings, 1, demo="无声")
    with open_work(settings) as connection:
        assert connection.execute("select is_masked from warehouse_info").fetchall() == [(True,)]


@pytest.mark.parametrize(("free", "is_low"), [(watch.ROOM - 1, True), (watch.ROOM, False)])
def test_a_disk_with_too_little_room_is_an_alarm_until_there_is_room_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, is_low: bool
) -> None:
    Batch("a", at(0)).notice("https://x.example/1", make_notice("通知")).ended().write(settings)
    load(settings)
    publish(settings)
    room = {"free": free}
    monkeypatch.setattr(watch.shutil, "disk_usage", lambda _: SimpleNamespace(**room))
    opened = watch.watch_portals(settings).opened
    assert [(one.kind, one.subject) for one in opened] == ([("disk_low", "磁盘")] if is_low else [])
    assert all("只剩 1023 MB，不足 1024 MB。 处理办法：立即腾出空间" in one.message for one in opened)
    assert watch.are_alarms_published(settings) is not is_low
    publish(settings)
    assert watch.are_alarms_published(settings)
    room["free"] = watch.ROOM
    assert [one.kind for one in watch.watch_portals(settings).closed] == (["disk_low"] if is_low else [])


def test_a_portal_that_is_no_longer_configured_is_no_alarm(settings: Settings) -> None:
    """Its file was taken away because it failed for good: nobody could ever close that alarm."""
    Batch("a", at(0)).notice("https://x.example/1", make_notice("通知")).ended(
        outcome="failed", stop="failed"
    ).write(settings)
    for portals, opened, closed in (([PORTAL], ["demo_city"], []), ([], [], ["demo_city"])):
        load(settings, portals=portals)
        publish(settings)
        changes = watch.watch_portals(settings)
        assert [one.subject for one in changes.opened] == opened
        assert [one.subject for one in changes.closed] == closed


@pytest.mark.parametrize(
    ("days", "missing", "fetched", "stop", "is_alarm"),
    [
        (1, 3, 11, "last page", True),
        (1, 3, 12, "last page", False),  # a fifth of the pages and no more
        (1, 2, 0, "last page", False),
        (1, 3, 0, "budget", False),  # the next crawl goes on
        (3, 0, 9, "last page", True),
        (2, 0, 9, "last page", False),
    ],
)
def test_a_portal_in_part_is_an_alarm_when_much_is_missing_or_for_three_days(
    settings: Settings, days: int, missing: int, fetched: int, stop: str, is_alarm: bool
) -> None:
    for day in range(days):
        batch = Batch(f"r{day}", at(day))
        for number in range(missing):
            batch.add("rejected", url=f"https://x.example/{number}", stage="page", reason="503")
        batch.ended(outcome="partial", stop=stop, new=fetched).write(settings)
    load(settings, portals=[PORTAL])
    with open_work(settings) as connection:
        found = connection.execute(read_sql("steps/portal_problems")).fetchall()
    assert [problem[:2] for problem in found] == ([("portal_partial", "demo_city")] if is_alarm else [])
