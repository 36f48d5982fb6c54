"""The digest's mails, re-reading and releases through Airflow, on the sample portals; failures told once."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import samples
from crawlers.pace import PACER
from crawlers.settings import load_settings
from tests.conftest import ROOT
from tests.ops.receivers import MailBox, Webhook, otlp_server
from warehouse.connect import open_published

RunDag = Callable[..., Any]
TODAY = date(2026, 11, 19)  # a Thursday
PORTAL = """
id = "{id}"
name = "停用市人民政府"
region = "停用市"
adcode = "610000"
level = "city"
family = "vsb"
home = "{home}"
[[columns]]
name = "文件"
path = "/"
"""


@pytest.fixture(scope="module")
def built(airflow_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """Sample portals that were crawled and built through Airflow; runs more DAGs on the same data folder."""
    from ops.in_process import output_to, run_dag

    folder = tmp_path_factory.mktemp("built")
    with samples.serve(folder, TODAY) as world, pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("FGF_")]:
            patch.delenv(name)
        patch.setenv("FGF_DATA_DIR", str(folder))
        patch.setenv("FGF_PORTALS_DIR", str(world.portals_dir))
        patch.setenv("FGF_PACE", "0")
        patch.setattr(PACER, "clock", itertools.count(0, 1000).__next__)

        def run(dag_id: str, **conf: Any) -> Any:
            with output_to(folder / "logs" / f"{dag_id}.log"):
                return run_dag(dag_id, conf, lambda *_: None)

        portals = sorted(path.stem for path in world.portals_dir.glob("*.toml"))[:2]
        for dag_id, conf in (("crawl_portals", {"portals": portals}), ("build_warehouse", {})):
            assert run(dag_id, **conf).state == "success", (folder / "logs" / f"{dag_id}.log").read_text(
                "utf-8"
            )
        yield run


@pytest.fixture
def metrics(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A UDP socket that Airflow's StatsD client sends to."""
    from airflow.sdk.observability.metrics.stats_utils import get_stats_factory
    from airflow.sdk.observability.stats import Stats

    made: list[Any] = []

    def factory() -> Any:
        made.append(get_stats_factory()())
        return made[-1]

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener, monkeypatch.context() as patch:
        listener.bind(("127.0.0.1", 0))
        port = str(listener.getsockname()[1])
        for name, value in (("ON", "True"), ("HOST", "127.0.0.1"), ("PORT", port)):
            patch.setenv(f"AIRFLOW__METRICS__STATSD_{name}", value)
        Stats.initialize(factory=factory, export_legacy_names=False)
        yield listener
    Stats.initialize(factory=get_stats_factory(), export_legacy_names=False)
    for one in made:
        one.statsd.close()


def received(listener: socket.socket) -> dict[str, float]:
    """Gauges that have arrived, by name."""
    found = {}
    listener.settimeout(0.5)
    while True:
        try:
            packet = listener.recv(65_536).decode()
        except TimeoutError:
            return found
        for line in packet.splitlines():
            name, _, rest = line.partition(":")
            value, _, kind = rest.partition("|")
            if kind.startswith("g"):
                found[name] = float(value)


def rows(query: str) -> list[tuple[Any, ...]]:
    with open_published(load_settings()) as connection:
        return connection.execute(query).fetchall()


def test_the_digest_is_mailed_by_airflows_connection_and_nobody_gets_it_twice(
    built: RunDag, mailbox: MailBox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    readers = tmp_path / "readers.toml"
    readers.write_text('[[recipients]]\nname = "王主任"\nmail = "wang@office.example"\n', "utf-8")
    monkeypatch.setenv("FGF_RECIPIENTS", str(readers))
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", mailbox.connection)
    assert built("weekly_digest", week="2026-W47").state == "success"
    [mail] = mailbox.mails
    assert mail["To"].addresses[0].addr_spec == "wang@office.example"
    assert mail["From"] == "fgf@office.example"
    assert "2026年第47周" in mail["Subject"]
    assert built("weekly_digest", week="2026-W47").state == "success"
    assert len(mailbox.mails) == 1


def test_a_refused_reader_turns_send_red_and_is_told_once_with_the_runbook(
    built: RunDag, mailbox: MailBox, webhook: Webhook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    readers = tmp_path / "readers.toml"
    readers.write_text(
        "".join(f'[[recipients]]\nname = "{n}"\nmail = "{n}@office.example"\n' for n in ("gone", "li")),
        "utf-8",
    )
    monkeypatch.setenv("FGF_RECIPIENTS", str(readers))
    monkeypatch.setenv("FGF_ALARM_WEBHOOK", webhook.url)
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", mailbox.connection)
    outcome = built("weekly_digest", week="2026-W46")
    assert outcome.state == "failed"
    assert "gone@office.example" in outcome.failed[0]
    assert len(mailbox.mails) == 1
    [body] = webhook.bodies
    for part in (
        "【失败】每周简报 · 寄送",
        "gone@office.example",
        "docs/runbooks/digest-missing.md",
        "查看：",
    ):
        assert part in body["text"]


def test_portals_that_no_crawl_has_seen_are_told_in_one_message(
    built: RunDag, webhook: Webhook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for portal_id in ("wrong1", "wrong2"):
        (tmp_path / f"{portal_id}.toml").write_text(f'id = "{portal_id}"\n', "utf-8")
    monkeypatch.setenv("FGF_PORTALS_DIR", str(tmp_path))
    monkeypatch.setenv("FGF_ALARM_WEBHOOK", webhook.url)
    assert built("crawl_portals").state == "failed"
    [body] = webhook.bodies
    assert "2 of 2 portals failed: wrong1, wrong2" in body["text"]
    assert "docs/runbooks/portal-needs-attention.md" in body["text"]


def test_portals_whose_crawl_ended_badly_are_left_to_the_alarms(
    built: RunDag, webhook: Webhook, refusing: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "closed.toml").write_text(PORTAL.format(id="closed", home=refusing), "utf-8")
    monkeypatch.setenv("FGF_PORTALS_DIR", str(tmp_path))
    monkeypatch.setenv("FGF_ALARM_WEBHOOK", webhook.url)
    assert built("crawl_portals").state == "failed"
    assert webhook.bodies == []


def test_rereading_the_archive_changes_no_row(built: RunDag) -> None:
    tables = ("notices", "tasks", "task_units", "attachments", "notice_versions", "change_log")
    before = {table: rows(f"select count(*) from {table}") for table in tables}  # noqa: S608
    staged = {path: path.stat().st_mtime_ns for path in load_settings().staging.rglob("*.parquet")}
    assert built("reread_archive").state == "success"
    assert all(path.stat().st_mtime_ns > modified for path, modified in staged.items())
    assert built("build_warehouse").state == "success"
    assert {table: rows(f"select count(*) from {table}") for table in tables} == before  # noqa: S608


def test_rereading_one_portal_leaves_the_others_alone(built: RunDag) -> None:
    [portal, *_] = sorted(path.name for path in load_settings().staging.iterdir())
    staged = {path: path.stat().st_mtime_ns for path in load_settings().staging.rglob("*.parquet")}
    assert built("reread_archive", portals=[portal]).state == "success"
    changed = {path.parent.name for path, modified in staged.items() if path.stat().st_mtime_ns != modified}
    assert changed == {portal}


def test_a_release_has_every_format_and_its_manifest_and_is_the_same_when_made_again(built: RunDag) -> None:
    assert built("release").state == "success"
    [folder] = (load_settings().data_dir / "releases").iterdir()
    made = {path.relative_to(folder): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    assert {path.suffix for path in made} >= {".parquet", ".csv", ".xlsx", ".json"}
    assert built("release").state == "success"
    assert [one.name for one in (load_settings().data_dir / "releases").iterdir()] == [folder.name]
    assert {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} == set(made)


def test_the_counts_of_crawl_and_load_are_sent_as_metrics(built: RunDag, metrics: socket.socket) -> None:
    portals = sorted(path.stem for path in load_settings().portal_dirs[0].glob("*.toml"))
    assert built("crawl_portals", portals=portals[:1]).state == "success"
    assert built("build_warehouse").state == "success"
    found = received(metrics)
    assert found[f"airflow.fgf.crawl.{portals[0]}.requests"] >= 1
    assert found[f"airflow.fgf.crawl.{portals[0]}.new"] == 0
    assert found["airflow.fgf.load.problems"] == 0


def test_opentelemetry_gets_the_same_counts(airflow_home: Path) -> None:
    """In a process of its own, as each task is: what it counted is sent at its end."""
    count = "from airflow.sdk.observability.stats import Stats\n"
    count += "from airflow.sdk.observability.metrics.stats_utils import get_stats_factory\n"
    count += "Stats.initialize(factory=get_stats_factory(), export_legacy_names=False)\n"
    count += "from dags.metrics import count_load\ncount_load(12, 34, 5.5, 1)\n"
    with otlp_server() as (address, gauges):
        told = {
            "AIRFLOW__METRICS__OTEL_ON": "True",
            "OTEL_EXPORTER_OTLP_ENDPOINT": address,
            "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        }
        subprocess.run(
            [sys.executable, "-c", count], cwd=ROOT, env=os.environ | told, check=True, timeout=120
        )
    assert {name: value for name, value in gauges.items() if "fgf" in name} == {
        "airflow.fgf.load.notices": 12,
        "airflow.fgf.load.tasks": 34,
        "airflow.fgf.load.seconds": 5.5,
        "airflow.fgf.load.problems": 1,
    }


def test_the_commands_of_backup_and_restore_bring_back_every_row_and_what_people_entered(
    built: RunDag, airflow_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """docs/operations.md, each command as it stands there."""
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    backup, restore = re.findall(r"```sh\n# (?:backup|restore).*?\n(.*?)```", text, re.S)
    tables = ("notices", "tasks", "task_units", "attachments", "notice_versions")
    before = {table: rows(f"select * from {table} order by all") for table in tables}  # noqa: S608
    home = load_settings().data_dir / "airflow"
    home.mkdir(exist_ok=True)
    for name in ("airflow.db", "secrets.json"):
        shutil.copy(airflow_home / name, home / name)
    entered = [(load_settings().data_dir, "told/webhook.json"), (tmp_path / "by_hand", "dates.toml")]
    for folder, name in entered:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("", "utf-8")
    monkeypatch.setenv("FGF_CORRECTIONS_DIR", str(tmp_path / "by_hand"))
    monkeypatch.setenv("BACKUP", str(tmp_path))
    shell(backup)
    monkeypatch.setenv("FGF_DATA_DIR", str(tmp_path / "restored"))
    monkeypatch.setenv("FGF_CORRECTIONS_DIR", str(tmp_path / "restored_by_hand"))
    shell(restore)
    assert (tmp_path / "restored/told/webhook.json").is_file()
    assert (tmp_path / "restored_by_hand/dates.toml").is_file()
    for table in tables:
        found = rows(f"select * from {table} order by all")  # noqa: S608
        assert found == before[table], table
    assert (tmp_path / "restored/airflow/airflow.db").stat().st_size > 0


def shell(commands: str) -> None:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands.replace(".venv/bin/python", sys.executable)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
