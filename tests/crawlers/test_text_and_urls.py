"""Charsets of bytes, and the one spelling of an address."""

from __future__ import annotations

from encodings import aliases

import pytest

from crawlers.cdxj import surt
from crawlers.charset import decode, header_charset
from crawlers.refusal import missing
from crawlers.urls import canonical, foreign, host_of, identity, is_loopback

TEXT = "<html><head>{meta}</head><body>关于深化“放管服”改革有关事项的通知：各区县人民政府</body></html>"


@pytest.mark.parametrize(
    ("meta", "header", "encoding"),
    [
        ("", "utf-8", "utf-8"),
        ("", None, "utf-8"),
        ("", "ISO-8859-1", "utf-8"),
        ("", "x-unknown", "utf-8"),
        ("<meta charset=gb2312>", None, "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', None, "gb18030"),
        ("", "gb2312", "gb18030"),
        ("", None, "gb18030"),
        ("<meta charset=utf-8>", "GBK", "utf-8"),
        ("<meta charset=gb2312>", "utf-8", "gb18030"),
        ("<meta charset=gb2312>", None, "utf-8"),
        ("", None, "utf-8-sig"),
        ("", "gbk", "utf-16"),
        ("<meta charset=big5>", None, "big5"),
        ("", "windows-1252", "gb18030"),
        ("<meta charset=iso_8859-1>", "cp819", "gb18030"),
        ("<meta charset=undefined>", "hex", "gb18030"),
        ("<meta charset=idna>", "utf-16", "gb18030"),
        ("<script charset=utf-8 src=a.js></script><meta charset=gbk>", None, "gb18030"),
        ("<script charset=big5 src=a.js></script><meta charset=gbk>", "gbk", "gb18030"),
    ],
)
def test_text_is_read_by_header_meta_or_detection_unless_the_bytes_refute_it(
    meta: str, header: str | None, encoding: str
) -> None:
    text = TEXT.format(meta=meta)
    if encoding == "big5":
        text = "<html><head><meta charset=big5></head><body>關於通知</body></html>"
    assert decode(text.encode(encoding), header) == text


def test_characters_that_only_hongkong_has_are_read_where_big5_is_stated() -> None:
    text = "<meta charset=big5>關於深水埗辦事處恒生墻的通知"
    assert decode(text.encode("big5hkscs")) == text


# Charsets of pages: who states them is believed as long as the bytes do not refute it.
BELIEVED = {"big5", "big5hkscs", "cp950", "hz"}
OTHERS = sorted(({*aliases.aliases.values()} | {"undefined", "unicode_escape"}) - BELIEVED)


@pytest.mark.parametrize("name", OTHERS)
def test_no_name_of_a_charset_breaks_the_reader_or_makes_it_read_something_else(name: str) -> None:
    text = TEXT.format(meta=f'<meta charset="{name}">')
    for body in (text.encode(), text.encode("gb18030")):
        assert decode(body, name) == text


def test_a_few_broken_bytes_cost_a_few_characters_only() -> None:
    body = TEXT.format(meta="<meta charset=utf-8>").encode()
    text = decode(body[:-40] + b"\xff" + body[-40:], None)
    assert text.count("\ufffd") <= 4
    assert "关于深化“放管服”改革" in text


def test_the_charset_of_a_header_is_found_in_any_spelling() -> None:
    assert header_charset("text/html; Charset = 'GBK'") == "GBK"
    assert header_charset("text/html") is None


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://WWW.Demo-City.example:80/a#top", "http://www.demo-city.example/a"),
        ("https://www.demo-city.example.:443/a/", "https://www.demo-city.example/a/"),
        ("http://127.0.0.1:8801/a", "http://127.0.0.1:8801/a"),
        ("http://h.example/a/b/../c/./t1.html", "http://h.example/a/c/t1.html"),
        ("http://h.example/../../a", "http://h.example/a"),
        ("http://h.example/t20230425_1_wap.html", "http://h.example/t20230425_1.html"),
        ("http://h.example/a;jsessionid=0A1B?x=1", "http://h.example/a?x=1"),
        ("http://h.example", "http://h.example/"),
        ("http://h.example/办事 1.html?q=放", "http://h.example/%E5%8A%9E%E4%BA%8B%201.html?q=%E6%94%BE"),
        (" http://h.example/a?b=1&a=2 ", "http://h.example/a?b=1&a=2"),
    ],
)
def test_an_address_has_one_spelling(url: str, plain: str) -> None:
    assert canonical(url) == plain
    assert canonical(plain) == plain


def test_http_and_https_are_one_page() -> None:
    assert identity("http://h.example/a") == identity("https://h.example:443/a") == "h.example/a"


def test_a_host_carries_its_port_where_it_is_not_the_default() -> None:
    urls = ("https://h.example:443/", "https://h.example:80/", "http://[::1]:8/", "x")
    assert [host_of(url) for url in urls] == ["h.example", "h.example:80", "[::1]:8", ""]
    assert foreign("http://h.example:8080/a", ("h.example",)) == "on another host (h.example:8080)"
    assert foreign("http://h.example/a", ("h.example",)) == ""
    assert foreign("ftp://h.example/a", ("h.example",)) == "no web address"


def test_loopback_is_known_by_its_number_or_as_localhost_and_no_name_is_resolved() -> None:
    assert [is_loopback(h) for h in ("127.0.0.1:80", "localhost:1", "[::1]:9", "h.example", "10.0.0.1")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_the_index_sorts_by_host_turned_round() -> None:
    assert surt("https://www.demo-city.example:8443/A/b.htm?x=1") == "example,demo-city,www:8443)/a/b.htm?x=1"
    assert surt("http://127.0.0.1:8801/a") == "127.0.0.1:8801)/a"


@pytest.mark.parametrize(
    ("text", "is_missing"),
    [
        ("您访问的页面不存在或已被删除，5秒后返回首页。", True),
        ("抱歉，该信息已下线", True),
        ("404 Not Found", True),
        ("您访问的链接已失效", True),
        ("找不到您要访问的页面", True),
        ("抱歉，没有找到您要的内容", True),
        ("无法找到该网页", True),
        ("关于宣布一批文件已失效的通知。附件：目录", False),
        ("关于页面不存在问题整改情况的通报" + "，各单位要对网站进行检查，确保内容准确" * 20, False),
        ("关于印发工作要点的通知", False),
    ],
)
def test_a_page_that_says_it_does_not_exist_is_short(text: str, is_missing: bool) -> None:
    assert bool(missing(f"<html><body><p>{text}</p></body></html>")) is is_missing


@pytest.mark.parametrize(
    ("title", "is_missing"),
    [
        ("404-示范市人民政府", True),
        (" 您访问的页面不存在", True),
        ("页面不存在_示范市", True),
        ("关于网站页面不存在问题的通报", False),
        ("示范市人民政府4040专线", False),
    ],
)
def test_a_page_that_does_not_exist_may_say_so_by_its_title_inside_the_whole_frame(
    title: str, is_missing: bool
) -> None:
    frame = "<a href=/>首页</a><p>政务公开 政务服务 互动交流</p>" * 100
    assert (
        bool(missing(f"<html><head><title>{title}</title></head><body>{frame}</body></html>")) is is_missing
    )
