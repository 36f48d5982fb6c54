"""A published warehouse of the invented province, made by the real stages from staging on."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from crawlers.model import Portal
from crawlers.settings import Settings
from tests.reports import province
from transforms.staging import write_batch
from transforms.staging_schema import StagedEvent
from warehouse.load import load
from warehouse.publish import publish


def portal_files() -> list[Portal]:
    return [
        Portal(
            key,
            name,
            region,
            adcode,
            level,
            "plain",
            f"https://www.{key}.example/",
            (f"www.{key}.example",),
            (),
        )
        for key, (name, region, adcode, level) in province.PORTALS.items()
    ]


def publish_batches(folder: Path, batches: Sequence[tuple[str, list[StagedEvent]]]) -> Settings:
    """Settings of a data folder whose published warehouse holds these batches."""
    settings = Settings(data_dir=folder)
    add_batches(settings, batches)
    return settings


def add_batches(settings: Settings, batches: Sequence[tuple[str, list[StagedEvent]]]) -> None:
    for batch_id, events in batches:
        write_batch(settings.staging / f"{batch_id}.parquet", events)
    report = load(settings, portals=portal_files())
    assert report.problems == ()
    publish(settings)


@pytest.fixture(scope="session")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The province in spring 2023. Tests write reports below it: the same ones anew, or under own names."""
    return publish_batches(tmp_path_factory.mktemp("spring"), province.spring())


@pytest.fixture
def own(spring: Settings, tmp_path: Path) -> Settings:
    """The same province, without reports, for a test that must not see what others wrote."""
    shutil.copytree(spring.data_dir, tmp_path / "data", ignore=shutil.ignore_patterns("reports"))
    return Settings(data_dir=tmp_path / "data")
