"""Portal files: read strictly, every complaint names file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.errors import WrongPortalFile
from crawlers.portal import FIELDS, load_portal, portal_ids
from transforms.words import LABELS

GOOD = """
id = "demo_city"
name = "示范市人民政府"
region = "示范市"
adcode = "610000"
level = "city"
family = "plain"
home = "https://www.demo-city.example/"
hosts = ["data.demo-city.example:8080"]
pace = 2
[[columns]]
name = "政府文件"
path = "/zwgk/zfwj/"
[columns.options]
item = "li.row"
[[columns]]
name = "数据"
path = "https://data.demo-city.example:8080/list.html"
[list]
date = "span.date"
[page]
body = ["#zoom"]
[page.fields]
"文号" = "doc_no"
[fixes.issuers]
"市政府办" = "示范市人民政府办公室"
[expect]
notices = { min = 5, max = 200 }
silent_days = 45
filled = { title = 1.0, doc_no = 0.6 }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "demo_city.toml"
    path.write_text(GOOD, "utf-8")
    return path


def test_a_portal_file_is_read_whole(file: Path) -> None:
    portal = load_portal("demo_city", [file.parent])
    assert portal.hosts == ("www.demo-city.example", "data.demo-city.example:8080")
    assert [column.name for column in portal.columns] == ["政府文件", "数据"]
    assert portal.columns[0].options == {"item": "li.row"}
    assert portal.page == {"body": ["#zoom"]}
    assert portal.fields == {"文号": "doc_no"}
    assert portal.fixes == {"issuers": {"市政府办": "示范市人民政府办公室"}}
    assert portal.expect["notices"] == {"min": 5, "max": 200}
    assert portal.pace == 2.0


@pytest.mark.parametrize(
    ("old", "new", "key", "what"),
    [
        ('name = "示范市人民政府"\n', "", "name", "is missing"),
        ('region = "示范市"', 'region = ""', "region", "is empty"),
        ('id = "demo_city"', 'id = "other"', "id", "the name of the file"),
        ('level = "city"', 'level = "village"', "level", "must be one of national, province"),
        ('family = "plain"', 'family = "wordpress"', "family", "must be one of"),
        ('adcode = "610000"', "adcode = 610000", "adcode", "must be a string"),
        ('adcode = "610000"', 'adcode = "61"', "adcode", "six digits"),
        ('adcode = "610000"', 'adcode = "61000²"', "adcode", "six digits"),
        ('adcode = "610000"', 'adcode = "６１００００"', "adcode", "six digits"),
        ('home = "https://www.demo-city.example/"', 'home = "www.demo-city.example"', "home", "whole http"),
        ('home = "https://www.demo-city.example/"', 'home = "http://[broken/"', "home", "whole http"),
        ("pace = 2", "pace = inf", "pace", "at most 3600"),
        ("pace = 2", "pace = -1", "pace", "at most 3600"),
        ("pace = 2", "pace = nan", "pace", "at most 3600"),
        ("pace = 2", "pace = true", "pace", "must be a whole number or a number"),
        ("pace = 2", "pase = 2", "pase", "is no key that we know"),
        ('hosts = ["data.demo-city.example:8080"]', 'hosts = ["http://x/"]', "hosts", "host names"),
        ('hosts = ["data.demo-city.example:8080"]', 'hosts = ["a:b"]', "hosts", "host names"),
        ('hosts = ["data.demo-city.example:8080"]', 'hosts = ["[broken"]', "hosts", "host names"),
        ('hosts = ["data.demo-city.example:8080"]', 'hosts = ["me@data.example"]', "hosts", "host names"),
        ('hosts = ["data.demo-city.example:8080"]', "", "columns[2].path", "no own host"),
        ('path = "/zwgk/zfwj/"', 'path = "http://[broken/"', "columns[1].path", "must be a path"),
        ('path = "/zwgk/zfwj/"', "", "columns[1].path", "is missing"),
        ('path = "/zwgk/zfwj/"', 'path = "/zwgk/zfwj/"\nurl = "x"', "columns[1].url", "is no key"),
        ('item = "li.row"', 'itme = "li.row"', "columns[1].options.itme", "is no key of this family"),
        ('date = "span.date"', 'dates = "span.date"', "list.dates", "is no key of this family"),
        ('date = "span.date"', "date = 3", "list.date", "must be like"),
        ('date = "span.date"', "date = [3]", "list.date", "must be like"),
        ('date = "span.date"', 'date = "span["', "list.date", "is no CSS selector"),
        ('date = "span.date"', 'href = "("', "list.href", "is no regular expression"),
        ('date = "span.date"', 'method = "PUT"', "list.method", "must be GET, POST or JSON"),
        ('date = "span.date"', 'names = "list.html"', "list.names", "must have {n}"),
        ('date = "span.date"', "size = 0", "list.size", "number of rows"),
        ('date = "span.date"', "second = 1.5", "list.second", "must be like"),
        ('item = "li.row"', 'item = ["li", "li["]', "columns[1].options.item", "is no CSS selector"),
        ('body = ["#zoom"]', "body = 3", "page.body", "must be like"),
        ('body = ["#zoom"]', 'body = ["#zoom["]', "page.body", "is no CSS selector"),
        ('"文号" = "doc_no"', '"文号" = "doc_nr"', "page.fields.文号", "must be one of title, index_no"),
        ("[fixes.issuers]", "[fixes.issuer]", "fixes.issuer", "is no key"),
        ('"文号" = "doc_no"', '"文号" = 3', "page.fields.文号", "must be a string"),
        (
            '"市政府办" = "示范市人民政府办公室"',
            '"市政府办" = 1',
            "fixes.issuers.市政府办",
            "must be a string",
        ),
        ("silent_days = 45", "silent = 45", "expect.silent", "is no key"),
        ("silent_days = 45", "silent_days = 0", "expect.silent_days", "at least 1"),
        ("{ min = 5, max = 200 }", "{ min = 5, max = 2 }", "expect.notices.max", "below min"),
        ("{ min = 5, max = 200 }", "{ min = -5 }", "expect.notices.min", "at least 0"),
        ("title = 1.0", "titel = 1.0", "expect.filled.titel", "is no field that we know"),
        ("{ min = 5, max = 200 }", "{ least = 5 }", "expect.notices.least", "is no key"),
        ("title = 1.0", "title = 2.0", "expect.filled.title", "between 0 and 1"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_file(
    file: Path, old: str, new: str, key: str, what: str
) -> None:
    assert old in GOOD
    file.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(WrongPortalFile) as caught:
        load_portal("demo_city", [file.parent])
    assert f"{file}: {key}" in str(caught.value)
    assert what in str(caught.value)


@pytest.mark.parametrize("data", [b"id = ", b"\xff\xfe", b"columns = 3"])
def test_a_file_that_is_no_toml_is_named(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with pytest.raises(WrongPortalFile, match=r"demo_city\.toml"):
        load_portal("demo_city", [file.parent])


def test_an_unknown_portal_is_an_error_that_names_the_folders(tmp_path: Path) -> None:
    with pytest.raises(WrongPortalFile, match=f"no file nowhere.toml in {tmp_path}"):
        load_portal("nowhere", [tmp_path])


def test_the_first_folder_that_has_a_portal_wins(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "demo_city.toml").write_text(GOOD.replace('示范市人民政府"\nregion', '别处"\nregion'), "utf-8")
    assert load_portal("demo_city", [other, file.parent]).name == "别处"
    assert portal_ids([other, file.parent, tmp_path / "absent"]) == ["demo_city"]


def test_what_are_keys_of_a_json_answer_are_no_selectors(file: Path) -> None:
    asked = GOOD.replace('date = "span.date"', 'rows = "data.*.list"\ndate = "data.*.day"')
    file.write_text(asked, "utf-8")
    assert load_portal("demo_city", [file.parent]).list["date"] == "data.*.day"


def test_a_label_can_fill_every_field_that_the_reader_knows_by_labels() -> None:
    assert set(FIELDS) == set(LABELS)
