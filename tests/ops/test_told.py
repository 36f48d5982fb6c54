"""Which alarms a channel hears of: each once when it opens, and once when it closes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from crawlers.settings import Settings
from ops.told import tell_news
from warehouse.alerts import Alert, AlertChanges


def alert(alert_id: str, kind: str, subject: str) -> Alert:
    return Alert(alert_id, kind, subject, "最近一次采集失败", datetime(2026, 11, 22, tzinfo=UTC), None)


def told(folder: Path, *alarms: Alert) -> list[tuple[str, str]]:
    """What a channel hears while these alarms are open: `opened` or `closed`, and the alarm's id."""
    heard: list[AlertChanges] = []
    tell_news(Settings(data_dir=folder), "mail", alarms, heard.append)
    return [
        *(("opened", alarm.alert_id) for news in heard for alarm in news.opened),
        *(("closed", alarm.alert_id) for news in heard for alarm in news.closed),
    ]


def test_an_alarm_is_news_once_and_its_end_is_news_once(tmp_path: Path) -> None:
    down = alert("1", "portal_failing", "甲")
    assert told(tmp_path, down) == [("opened", "1")]
    assert told(tmp_path, down) == []
    assert told(tmp_path) == [("closed", "1")]
    assert told(tmp_path) == []


def test_an_alarm_of_a_warehouse_that_was_made_anew_is_no_news(tmp_path: Path) -> None:
    told(tmp_path, alert("1", "portal_failing", "甲"))
    assert told(tmp_path, alert("2", "portal_failing", "甲")) == []
    assert told(tmp_path) == [("closed", "1")]


def test_trouble_of_another_kind_is_news(tmp_path: Path) -> None:
    told(tmp_path, alert("1", "portal_failing", "甲"))
    assert told(tmp_path, alert("2", "portal_changed", "甲")) == [("opened", "2"), ("closed", "1")]
