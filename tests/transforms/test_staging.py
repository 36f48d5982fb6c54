"""Archive → staging, from real crawls of the sample portals."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

import samples
from crawlers.crawl import crawl_portal
from crawlers.scheduled import readable_portals
from crawlers.settings import Settings
from transforms.staging import plan_staging, reading_cost, stage_archive
from transforms.staging_file import is_current, write_batch


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings whose archive holds one crawl of each sample portal."""
    home = tmp_path_factory.mktemp("staging")
    with samples.serve(home / "sample", date(2026, 11, 20)) as world:
        made = Settings(data_dir=home, portals_dir=str(world.portals_dir), pace=0)
        for portal in readable_portals(made):
            assert crawl_portal(portal, made, full=True, sleep=lambda _: None).outcome == "ok"
        yield made


def staged(settings: Settings) -> dict[str, int]:
    """Rows by event over all staged files."""
    files = [str(path) for path in settings.staging.glob("*/*.parquet")]
    return dict(
        duckdb.execute("select event, count(*) from read_parquet(?) group by all", [files]).fetchall()
    )


def test_each_batch_is_read_once(settings: Settings) -> None:
    shutil.rmtree(settings.staging, ignore_errors=True)  # other tests of this archive may have gone before
    first = stage_archive(settings)
    assert (first.batches, first.unchanged) == (4, 0)
    assert first.notices >= 28
    assert first.tasks > 100
    assert staged(settings)["notice"] == first.notices
    assert staged(settings)["run"] == 4
    second = stage_archive(settings)
    assert (second.batches, second.unchanged, second.notices) == (0, 4, 0)


def test_reading_anew_goes_on_where_it_stopped(settings: Settings) -> None:
    stage_archive(settings)
    started = datetime.now(UTC)
    one, *_ = plan_staging(settings, read_since=started)[0]
    assert stage_archive(settings, [one.portal_id], read_since=started).batches == 1
    assert reading_cost(settings, read_since=started)["batches"] == 3
    assert stage_archive(settings, read_since=started).batches == 3
    assert stage_archive(settings, read_since=started).batches == 0


def test_a_broken_staged_file_is_read_again(settings: Settings) -> None:
    stage_archive(settings)
    before = staged(settings)
    broken = min(settings.staging.glob("*/*.parquet"))
    broken.write_bytes(broken.read_bytes()[:200])
    assert not is_current(broken)
    assert stage_archive(settings).batches == 1
    assert staged(settings) == before


def test_a_portal_whose_file_is_gone_is_still_read_from_the_archive(
    settings: Settings, tmp_path: Path
) -> None:
    without_files = settings.model_copy(update={"portals_dir": str(tmp_path)})
    report = stage_archive(without_files, read_since=datetime.now(UTC))
    assert report.notices >= 28


def test_a_staged_file_whose_last_page_is_garbled_is_not_current(tmp_path: Path) -> None:
    path = tmp_path / "demo" / "1.parquet"
    write_batch(path, [])
    assert is_current(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-60] + b"\xff" * 52 + whole[-8:])  # of the right length, with its marks
    assert not is_current(path)
