"""What every command has in common."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize("command", ["crawlers list", "warehouse describe", "transforms notice.txt"])
def test_a_reader_that_has_seen_enough_is_no_error(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notice.txt").write_text("关于开展清理工作的通知\n一、开展清理。", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv(
        "PYTHONUNBUFFERED", raising=False
    )  # as users have it: the last lines are held until exit
    monkeypatch.setenv("FGF_PORTALS_DIR", str(ROOT / "crawlers" / "portals"))
    monkeypatch.setenv("FGF_DATA_DIR", str(tmp_path))
    shell = f"set -o pipefail; {sys.executable} -m {command} | true"
    done = subprocess.run(
        ["bash", "-c", shell], capture_output=True, text=True, cwd=tmp_path, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
