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
from tests.crawlers.conftest import QUICK
from tests.crawlers.site import Page, Site

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


def test_redirects_in_a_circle_or_without_end_are_left(site: Site, fetcher: Fetch) -> None:
    site.pages |= {"/a": Page("", 302, {"Location": "/b"}), "/b": Page("", 302, {"Location": "/a"})}
    site.pages |= {f"/{n}": Page("", 302, {"Location": f"/{n + 1}"}) for n in range(20)}
    for path in ("/a", "/0"):
        with pytest.raises(PageChanged, match=f"{path}: redirects lead nowhere"):
            fetcher().get(Request(site.url(path)))


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
    ],
    ids=["403", "412", "202", "cookie script", "WAF of 知道创宇", "WAF", "GeoBL"],
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
        one._exchange(Request(f"http://{host}/a"), {}, is_file=False)
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
