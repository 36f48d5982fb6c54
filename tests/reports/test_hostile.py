"""A portal that writes hostile titles and texts: they are text in every report, and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import feedparser
import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from crawlers.settings import Settings
from reports.digest import DigestReport, write_digest
from reports.feeds import write_feeds
from reports.ledger import write_ledger
from reports.mail import write_mails
from reports.site import write_site
from reports.text import one_line
from tests.reports import province
from tests.reports.browser import open_page
from tests.reports.conftest import publish_batches

TITLES = (
    '=HYPERLINK("https://evil.example/","点此")',
    "<script>document.title='被改'</script><img src=x onerror=alert(1)>公告",
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "]](javascript:alert(1)) ![x](https://evil.example/p.png) <https://evil.example/>",
    "公告\u202ecod.exe\u2066\x07\x1b[31m\u200b",
    "{{ 7*7 }}{% raw %}${7*7}</textarea></title></style>",
    "很长的标题" * 2000,
)
DUE = (("2023年4月28日前", "2023-04-28"),)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    notices = [
        province.notice(
            "linhe",
            700 + number,
            title,
            "2023-04-20",
            [
                province.Draft(
                    title[:300], f"{title[:300]}，2023年4月28日前完成。", lead=(f"市局{title[:60]}",), due=DUE
                )
            ],
            doc_no=f"临政发〔2023〕{700 + number}号",
            topics=(title[:40],),
            url="javascript:alert(1)" if number == 0 else None,
            opening=f"{title}\n</script><script>alert(2)</script>",
        )
        for number, title in enumerate(TITLES)
    ]
    batch = province.batch("linhe", datetime(2023, 4, 22, 1, tzinfo=UTC), notices)
    return publish_batches(tmp_path_factory.mktemp("hostile"), [batch])


@pytest.fixture(scope="module")
def digest(hostile: Settings) -> DigestReport:
    return write_digest(hostile, "2023-W16")


class Reader(HTMLParser):
    """Tags and attributes of a page, and its visible words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data


def assert_harmless(page: str) -> None:
    read = Reader(page)
    assert not read.tags & {"script", "img", "iframe", "textarea", "object", "form", "svg:script"}
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    for name, value in read.attributes:
        if name in ("href", "src"):
            assert re.match(r"(https?://|[\w%.\-/]+\.(html|md|xlsx)$|#\w+$)", value), value
            assert "evil.example" not in value
    for title in TITLES:
        assert one_line(title)[:90].strip() in " ".join(read.words.split()) or len(title) > 1000
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\u200b]", page)


def test_the_digest_shows_them_as_text(digest: DigestReport) -> None:
    assert_harmless(digest.html.read_text("utf-8"))


def test_the_markdown_shows_them_as_text(digest: DigestReport) -> None:
    source = digest.markdown.read_text("utf-8")
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(source)
    assert_harmless(page)


def test_a_title_of_ten_thousand_characters_is_cut_on_the_page_and_whole_in_the_sheet(
    digest: DigestReport,
) -> None:
    assert "很长的标题" * 2000 not in digest.html.read_text("utf-8")
    values = {c for row in load_workbook(digest.xlsx)["新增政策"].values for c in row}
    assert "很长的标题" * 2000 in values


@pytest.mark.parametrize("which", ["digest", "ledger"])
def test_no_cell_of_a_workbook_is_a_formula(which: str, hostile: Settings, digest: DigestReport) -> None:
    path = (
        digest.xlsx if which == "digest" else write_ledger(hostile, by_unit=True, today=province.AS_OF).xlsx
    )
    cells = [
        c for sheet in load_workbook(path) for row in sheet.iter_rows() for c in row if c.value is not None
    ]
    assert any(str(c.value).startswith("=HYPERLINK") for c in cells)
    for cell in cells:
        assert cell.data_type in "sdn"
        assert cell.data_type != "s" or cell.quotePrefix
        assert cell.hyperlink is None or str(cell.hyperlink.target).startswith("https://www.linhe.example/")


def test_feeds_and_calendars_are_whole(hostile: Settings) -> None:
    paths = write_feeds(hostile, today=province.AS_OF)
    for path in paths:
        if path.suffix == ".atom":
            parsed = feedparser.parse(path.read_bytes())
            assert not parsed.bozo
            assert all(not e.get("link", "").startswith("javascript") for e in parsed.entries)
        else:
            assert Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        assert path.resolve().parent in {
            hostile.reports.resolve() / "feeds",
            hostile.reports.resolve() / "calendars",
        }
    assert_harmless_links((hostile.reports / "feeds" / "index.html").read_text("utf-8"))


def assert_harmless_links(page: str) -> None:
    read = Reader(page)
    assert "script" not in read.tags
    assert not [v for n, v in read.attributes if n == "href" and ":" in v]


def test_a_mail_shows_them_as_text(hostile: Settings, tmp_path: Path) -> None:
    people = tmp_path / "r.toml"
    people.write_text('[[recipients]]\nname = "甲\\r\\nBcc: x@evil.example"\nmail = "a@x.example"\n', "utf-8")
    [path] = write_mails(hostile, people, "2023-W16")
    read: Any = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert read["Bcc"] is None
    page = read.get_body(("html",)).get_content()
    assert "<script" not in page
    assert not re.search(r"<img (?!src=\"cid:chart\d@)", page)
    assert not re.search(r'href="(?!https://www\.linhe\.example/)', page)


def test_the_explorer_shows_them_as_text(hostile: Settings, tmp_path: Path) -> None:
    index = write_site(hostile, today=province.AS_OF).index
    listed = open_page(index.as_uri(), tmp_path)
    assert "<title>放管服改革政策库</title>" in listed.dom
    words = " ".join(unescape(re.sub(r"<[^>]+>", "", listed.dom)).split())
    for title in TITLES[:-1]:
        assert one_line(title)[:60] in words
    assert "onerror=" not in re.sub(r"&lt;.*?&gt;", "", listed.dom)
    assert [c for c in listed.console if "evil" in c or "Refused" in c] == []
    [first] = re.findall(r'href="#/n/([0-9a-f]{16})">=HYPERLINK', listed.dom)
    opened = open_page(f"{index.as_uri()}#/n/{first}", tmp_path)
    assert "javascript:" not in opened.dom
    assert "<script>alert(2)" not in opened.dom
    assert [a for a in opened.asked if not a.startswith(("file:", "data:"))] == []
