"""What the tests of the warehouse share."""

from pathlib import Path

import pytest

from crawlers.settings import Settings
from tests.warehouse.made import make_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose whole data lies in the test's own folder."""
    return make_settings(tmp_path)
