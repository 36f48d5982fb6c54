"""docs/operations.md keeps step: its links lead somewhere, its settings and runbooks are the real ones."""

from __future__ import annotations

import re
from pathlib import Path

from crawlers.settings import Settings
from tests.conftest import ROOT
from warehouse.corrections import NOTICE_FIELDS, TASK_FIELDS, read_corrections

TEXT = (ROOT / "docs" / "operations.md").read_text("utf-8")


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_every_runbook_is_named() -> None:
    runbooks = {path.name for path in (ROOT / "docs" / "runbooks").glob("*.md")}
    assert set(re.findall(r"runbooks/([\w-]+\.md)", TEXT)) == runbooks


def test_every_setting_that_is_named_is_one() -> None:
    known = {f"FGF_{name.upper()}" for name in Settings.model_fields}
    files = (ROOT / name for name in ("docker-compose.yml", ".env.example"))
    known |= {name for file in files for name in re.findall(r"FGF_\w+", file.read_text("utf-8"))}
    assert set(re.findall(r"FGF_\w+", TEXT)) <= known


def test_the_correction_that_is_shown_is_one_and_every_field_that_can_be_corrected_is_named(
    tmp_path: Path,
) -> None:
    example = re.search(r"```toml\n(\[\[correction\]\].*?)```", TEXT, re.S)
    assert example
    (tmp_path / "shown.toml").write_text(example[1], "utf-8")
    assert [one.field for one in read_corrections(tmp_path)] == ["written_on"]
    fields = re.search(r"Of a notice (.*?) can be corrected, of a task (.*?);", TEXT, re.S)
    assert fields
    assert [set(re.findall(r"`(\w+)`", text)) for text in fields.groups()] == [NOTICE_FIELDS, TASK_FIELDS]


def test_the_gauges_that_are_named_are_those_that_are_sent() -> None:
    from dags.metrics import CRAWL

    named = re.search(r"fgf\.crawl\.<portal>\.\{([\w,]+)\}", TEXT)
    assert named
    assert tuple(named[1].split(",")) == CRAWL


def test_every_alarm_leads_to_a_runbook_that_says_what_to_look_at_first() -> None:
    for path in (ROOT / "docs" / "runbooks").glob("*.md"):
        text = path.read_text("utf-8")
        assert "**You see:**" in text, path.name
        assert "**First:**" in text, path.name
