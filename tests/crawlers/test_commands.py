"""`python -m crawlers` as a person at the shell sees it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawlers.__main__ import main
from crawlers.health import Health, healthy_portals, portals_to_crawl, read_health, remember
from crawlers.settings import load_settings
from tests.crawlers.site import Page, Site, notice

PORTAL = """
id = "{id}"
name = "试验市人民政府"
region = "试验市"
adcode = "610000"
level = "city"
family = "plain"
home = "{base}/"
[[columns]]
name = "文件"
path = "/list.html"
[list]
item = "li"
date = "span"
[page]
body = [".content"]
"""


@pytest.fixture(autouse=True)
def portals(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a portal of the site, one live portal, and one whose file is wrong."""
    folder = tmp_path / "portals"
    folder.mkdir()
    (folder / "site.toml").write_text(PORTAL.format(id="site", base=site.base), "utf-8")
    (folder / "live.toml").write_text(PORTAL.format(id="live", base="https://www.demo-city.example"), "utf-8")
    monkeypatch.setenv("FGF_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("FGF_PORTALS_DIR", str(folder))
    monkeypatch.setenv("FGF_PACE", "0")
    monkeypatch.delenv("FGF_CONTACT", raising=False)
    return folder


def test_list_shows_each_portal_on_a_line(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "live\t试验市人民政府\tplain\tnever\tdescribed",
        "site\t试验市人民政府\tplain\tnever\tlocal",
    ]
    site.put_notices(1)
    main(["crawl", "site"])
    capsys.readouterr()
    main(["list"])
    assert capsys.readouterr().out.splitlines()[1].split("\t")[3].startswith("20")


def test_a_wrong_portal_file_is_named_and_the_others_are_listed(
    portals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (portals / "wrong.toml").write_text("id = 3", "utf-8")
    assert main(["list"]) == 1
    out = capsys.readouterr()
    assert len(out.out.splitlines()) == 2
    assert "wrong.toml: id" in out.err


def test_crawl_prints_a_report_a_portal_and_its_reasons_on_stderr(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.put_notices(2, 1)
    site.pages["/n/1.html"] = Page("no", 403)
    assert main(["crawl", "site", "--full"]) == 0
    out = capsys.readouterr()
    report = json.loads(out.out)
    assert (report["portal_id"], report["new"], report["refused"]) == ("site", 1, 1)
    assert "/n/1.html: status 403" in out.err


def test_one_portal_that_fails_does_not_stop_the_others(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.put_notices(1)
    assert main(["crawl", "live", "site"]) == 1
    out = capsys.readouterr()
    assert json.loads(out.out)["new"] == 1
    assert "FGF_CONTACT" in out.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["crawl"],
        ["crawl", "site", "--since", "yesterday"],
        ["check"],
        ["check", "site", "--all"],
        ["fly"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["crawl", "--help"], ["check", "--help"]])
def test_help_says_what_a_command_does(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 0
    assert "usage: python -m crawlers" in capsys.readouterr().out


def test_an_unknown_portal_is_a_clear_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crawl", "nowhere"]) == 1
    assert "no file nowhere.toml" in capsys.readouterr().err


def test_check_shows_each_field_and_where_it_was_read(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.put_notices(2, 1)
    assert main(["check", "site"]) == 0
    out = capsys.readouterr()
    rows = [line.split("\t") for line in out.out.splitlines()]
    fields = {(row[0], row[1]): row[2:] for row in rows}
    assert fields["list", "title"] == ["关于第2号事项的通知", "title (2 of 2 rows)"]
    assert fields["list", "listed_on"] == ["2026-11-20", "span (2 of 2 rows)"]
    assert fields["list", "doc_no"][0] == "—"
    assert fields["notice", "title"][0] == "关于第2号事项的通知"
    assert "第2号事项请于年底前完成" in fields["notice", "text"][0]
    assert fields["notice", "text"][1].startswith(".content")
    assert "site: verified on this installation" in out.err


def test_what_check_found_is_remembered_and_scheduled_crawls_go_by_it(site: Site, portals: Path) -> None:
    settings = load_settings()
    assert healthy_portals(settings) == ["site"]  # on loopback: nothing to verify
    site.put_notices(1)
    assert main(["check", "--all"]) == 1
    health = read_health(settings)
    assert health["site"].is_healthy
    assert not health["live"].is_healthy
    assert "FGF_CONTACT" in health["live"].reason
    assert portals_to_crawl(settings) == ["site"]
    assert portals_to_crawl(settings, ["live"]) == ["live"]


def test_a_crawl_that_failed_shows_in_the_list_until_one_does_not(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.put_notices(1)
    well = site.pages["/list.html"]
    site.pages["/list.html"] = "<html><body><div>no rows</div></body></html>"
    main(["crawl", "site"])
    capsys.readouterr()
    main(["list"])
    state = capsys.readouterr().out.splitlines()[1].split("\t")[4]
    assert state.startswith(f"failing: the last crawl: {site.url('/list.html')}: ")
    site.pages["/list.html"] = well
    main(["crawl", "site"])
    main(["list"])
    assert capsys.readouterr().out.splitlines()[-1].split("\t")[4] == "local"


@pytest.mark.parametrize(("free", "is_told"), [(2**20, True), (2**30, False)], ids=["full", "room"])
def test_a_crawl_that_fails_on_a_full_disk_says_so(
    free: int, is_told: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = load_settings().data_dir
    data_dir.mkdir()
    load_settings().spool.write_text("no folder")
    monkeypatch.setattr("crawlers.commands.disk_usage", lambda _: SimpleNamespace(free=free))
    assert main(["crawl", "site"]) == 1
    err = capsys.readouterr().err
    assert (f"the disk of {data_dir} has 1 MB left. Remedy: docs/runbooks/disk-full.md" in err) is is_told


def test_a_verified_portal_that_fails_a_check_stays_in_the_schedule_unless_it_refuses() -> None:
    settings, at = load_settings(), datetime.now(UTC)
    remember(settings, Health("live", at, is_healthy=True))
    remember(settings, Health("live", at, is_healthy=False, reason="status 503, 5 times"))
    assert healthy_portals(settings) == ["live", "site"]
    remember(settings, Health("live", at, is_healthy=False, reason="robots.txt forbids it", is_refused=True))
    assert healthy_portals(settings) == ["site"]
    remember(settings, Health("live", at, is_healthy=False, reason="status 503, 5 times"))
    assert healthy_portals(settings) == ["site"]
    remember(settings, Health("live", at, is_healthy=True))
    assert healthy_portals(settings) == ["live", "site"]


@pytest.mark.parametrize(
    ("robots", "page", "is_refused"),
    [
        (Page("User-agent: *\nDisallow: /", headers={"Content-Type": "text/plain"}), Page("no"), True),
        (Page("", 404), Page("no", 403), True),
        (Page("down", 503), Page("no", 503), False),
        (Page("", 404), Page("<html><body>no rows</body></html>"), False),
    ],
    ids=["robots.txt", "403", "503", "changed"],
)
def test_a_check_that_was_refused_is_remembered_as_such(
    site: Site, robots: Page, page: Page, is_refused: bool
) -> None:
    site.pages |= {"/robots.txt": robots, "/list.html": page}
    assert main(["check", "site"]) == 1
    assert read_health(load_settings())["site"].is_refused is is_refused


def test_check_names_what_is_missing(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.put_notices(1)
    site.pages["/list.html"] = "<html><body><div>no rows</div></body></html>"
    assert main(["check", "site"]) == 1
    assert "site: not verified" in capsys.readouterr().err
    assert "/list.html" in read_health(load_settings())["site"].reason


def test_check_of_a_portal_that_cannot_be_reached_prints_the_error_alone(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.pages["/robots.txt"] = Page("down", 503)
    assert main(["check", "site"]) == 1
    out = capsys.readouterr()
    assert out.out == ""
    assert "/robots.txt: status 503" in out.err


def test_check_save_stores_both_pages_with_what_was_read_and_the_portal_file_and_says_where(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("crawlers.check_save.SAVED", tmp_path / "saved")
    site.put_notices(1)
    assert main(["check", "site", "--save"]) == 0
    saved = tmp_path / "saved" / "site"
    assert sorted(path.name for path in saved.iterdir()) == [
        "list.html", "list.json", "notice-1.html", "notice-1.json", "site.toml",
    ]  # fmt: skip
    assert f"site: saved in {saved}" in capsys.readouterr().err
    assert (saved / "notice-1.html").read_text("utf-8") == notice(1)
    assert json.loads((saved / "list.json").read_text("utf-8"))["items"][0]["title"] == "关于第1号事项的通知"


def test_recognise_reads_an_address_or_a_file(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = '<script>createPageHTML(9, 0, "index", "html");</script>'
    page = f'<html>{script}<a href="./202304/t20230425_1.html">a</a></html>'
    site.pages["/list.html"] = page
    (tmp_path / "page.html").write_text(page, "utf-8")
    assert main(["recognise", site.url("/list.html")]) == 0
    assert main(["recognise", str(tmp_path / "page.html")]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split("\t")[0] == second.split("\t")[0] == "trs_wcm"
    for nothing in (str(tmp_path / "absent.html"), str(tmp_path), "http://[broken/"):
        assert main(["recognise", nothing]) == 1
        assert f"error: {nothing}: neither a web address nor a file" in capsys.readouterr().err


def test_a_memory_that_cannot_be_read_is_named_by_list_and_made_again_by_the_next_crawl(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.put_notices(1)
    main(["crawl", "site"])
    (load_settings().state / "site.sqlite").write_bytes(b"no database" * 500)
    capsys.readouterr()
    assert main(["list"]) == 0
    assert "site.sqlite cannot be read; the next crawl makes it again" in capsys.readouterr().out
    assert main(["crawl", "site"]) == 0
    main(["list"])
    assert capsys.readouterr().out.splitlines()[-1].endswith("\tlocal")


@pytest.mark.parametrize("data", [b"", b"[]", b'{"site": {}}', b"\xff"])
def test_outcomes_of_checks_that_cannot_be_read_are_named_with_their_remedy(
    data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = load_settings().data_dir / "portals.json"
    path.parent.mkdir()
    path.write_bytes(data)
    assert main(["list"]) == 1
    assert f"error: {path}: cannot be read" in (said := capsys.readouterr().err)
    assert "Remedy: remove it" in said


@pytest.mark.parametrize("arguments", [["list"], ["check", "--all"]])
def test_folders_without_any_portal_file_are_an_error_not_an_empty_list(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FGF_PORTALS_DIR", "/no/such:/folder")
    assert main(arguments) == 1
    assert "error: FGF_PORTALS_DIR=/no/such:/folder: no portal file there" in capsys.readouterr().err


def test_a_data_folder_that_cannot_be_made_is_named_with_its_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("FGF_DATA_DIR", str(tmp_path / "file" / "data"))
    assert main(["crawl", "site"]) == 1
    assert f"site: FGF_DATA_DIR={tmp_path}/file/data is no folder" in capsys.readouterr().err


@pytest.mark.parametrize("contact", ["数据组", "a@demo.example\nCookie: x"])
def test_a_contact_that_no_header_can_carry_is_a_wrong_setting(
    contact: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FGF_CONTACT", contact)
    assert main(["crawl", "site"]) == 1
    assert f"error: FGF_CONTACT={contact!r}: " in capsys.readouterr().err


def test_a_reason_names_its_portal_once(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.put_notices(1, day="2019-05-01")
    main(["crawl", "site"])
    assert capsys.readouterr().err.startswith("site: notices before")


@pytest.mark.parametrize("setting", ["FGF_MINUTES=inf", "FGF_PACE=nan", "FGF_FIRST_DAYS=999999999"])
def test_a_number_without_bounds_is_a_wrong_setting(
    setting: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name, value = setting.split("=")
    monkeypatch.setenv(name, value)
    assert main(["crawl", "site"]) == 1
    assert f"error: {name}='{value}': Input should be" in capsys.readouterr().err
