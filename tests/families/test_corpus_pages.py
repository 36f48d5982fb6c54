"""Real answers of real portals in ../shared/corpus/pages, each read by its family."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.errors import PageChanged
from crawlers.families import load_family
from crawlers.model import Answer, Column, Listed, ListPage, Portal
from crawlers.recognise import recognise

# file -> family, address, rows
LISTS = {
    "04-jiangsu-gxt-dataproxy-page1.xml": (
        "hanweb",
        "http://gxt.jiangsu.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=75&perpage=25&unitid=1",
        76,
    ),
    "04-jiangsu-gxt-dataproxy-page2.xml": (
        "hanweb",
        "http://gxt.jiangsu.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=26&endrecord=100&perpage=25&unitid=1",
        76,
    ),
    "08-gov-cn-zhengcelibrary-gw-bm.json": (
        "gov_cn",
        "https://sousuo.www.gov.cn/search-gov/data?p=1&n=5",
        10,
    ),
    "10-fujian-apiSearch.json": (
        "trs_search",
        "https://www.fujian.gov.cn/ssp/search/api/apiSearch?page=2",
        10,
    ),
    "13-guizhou-list.json": ("trs_search", "https://www.guizhou.gov.cn/irs/front/search?pageNo=1", 10),
    "17-shaanxi-igs-list.json": (
        "trs_search",
        "http://www.shaanxi.gov.cn/igs/front/search/list.html?pageNumber=1",
        10,
    ),
    "19-zhejiang-jsearch-list.json": (
        "jpaas",
        "https://search.zj.gov.cn/jsearchfront/interfaces/search.do?pg=1&p=30",
        30,
    ),
}
OPTIONS: dict[str, dict[str, Any]] = {
    "13-guizhou-list.json": {"doc_no": ["table-1"], "index_no": ["table-2"], "issuer": ["table-4"]},
    "19-zhejiang-jsearch-list.json": {"page_param": "pg", "size_param": "p", "size": 30},
}


def read(shared: Path, name: str, family: str, url: str) -> ListPage:
    text = (shared / "corpus" / "pages" / name).read_text("utf-8")
    column = Column("list", url, OPTIONS.get(name, {}))
    home = url.split("/", 3)
    base = f"{home[0]}//{home[2]}/"
    portal = Portal("real", "real", "real", "000000", "province", family, base, (home[2],), (column,))
    answer = Answer(url, 200, {}, b"", text, datetime(2026, 1, 1, tzinfo=UTC))
    return load_family(family).read_list(answer, portal, column)


@pytest.fixture
def items(shared: Path, request: pytest.FixtureRequest) -> tuple[Listed, ...]:
    name: str = request.param
    return read(shared, name, *LISTS[name][:2]).items


@pytest.mark.parametrize("name", LISTS)
def test_every_row_of_a_real_answer_is_read(shared: Path, name: str) -> None:
    family, url, rows = LISTS[name]
    page = read(shared, name, family, url)
    assert (len(page.items), page.skipped) == (rows, ())
    assert all(item.listed_on for item in page.items)
    assert page.next is not None


@pytest.mark.parametrize("name", LISTS)
def test_no_value_of_a_real_answer_keeps_markup_or_invisible_characters(shared: Path, name: str) -> None:
    for item in read(shared, name, *LISTS[name][:2]).items:
        for value in (item.title, item.doc_no or "", item.index_no or "", item.issuer or ""):
            assert not set(value) & set("<>\u200b\u200d\u3000\xa0"), item


def test_the_proxy_is_asked_again_from_the_last_record_on(shared: Path) -> None:
    page = read(
        shared, "04-jiangsu-gxt-dataproxy-page1.xml", *LISTS["04-jiangsu-gxt-dataproxy-page1.xml"][:2]
    )
    assert page.next is not None
    assert "startrecord=76&endrecord=150" in page.next.url


def test_publication_days_are_days_in_china(shared: Path) -> None:
    igs = read(shared, "17-shaanxi-igs-list.json", *LISTS["17-shaanxi-igs-list.json"][:2]).items
    assert igs[0].listed_on == date(2019, 12, 27)
    gov = read(
        shared, "08-gov-cn-zhengcelibrary-gw-bm.json", *LISTS["08-gov-cn-zhengcelibrary-gw-bm.json"][:2]
    ).items
    assert gov[0].listed_on == date(2019, 11, 26)
    assert ("成文日期", "2019-11-18") in gov[0].fields


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("01-lishui-jcms-detail.html", "http://www.lishui.gov.cn/art/2023/10/23/art_1229283446_2498383.html"),
        ("03-jiangxi-sthjt-jcms-list.html", "http://sthjt.jiangxi.gov.cn/jxssthjt/col/col42150/index.html"),
        ("04-jiangsu-gxt-dataproxy-page1.xml", ""),
        ("06-zhejiang-fgw-jcms-detail-2016.html", "http://fzggw.zj.gov.cn/art/2016/12/29/art_1_1.html"),
    ],
)
def test_real_jcms_pages_are_recognised(shared: Path, name: str, url: str) -> None:
    page = (shared / "corpus" / "pages" / name).read_text("utf-8")
    assert recognise(url, page)[0] == "hanweb"
    assert recognise("", page)[0] == "hanweb"  # from a file, whose address nobody knows


@pytest.mark.parametrize("name", LISTS)
def test_a_real_answer_is_recognised_without_its_address(shared: Path, name: str) -> None:
    assert recognise("", (shared / "corpus" / "pages" / name).read_text("utf-8"))[0] == LISTS[name][0]


def test_a_real_list_filled_by_a_script_is_an_error_that_says_so(shared: Path) -> None:
    url = "http://sthjt.jiangxi.gov.cn/jxssthjt/col/col42150/index.html"
    with pytest.raises(PageChanged, match="loaded by a script"):
        read(shared, "03-jiangxi-sthjt-jcms-list.html", "hanweb", url)


def test_every_real_page_is_read_by_a_test(shared: Path) -> None:
    index = (shared / "corpus" / "pages" / "INDEX.tsv").read_text("utf-8").splitlines()[1:]
    source = Path(__file__).read_text("utf-8")
    assert [name for name in (line.split("\t")[0] for line in index) if name not in source] == []
