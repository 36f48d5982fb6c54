"""The policy explorer in headless Chromium, from plain files."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from crawlers.settings import Settings
from reports.segments import Segment, Span, segments
from reports.site import SiteReport, write_site
from tests.reports import province
from tests.reports.browser import Page, data_of, open_page, picture, walk
from warehouse.connect import open_published


@pytest.fixture(scope="module")
def site(spring: Settings) -> SiteReport:
    return write_site(spring, today=province.AS_OF)


CITY, PROVINCE, OFFICE = "临河市人民政府关于印发", "云川省2023年", "临河市人民政府办公室"
ROUTES = (
    "notices",
    "notices?q=临政发 行动方案",
    "notices?q=不存在的词",
    "notices?region=临河市",
    "notices?region=临河市&topic=企业开办",
    "notices?unit=税务",
    "tasks?due=30",
    "tasks?due=past",
    "targets",
    "portals",
    "toString",
    "tasks?due=constructor",
    "targets?",
    "n/%E0%A4%A",
    "n/0000000000000000",
)


@dataclass(frozen=True)
class Walked:
    """What the explorer showed at each route in one visit, and the visit as a whole."""

    shown: dict[str, str]
    visit: Page

    def __call__(self, route: str) -> str:
        return self.shown[route]


@pytest.fixture(scope="module")
def browse(site: SiteReport, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    notices = [f"n/{notice_id(site, title)}" for title in (CITY, PROVINCE, OFFICE)]
    return Walked(*walk(site.index, [*ROUTES, *notices], tmp_path_factory.mktemp("browser")))


def titles(page: str) -> list[str]:
    return [unescape(t) for t in re.findall(r'<div class="title"><a href="[^"]*">(.*?)</a>', page)]


def notice_id(site: SiteReport, title: str) -> str:
    rows = data_of(site.index.parent / "data" / "notices-0.js")
    assert isinstance(rows, list)
    [found] = [row[0] for row in rows if row[1].startswith(title)]
    return str(found)


def test_a_text_is_cut_where_its_evidence_stands() -> None:
    text = "前言。甲局于5月底前完成90%。尾。"
    found = segments(text, [Span("task", 3, 15, 0), Span("unit", 3, 5, 0), Span("deadline", 6, 10, 0)])
    assert found == [
        Segment("前言。", "", -1),
        Segment("甲局", "unit", 0),
        Segment("于", "", 0),
        Segment("5月底前", "deadline", 0),
        Segment("完成90%", "", 0),
        Segment("。尾。", "", -1),
    ]


def test_all_pieces_together_are_the_text() -> None:
    text = "𠮷甲乙丙丁"
    spans = [
        Span("task", 0, 5, 0),
        Span("task", 1, 3, 1),
        Span("unit", 2, 4, 0),
        Span("unit", 9, 12),
        Span("unit", 3, 1),
    ]
    assert "".join(s.text for s in segments(text, spans)) == text
    assert segments("", spans) == []


def test_a_request_of_a_page_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text('<img src="http://pixel.example/x.png">', "utf-8")
    assert open_page((tmp_path / "x.html").as_uri(), tmp_path).asked == ("http://pixel.example/x.png",)


def test_the_list_opens_from_a_file_without_asking_any_host(browse: Walked) -> None:
    assert len(titles(browse("notices"))) == 9
    assert "data-ready=" in browse.visit.dom
    assert browse.visit.console == ()
    assert browse.visit.asked == ()


def test_a_search_finds_titles_and_numbers_by_all_its_words(browse: Walked) -> None:
    assert titles(browse("notices?q=临政发 行动方案")) == [
        "临河市人民政府关于印发深化“放管服”改革优化营商环境行动方案的通知"
    ]
    assert "没有符合条件的内容" in browse("notices?q=不存在的词")


def test_filters_hold_together(browse: Walked) -> None:
    assert len(titles(browse("notices?region=临河市"))) == 2
    assert len(titles(browse("notices?region=临河市&topic=企业开办"))) == 1
    assert len(titles(browse("notices?unit=税务"))) == 4
    found = titles(browse("tasks?due=30"))
    assert found == [
        "报送改革创新试点工作进度",
        "推行工程建设项目并联审批",
        "推行工程建设项目并联审批",
        "推行证明事项告知承诺制",
    ]
    assert titles(browse("tasks?due=past")) == ["推行证明事项告知承诺制"]


def test_a_notice_shows_its_text_with_the_evidence_marked_where_it_stands(
    browse: Walked, site: SiteReport, spring: Settings
) -> None:
    key = notice_id(site, CITY)
    page = browse(f"n/{key}")
    text = page[page.index('<div class="text">') : page.index("<h2>")]
    with open_published(spring) as con:
        [(whole,)] = con.execute("select text from notices where notice_id = ?", [key]).fetchall()
        quotes = con.execute(
            'select substr(n.text, d.start + 1, d."end" - d.start) from task_deadlines d join notices n'
            " using (notice_id) where notice_id = ? order by d.start",
            [key],
        ).fetchall()
    marked = [unescape(m) for m in re.findall(r'<mark class="deadline"[^>]*>(.*?)</mark>', text)]
    assert marked == [quote for (quote,) in quotes]
    shown = unescape(re.sub(r"<[^>]+>", "", text))
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", whole)
    assert text.count('class="task"') == 6
    assert 'href="https://www.linhe.example/zwgk/zfwj/t301.html"' in page


def test_citations_lead_both_ways(browse: Walked, site: SiteReport) -> None:
    province_, city = notice_id(site, PROVINCE), notice_id(site, CITY)
    assert f'href="#/n/{province_}"' in browse(f"n/{city}")
    cited = browse(f"n/{province_}")
    assert f'href="#/n/{city}"' in cited[cited.index("被以下文件引用") :]


def test_a_version_shows_what_changed(browse: Walked, site: SiteReport) -> None:
    page = browse(f"n/{notice_id(site, OFFICE)}")
    assert "第 2 版 · 2023年4月22日 · 内容变更" in page
    assert "<del>24</del><ins>28</ins>" in page


def test_targets_are_compared_and_portals_told(browse: Walked) -> None:
    targets = unescape(re.sub(r"<[^>]+>", "", browse("targets")))
    assert targets.index("企业满意度") < targets.index("网上可办率")  # what more regions have set comes first
    assert "青岚市 ≥95%" in targets
    portals = browse("portals")
    assert "部分完成" in portals
    assert "石桥县人民政府" in portals


def test_an_address_that_leads_nowhere_says_so(browse: Walked) -> None:
    assert "没有这份文件" in browse("n/0000000000000000")


def test_an_address_that_was_typed_wrongly_leads_to_a_page(browse: Walked) -> None:
    assert titles(browse("toString")) == titles(browse("notices"))
    assert ">任务</h1>" in browse("tasks?due=constructor")
    assert "读不到" not in browse("tasks?due=constructor")
    assert "没有这份文件" in browse("n/%E0%A4%A")


def test_a_missing_shard_is_named(spring: Settings, site: SiteReport, tmp_path: Path) -> None:
    copy = shutil.copytree(site.index.parent, tmp_path / "site")
    (copy / "data" / "targets.js").unlink()
    page = open_page(f"{(copy / 'index.html').as_uri()}#/targets", tmp_path)
    assert "读不到 data/targets.js" in page.dom


@pytest.mark.full
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (500, 900)])
def test_it_can_be_seen(width: int, height: int, site: SiteReport, tmp_path: Path) -> None:
    assert len(picture(site.index.as_uri(), tmp_path / "p.png", width, height)) > 20_000


def test_a_second_writing_gives_the_same_files(own: Settings) -> None:
    def files() -> dict[str, bytes]:
        folder = write_site(own, today=province.AS_OF).index.parent
        return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    assert files() == files()
