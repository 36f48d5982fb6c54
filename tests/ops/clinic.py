"""A published warehouse of portals in every state of health, through the real loader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from crawlers.model import Column, Portal
from crawlers.settings import Settings
from reports.week import CHINA
from tests.warehouse.made import Batch, make_notice
from warehouse.load import load
from warehouse.publish import publish

NOW = datetime.now(UTC)
HOSTILE = """<script>alert("x")</script>'&市"""

# How the last crawl of each portal ended; `silent` brought its last notice sixty days ago.
STATES: Mapping[str, Mapping[str, Any]] = {
    "well": {},
    "failing": {
        "outcome": "failed",
        "stop": "unreachable",
        "reasons": ("https://failing.example/: 没有应答",),
    },
    "changed": {"outcome": "failed", "stop": "changed", "reasons": ("https://changed.example/: 列表为空",)},
    "refused": {"outcome": "failed", "stop": "refused", "reasons": ("https://refused.example/: robots.txt",)},
    "silent": {},
}


def portals(names: Mapping[str, str]) -> list[Portal]:
    """Their portal files; a portal may be silent for thirty days."""
    return [
        Portal(
            id=key,
            name=names.get(key, f"{key}市人民政府"),
            region="示范市",
            adcode="610000",
            level="city",
            family="plain",
            home=f"https://{key}.example/",
            hosts=(f"{key}.example",),
            columns=(Column("政府文件", "/"),),
            expect={"silent_days": 30},
        )
        for key in STATES
    ]


def publish_clinic(settings: Settings, **names: str) -> None:
    """The warehouse as it stands after each portal's last crawl; `names` replace portals' names."""
    for key, ended in STATES.items():
        days = 60 if key == "silent" else 2
        add_run(settings, key, days, notice=f"{key}的通知")
        add_run(settings, key, 0, **ended)
    _publish(settings, names)


def publish_healed(settings: Settings) -> None:
    """Another crawl of each portal, with a new notice."""
    for key in STATES:
        add_run(settings, key, -1, notice=f"{key}的新通知")
    _publish(settings, {})


def add_run(settings: Settings, key: str, days_ago: float, *, notice: str = "", **ended: Any) -> None:
    # Just after midnight ten minutes ago was another day: whole days count from now.
    minutes = {0: 10, -1: 1}.get(days_ago, 0)
    moment = NOW - timedelta(days=max(days_ago, 0), minutes=minutes)
    batch = Batch(f"run{moment:%m%d%H%M%S}", moment, key)
    if notice:
        made = make_notice(notice, published_on=moment.astimezone(CHINA).date().isoformat())
        batch.notice(f"https://{key}.example/{moment:%m%d%H%M}.html", made)
    batch.ended(**ended).write(settings)


def _publish(settings: Settings, names: Mapping[str, str]) -> None:
    assert load(settings, portals=portals(names)).problems == ()
    publish(settings)
