"""What all tests share."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpus, portal facts and working portals beside the project."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail("../shared is not here, and in CI it must be")
        pytest.skip("../shared is not beside this checkout: its corpus and portals cannot be used")
    return SHARED
