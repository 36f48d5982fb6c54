"""Who has been told of which alarms: one file a channel below `$FGF_DATA_DIR/told/`.

A channel hears of every alarm that is open and that it was not told of, and of the end of every alarm that it
was told of. An alarm goes by its kind and subject: in a warehouse that was made anew it is opened anew, and
is no news. The file is written after the message has gone out: whoever is killed in between tells it once
more, and whoever is killed before loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from crawlers.json_file import write_json
from crawlers.settings import Settings
from warehouse.alerts import Alert, AlertChanges


def tell_news(
    settings: Settings, channel: str, alarms: Sequence[Alert], send: Callable[[AlertChanges], object]
) -> int:
    """Send what `channel` has not heard yet of the alarms that are open now; returns how many it was.

    What `send` raises is raised, and nothing of it counts as told.
    """
    file = settings.data_dir / "told" / f"{channel}.json"
    told = _read(file)
    is_open, known = set(map(_name, alarms)), set(map(_name, told))
    news = AlertChanges(
        opened=tuple(alarm for alarm in alarms if _name(alarm) not in known),
        closed=tuple(alarm for alarm in told if _name(alarm) not in is_open),
    )
    if news.opened or news.closed:
        send(news)
        _write(file, [alarm for alarm in told if _name(alarm) in is_open] + list(news.opened))
    return len(news.opened) + len(news.closed)


def _name(alarm: Alert) -> tuple[str, str]:
    return alarm.kind, alarm.subject


def _read(file: Path) -> list[Alert]:
    if not file.is_file():
        return []
    return [
        Alert(**row, opened_at=datetime.fromisoformat(opened_at), closed_at=None)
        for row in json.loads(file.read_text("utf-8"))
        for opened_at in [row.pop("opened_at")]
    ]


def _write(file: Path, alarms: Sequence[Alert]) -> None:
    rows = [
        {
            "alert_id": alarm.alert_id,
            "kind": alarm.kind,
            "subject": alarm.subject,
            "message": alarm.message,
            "opened_at": alarm.opened_at.isoformat(),
        }
        for alarm in alarms
    ]
    write_json(file, rows)
