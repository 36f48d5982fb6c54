"""The sample portals, started once for the tests that only ask them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import samples

TODAY = date(2026, 11, 19)  # a Thursday


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[samples.SampleWorld]:
    folder: Path = tmp_path_factory.mktemp("samples")
    with samples.serve(folder, TODAY) as running:
        yield running
