"""What lists must never do: pass for empty, end early, stop for one bad row."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from time import process_time
from typing import Any

import pytest

from crawlers.errors import PageChanged, WrongPortalFile
from crawlers.families import FAMILIES, load_family
from crawlers.lists.api import _pages
from crawlers.lists.paging import next_link, with_query
from crawlers.model import Answer, Column, ListPage, Portal
from crawlers.recognise import recognise
from crawlers.select import parse

HOME = "https://www.demo.example/"
PATHS = {
    "gov_cn": "/search-gov/data",
    "gkmlpt": "/gkmlpt/api/all/0",
    "ucap": "/zfwj/list.shtml",
    "jpaas": "/api-gateway/jpaas-publish-server/front/page/build/unit",
    "hanweb": "/col/col1/index.html",
    "vsb": "/zwgk/zcwj.htm",
    "lonsun": "/site/label/8888?labelName=publicInfoList",
    "trs_search": "/igs/front/search/list.html",
    "trs_wcm": "/zwgk/index.html",
    "plain": "/wj/",
}


def read(family: str, text: str, path: str = "", **options: Any) -> ListPage:
    column = Column("list", path or PATHS[family], options)
    portal = Portal(
        "demo", "示范市", "示范市", "000000", "city", family, HOME, ("www.demo.example",), (column,)
    )
    module = load_family(family)
    url = module.first_request(portal, column).url
    return module.read_list(Answer(url, 200, {}, b"", text, datetime(2026, 1, 1, tzinfo=UTC)), portal, column)


@pytest.mark.parametrize(
    "text", ["<html><title>维护</title><body>网站升级维护中</body></html>", "", "{}", "null", "[]"]
)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_list_without_items_is_an_error_not_an_empty_list(family: str, text: str) -> None:
    options = {"item": "ul.list li"} if family == "plain" else {}
    with pytest.raises(PageChanged, match=r"https://www\.demo\.example/"):
        read(family, text, **options)


@pytest.mark.parametrize("family", ["gkmlpt", "gov_cn", "trs_search"])
def test_other_keys_than_known_are_an_error_that_says_which_there_are(family: str) -> None:
    with pytest.raises(PageChanged, match="resultDocs"):
        read(family, '{"resultDocs": [{"name": "x", "link": "/x"}]}')


def test_rows_of_other_keys_are_an_error_that_says_which_there_are() -> None:
    with pytest.raises(
        PageChanged, match=r"1 rows, and none can be read: row 1: nothing under title.*'t', 'u'"
    ):
        read("gkmlpt", '{"articles": [{"t": "x", "u": "/x"}]}')


def test_an_empty_page_before_the_end_that_the_answer_states_is_an_error() -> None:
    path = "/igs/front/search/list.html?pageNumber=2"
    column = Column("list", path)
    portal = Portal("demo", "示范市", "示范市", "000000", "city", "trs_search", HOME, (), (column,))
    answer = Answer(
        HOME + path[1:],
        200,
        {},
        b"",
        '{"page":{"content":[],"totalPages":9}}',
        datetime(2026, 1, 1, tzinfo=UTC),
    )
    with pytest.raises(PageChanged, match=r"no row under .* on page 2, though .*pages = 9"):
        load_family("trs_search").read_list(answer, portal, column)


def test_a_proxy_that_answers_with_nothing_is_an_error() -> None:
    text = "<datastore><totalrecord>0</totalrecord><recordset></recordset></datastore>"
    with pytest.raises(PageChanged, match="<recordset> holds no record from 1 on, total 0"):
        read("hanweb", text, form={"columnid": "1", "unitid": "2"})


def test_rows_that_a_script_loads_are_named_as_such() -> None:
    page = "<html><div id='3800'></div><script>loadPageData(params, '3800');</script></html>"
    with pytest.raises(PageChanged, match=r"loaded by a script \(loadPageData\(params, '3800'\)\)"):
        read("hanweb", page)


def test_one_bad_row_is_skipped_with_its_reason() -> None:
    hrefs = [
        "/a.html",
        "javascript:void(0)",
        "file:///etc/passwd",
        "http://[::1",
        "mailto:a@b.example",
        "/b.html",
    ]
    rows = "".join(f'<li><a href="{href}">关于第{n}件事的通知</a></li>' for n, href in enumerate(hrefs))
    page = read("plain", f"<ul class='list'>{rows}<li>没有链接</li></ul>", item="ul.list li")
    assert [item.url for item in page.items] == [f"{HOME}a.html", f"{HOME}b.html"]
    assert [reason.split(":")[0] for reason in page.skipped] == ["row 2", "row 3", "row 4", "row 5", "row 7"]


def test_friendly_links_are_no_rows() -> None:
    page = read(
        "trs_wcm",
        '<ul><li><a href="./202301/t20230105_1.html">关于一件事的通知</a></li></ul>'
        '<ul><li><a href="http://www.other.example/zwgk/">邻市人民政府</a></li></ul>',
    )
    assert [item.title for item in page.items] == ["关于一件事的通知"]


@pytest.mark.parametrize(
    ("pager", "following"),
    [
        ('<a href="index_7.html">下一页</a>', "wj/index_7.html"),
        ('<a href="javascript:go(2)">下一页</a>', "wj/index_1.html"),  # a script knows: a guess
        ("", "wj/index_1.html"),  # a script elsewhere writes the pager: a guess
        ("<span>下一页</span><span>尾页</span>", None),
        ("<script>createPageHTML(1,0,'index','html')</script>", None),
        ("<script>createPageHTML(3,0,'index','shtml')</script>", "wj/index_1.shtml"),
    ],
)
def test_a_list_goes_on_unless_it_says_that_it_ends(pager: str, following: str | None) -> None:
    page = read("plain", f'<ul><li><a href="/a.html">关于一件事的通知</a></li></ul>{pager}', item="li")
    assert (page.next.url if page.next else None) == (HOME + following if following else None)


def test_links_are_relative_to_the_base_of_the_page() -> None:
    html = '<base href="/sthjt/"><ul><li><a href="../zw/./a.html/">关于一件事的通知</a></li></ul>'
    assert read("plain", html, item="li").items[0].url == f"{HOME}zw/a.html"


def test_a_title_in_a_cell_of_its_own_is_the_title() -> None:
    head = "<tr><th>名称</th><th>操作</th></tr>"
    row = '<tr><td>关于一件事的通知</td><td><a href="/a">查看</a></td></tr>'
    assert read("plain", f"<table>{head}{row}</table>", item="tr").items[0].title == "关于一件事的通知"


def test_a_portal_file_without_a_known_search_service_is_an_error() -> None:
    with pytest.raises(WrongPortalFile, match=r"portal demo: column 'list': /search is no path of /igs/"):
        read("trs_search", "{}", path="/search")


def test_an_unknown_family_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(WrongPortalFile, match="no such family; there are gov_cn"):
        load_family("wordpress")


@pytest.mark.parametrize(
    ("url", "html", "family"),
    [
        ("https://www.gov.cn/zhengce/index.htm", '<div class="TRS_Editor">', "gov_cn"),
        ("", "<script>window._CONFIG = {}</script><a href='/gkmlpt/x'>", "gkmlpt"),
        (
            "",
            "<script>createPageHTML('page_div',6,1,'list','shtml',87)</script><div class='TRS_Editor'>",
            "ucap",
        ),
        (
            "http://a.example/art/2023/1/2/art_1_2.html",
            '<div class="TRS_Editor"><div id="vsb_content">',
            "hanweb",
        ),
        (
            "http://a.example/",
            '<script>x("/a/jpaas-publish-server/f")</script><a href="/art/2023/1/2/art_1_2.html">',
            "jpaas",
        ),
        ("http://a.example/info/1/2.htm", '<div id="vsb_content"><div class="TRS_Editor">', "vsb"),
        ("http://a.example/", '<a href="/site/label/8888?labelName=publicInfoList">', "lonsun"),
        ("http://a.example/igs/front/search/list.html", "{}", "trs_search"),
        ("http://a.example/", '<script>createPageHTML(5, 0, "index", "html")</script>', "trs_wcm"),
        ("http://a.example/", '<a href="./202301/t20230105_12.html">', "trs_wcm"),
        ("http://a.example/", '<a href="http://b.example/col/col12/index.html">', "plain"),
        ("http://a.example/", "维护中", "plain"),
    ],
)
def test_a_page_is_recognised_in_the_order_that_avoids_confusion(url: str, html: str, family: str) -> None:
    assert recognise(url, html)[0] == family


def test_records_that_nobody_says_how_to_ask_for_are_named() -> None:
    record = '<record><![CDATA[<li><a href="/art/2023/1/2/art_1_2.html">关于一件事的通知</a></li>]]></record>'
    page = read(
        "hanweb", f"<datastore><totalrecord>40</totalrecord><recordset>{record}</recordset></datastore>"
    )
    assert page.next is None
    assert page.skipped == ("records 2 to 40: no script says how to ask for them; give [list] form",)


@pytest.mark.parametrize(
    ("page", "rows", "size", "total", "pages"),
    [
        (1, 20, 20, 45, 3),
        (3, 5, 20, 45, 3),
        (1, 10, 20, 45, 5),  # asked for 20, given 10
        (3, 10, 20, 45, None),
        (5, 5, 20, 45, None),
        (1, 20, 0, 45, 3),
        (2, 20, 0, 45, None),
    ],
)
def test_the_number_of_pages_follows_from_what_is_given_not_from_what_was_asked(
    page: int, rows: int, size: int, total: int, pages: int | None
) -> None:
    assert _pages(total, page, rows, size) == pages


def test_the_address_of_a_row_is_no_text_for_people() -> None:
    rows = '{"articles": [{"title": "a &amp; b", "url": "/d?id=7&paramId=1&amp;regionId=2"}]}'
    [item] = read("gkmlpt", rows).items
    assert (item.title, item.url) == ("a & b", f"{HOME}d?id=7&paramId=1&regionId=2")


def test_a_link_is_read_as_browsers_do() -> None:
    [item] = read("plain", r"<ul><li><a href='\n\..\m/1.html?a=\b'>关于某某的通知</a></ul>", item="li").items
    assert item.url == rf"{HOME}m/1.html?a=\b"


def test_a_parameter_is_set_and_all_others_stay_byte_for_byte() -> None:
    asked = "http://h.example/s?q=%B7%C5%B9%DC&a=1&page=1&a=2&b=&page=9"
    assert with_query(asked, {"page": 2, "名": "放"}) == (
        "http://h.example/s?q=%B7%C5%B9%DC&a=1&page=2&a=2&b=&%E5%90%8D=%E6%94%BE"
    )


def test_a_next_page_that_is_this_page_is_none() -> None:
    page = parse('<a href="#top">下一页</a><a href="list.html#">下一页</a><a>下一页</a>')
    assert next_link(page, f"{HOME}list.html") is None


HOSTILE = {
    "empty lines behind a word": ("plain", "<ul><li><a href='/n/1.html'>通知" + "\n" * 50_000 + "x</a></ul>"),
    "elements that never end": ("trs_wcm", "<div>" * 100_000 + "<a href=t20230101_1.html>通知</a>" * 500),
    "rows that never end": ("trs_wcm", "<li><a href=t20230101_1.html>通知</a>" * 5_000),
    "islands that never end": ("hanweb", "<script>" + "<datastore>" * 50_000),
    "records that never end": ("hanweb", f"<script><recordset>{'<record>' * 50_000}</recordset>"),
    "a pager that never ends": ("hanweb", "<datastore></datastore>" + ".jpage({" * 50_000),
    "a number without end": ("lonsun", f"<a class=title target=_blank href=/x>通知</a>{'1' * 50_000}"),
    "a callback with blanks": ("trs_search", f"f({') ' * 50}{' ' * 50_000}x"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_made_to_keep_the_reader_busy_is_read_at_once(name: str) -> None:
    family, text = HOSTILE[name]
    began = process_time()
    with suppress(PageChanged):
        read(family, text, **({"item": "li"} if family == "plain" else {}))
    assert process_time() - began < 2


def test_a_list_of_which_nobody_says_what_its_rows_are_is_no_list_of_all_links() -> None:
    with pytest.raises(PageChanged, match=r"/wj/: which links are notices is not said: give \[list\] item"):
        read("plain", "<html><body><a href='/about.html'>关于我们</a></body></html>")


def test_the_next_group_of_records_is_asked_for_by_the_link_of_the_island() -> None:
    link = "/module/web/jpage/dataproxy.jsp?page=2&amp;webid=1&amp;columnid=7&amp;unitid=9"
    row = "<record><![CDATA[<li><a href='/art/2026/1/2/art_7_1.html'>关于某某的通知</a></li>]]></record>"
    island = f"<totalrecord>40</totalrecord><recordset>{row * 2}</recordset>"
    said = f'<nextgroup><![CDATA[<a href="{link}"></a>]]></nextgroup>'
    page = read("hanweb", f"<script><datastore>{said}{island}</datastore></script>")
    assert page.next is not None
    assert dict(page.next.form) == {"webid": "1", "columnid": "7", "unitid": "9"}
    encrypted = said.replace(link, "/module/web/jpage/dataproxy.jsp?k=aGVsbG8")
    page = read("hanweb", f"<script><datastore>{encrypted}{island}</datastore></script>")
    assert page.next is None
    assert "give [list] form" in page.skipped[0]


@pytest.mark.parametrize(
    "row",
    [
        '[<a href="/zc/">政策文件</a>] <a href="/n/1.html">关于深化改革有关事项的通知</a>',
        '<a href="/n/1.html" title="查看">关于深化改革有关事项的通知</a>',
        '<a href="/n/1.html">关于深化改革有关事项的通知</a><a href="/n/1.html">各区县人民政府，各部门……</a>',
    ],
    ids=["a column before the title", "a title that is none", "a summary"],
)
def test_the_title_of_a_row_is_told_from_its_other_links(row: str) -> None:
    [item] = read("plain", f"<ul><li>{row}</li></ul>", item="li").items
    assert (item.title, item.url) == ("关于深化改革有关事项的通知", f"{HOME}n/1.html")


@pytest.mark.parametrize(
    "link",
    [
        '<a href="2.html" title="下一页"><i></i></a>',
        '<a href="2.html"><img src="r.gif" alt="下一页"></a>',
        '<a href="2.html" rel="next">›</a>',
        '<a href="2.html">下一页 &gt;&gt;</a>',
    ],
)
def test_the_next_page_is_found_by_what_its_link_says_or_shows(link: str) -> None:
    assert next_link(parse(link), f"{HOME}1.html") == f"{HOME}2.html"


def test_no_control_character_of_an_answer_reaches_a_title() -> None:
    rows = r'{"articles": [{"title": "关于\u001b[31m深化\u0000改革\u2066的\u0085通知", "url": "/1.html"}]}'
    assert read("gkmlpt", rows).items[0].title == "关于[31m深化改革的 通知"
