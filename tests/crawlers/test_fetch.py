"""The fetcher against a site whose every answer the test decides: manners, limits, refusals."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from crawlers.budget import OutOfBudget
from crawlers.errors import PageChanged, Refused, Unreachable
from crawlers.fetch import Fetcher
from crawlers.guard import Guard
from crawlers.http import Exchange, Limits
from crawlers.model import Request
from crawlers.pace import Pacer
from crawlers.settings import Settings
from tests.crawlers.conftest import NOW, QUICK
from tests.crawlers.site import Page, Site, running_site

Fetch = Callable[..., Fetcher]


@pytest.fixture
def fetcher(site: Site, settings: Settings) -> Iterator[Fetch]:
    """Makes fetchers of the site that note how long they would have slept."""
    made: list[Fetcher] = []

    def make(**options: object) -> Fetcher:
        slept: list[float] = []
        values = {
            "portal": site.portal(),
            "settings": settings,
            "sleep": slept.append,
            "limits": QUICK,
        } | options
        made.append(Fetcher(**values))  # type: ignore[arg-type]
        made[-1].slept = slept  # type: ignore[attr-defined]
        return made[-1]

    yield make
    for one in made:
        one.close()


def asked_pages(site: Site) -> list[str]:
    return [path for path in site.asked if path != "/robots.txt"]


def test_robots_txt_is_read_once_before_anything_else(site: Site, fetcher: Fetch) -> None:
    site.pages |= {"/robots.txt": "User-agent: *\nDisallow: /secret/", "/a": "a", "/b": "b"}
    site.pages["/robots.txt"] = Page(
        "\ufeffUser-agent: *\nDisallow: /secret/\n", headers={"Content-Type": "text/plain"}
    )
    one = fetcher()
    one.get(Request(site.url("/a")))
    one.get(Request(site.url("/b")))
    with pytest.raises(Refused, match=r"/secret/x: robots\.txt forbids it"):
        one.get(Request(site.url("/secret/x")))
    assert site.asked == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize(
    "robots",
    [
        Page("", 404),
        Page("", 403),
        Page("<html>您访问的页面不存在</html>"),
        Page("", 302, {"Location": "http://127.0.0.1:9/"}),
    ],
    ids=["404", "403", "an HTML page", "on another host"],
)
def test_a_robots_txt_that_is_none_allows(site: Site, fetcher: Fetch, robots: Page) -> None:
    site.pages |= {"/robots.txt": robots, "/a": "a"}
    assert fetcher().get(Request(site.url("/a"))).answer.text == "a"


def test_a_robots_txt_that_fails_forbids(site: Site, fetcher: Fetch) -> None:
    site.pages |= {"/robots.txt": Page("busy", 503), "/a": "a"}
    with pytest.raises(Unreachable, match=r"robots\.txt: status 503"):  # no refusal: waiting may help
        fetcher().get(Request(site.url("/a")))
    assert asked_pages(site) == []


def test_between_two_requests_lies_the_longest_of_pace_and_crawl_delay(
    site: Site, fetcher: Fetch, of: Callable[..., Settings]
) -> None:
    site.pages |= {"/a": "a", "/b": "b"}
    plain = Page("User-agent: *\nCrawl-delay: 7\n", headers={"Content-Type": "text/plain"})

    def pauses(robots: Page, pace: float, portal_pace: float) -> list[float]:
        site.pages["/robots.txt"] = robots
        still = fetcher(
            portal=site.portal(pace=portal_pace), settings=of(pace=pace), pacer=Pacer(clock=lambda: 100.0)
        )
        still.get(Request(site.url("/a")))
        still.get(Request(site.url("/b")))
        return still.slept  # type: ignore[attr-defined, no-any-return]

    assert pauses(Page("", 404), pace=1.5, portal_pace=0) == [1.5, 1.5]
    assert pauses(Page("", 404), pace=1, portal_pace=3) == [3, 3]
    assert pauses(plain, pace=1, portal_pace=3) == [7, 7]
    assert pauses(Page("", 404), pace=0, portal_pace=0) == []


def test_the_agent_says_who_asks_and_how_to_reach_them(
    site: Site, fetcher: Fetch, of: Callable[..., Settings]
) -> None:
    site.pages["/a"] = "a"
    fetcher(settings=of(contact="mailto:data@demo.example")).get(Request(site.url("/a")))
    assert site.requests[-1]["user-agent"] == "fgf-pipeline/0.1 (+mailto:data@demo.example)"


def test_a_busy_server_is_asked_again_when_it_says_so(site: Site, fetcher: Fetch) -> None:
    now = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
    answers = iter(
        [
            Page("", 503, {"Retry-After": "30"}),
            Page("", 429, {"Retry-After": format_datetime(now + timedelta(seconds=50), usegmt=True)}),
            Page("", 503, {"Retry-After": "soon"}),
            Page("", 503, {"Retry-After": "²"}),
            Page("a"),
        ]
    )
    site.pages["/a"] = lambda _: next(answers)
    one = fetcher(now=lambda: now)
    assert one.get(Request(site.url("/a"))).answer.text == "a"
    waited = one.slept  # type: ignore[attr-defined]
    assert waited[:2] == [30, 50]
    assert 4 <= waited[2] <= 6
    assert len(waited) == 4


def test_a_retry_after_that_names_no_moment_is_as_good_as_none(site: Site, fetcher: Fetch) -> None:
    said = ("Mon, 01 Jan 99999999999 00:00:00 GMT", "-5", "1.5")
    answers = iter([*(Page("", 408, {"Retry-After": value}) for value in said), Page("a")])
    site.pages["/a"] = lambda _: next(answers)
    one = fetcher()
    assert one.get(Request(site.url("/a"))).answer.text == "a"
    assert [round(waited) < 8 for waited in one.slept] == [True] * 3  # type: ignore[attr-defined]


def test_a_server_that_wants_to_be_left_for_an_hour_is_left(site: Site, fetcher: Fetch) -> None:
    site.pages["/a"] = Page("", 503, {"Retry-After": "3600"})
    with pytest.raises(Unreachable, match="asks to come back in 3600 s"):
        fetcher().get(Request(site.url("/a")))
    assert asked_pages(site) == ["/a"]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page("", 500), "status 500, 5 times"),
        (Page(raw=b""), "5 times"),
        (Page(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), "5 times"),
        (Page(b"\x1f\x8b broken", headers={"Content-Encoding": "gzip"}), "broken gzip"),
        (Page("x", headers={"Content-Encoding": "br"}), "'br', which was not asked for"),
    ],
    ids=["500", "nothing", "half", "broken gzip", "an unknown coding"],
)
def test_what_may_pass_is_tried_five_times_and_then_unreachable(
    site: Site, fetcher: Fetch, page: Page, reason: str
) -> None:
    site.pages["/a"] = page
    with pytest.raises(Unreachable, match=reason) as caught:
        fetcher().get(Request(site.url("/a")))
    assert site.url("/a") in str(caught.value)
    assert asked_pages(site) == ["/a"] * 5


@pytest.mark.parametrize("part", ["head", "body"])
def test_an_answer_that_drips_is_cut_at_the_deadline(site: Site, fetcher: Fetch, part: str) -> None:
    def drips(_: Site) -> Page:
        def chunks() -> Iterator[bytes]:
            for _ in range(100):
                yield b"x"
                time.sleep(0.05)

        if part == "body":
            return Page(chunks=chunks())
        time.sleep(1)
        return Page("late")

    site.pages["/a"] = drips
    began = time.monotonic()
    with pytest.raises(Unreachable, match=r"no whole answer within 0\.3 s"):
        fetcher(limits=Limits(connect=2, read=5, deadline=0.3, tries=2)).get(Request(site.url("/a")))
    assert time.monotonic() - began < 2


def test_a_body_is_never_read_beyond_its_cap(site: Site, fetcher: Fetch) -> None:
    bomb = gzip.compress(bytes(20_000_000))
    site.pages |= {
        "/long": Page(b"x" * 300_000),
        "/endless": lambda _: Page(chunks=(b"x" * 10_000 for _ in range(10_000))),
        "/bomb": Page(bomb, headers={"Content-Encoding": "gzip"}),
        "/fits": Page(b"x" * 100_000),
    }
    one = fetcher(limits=Limits(page_bytes=200_000))
    for path in ("/long", "/endless", "/bomb"):
        with pytest.raises(PageChanged, match=f"{path}: more than 200,000 bytes"):
            one.get(Request(site.url(path)))
    assert len(one.get(Request(site.url("/fits"))).answer.body) == 100_000


def test_a_body_of_very_many_empty_members_is_not_unpacked(site: Site, fetcher: Fetch) -> None:
    site.pages["/a"] = Page(gzip.compress(b"") * 2000, headers={"Content-Encoding": "gzip"})
    with pytest.raises(Unreachable, match="gzip in more than 1000 members"):
        fetcher().get(Request(site.url("/a")))


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("gzip, deflate", lambda data: zlib.compress(gzip.compress(data))),
        ("identity", bytes),
    ],
    ids=["gzip", "deflate", "deflate without a head", "both", "none"],
)
def test_packed_bodies_are_unpacked_whether_asked_for_or_not(
    site: Site, fetcher: Fetch, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    site.pages["/a"] = Page(pack("办事".encode()), headers={"Content-Encoding": coding})
    assert fetcher().get(Request(site.url("/a"))).answer.text == "办事"


def test_redirects_are_followed_on_own_hosts_only(site: Site, fetcher: Fetch) -> None:
    site.pages |= {
        "/old": Page("", 302, {"Location": "/new"}),
        "/new": "new",
        "/away": Page("", 302, {"Location": "http://169.254.169.254/latest/"}),
        "/file": Page("", 302, {"Location": "file:///etc/passwd"}),
        "/secret": Page("", 302, {"Location": "/forbidden/x"}),
        "/robots.txt": Page("User-agent: *\nDisallow: /forbidden/", headers={"Content-Type": "text/plain"}),
    }
    one = fetcher()
    assert one.get(Request(site.url("/old"))).answer.url == site.url("/new")
    for path, word in (("/away", "no own host"), ("/file", "no web address"), ("/secret", "robots")):
        with pytest.raises(Refused, match=word):
            one.get(Request(site.url(path)))


def test_a_location_is_followed_by_the_bytes_that_came_whatever_their_charset(
    site: Site, fetcher: Fetch
) -> None:
    for path, charset, percent in (("/u", "utf-8", "%E6%94%BE"), ("/g", "gb18030", "%B7%C5")):
        location = "/放.html".encode(charset).decode("latin-1")
        site.pages |= {path: Page("", 302, {"Location": location}), f"/{percent}.html": "came"}
        assert fetcher().get(Request(site.url(path))).answer.text == "came"


def test_a_location_that_is_no_address_is_refused_and_named(site: Site, fetcher: Fetch) -> None:
    site.pages["/a"] = Page("", 302, {"Location": "http://[broken"})
    with pytest.raises(Refused, match=r"/a redirects to http://\[broken: no web address"):
        fetcher().get(Request(site.url("/a")))
    site.pages |= {"/robots.txt": Page("", 302, {"Location": "http://[broken"}), "/b": "b"}
    assert fetcher().get(Request(site.url("/b"))).answer.text == "b"


def test_a_gateway_that_sets_a_cookie_and_sends_to_the_same_address_is_followed_once(
    site: Site, fetcher: Fetch
) -> None:
    def gate(gated: Site) -> Page:
        if "CT6T=1" in gated.requests[-1].get("cookie", ""):
            return Page("page")
        return Page("", 302, {"Location": "/a", "Set-Cookie": "CT6T=1; Path=/"})

    site.pages |= {"/a": gate, "/b": Page("", 302, {"Location": "/b", "Set-Cookie": "n=1; Path=/"})}
    assert fetcher().get(Request(site.url("/a"))).answer.text == "page"
    with pytest.raises(PageChanged, match="redirects lead nowhere"):
        fetcher().get(Request(site.url("/b")))


@pytest.mark.parametrize(
    "page",
    [
        '<meta http-equiv="refresh" content="0;url=/new.html">',
        "<meta content='3; URL=\"/new.html\"' http-equiv=Refresh><title>正在跳转</title>",
        "<script>window.location.href = '/new.html';</script>",
        '<title>跳转</title><script>location.replace("/new.html")</script>',
    ],
)
def test_a_page_that_only_sends_on_is_followed(site: Site, fetcher: Fetch, page: str) -> None:
    site.pages |= {"/a": f"<html><head>{page}</head><body></body></html>", "/new.html": "came"}
    assert fetcher().get(Request(site.url("/a"))).answer.url == site.url("/new.html")
    site.pages["/a"] = str(site.pages["/a"]).replace("/new.html", "http://127.0.0.1:9/")
    with pytest.raises(
        Refused, match=r"/a redirects to http://127\.0\.0\.1:9/: 127\.0\.0\.1:9 is no own host"
    ):
        fetcher().get(Request(site.url("/a")))


@pytest.mark.parametrize(
    "page",
    [
        '<meta http-equiv="refresh" content="300;url=/new.html">',  # loaded again after five minutes
        '<meta http-equiv="refresh" content="0;url=/a">',
        '<meta http-equiv="refresh" content="0;url=http://[x">',
        f'<meta http-equiv="refresh" content="0;url=/new.html"><p>{"本市各部门：" * 30}</p>',
        '<meta http-equiv="refresh" content="5;url=/new.html"><p>您访问的页面不存在，5秒后返回</p>',
        "<script>if (isPhone) { location.href = '/new.html'; }</script>",
    ],
    ids=["later", "itself", "no address", "a page with text", "no such page", "a condition"],
)
def test_a_page_of_its_own_is_not_left_for_another(site: Site, fetcher: Fetch, page: str) -> None:
    site.pages |= {"/a": f"<html><head></head><body>{page}</body></html>", "/new.html": "came"}
    assert fetcher().get(Request(site.url("/a"))).answer.url == site.url("/a")


def test_redirects_in_a_circle_or_without_end_are_left(site: Site, fetcher: Fetch) -> None:
    site.pages |= {"/a": Page("", 302, {"Location": "/b"}), "/b": Page("", 302, {"Location": "/a"})}
    site.pages |= {f"/{n}": Page("", 302, {"Location": f"/{n + 1}"}) for n in range(20)}
    for path in ("/a", "/0"):
        with pytest.raises(PageChanged, match=f"{path}: redirects lead nowhere"):
            fetcher().get(Request(site.url(path)))


def test_an_address_of_which_readers_differ_whose_host_it_names_is_never_asked_for(
    site: Site, fetcher: Fetch
) -> None:
    with running_site() as other:
        other.pages["/x.pdf"] = b"%PDF-1.4"
        with pytest.raises(Refused, match="it would be asked of"):
            fetcher().get(Request(f"http://{other.host}\\@{site.host}/x.pdf", is_file=True))
        assert other.asked == []


@pytest.mark.parametrize("status", [202, 206, 302, 304, 400, 405])
def test_a_status_that_says_neither_page_nor_absence_is_neither(
    site: Site, fetcher: Fetch, status: int
) -> None:
    site.pages["/a"] = Page("what", status)
    with pytest.raises(PageChanged, match=f"/a: status {status}, which is neither a page nor"):
        fetcher().get(Request(site.url("/a")))
    assert asked_pages(site) == ["/a"]


def test_an_empty_answer_is_no_page(site: Site, fetcher: Fetch) -> None:
    site.pages["/a"] = ""
    with pytest.raises(PageChanged, match="/a: an empty answer"):
        fetcher().get(Request(site.url("/a")))


def test_a_fault_met_while_fetching_names_the_address(
    site: Site, fetcher: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise KeyError("charset")

    site.pages["/a"] = "a"
    monkeypatch.setattr("crawlers.asker.decode", broken)
    with pytest.raises(PageChanged, match=r"site: http://127.*/a: unexpected KeyError: 'charset'"):
        fetcher().get(Request(site.url("/a")))


def test_a_host_that_wants_longer_pauses_than_a_crawl_lasts_is_not_crawled(
    site: Site, fetcher: Fetch, of: Callable[..., Settings]
) -> None:
    plain = {"Content-Type": "text/plain"}
    site.pages |= {"/robots.txt": Page("User-agent: *\nCrawl-delay: 86400\n", headers=plain), "/a": "a"}
    with pytest.raises(Refused, match=r"asks for 86400 s between two requests.*FGF_MINUTES=120"):
        fetcher().get(Request(site.url("/a")))
    site.pages["/robots.txt"] = Page("User-agent: *\nCrawl-delay: 600\n", headers=plain)
    clock = [0.0]
    one = fetcher(
        settings=of(minutes=15),
        pacer=Pacer(clock=lambda: clock[0]),
        now=lambda: NOW + timedelta(seconds=clock[0]),
        sleep=lambda seconds: clock.__setitem__(0, clock[0] + seconds),
    )
    one.get(Request(site.url("/a")))
    with pytest.raises(OutOfBudget):  # the second pause would end after the fifteen minutes
        one.get(Request(site.url("/a")))
    assert clock == [600]


@pytest.mark.parametrize(
    "page",
    [
        Page("", 403),
        Page("<script>$_ts=window['$_ts']</script>", 412),
        Page("<html><script>document.cookie='a=1';location.reload()</script></html>", 202),
        Page("<html><script>var x='acw_sc__v2';</script></html>"),
        Page("<html><body>当前访问疑似黑客攻击，已被网站管理员设置为拦截，知道创宇提示您</body></html>"),
        Page("<html><body>您的访问请求可能存在威胁，已被拦截！</body></html>"),
        Page("<html><body>Request denied, reason:GeoBL</body></html>"),
        Page("<html><title>安全检查中…</title><body>正在进行安全检查，请稍候</body></html>"),
        Page("<script>document.cookie='__jsl_clearance=1';location.href=location.pathname</script>", 521),
        Page(
            "<html><body>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</body></html>", 405
        ),
    ],
    ids=[
        "403",
        "412",
        "202",
        "cookie script",
        "WAF of 知道创宇",
        "WAF",
        "GeoBL",
        "check",
        "521 of 加速乐",
        "405",
    ],
)
def test_a_refusal_is_taken_for_an_answer_and_never_retried(site: Site, fetcher: Fetch, page: Page) -> None:
    site.pages["/a"] = page
    with pytest.raises(Refused) as caught:
        fetcher().get(Request(site.url("/a")))
    assert site.url("/a") in str(caught.value)
    assert asked_pages(site) == ["/a"]


def test_a_notice_about_attacks_and_scripts_is_no_refusal(site: Site, fetcher: Fetch) -> None:
    text = "关于加强网站安全防护的通知：对疑似攻击的访问请求应予拦截，部署Web应用防火墙。" * 40
    site.pages["/a"] = f"<html><script>document.cookie='visits=1'</script><body>{text}</body></html>"
    assert fetcher().get(Request(site.url("/a"))).answer.status == 200


@pytest.mark.parametrize(
    "page",
    [
        "<p>关于在安全检查中发现问题整改情况的通报</p>",
        f"{'<a href=/>首页</a>' * 9}<p>关于采购Web应用防火墙的公告</p>",
        "".join(f"<li><a href=/{n}.html>云锁科技第{n}期招标公告</a></li>" for n in range(9)),
    ],
    ids=["a safety inspection", "a purchase", "a list of purchases"],
)
def test_a_short_page_that_only_names_such_things_is_no_refusal(
    site: Site, fetcher: Fetch, page: str
) -> None:
    site.pages["/a"] = f"<html><body>{page}</body></html>"
    assert fetcher().get(Request(site.url("/a"))).answer.status == 200


@pytest.mark.parametrize(
    ("hosts", "address", "passes"),
    [
        (("www.demo-city.example",), "93.184.216.34", True),
        (("www.demo-city.example",), "10.0.0.7", False),
        (("www.demo-city.example",), "127.0.0.1", False),
        (("www.demo-city.example",), "169.254.169.254", False),
        (("www.demo-city.example",), "::ffff:192.168.1.1", False),
        (("www.demo-city.example",), "fe80::1%eth0", False),
        (("www.demo-city.example",), "2001:4860:4860::8888", True),
        (("www.demo-city.example",), "224.0.0.1", False),
        (("10.0.0.7:8080",), "10.0.0.7", True),
        (("10.0.0.7:8080",), "10.0.0.8", False),
        (("localhost:8080",), "127.0.0.1", True),
        (("localhost:8080",), "10.0.0.8", False),
    ],
)
def test_only_public_addresses_are_connected_to_or_those_that_the_portal_file_names(
    hosts: tuple[str, ...], address: str, passes: bool
) -> None:
    guard = Guard(hosts)
    if passes:
        guard.check("host", address)
    else:
        with pytest.raises(Refused, match="no public address"):
            guard.check("host", address)


def test_a_name_that_leads_to_this_machine_is_refused_before_a_byte_is_sent(
    site: Site, fetcher: Fetch, monkeypatch: pytest.MonkeyPatch, of: Callable[..., Settings]
) -> None:
    import socket

    port = int(site.host.split(":")[1])
    told = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **kw: told("127.0.0.1", *rest, **kw))
    host = f"www.demo-city.example:{port}"
    portal = site.portal(home=f"http://{host}/", hosts=(host,))
    one = fetcher(portal=portal, settings=of(contact="mailto:data@demo.example"))
    with pytest.raises(Refused, match=r"www\.demo-city\.example leads to 127\.0\.0\.1"):
        one.get(Request(f"http://{host}/a"))
    assert site.asked == []


def test_every_answer_goes_to_the_sink_before_it_is_judged(site: Site, fetcher: Fetch) -> None:
    kept: list[Exchange] = []

    def sink(exchange: Exchange) -> str:
        kept.append(exchange)
        return f"ref-{len(kept)}"

    packed = gzip.compress(b"page")
    site.pages |= {
        "/a": Page("", 302, {"Location": "/b"}),
        "/b": Page(packed, headers={"Content-Encoding": "gzip"}),
    }
    site.pages["/c"] = Page("no", 403)
    one = fetcher(sink=sink)
    assert one.get(Request(site.url("/a"))).ref == "ref-3"
    with pytest.raises(Refused):
        one.get(Request(site.url("/c")))
    assert [(e.url.removeprefix(site.base), e.status) for e in kept] == [
        ("/robots.txt", 404), ("/a", 302), ("/b", 200), ("/c", 403),
    ]  # fmt: skip
    assert (kept[2].payload, kept[2].body) == (packed, b"page")


def test_a_form_is_posted_and_a_document_too(site: Site, fetcher: Fetch) -> None:
    site.pages["/api"] = "answer"
    kept: list[Exchange] = []
    one = fetcher(sink=lambda e: kept.append(e) or "")
    one.get(Request(site.url("/api"), form=(("word", "放管服"),)))
    one.get(Request(site.url("/api"), json='{"word": "放管服"}'))
    assert [(e.method, e.request_body.decode()) for e in kept[1:]] == [
        ("POST", "word=%E6%94%BE%E7%AE%A1%E6%9C%8D"),
        ("POST", '{"word": "放管服"}'),
    ]
    assert site.requests[-1]["content-type"] == "application/json"


def test_the_budget_counts_every_request_and_retry(
    site: Site, fetcher: Fetch, of: Callable[..., Settings]
) -> None:
    site.pages["/a"] = Page("", 503)
    one = fetcher(settings=of(budget=3))
    with pytest.raises(OutOfBudget):
        one.get(Request(site.url("/a")))
    assert len(site.asked) == 3
