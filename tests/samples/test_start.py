"""Starting the samples: what a folder remembers, and what is said when they cannot be served."""

import json
import os
import signal
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import requests

import samples
from crawlers.scheduled import readable_portals
from crawlers.settings import Settings
from samples import SampleWorld
from samples.files import make_file
from samples.notice import load_notices

ROOT = Path(samples.__file__).parent.parent
FIRST, LATER = date(2026, 11, 19), date(2027, 2, 3)


def everything(world: SampleWorld) -> dict[str, bytes]:
    """Each page by its address, lists and files too."""
    urls = [world.url_of(notice) for notice in world.notices]
    urls += [site.base + column.path for site in world.sites for column in site.columns]
    pages = {url: requests.get(url, timeout=10).content for url in urls}
    files = list(world.portals_dir.iterdir())
    return pages | {path.name: path.read_bytes() for path in files}


def test_a_second_start_serves_the_same_bytes_at_the_same_addresses_on_a_later_day(tmp_path: Path) -> None:
    with samples.serve(tmp_path, FIRST) as world:
        first = everything(world)
    with samples.serve(tmp_path, LATER) as world:
        assert world.today == FIRST
        assert everything(world) == first
    assert len(first) > 30


def test_files_are_the_same_bytes_whenever_they_are_made() -> None:
    for notice in load_notices(FIRST):
        for attachment in notice.attachments:
            made = make_file(attachment, notice.written)
            make_file.cache_clear()
            assert make_file(attachment, notice.written) == made


def test_a_new_folder_begins_with_the_day_of_its_own_first_start(tmp_path: Path) -> None:
    with samples.serve(tmp_path / "later", LATER) as world:
        assert max(notice.published.date() for notice in world.notices) <= LATER
        assert (LATER - max(notice.published.date() for notice in world.notices)).days < 7


def test_portal_files_name_the_running_servers(tmp_path: Path) -> None:
    with samples.serve(tmp_path, FIRST) as world:
        portals = readable_portals(Settings(data_dir=tmp_path, portals_dir=str(world.portals_dir)))
        assert {portal.id: portal.home.rstrip("/") for portal in portals} == world.urls
        assert {portal.family for portal in portals} == {"trs_wcm", "hanweb", "vsb", "gkmlpt"}
        assert all("示例" in portal.name for portal in portals)


def test_a_remembered_port_that_is_taken_is_named_with_what_to_do(tmp_path: Path) -> None:
    with samples.serve(tmp_path, FIRST) as world:
        port = int(world.urls["sample_qichuan"].rsplit(":", 1)[1])
    with socket.create_server(("127.0.0.1", port)):
        with pytest.raises(samples.SamplesUnavailable) as raised, samples.serve(tmp_path, FIRST):
            pass
        for word in (f"port {port}", "sample_qichuan", "stop the program", str(tmp_path)):
            assert word in str(raised.value)
    with samples.serve(tmp_path, FIRST):  # and the others were given back
        pass


def test_a_damaged_memory_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "samples.json").write_text("{", "utf-8")
    with (
        pytest.raises(samples.SamplesUnavailable, match=r"samples\.json cannot be read .* delete the folder"),
        samples.serve(tmp_path, FIRST),
    ):
        pass


def test_two_folders_are_served_beside_each_other(tmp_path: Path) -> None:
    with samples.serve(tmp_path / "one", FIRST) as one, samples.serve(tmp_path / "two", FIRST) as two:
        assert not set(one.urls.values()) & set(two.urls.values())


def test_the_command_prints_one_json_line_and_ends_on_sigterm(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "samples", "--folder", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        started = json.loads(process.stdout.readline())
        assert requests.get(started["urls"]["sample_lanjiang"], timeout=10).status_code == 200
        assert Path(started["portals_dir"]).is_dir()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_the_command_says_why_it_cannot_serve(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "samples", "--folder", str(tmp_path), "--port", port]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 1
    assert f"no free port for sample_lanjiang on 127.0.0.1 from {port} on" in ended.stderr


def test_a_port_that_there_is_not_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(samples.SamplesUnavailable, match="from 70000 on"),
        samples.serve(tmp_path, FIRST, 70_000),
    ):
        pass


def test_make_run_passes_on_why_the_samples_cannot_be_served(tmp_path: Path) -> None:
    with samples.serve(tmp_path / "sample", FIRST):
        ended = subprocess.run(
            [sys.executable, "-m", "ops.run"],
            cwd=ROOT,
            env=os.environ | {"FGF_DATA_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr.startswith("Sample portals: port ")
    assert "Traceback" not in ended.stderr
