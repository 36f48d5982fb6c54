"""The page of the portals' health: what it shows; nothing a portal says runs in the browser."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

from crawlers.settings import load_settings
from ops.airflow_home import airflow_environment
from ops.pages import WEEKS, bars, portals_page
from tests.ops.clinic import HOSTILE, portals, publish_clinic
from tests.warehouse.made import Batch, make_notice
from transforms.records import AttachmentRecord
from warehouse.load import load
from warehouse.publish import publish
from warehouse.watch import watch_portals


class Page(HTMLParser):
    """Tags and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_each_portal_stands_with_its_state_volume_and_alarms(installation: Path) -> None:
    settings = load_settings()
    publish_clinic(settings)
    watch_portals(settings)
    publish(settings)
    page = Page(portals_page())
    for part in ("各门户（5）", "未消除的告警（4）", "well市人民政府", "● 正常", "■ 失败", "▲ 注意"):
        assert part in page.text
    assert "https://changed.example/: 列表为空" in page.text
    assert "已 60 天没有新公文" in page.text
    assert page.tags.count("rect") == 5 * WEEKS


def test_a_file_that_nobody_can_read_stands_on_the_page_once_however_often_it_came(
    installation: Path,
) -> None:
    settings = load_settings()
    url, page = "https://well.example/f/bomb.zip", "https://well.example/1.html"
    bomb = AttachmentRecord("台账.zip", url, "application/zip", 9, "0" * 64, problem="unpacks to more than 1")
    for days in (2, 1):
        batch = Batch(f"run{days}", datetime.now(UTC) - timedelta(days=days), "well")
        batch.notice(page, make_notice("附表的通知", attachments=(bomb,)))
        batch.rejected("https://well.example/gone.pdf", "0 bytes").ended().write(settings)
    assert load(settings, portals=portals({})).problems == ()
    publish(settings)
    text = Page(portals_page()).text
    assert "（最近 2 个）" in text
    assert text.count(f"台账.zip：unpacks to more than 1{url}") == 1
    assert text.count("https://well.example/gone.pdf") == 1


def test_a_hostile_portal_name_is_text_and_never_markup(installation: Path) -> None:
    publish_clinic(load_settings(), failing=HOSTILE)
    watch_portals(load_settings())
    publish(load_settings())
    html = portals_page()
    page = Page(html)
    assert "script" not in page.tags
    assert HOSTILE in page.text
    assert "<script" not in html


def test_the_page_asks_no_other_host_for_anything(installation: Path) -> None:
    publish_clinic(load_settings())
    html = portals_page()
    assert Page(html).addresses == []
    assert "url(" not in html
    assert "@import" not in html


def test_without_a_published_warehouse_the_page_names_the_remedy(installation: Path) -> None:
    assert "Remedy: python -m warehouse build" in Page(portals_page()).text


def test_a_task_that_loads_the_plugin_makes_no_web_app(tmp_path: Path) -> None:
    """Every task loads the plugins, and Airflow's web API is a second of imports."""
    script = (
        "import sys\n"
        "from airflow.sdk.listener import get_listener_manager; get_listener_manager()\n"
        "web = {'airflow.api_fastapi.app', 'airflow.api_fastapi.core_api.security'}\n"
        "print(*sorted({'fgf_pages', *web} & set(sys.modules)))"
    )
    environment = os.environ | airflow_environment(tmp_path)
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.stdout.split() == ["fgf_pages"], done.stderr


def test_a_week_without_notices_has_its_bar_too() -> None:
    found = bars({"2023-W02": 4, "2023-W03": 1}, ["2023-W01", "2023-W02", "2023-W03"])
    assert [(bar.count, bar.height) for bar in found] == [(0, 0.0), (4, 1.0), (1, 0.25)]
    assert [bar.height for bar in bars({}, ["2023-W01"])] == [0.0]
