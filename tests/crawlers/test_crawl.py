"""A portal crawled again and again: what is new, changed, removed and restored, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from crawlers.errors import CrawlError
from crawlers.model import Column, NoticeFetched, NoticeRemoved, Rejected, RunEnded, RunReport
from crawlers.settings import Settings
from tests.crawlers.conftest import Crawler
from tests.crawlers.site import Page, Site, notice


def news(events: Sequence[object]) -> list[tuple[str, str]]:
    """Change and path of the notices in a batch."""
    return [(e.change, "/" + e.url.split("/", 3)[3]) for e in events if isinstance(e, NoticeFetched)]


def test_a_first_crawl_brings_every_notice_of_the_window_once_with_its_page(
    site: Site, crawler: Crawler
) -> None:
    site.put_notices(3, 2, 1)
    report = crawler.crawl(site.portal())
    [events] = crawler.events(site.portal())
    assert report.reasons == ()
    assert (report.outcome, report.new, report.listed, report.is_first) == ("ok", 3, 3, True)
    assert news(events) == [("new", "/n/3.html"), ("new", "/n/2.html"), ("new", "/n/1.html")]
    first = events[0]
    assert isinstance(first, NoticeFetched)
    assert first.page.body.decode() == notice(3)
    assert (first.page.media_type, first.page.charset) == ("text/html", "utf-8")
    assert (first.listed.title, str(first.listed.listed_on)) == ("关于第3号事项的通知", "2026-11-20")
    assert isinstance(events[-1], RunEnded)
    assert events[-1].report == report


def test_a_second_crawl_without_news_costs_two_requests_and_is_a_batch_of_one_event(
    site: Site, crawler: Crawler
) -> None:
    site.put_notices(*range(40, 0, -1))
    crawler.crawl(site.portal())
    site.asked.clear()
    report = crawler.crawl(site.portal())
    assert site.asked == ["/robots.txt", "/list.html"]
    assert (report.stop, report.is_first, report.requests) == ("nothing new", False, 2)
    assert [type(event) for event in crawler.events(site.portal())[1]] == [RunEnded]


def test_an_unchanged_list_is_not_even_sent_again(site: Site, crawler: Crawler) -> None:
    site.etags = True
    site.put_notices(2, 1)
    crawler.crawl(site.portal())
    assert crawler.crawl(site.portal()).not_modified == 1


def test_a_new_notice_is_found_by_the_next_crawl_and_nothing_else_is_fetched(
    site: Site, crawler: Crawler
) -> None:
    site.put_notices(*range(40, 0, -1))
    crawler.crawl(site.portal())
    site.put_notices(*range(41, 0, -1))
    site.asked.clear()
    crawler.crawl(site.portal())
    assert site.asked == ["/robots.txt", "/list.html", "/list_1.html", "/n/41.html"]
    assert news(crawler.events(site.portal())[1]) == [("new", "/n/41.html")]


def test_notices_before_the_first_window_are_left_until_asked_for(site: Site, crawler: Crawler) -> None:
    old = [("/n/1.html", "旧通知", "2026-05-01")]
    site.pages |= {"/list.html": site.list_of(("/n/2.html", "新通知", "2026-11-01"), *old)}
    site.pages |= {"/n/1.html": notice(1), "/n/2.html": notice(2)}
    first = crawler.crawl(site.portal())
    assert (first.new, first.outcome) == (1, "ok")
    [reason] = first.reasons
    assert reason.startswith("site: notices before 2026-08-24 left in the lists: 1; remedy")
    assert "--since DATE or --full" in reason
    second = crawler.crawl(site.portal())
    assert (second.new, second.reasons) == (0, ())
    third = crawler.crawl(site.portal(), full=True)
    assert (third.new, third.reasons) == (1, ())


def test_a_first_crawl_that_brings_nothing_because_all_is_old_says_so(site: Site, crawler: Crawler) -> None:
    site.put_notices(3, 2, 1, day="2019-05-01")
    report = crawler.crawl(site.portal())
    assert (report.new, report.outcome, report.stop) == (0, "ok", "since")
    assert "left in the lists: 3; remedy" in report.reasons[0]


def test_since_widens_what_is_watched_and_never_narrows_it(site: Site, crawler: Crawler) -> None:
    days = ("2026-11-01", "2026-05-01", "2025-05-01", "2024-05-01")
    rows = [
        (f"/n/{n}.html", f"关于第{n}号事项的通知", day) for n, day in zip((4, 3, 2, 1), days, strict=True)
    ]
    site.pages["/list.html"] = site.list_of(*rows)
    site.pages |= {f"/n/{n}.html": notice(n) for n in (1, 2, 3, 4)}
    asked = (None, date(2026, 4, 1), date(2026, 10, 1), date(2025, 1, 1), None)
    assert [crawler.crawl(site.portal(), since=since).new for since in asked] == [1, 1, 0, 1, 0]


def test_a_day_to_come_hides_nothing_of_what_is_put_up_until_then(site: Site, crawler: Crawler) -> None:
    site.put_notices(1)
    crawler.crawl(site.portal(), since=date(2062, 1, 1))
    crawler.at += timedelta(days=1)
    rows = [(f"/n/{n}.html", f"关于第{n}号事项的通知", f"2026-11-2{n}") for n in (3, 0)]
    site.pages |= {"/list.html": site.list_of(*rows), "/n/3.html": notice(3), "/n/0.html": notice(0)}
    crawler.crawl(site.portal())
    assert news(crawler.events(site.portal())[1]) == [("new", "/n/3.html")]


def test_a_stickied_old_item_does_not_end_a_list_early(site: Site, crawler: Crawler) -> None:
    sticky = ("/n/9.html", "公开指南", "2019-01-03")
    site.pages["/list.html"] = site.list_of(
        sticky, ("/n/3.html", "三", "2026-11-03"), following="/list_1.html"
    )
    site.pages["/list_1.html"] = site.list_of(
        ("/n/2.html", "二", "2026-11-02"), ("/n/1.html", "一", "2019-01-01")
    )
    site.pages |= {f"/n/{n}.html": notice(n) for n in (1, 2, 3, 9)}
    crawler.crawl(site.portal())
    [events] = crawler.events(site.portal())
    assert news(events) == [("new", "/n/3.html"), ("new", "/n/2.html")]
    assert crawler.crawl(site.portal()).requests == 2


def test_a_late_entry_with_an_old_date_is_news(site: Site, crawler: Crawler) -> None:
    rows = [("/n/3.html", "三", "2026-11-03"), ("/n/2.html", "二", "2026-11-02")]
    site.pages |= {"/list.html": site.list_of(*rows), "/n/3.html": notice(3), "/n/2.html": notice(2)}
    crawler.crawl(site.portal())
    late = ("/n/1.html", "补录的通知", "2015-06-01")
    site.pages |= {"/list.html": site.list_of(late, *rows), "/n/1.html": notice(1)}
    crawler.crawl(site.portal())
    assert news(crawler.events(site.portal())[1]) == [("new", "/n/1.html")]


def test_a_revised_notice_is_seen_when_it_is_due(
    site: Site, crawler: Crawler, of: Callable[..., Settings]
) -> None:
    site.put_notices(2, 1)
    crawler.crawl(site.portal())
    site.pages["/n/1.html"] = notice(1, "<p>修订。</p>")
    assert crawler.crawl(site.portal()).changed == 0
    crawler.at += timedelta(hours=1)
    report = crawler.crawl(site.portal(), settings=of(recheck_days=0))
    assert (report.changed, report.unchanged) == (1, 1)
    events = crawler.events(site.portal())[2]
    assert news(events) == [("changed", "/n/1.html")]
    ended = events[-1]
    assert isinstance(ended, RunEnded)
    assert ended.seen == (site.url("/n/2.html"),)


def test_young_notices_are_looked_at_often_and_old_ones_seldom(site: Site, crawler: Crawler) -> None:
    site.pages["/list.html"] = site.list_of(
        ("/n/2.html", "新", "2026-11-21"), ("/n/1.html", "旧", "2016-11-01")
    )
    site.pages |= {"/n/1.html": notice(1), "/n/2.html": notice(2)}
    crawler.crawl(site.portal(), full=True)
    crawler.at += timedelta(days=2)
    site.asked.clear()
    crawler.crawl(site.portal())
    assert site.asked[2:] == ["/n/2.html"]
    crawler.at += timedelta(days=95)
    site.asked.clear()
    crawler.crawl(site.portal())
    assert sorted(site.asked[2:]) == ["/n/1.html", "/n/2.html"]


@pytest.mark.parametrize(
    "gone",
    [
        Page("gone", 404),
        Page("gone", 410),
        Page("<html><body><h2>您访问的页面不存在或已被删除</h2></body></html>"),
        Page("", 302, {"Location": "/"}),
    ],
    ids=["404", "410", "soft 404", "redirect to the home page"],
)
def test_a_notice_that_goes_and_comes_back_is_removed_once_and_restored_once(
    site: Site,
    crawler: Crawler,
    of: Callable[..., Settings],
    gone: Page,
) -> None:
    site.put_notices(2, 1)
    site.pages["/"] = "<html><body>首页</body></html>"
    crawler.crawl(site.portal())
    daily = of(recheck_days=0)
    page, site.pages["/n/1.html"] = site.pages["/n/1.html"], gone
    reports = []
    for _ in range(2):
        crawler.at += timedelta(hours=1)
        reports.append(crawler.crawl(site.portal(), settings=daily))
    site.pages["/n/1.html"] = page
    for _ in range(2):
        crawler.at += timedelta(hours=1)
        reports.append(crawler.crawl(site.portal(), settings=daily))
    assert [(r.removed, r.restored) for r in reports] == [(1, 0), (0, 0), (0, 1), (0, 0)]
    removed = [e for batch in crawler.events(site.portal()) for e in batch if isinstance(e, NoticeRemoved)]
    assert [e.url for e in removed] == [site.url("/n/1.html")]


@pytest.mark.parametrize(
    "page",
    [Page("", 200), Page("what", 400), Page("", 302), Page("", 304)],
    ids=["empty", "400", "302 to nowhere", "304 though nobody asked for news"],
)
def test_a_known_notice_whose_answer_says_nothing_is_neither_removed_nor_unchanged(
    site: Site, crawler: Crawler, of: Callable[..., Settings], page: Page
) -> None:
    site.put_notices(2, 1)
    crawler.crawl(site.portal())
    site.pages["/n/1.html"] = page
    crawler.at += timedelta(hours=1)
    report = crawler.crawl(site.portal(), settings=of(recheck_days=0))
    assert (report.removed, report.refused, report.unchanged, report.outcome) == (0, 1, 1, "partial")
    assert report.reasons[0].startswith(site.url("/n/1.html"))


def test_a_list_whose_address_only_sends_on_is_read_where_it_is_now(site: Site, crawler: Crawler) -> None:
    site.put_notices(1)
    site.pages["/new.html"] = site.pages["/list.html"]
    site.pages["/list.html"] = '<meta http-equiv="refresh" content="0; url=/new.html">'
    assert [crawler.crawl(site.portal()).new for _ in range(2)] == [1, 0]


def test_two_addresses_of_one_notice_make_one_notice(site: Site, crawler: Crawler) -> None:
    site.pages["/list.html"] = site.list_of(
        ("/old/content.jsp?id=7", "旧址", "2026-11-03"),
        ("/n/7.html", "新址", "2026-11-03"),
        ("/n/7_wap.html", "手机版", "2026-11-03"),
    )
    site.pages |= {"/old/content.jsp?id=7": Page("", 302, {"Location": "/n/7.html"}), "/n/7.html": notice(7)}
    assert crawler.crawl(site.portal()).new == 1
    assert crawler.crawl(site.portal()).requests == 2
    [notices] = [
        [e for e in batch if isinstance(e, NoticeFetched)] for batch in crawler.events(site.portal())[:1]
    ]
    assert [e.url for e in notices] == [site.url("/n/7.html")]


def test_a_known_notice_that_moves_is_still_the_same_notice(
    site: Site, crawler: Crawler, of: Callable[..., Settings]
) -> None:
    site.put_notices(2, 1)
    crawler.crawl(site.portal())
    site.pages |= {
        "/n/1.html": Page("", 301, {"Location": "/new/1.html"}),
        "/new/1.html": notice(1, "<p>新版</p>"),
    }
    crawler.at += timedelta(hours=1)
    assert crawler.crawl(site.portal(), settings=of(recheck_days=0)).changed == 1
    rows = [
        ("/n/2.html", "关于第2号事项的通知", "2026-11-20"),
        ("/new/1.html", "关于第1号事项的通知", "2026-11-20"),
    ]
    site.pages["/list.html"] = site.list_of(*rows)
    assert crawler.crawl(site.portal()).new == 0
    assert news(crawler.events(site.portal())[1]) == [("changed", "/n/1.html")]


def test_when_every_known_notice_leads_to_the_home_page_none_is_taken_for_withdrawn(
    site: Site, crawler: Crawler, of: Callable[..., Settings]
) -> None:
    site.put_notices(*range(6, 0, -1))
    crawler.crawl(site.portal())
    whole, daily = dict(site.pages), of(recheck_days=0)
    site.pages["/"] = "<html><body>首页</body></html>"
    for n in range(1, 7):
        site.pages[f"/n/{n}.html"] = Page("", 302, {"Location": "/"})
    crawler.at += timedelta(hours=1)
    report = crawler.crawl(site.portal(), settings=daily)
    assert (report.removed, report.outcome) == (0, "partial")
    assert "not one notice that was looked at is in its place" in report.reasons[0]
    site.pages["/n/1.html"] = whole["/n/1.html"]  # the portal is well, so that the others are gone indeed
    crawler.at += timedelta(hours=1)
    assert crawler.crawl(site.portal(), settings=daily).removed == 5


def test_when_every_known_notice_leads_to_one_page_nothing_is_taken_for_changed(
    site: Site, crawler: Crawler, of: Callable[..., Settings]
) -> None:
    site.put_notices(*range(6, 0, -1))
    crawler.crawl(site.portal())
    site.pages["/maintenance.html"] = (
        "<html><body><h1>系统维护</h1><p>网站将于明日恢复服务。</p></body></html>"
    )
    for n in range(1, 7):
        site.pages[f"/n/{n}.html"] = Page("", 302, {"Location": "/maintenance.html"})
    crawler.at += timedelta(hours=1)
    report = crawler.crawl(site.portal(), settings=of(recheck_days=0))
    assert (report.changed, report.removed, report.stop) == (0, 0, "refused")


def test_an_item_on_another_host_is_rejected_once_and_never_asked_for(site: Site, crawler: Crawler) -> None:
    rows = [
        ("http://127.0.0.1:9/x.html", "外部", "2026-11-03"),
        ("https://www.gov.cn/", "国务院", "2026-11-03"),
    ]
    site.pages |= {
        "/list.html": site.list_of(*rows, ("/n/1.html", "一", "2026-11-03")),
        "/n/1.html": notice(1),
    }
    reports = [crawler.crawl(site.portal()), crawler.crawl(site.portal())]
    assert [(r.new, r.refused) for r in reports] == [(1, 2), (0, 0)]
    rejected = [e for batch in crawler.events(site.portal()) for e in batch if isinstance(e, Rejected)]
    assert [(e.url, e.stage) for e in rejected] == [(rows[0][0], "list"), (rows[1][0], "list")]


def test_a_budget_ends_a_crawl_and_the_next_goes_on_where_it_stopped(
    site: Site, crawler: Crawler, of: Callable[..., Settings]
) -> None:
    site.put_notices(*range(60, 0, -1), per_page=5)
    small = of(budget=20)
    reports: list[RunReport] = []
    while not reports or reports[-1].stop == "budget":
        reports.append(crawler.crawl(site.portal(), settings=small))
        assert len(reports) < 10
    found = [path for batch in crawler.events(site.portal()) for _, path in news(batch)]
    assert sorted(found) == sorted(f"/n/{n}.html" for n in range(1, 61))
    assert all(report.requests <= 20 for report in reports)
    assert [report.is_first for report in reports][:2] == [True, True]


def test_a_list_without_items_is_an_error_not_an_empty_list(site: Site, crawler: Crawler) -> None:
    site.put_notices(1)
    crawler.crawl(site.portal())
    site.pages["/list.html"] = "<html><body><ul></ul></body></html>"
    site.pages["/"] = "<html><body>首页</body></html>"
    report = crawler.crawl(site.portal())
    assert (report.outcome, report.stop) == ("failed", "changed")
    assert site.url("/list.html") in report.reasons[0]


def test_one_page_for_every_path_is_a_refusal_not_a_change(site: Site, crawler: Crawler) -> None:
    shell = "<html><body><div id=app></div><script src=/app.js></script></body></html>"
    site.pages |= {"/list.html": shell, "/fgf-pipeline-asks-for-no-such-page.html": shell}
    report = crawler.crawl(site.portal())
    assert (report.outcome, report.stop) == ("failed", "refused")


def test_notices_that_all_have_the_same_page_are_not_taken_for_news(site: Site, crawler: Crawler) -> None:
    site.put_notices(*range(8, 0, -1))
    for n in range(1, 9):
        site.pages[f"/n/{n}.html"] = "<html><body><div id=app>正在加载</div></body></html>"
    report = crawler.crawl(site.portal())
    assert report.new == 0
    assert report.stop == "refused"


def test_notices_put_up_twice_are_kept_once_and_are_no_refusal(site: Site, crawler: Crawler) -> None:
    site.put_notices(*range(8, 0, -1))
    for n in range(1, 9, 2):
        site.pages[f"/n/{n}.html"] = site.pages[f"/n/{n + 1}.html"]
    reports = [crawler.crawl(site.portal()) for _ in range(3)]
    assert [report.outcome for report in reports] == ["ok"] * 3
    # What came first and twice could have been a shell, until the others came.
    assert [report.new for report in reports] == [3, 1, 0]
    rejected = [e.reason for batch in crawler.events(site.portal()) for e in batch if isinstance(e, Rejected)]
    assert rejected == [f"the same page as {site.url(f'/n/{n}.html')}" for n in (8, 6, 4, 2)]


def test_a_pager_that_is_stuck_is_named_and_healed_by_the_next_crawl(site: Site, crawler: Crawler) -> None:
    site.put_notices(*range(40, 0, -1))
    whole = dict(site.pages)
    first = site.pages["/list.html"]
    site.pages |= {"/list_1.html": first, "/list_2.html": first}
    report = crawler.crawl(site.portal())
    assert report.outcome == "partial"
    assert "stuck" in report.reasons[0]
    site.pages = whole
    assert crawler.crawl(site.portal()).new == 25


@pytest.mark.parametrize(
    ("following", "outcome"), [("", "ok"), ("/list_2.html", "partial")], ids=["a guess", "a link"]
)
def test_a_page_without_rows_ends_a_list_only_where_nothing_says_that_there_is_one(
    site: Site, crawler: Crawler, following: str, outcome: str
) -> None:
    """Portals answer names beyond the last with a stub of 300 bytes and status 200 (T7)."""
    site.put_notices(*range(30, 0, -1))
    site.pages["/list.html"] = str(site.pages["/list.html"]).replace('<a href="/list_1.html">下一页</a>', "")
    rows = [(f"/n/{n}.html", f"关于第{n}号事项的通知", "2026-11-20") for n in range(15, 0, -1)]
    more = f'<a href="{following}">下一页</a>' if following else ""
    site.pages["/list_1.html"] = site.list_of(*rows).replace("<span>下一页</span>", more)
    site.pages["/list_2.html"] = "<html><body><div id=app></div><script src=a.js></script></body></html>"
    reports = [crawler.crawl(site.portal()) for _ in range(2)]
    assert (reports[0].new, reports[0].outcome) == (30, outcome)
    assert f"{site.url('/list_2.html')}: li: expected some elements" in reports[0].reasons[0]
    assert (reports[1].requests == 2) is (outcome == "ok")


def test_a_pager_that_comes_round_ends_and_is_named(site: Site, crawler: Crawler) -> None:
    site.put_notices(*range(45, 0, -1))
    rows = [(f"/n/{n}.html", f"关于第{n}号事项的通知", "2026-11-20") for n in range(15, 0, -1)]
    site.pages["/list_2.html"] = site.list_of(*rows, following="/list.html")
    report = crawler.crawl(site.portal())
    assert report.new == 45
    assert "loops" in report.reasons[0]


def test_a_notice_that_fails_is_fetched_by_the_next_crawl(site: Site, crawler: Crawler) -> None:
    site.put_notices(3, 2, 1)
    page, site.pages["/n/2.html"] = site.pages["/n/2.html"], Page("busy", 503)
    report = crawler.crawl(site.portal())
    assert (report.outcome, report.new, report.failed) == ("partial", 2, 1)
    assert site.url("/n/2.html") in report.reasons[0]
    site.pages["/n/2.html"] = page
    assert (crawler.crawl(site.portal()).new, crawler.crawl(site.portal()).new) == (1, 0)


def test_a_portal_that_goes_down_is_left_alone_after_five_notices(site: Site, crawler: Crawler) -> None:
    site.put_notices(*range(15, 0, -1))
    for n in range(1, 16):
        site.pages[f"/n/{n}.html"] = Page("busy", 503)
    report = crawler.crawl(site.portal())
    assert (report.outcome, report.stop, report.failed) == ("partial", "unreachable", 5)


def test_the_memory_can_be_made_again_from_the_archive(site: Site, crawler: Crawler) -> None:
    site.etags = True
    site.put_notices(3, 2, 1)
    crawler.crawl(site.portal())
    for file in crawler.settings.state.iterdir():
        file.unlink()
    site.asked.clear()
    report = crawler.crawl(site.portal())
    assert (report.new, report.is_first) == (0, False)
    assert site.asked == ["/robots.txt", "/list.html"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"no database" * 500,
        lambda data: data[: len(data) // 2],
        lambda data: data[:4096] + b"\xff" * 4096 + data[8192:],
    ],
    ids=["something else", "cut off", "a page of it overwritten"],
)
def test_a_memory_that_cannot_be_read_is_made_again_from_the_archive(
    site: Site, crawler: Crawler, damage: Callable[[bytes], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    site.put_notices(*range(30, 0, -1))
    crawler.crawl(site.portal())
    memory = crawler.settings.state / "site.sqlite"
    memory.write_bytes(damage(memory.read_bytes()))
    report = crawler.crawl(site.portal())
    assert (report.outcome, report.new, report.is_first) == ("ok", 0, False)
    assert f"{memory} cannot be read, and is made again from the archive" in caplog.text


def test_two_crawls_of_a_portal_at_one_time_are_refused(site: Site, crawler: Crawler) -> None:
    site.put_notices(1)

    def again(_: Site) -> Page:
        with pytest.raises(CrawlError, match="already"):
            crawler.crawl(site.portal())
        return Page(notice(1))

    site.pages["/n/1.html"] = again
    assert crawler.crawl(site.portal()).new == 1


def test_a_live_portal_without_a_contact_is_not_crawled(crawler: Crawler, site: Site) -> None:
    portal = site.portal(home="https://www.demo-city.example/", hosts=("www.demo-city.example",))
    with pytest.raises(CrawlError, match="FGF_CONTACT"):
        crawler.crawl(portal)


def vsb_pages(site: Site, numbers: range, per_page: int = 4) -> dict[str, str]:
    """A VSB list: `zc.htm`, then files numbered from the oldest page on."""
    chunks = [numbers[at : at + per_page] for at in range(0, len(numbers), per_page)]
    total = len(chunks)
    pages = {}
    for at, chunk in enumerate(chunks):
        rows = "".join(
            f'<li id="line_u9_{n}"><a href="/info/1041/{n}.htm" title="关于第{n}号事项的通知">…</a>'
            f"<span>2026-11-20</span></li>"
            for n in chunk
        )
        following = f"/zc/{total - at - 1}.htm"
        link = f'<a href="{following}">下页</a>' if at + 1 < total else "<span>下页</span>"
        script = f"<script>_simple_list_gotopage_fun({total},'u9',2)</script>"
        path = "/zc.htm" if at == 0 else f"/zc/{total - at}.htm"
        pages[path] = f"<html><body><ul>{rows}</ul><div>{link}{script}</div></body></html>"
    return pages


def test_a_list_that_grows_while_it_is_walked_loses_nothing(site: Site, crawler: Crawler) -> None:
    """Numbered from the end, a page's name means other rows as soon as a page is added (T9)."""
    before, after = vsb_pages(site, range(12, 0, -1)), vsb_pages(site, range(14, 0, -1))
    site.pages |= before | {f"/info/1041/{n}.htm": notice(n) for n in range(1, 15)}

    def grows(_: Site) -> Page:
        site.pages |= after
        return Page(before["/zc.htm"])

    site.pages["/zc.htm"] = grows
    portal = site.portal("vsb", columns=(Column("文件", "/zc.htm"),), list={})
    report = crawler.crawl(portal)
    assert (report.outcome, report.new) == ("ok", 14)


def test_what_the_portal_file_expects_is_held_against_the_crawl(site: Site, crawler: Crawler) -> None:
    site.put_notices(3, 2, 1, day="2026-09-20")
    expect = {
        "notices": {"min": 5, "max": 2},
        "silent_days": 30,
        "filled": {"title": 1.0, "doc_no": 0.6, "written_on": 1.0},
    }
    report = crawler.crawl(site.portal(expect=expect))
    assert (report.outcome, report.new) == ("partial", 3)
    assert report.reasons == (
        "site: 3 notices listed, at least 5 expected ([expect] notices.min)",
        "site: 3 notices listed, at most 2 expected ([expect] notices.max)",
        "site: doc_no in 0% of the rows, 60% expected ([expect] filled.doc_no)",
        "site: nothing new for 63 days, at most 30 expected ([expect] silent_days)",
    )


def test_a_day_that_is_still_to_come_does_not_pass_for_news(site: Site, crawler: Crawler) -> None:
    site.pages["/list.html"] = site.list_of(
        ("/n/1.html", "笔误", "2062-11-20"), ("/n/2.html", "旧", "2026-09-20")
    )
    site.pages |= {"/n/1.html": notice(1), "/n/2.html": notice(2)}
    report = crawler.crawl(site.portal(expect={"silent_days": 30}))
    assert report.reasons == ("site: nothing new for 63 days, at most 30 expected ([expect] silent_days)",)


def test_days_are_counted_as_in_china(site: Site, crawler: Crawler, of: Callable[..., Settings]) -> None:
    crawler.at = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)  # 6 o'clock of the 22nd
    days = ("2026-11-20", "2026-11-12", "2026-11-11")
    site.pages["/list.html"] = site.list_of(
        *((f"/n/{n}.html", f"第{n}号", day) for n, day in enumerate(days))
    )
    site.pages |= {f"/n/{n}.html": notice(n) for n in range(3)}
    report = crawler.crawl(site.portal(), settings=of(first_days=10))
    assert (report.new, report.reasons[0][:36]) == (2, "site: notices before 2026-11-12 left")


def test_a_row_that_cannot_be_read_is_rejected_once_wherever_it_moves(site: Site, crawler: Crawler) -> None:
    for newest in (1, 2, 3):
        site.put_notices(*range(newest, 0, -1))
        page = str(site.pages["/list.html"])
        site.pages["/list.html"] = page.replace("</ul>", "<li><a>没有地址的一行</a></li></ul>")
        crawler.crawl(site.portal())
    [row] = [e for batch in crawler.events(site.portal()) for e in batch if isinstance(e, Rejected)]
    assert row.reason == "row 2: no link (a[href]) in '没有地址的一行'"


def test_a_list_of_one_page_that_names_itself_as_the_next_has_no_pager_that_is_stuck(
    site: Site, crawler: Crawler
) -> None:
    site.pages["/zc/"] = site.list_of(("/n/1.html", "通知", "2026-11-20"), following="index.html#top")
    site.pages |= {"/zc/index.html": site.pages["/zc/"], "/n/1.html": notice(1)}
    report = crawler.crawl(site.portal(columns=(Column("文件", "/zc/"),)))
    assert (report.outcome, report.new) == ("ok", 1)


def test_an_archive_elsewhere_works_as_one_on_disk(
    site: Site, crawler: Crawler, of: Callable[..., Settings]
) -> None:
    """The location is any of fsspec's; its `memory` file system stands for S3-like ones."""
    crawler.settings = of(archive_url=f"memory://{site.host.replace(':', '-')}/archive")
    site.put_notices(2, 1)
    assert crawler.crawl(site.portal()).new == 2
    assert crawler.crawl(site.portal()).new == 0
    first, second = crawler.events(site.portal())
    assert [path for _, path in news(first)] == ["/n/2.html", "/n/1.html"]
    assert len(second) == 1
    assert not (crawler.settings.data_dir / "archive").exists()
    for file in crawler.settings.state.iterdir():
        file.unlink()
    assert crawler.crawl(site.portal()).new == 0
