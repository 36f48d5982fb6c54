"""The person on duty, over the working portals and the real DAGs: what is told, is it true, is it once."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from crawlers.pace import PACER
from crawlers.settings import load_settings
from ops.pages import portals_page
from tests.conftest import ROOT
from tests.ops.receivers import Webhook, webhook_server
from tests.world.worlds import World, running_world
from warehouse import watch
from warehouse.connect import open_published, open_work

PORTALS = ["hanzhong", "qingdao", "council", "yuebei"]
TROUBLE = "503:1@hanzhong,layout_change@qingdao,js_challenge@council,gzip_bomb@yuebei"
TOLD = {
    "hanzhong": ("汉中市人民政府：最近一次采集失败", "status 503", "系统会自动重试"),
    "qingdao": ("青岛政务网", "expected some elements, found none", "python -m crawlers check qingdao"),
    "council": ("中国政府网", "script challenge", "不要绕过"),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """An installation, and what its webhook has heard."""

    world: World
    webhook: Webhook
    folder: Path

    def run(self, dag_id: str, **conf: Any) -> Any:
        from ops.in_process import output_to, run_dag

        with output_to(self.folder / f"{dag_id}.log"):
            return run_dag(dag_id, conf, lambda *_: None)

    def day(self, faults: str = "") -> list[str]:
        """A day with these faults; the messages that were told, and the state of the crawl."""
        self.world.control("faults", set=faults)
        crawl = self.run("crawl_portals", portals=PORTALS, full=True)
        assert self.run("build_warehouse").state == "success"
        assert self.run("portal_health").state == "success"
        return [crawl.state, *self.heard()]

    def heard(self) -> list[str]:
        """The messages since it was asked last."""
        told = [body["text"] for body in self.webhook.bodies]
        self.webhook.bodies.clear()
        return told


@pytest.fixture(scope="module")
def installed(shared: Path, airflow_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duty]:
    folder = tmp_path_factory.mktemp("duty")
    with running_world(shared) as world, webhook_server() as webhook, pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("FGF_")]:
            patch.delenv(name)
        patch.setenv("FGF_DATA_DIR", str(folder))
        patch.setenv("FGF_PORTALS_DIR", str(world.write_portal_files(folder / "portals")))
        patch.setenv("FGF_PACE", "0")
        patch.setenv("FGF_ALARM_WEBHOOK", webhook.url)
        patch.setattr(PACER, "clock", itertools.count(0, 1000).__next__)
        made = Duty(world, webhook, folder)
        assert made.day() == ["success"]
        yield made


@pytest.fixture
def duty(installed: Duty) -> Duty:
    """The installation on a day when nobody waits for the good news of a task that failed before."""
    shutil.rmtree(installed.folder / "told" / "tasks", ignore_errors=True)
    installed.heard()
    return installed


def test_each_trouble_of_a_portal_is_told_once_with_its_reason_and_what_to_do_until_it_is_over(
    duty: Duty,
) -> None:
    crawl, message = duty.day(TROUBLE)
    assert crawl == "failed"
    assert message.count("【发生】") == len(TOLD)
    for parts in TOLD.values():
        [line] = [line for line in message.splitlines() if parts[0] in line]
        assert [
            part for part in (*parts, "docs/runbooks/portal-needs-attention.md") if part not in line
        ] == []
    assert "/plugin/fgf-portals" in message
    page = unescape(portals_page())
    assert page.count("■ 失败") == len(TOLD)
    for _, reason, _ in TOLD.values():
        assert reason in page

    assert duty.day(TROUBLE) == ["failed"]

    crawl, message = duty.day()
    assert (crawl, message.count("【消除】已恢复")) == ("success", len(TOLD))
    assert "没有未消除的告警" in portals_page()


def test_a_hostile_file_stops_nobody_is_no_alarm_and_stands_on_the_page_with_its_reason(duty: Duty) -> None:
    assert duty.day("gzip_bomb@yuebei,evil_filename@yuebei") == ["success"]
    page = unescape(portals_page())
    assert "未能读出的页面与文件" in page
    assert "after decompression: cut off, not read" in page
    with open_published(load_settings()) as connection:
        names = connection.execute(
            "select a.name from attachments a join notices using (notice_id) where title like '%任务台账%'"
        ).fetchall()
    assert names
    assert not any("/" in name or ".." in name for (name,) in names)


def test_a_portal_file_with_a_mistake_is_told_though_no_crawl_has_seen_it(duty: Duty) -> None:
    file = duty.folder / "portals" / "broken.toml"
    file.write_text('id = "broken"\n', "utf-8")
    try:
        assert duty.run("crawl_portals", portals=[]).state == "failed"
    finally:
        file.unlink()
    [message] = duty.heard()
    assert "【失败】抓取门户（每日） · 判定" in message
    assert "1 of 8 portals failed: broken" in message


def test_a_load_that_fails_its_checks_is_told_once_and_readers_keep_what_they_had(duty: Duty) -> None:
    before = load_settings().published.resolve()
    with open_work(load_settings()) as connection:
        connection.execute("insert into notices select * from notices limit 1")
    try:
        assert duty.run("build_warehouse").state == "failed"
        [message] = duty.heard()
        assert duty.run("build_warehouse").state == "failed"
        assert duty.heard() == []
    finally:
        (load_settings().work_file).unlink()
    for part in ("构建数据仓库 · 发布", "notice_keys_are_unique", "docs/runbooks/check-failed.md"):
        assert part in message
    assert load_settings().published.resolve() == before
    assert duty.run("build_warehouse").state == "success"
    [message] = duty.heard()
    assert message.startswith("【恢复】构建数据仓库 · 发布：已恢复正常")


def test_a_disk_that_fills_up_is_told_before_it_is_full_and_once(
    duty: Duty, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(watch, "ROOM", 2**60)
        assert duty.run("portal_health").state == "success"
        [message] = duty.heard()
        for part in ("【发生】磁盘：", "只剩", str(duty.folder), "docs/runbooks/disk-full.md"):
            assert part in message
        assert (ROOT / "docs/runbooks/disk-full.md").is_file()
        assert duty.run("portal_health").state == "success"
        assert duty.heard() == []
        # Whatever fails now most likely fails by the disk, and its notice says so.
        with pytest.MonkeyPatch.context() as gone:
            gone.setenv("FGF_PORTALS_DIR", str(duty.folder / "no-such-folder"))
            assert duty.run("crawl_portals", portals=["hanzhong"]).state == "failed"
        messages = duty.heard()
        assert messages
        assert all("docs/runbooks/disk-full.md" in message for message in messages)
    assert duty.run("portal_health").state == "success"
    [message] = duty.heard()
    assert "【消除】已恢复，此前：磁盘：" in message
