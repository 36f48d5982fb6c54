"""Files of a notice.

Which links are files, what they are called, what they are, and what happens when they fail.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.attachments import find_attachments
from crawlers.file_names import file_name, header_name, safe_name
from crawlers.media_types import media_type
from crawlers.model import Answer, NoticeFetched, Rejected
from tests.crawlers.conftest import Crawler
from tests.crawlers.site import Page, Site, notice

BASE = "http://www.demo-city.example/n/202304/t20230418_1.html"
PDF = b"%PDF-1.4\nsome content\n"


def links(html: str) -> list[tuple[str, str]]:
    return find_attachments(Answer(BASE, 200, {}, b"", html, datetime(2026, 1, 1, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("html", "name", "url"),
    [
        ('<a href="./P020230418.pdf">附件1：任务分工表</a>', "附件1：任务分工表", "/n/202304/P020230418.pdf"),
        ('<a href="P02.doc" title="任务表.doc">下载</a>', "任务表.doc", "/n/202304/P02.doc"),
        ('<a href="P02.doc" title="点击下载">任务表.doc</a>', "任务表.doc", "/n/202304/P02.doc"),
        ('<a href="/__local/A/1_2.xls?e=.xls">附件.xls</a>', "附件.xls", "/__local/A/1_2.xls?e=.xls"),
        (
            '<a href="/module/download/downfile.jsp?classid=0&amp;filename=ab12.docx">工作要点</a>',
            "工作要点",
            "/module/download/downfile.jsp?classid=0&filename=ab12.docx",
        ),
        (
            '<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&amp;wbfileid=2">清单</a>',
            "清单",
            "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=2",
        ),
        (
            "<script>var file_appendix='<a href=\"./P03.xlsx\">清单.xlsx</a>';</script>",
            "清单.xlsx",
            "/n/202304/P03.xlsx",
        ),
        (
            '<script>window._CONFIG = {DETAIL: {"content": "", "attachment": '
            '[{"name": "表.xls", "url": "/attachment/0/1/2.xls"}]}}</script>',
            "表.xls",
            "/attachment/0/1/2.xls",
        ),
        (
            "<script>var file_appendix='<a href=\"/d.jsp?regionId=1&paramId=2&f=.pdf\">表.pdf</a>';</script>",
            "表.pdf",
            "/d.jsp?regionId=1&paramId=2&f=.pdf",
        ),
        (
            "<script>var file_appendix='&lt;a href=\"./P04.doc\"&gt;表.doc&lt;/a&gt;';</script>",
            "表.doc",
            "/n/202304/P04.doc",
        ),
        (
            '<script>window._CONFIG = {DETAIL: {"attachment": '
            '[{"name": "《办法》<试行>.pdf", "url": "/attachment/0/1/\\"3.pdf"}]}}</script>',
            "《办法》<试行>.pdf",
            '/attachment/0/1/"3.pdf',
        ),
        ('<a href="http://other.example/a.pdf">附件.pdf</a>', "附件.pdf", "http://other.example/a.pdf"),
        ('<a href="..\\..\\u\\P09.pdf">附件.pdf</a>', "附件.pdf", "/u/P09.pdf"),
        ('<div class="article-footer"><a href="/u/P1.pdf">附件1：清单</a></div>', "附件1：清单", "/u/P1.pdf"),
        ('<iframe src="./P05.pdf#page=1" width="100%"></iframe>', "", "/n/202304/P05.pdf"),
        ('<iframe src="/pdfjs/viewer.html?file=/u/P06.pdf"></iframe>', "", "/u/P06.pdf"),
        ('<embed src="/u/P07.pdf" type="application/pdf">', "", "/u/P07.pdf"),
        ('<object data="/u/P08.pdf">浏览器不支持</object>', "浏览器不支持", "/u/P08.pdf"),
    ],
    ids=[
        "TRS",
        "title",
        "text",
        "VSB",
        "JCMS",
        "VSB download",
        "file_appendix",
        "gkmlpt",
        "parameters",
        "escaped file_appendix",
        "marks in a name",
        "another host",
        "backslashes",
        "foot of the article",
        "iframe",
        "viewer",
        "embed",
        "object",
    ],
)
def test_a_link_to_a_file_is_an_attachment(html: str, name: str, url: str) -> None:
    url = url if url.startswith("http:") else f"http://www.demo-city.example{url}"
    assert links(f"<html><body><div class='content'>{html}</div></body></html>") == [(name, url)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="t20230418_2.html">附件见另页</a>',
        '<div class="footer"><a href="/manual.pdf">使用手册</a></div>',
        '<nav><a href="/guide.doc">指南</a></nav>',
        '<div class="xgxx"><a href="/other.pdf">相关文件</a></div>',
        "<a href=\"javascript:download('a.pdf')\">下载</a>",
        '<a href="http://[bad/a.pdf">坏</a>',
        '<iframe src="http://[bad/a.pdf"></iframe>',
        '<iframe src="/share.html?u=http://www.demo-city.example/"></iframe>',
        '<div class="footer"><embed src="/guide.pdf"></div>',
    ],
)
def test_links_of_the_frame_and_links_to_pages_are_no_attachments(html: str) -> None:
    assert links(f"<html><body>{html}<p>a.pdf</p></body></html>") == []


def test_a_file_lies_where_the_base_of_its_page_says() -> None:
    html = '<html><head><base href="/upload/"></head><body><a href="a.pdf">附件.pdf</a></body></html>'
    assert links(html) == [("附件.pdf", "http://www.demo-city.example/upload/a.pdf")]


def test_a_file_that_is_linked_twice_is_one_attachment() -> None:
    html = '<a href="a.pdf"><img src="icon.png"></a><a href="a.pdf">附件.pdf</a>'
    assert [url for _, url in links(html)] == ["http://www.demo-city.example/n/202304/a.pdf"]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="plain.pdf"', "plain.pdf"),
        ("attachment; filename*=UTF-8''%E4%BB%BB%E5%8A%A1%E8%A1%A8.doc", "任务表.doc"),
        ("attachment; filename=\"fallback.doc\"; filename*=UTF-8''%E8%A1%A8.doc", "表.doc"),
        ("attachment; filename*0*=UTF-8''%E4%BB%BB%E5%8A%A1; filename*1*=%E8%A1%A8.doc", "任务表.doc"),
        ("attachment; filename*=GBK''%C8%CE%CE%F1%B1%ED.doc", "任务表.doc"),
        ('attachment; filename="%E4%BB%BB%E5%8A%A1%E8%A1%A8.doc"', "任务表.doc"),
        (f'attachment; filename="{"任务表.doc".encode().decode("latin-1")}"', "任务表.doc"),
        (f'attachment; filename="{"任务表.doc".encode("gb18030").decode("latin-1")}"', "任务表.doc"),
        ("attachment;filename=表.doc".encode().decode("latin-1"), "表.doc"),
        ("attachment; filename*=undefined''%E4%BB%BB.doc", ""),
        ("attachment; filename*=idna''%E4.doc", ""),
        ("inline", ""),
        ("", ""),
    ],
)
def test_the_name_in_a_header_is_read_in_all_its_spellings(disposition: str, name: str) -> None:
    assert header_name(disposition) == name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/x", "x"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\a\\b.doc", "b.doc"),
        ("a\x00b\r\nc.pdf", "a_b c.pdf"),
        ("con.doc", "_con.doc"),
        ("...", "file"),
        ("", "file"),
        ("表\u202egnp.exe", "表gnp.exe"),
        ('"附件"：<1>|2?.pdf', "_附件_：_1__2_.pdf"),
        ("长" * 300 + ".docx", "长" * 58 + ".docx"),
    ],
)
def test_a_name_is_safe_for_any_file_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert len(safe_name(name).encode()) <= 180


@pytest.mark.parametrize(
    ("link", "disposition", "url", "name"),
    [
        ("任务表.doc", 'attachment; filename="ab12.doc"', "/x", "任务表.doc"),
        ("点击下载", 'attachment; filename="任务表.doc"', "/x", "任务表.doc"),
        ("附件1：任务表", "", "/P02.doc", "附件1：任务表.pdf"),
        ("", "", "/files/%E8%A1%A8.pdf?x=1", "表.pdf"),
        ("", 'attachment; filename="../../etc/x"', "/x", "x.pdf"),
    ],
)
def test_the_best_name_of_a_file_is_taken(link: str, disposition: str, url: str, name: str) -> None:
    raw = disposition.encode().decode("latin-1")
    assert file_name(link, raw, f"http://www.demo-city.example{url}", "application/pdf") == name


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return data.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\r\n\r\n" + PDF, "application/pdf"),
        (OLE + "WordDocument".encode("utf-16-le"), "application/msword"),
        (OLE + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
        (OLE, "application/x-ole-storage"),
        (
            zipped("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (zipped("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (zipped("OFD.xml"), "application/ofd"),
        (zipped("a.doc"), "application/zip"),
        (b"PK\x03\x04 not really", "application/zip"),
        (b"{\\rtf1", "application/rtf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("\ufeff<!DOCTYPE html><html>".encode(), "text/html"),
        ("关于任务的通知".encode("gb18030"), "text/plain"),
        (bytes(range(256)), "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_bytes_say(body: bytes, kind: str) -> None:
    assert media_type(body) == kind


def put_file(site: Site, page: Page, number: int = 1) -> None:
    """One notice with one file."""
    site.put_notices(number)
    site.pages[f"/n/{number}.html"] = notice(number, '<p>附件：<a href="/f/table.doc">任务表</a></p>')
    site.pages["/f/table.doc"] = page


def fetched(crawler: Crawler, site: Site) -> list[NoticeFetched]:
    return [e for batch in crawler.events(site.portal()) for e in batch if isinstance(e, NoticeFetched)]


def test_a_file_comes_with_its_notice_typed_by_its_bytes(site: Site, crawler: Crawler) -> None:
    put_file(site, Page(PDF, headers={"Content-Type": "application/msword"}))
    report = crawler.crawl(site.portal())
    [file] = fetched(crawler, site)[0].files
    assert (file.name, file.media_type, file.body, file.error) == ("任务表.pdf", "application/pdf", PDF, "")
    assert report.attachments == 1


@pytest.mark.parametrize(
    "page",
    [
        Page("busy", 503),
        Page("gone", 404),
        Page("<html>您访问的页面不存在</html>"),
        Page("no", 403),
        Page(b""),
    ],
    ids=["503", "404", "a page", "403", "empty"],
)
def test_a_file_that_fails_costs_its_notice_nothing_and_comes_with_the_next_crawl(
    site: Site, crawler: Crawler, page: Page
) -> None:
    put_file(site, page)
    assert crawler.crawl(site.portal()).new == 1
    [first] = fetched(crawler, site)
    assert first.files[0].body is None
    assert site.url("/f/table.doc") in first.files[0].error
    rejected = [e for e in crawler.events(site.portal())[0] if isinstance(e, Rejected)]
    assert [(e.url, e.stage) for e in rejected] == [(site.url("/f/table.doc"), "attachment")]
    site.pages["/f/table.doc"] = Page(PDF)
    crawler.at += timedelta(hours=1)
    crawler.crawl(site.portal())
    assert [(e.change, e.files[0].body) for e in fetched(crawler, site)] == [("new", None), ("changed", PDF)]
    crawler.at += timedelta(hours=1)
    assert crawler.crawl(site.portal()).requests == 2


def test_a_file_that_never_comes_is_given_up_after_some_crawls(site: Site, crawler: Crawler) -> None:
    put_file(site, Page("gone", 404))
    requests = []
    for _ in range(8):
        requests.append(crawler.crawl(site.portal()).requests)
        crawler.at += timedelta(minutes=1)
    assert requests == [4, 3, 3, 3, 3, 3, 2, 2]


def test_a_file_on_another_host_is_named_and_never_asked_for(site: Site, crawler: Crawler) -> None:
    site.put_notices(1)
    site.pages["/n/1.html"] = notice(1, '<a href="http://169.254.169.254/user-data.doc">任务表.doc</a>')
    crawler.crawl(site.portal())
    [file] = fetched(crawler, site)[0].files
    assert (file.name, file.body) == ("任务表.doc", None)
    assert "no own host" in file.error
    assert crawler.crawl(site.portal()).requests == 2


def test_a_file_of_two_notices_is_kept_once(site: Site, crawler: Crawler) -> None:
    site.put_notices(2, 1)
    for n in (1, 2):
        site.pages[f"/n/{n}.html"] = notice(n, f'<a href="/f/{n}.pdf">附件{n}.pdf</a>')
        site.pages[f"/f/{n}.pdf"] = Page(PDF)
    crawler.crawl(site.portal())
    files = [e.files[0] for e in fetched(crawler, site)]
    assert [(f.name, f.body) for f in files] == [("附件2.pdf", PDF), ("附件1.pdf", PDF)]
    assert files[0].ref == files[1].ref


def test_a_file_that_has_not_changed_is_not_sent_again_with_its_changed_page(
    site: Site, crawler: Crawler
) -> None:
    site.etags = True
    link = '<a href="/a.pdf">附件.pdf</a>'
    site.put_notices(2, 1)
    site.pages |= {
        "/a.pdf": Page(PDF, headers={"Content-Type": "application/pdf"}),
        "/n/1.html": notice(1, link),
    }
    crawler.crawl(site.portal())
    site.pages["/n/1.html"] = notice(1, f"{link}<p>浏览次数：7</p>")
    crawler.at += timedelta(days=2)
    report = crawler.crawl(site.portal())
    assert (report.changed, report.attachments, report.outcome) == (1, 0, "ok")
    assert site.requests[site.asked.index("/a.pdf", 5)].get("if-none-match")
    [event] = [e for e in crawler.events(site.portal())[1] if isinstance(e, NoticeFetched)]
    assert [(file.name, file.body) for file in event.files] == [("附件.pdf", PDF)]
    site.pages["/a.pdf"] = Page(PDF + b"2", headers={"Content-Type": "application/pdf"})
    site.pages["/n/1.html"] = notice(1, f"{link}<p>浏览次数：8</p>")
    crawler.at += timedelta(days=2)
    crawler.crawl(site.portal())
    [event] = [e for e in crawler.events(site.portal())[2] if isinstance(e, NoticeFetched)]
    assert [file.body for file in event.files] == [PDF + b"2"]
