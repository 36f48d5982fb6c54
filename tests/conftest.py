"""What all tests share."""

import os
import sys
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


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An Airflow home with a migrated database; the environment is set before Airflow is first imported."""
    from ops.airflow_home import airflow_environment
    from ops.in_process import output_to, prepare_airflow

    assert "airflow" not in sys.modules, "a test module imports Airflow at its top, before its home is set"
    home = tmp_path_factory.mktemp("airflow")
    os.environ |= airflow_environment(home)
    with output_to(home / "prepare.log"):
        prepare_airflow(home)
    return home


@pytest.fixture(scope="session")
def chinese_font() -> None:
    """A font with Chinese characters, as CI has: without one pictures have no names, and PDFium no widths."""
    from reports.pictures import can_draw_chinese

    if not can_draw_chinese():
        pytest.skip("no font draws Chinese here: apt-get install fonts-noto-cjk")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failure: what it needs has to be installed there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
