"""The weekly digest of an invented province, against what SQL says of the same warehouse."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook

from crawlers.settings import Settings
from reports import charts
from reports.digest import DigestReport, read_digest, tiles, write_digest
from reports.week import Week
from tests.reports import province
from tests.reports.conftest import add_batches, publish_batches
from warehouse.connect import open_published
from warehouse.errors import NothingPublished

WEEK = "2023-W16"


@pytest.fixture(scope="module")
def digest(spring: Settings) -> DigestReport:
    return write_digest(spring, WEEK)


@pytest.fixture(scope="module")
def page(digest: DigestReport) -> str:
    return digest.html.read_text("utf-8")


@pytest.fixture(scope="module")
def con(spring: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_published(spring) as connection:
        yield connection


def count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    [(number,)] = con.execute(sql).fetchall()
    return int(number)


PUBLISHED = "from notices where published_on between '2023-04-17' and '2023-04-23'"
RELEVANT = f"{PUBLISHED} and relevance <> 'none'"
DUE = """from task_deadlines join tasks using (task_id) join notices on tasks.notice_id = notices.notice_id
 where relevance in ('core', 'wide') and removed_at is null and task_deadlines.due_on between """
LOGGED = (
    "from change_log where entity = 'notice' and happened_at >= '2023-04-17' and happened_at < '2023-04-24'"
)
BY_SQL = {
    "新增核心政策（件）": f"select count(distinct document_id) {PUBLISHED} and relevance = 'core'",
    "新增相关政策（件）": f"select count(distinct document_id) {PUBLISHED} and relevance = 'wide'",
    "新增任务（项）": f"select count(*) from tasks where notice_id in (select notice_id {RELEVANT})",  # noqa: S608
    "变更与撤下（件）": f"select count(*) {LOGGED} and change in ('changed', 'withdrawn')",
    "7日内到期（项）": f"select count(distinct task_id) {DUE} '2023-04-24' and '2023-05-01'",
    "30日内到期（项）": f"select count(distinct task_id) {DUE} '2023-04-24' and '2023-05-24'",
    "90日内到期（项）": f"select count(distinct task_id) {DUE} '2023-04-24' and '2023-07-23'",
    "近30日期限已过（项）": f"select count(distinct task_id) {DUE} '2023-03-25' and '2023-04-23'",
}


@pytest.mark.parametrize("name", BY_SQL)
def test_a_headline_figure_is_what_sql_counts(
    name: str, spring: Settings, con: duckdb.DuckDBPyConnection, page: str
) -> None:
    found = tiles(read_digest(spring, Week(date(2023, 4, 17)), province.AS_OF))
    [(shown, before)] = [(now, before) for tile, now, before, _ in found if tile == name]
    assert shown == count(con, BY_SQL[name]) > 0
    assert re.search(rf"<dt>{name}</dt><dd>{shown}<span>上周 {before}</span>", page)


def test_last_week_s_figures_are_those_that_its_own_digest_shows(spring: Settings) -> None:
    this = tiles(read_digest(spring, Week(date(2023, 4, 17)), province.AS_OF))
    last = tiles(read_digest(spring, Week(date(2023, 4, 10)), date(2023, 4, 17)))
    assert [before for _, _, before, _ in this] == [now for _, now, _, _ in last]


def test_every_policy_of_the_week_is_named_with_its_link(page: str, digest: DigestReport) -> None:
    markdown = digest.markdown.read_text("utf-8")
    for notice in province.week_16():
        assert f'<a href="{notice.url}" rel="noopener noreferrer">{notice.title}</a>' in page
        assert f"[{notice.title}]({notice.url})" in markdown
        if notice.doc_no:
            assert notice.doc_no in page
            assert notice.doc_no in markdown
    assert digest.policies == 6  # five of the week and one found late


def test_core_policies_come_before_wide_ones_and_national_before_local_ones(page: str) -> None:
    places = [page.index(f">{n.title}</a></h4>") for n in province.week_16()[:5]]
    order = [places[i] for i in (0, 1, 2, 3, 4)]
    assert order == sorted(order)


def test_every_task_that_falls_due_is_named_with_date_mark_and_source(
    page: str, con: duckdb.DuckDBPyConnection
) -> None:
    due = con.execute(
        "select tasks.title, task_deadlines.due_on, notices.url"
        " from task_deadlines join tasks using (task_id)"
        " join notices on tasks.notice_id = notices.notice_id"
        " where task_deadlines.due_on between date '2023-04-24' and date '2023-07-23' and removed_at is null"
    ).fetchall()
    assert len(due) == 9
    rows = re.findall(r"<tr><td class=\"when\">.*?</tr>", page, re.DOTALL)
    for title, day, url in due:
        [row] = [r for r in rows if title in r and f'datetime="{day}"' in r and url in r]
        left = (day - province.AS_OF).days
        mark = "red" if left <= 7 else "yellow" if left <= 30 else "plain"
        assert f'<span class="mark {mark}">还有{left}天</span>' in row


def test_a_past_date_says_that_nobody_knows_whether_it_was_done(page: str) -> None:
    section = page[page.index("期限已过（完成情况未知）") :]
    assert "推行证明事项告知承诺制" in section[: section.index("</table>")]
    assert "已过14天" in section[: section.index("</table>")]


def test_a_rhythm_shows_its_next_date(page: str) -> None:
    assert "2023年5月20日（每月20日）" in page


def test_a_change_shows_what_exactly_changed(page: str, digest: DigestReport) -> None:
    assert "2023年4月<del>24</del><ins>28</ins>日前完成事项清单编制" in page
    assert "~~24~~**28**" in digest.markdown.read_text("utf-8")


def test_a_new_title_shows_the_words_that_are_new(tmp_path: Path) -> None:
    old = province.week_16()[2]
    assert old.title is not None
    renamed = replace(old, title=old.title.replace("行动方案", "行动方案（修订）"))
    at = datetime(2023, 4, 28, 1, tzinfo=UTC)
    batches = [*province.spring(), province.batch("linhe", at, [], changed=[renamed])]
    report = write_digest(publish_batches(tmp_path, batches), "2023-W17")
    page = report.html.read_text("utf-8")
    assert "优化营商环境行动方案<ins>（修订）</ins>的通知" in page
    assert "本周没有收录到新发布的相关政策；内容变更1件，撤下0件。" in page
    assert "行动方案**（修订）**的通知" in report.markdown.read_text("utf-8")


def test_units_of_one_name_are_told_apart_by_their_place(spring: Settings) -> None:
    digest = read_digest(spring, Week(date(2023, 4, 17)), province.AS_OF)
    labels = [bar.label for bar in charts.tasks_by_unit(digest).bars]
    assert len(labels) == len(set(labels))
    twice = replace(digest.workload[0], region="青岚市"), replace(digest.workload[0], region="临河市")
    labels = [bar.label for bar in charts.tasks_by_unit(replace(digest, workload=twice)).bars]
    assert [label[:3] for label in labels] == ["青岚市", "临河市"]


def test_a_withdrawal_is_named(page: str) -> None:
    changes = page[page.index('id="changes"') : page.index('id="units"')]
    assert "石桥县2022年“放管服”改革工作总结" in changes
    assert '<span class="tag">撤下</span>' in changes


def test_new_targets_stand_beside_those_of_other_regions(page: str) -> None:
    targets = page[page.index('id="targets"') : page.index('id="cited"')]
    [row] = [r for r in targets.split("<tr>") if "企业满意度" in r]
    assert "≥90%" in row
    assert "青岚市 ≥95%" in row


def test_what_is_cited_most_comes_first(page: str) -> None:
    cited = page[page.index('id="cited"') : page.index('id="data"')]
    rows = re.findall(
        r'<tr><td>(.*?)</td><td>(.*?)</td><td class="num">(\d+)</td><td class="num">(\d+)', cited
    )
    assert [(doc_no, week, total) for doc_no, _, week, total in rows] == [
        ("云政发〔2023〕6号", "2", "3"),
        ("国示发〔2022〕30号", "2", "2"),
    ]
    assert 'href="https://www.yunchuan.example/zwgk/zfwj/t202.html"' in rows[0][1]
    assert "关于进一步优化政务服务的意见" in rows[1][1]


def test_a_document_cited_with_its_title_and_without_is_named_by_it(tmp_path: Path) -> None:
    cites = (("国示发〔2022〕31号", ""), ("国示发〔2022〕31号", "关于便利开办的意见"))
    read = province.notice("linhe", 900, "临河市关于优化企业开办服务的通知", "2023-04-20", cites=cites)
    for order in (read.citations, read.citations[::-1]):
        one = replace(read, citations=order)
        settings = publish_batches(
            tmp_path / f"{order[0].title}0",
            [province.batch("linhe", datetime(2023, 4, 21, tzinfo=UTC), [one])],
        )
        [cited] = read_digest(settings, Week(date(2023, 4, 17)), date(2023, 4, 24)).cited
        assert (cited.title, cited.week_count) == ("关于便利开办的意见", 1)


def test_the_data_team_reads_of_the_portal_that_answered_badly(page: str) -> None:
    corner = page[page.index('id="data"') :]
    assert "石桥县人民政府：部分完成 1 次" in corner
    assert "answered 503 three times" in corner


def test_a_notice_found_after_its_week_was_reported_is_told_once(tmp_path: Path) -> None:
    settings = publish_batches(tmp_path, province.spring()[:5])
    write_digest(settings, "2023-W15")
    add_batches(settings, province.spring()[5:])
    late = write_digest(settings, WEEK).html.read_text("utf-8")
    assert "青岚市2023年优化营商环境工作要点" in late[late.index("补充收录") :]
    after = write_digest(settings, "2023-W17").html.read_text("utf-8")
    assert "补充收录" not in after
    assert write_digest(settings, WEEK).html.read_text("utf-8") == late


def test_a_notice_that_its_own_week_s_digest_named_is_not_late(tmp_path: Path) -> None:
    settings = publish_batches(tmp_path, province.spring())
    write_digest(settings, "2023-W15")
    assert "补充收录" not in write_digest(settings, WEEK).html.read_text("utf-8")


def test_a_first_crawl_is_a_count_and_no_flood(own: Settings) -> None:
    page = write_digest(own, "2023-W15").html.read_text("utf-8")
    assert "云川省人民政府首次采集，收录既往文件 1 件，不逐件列出" in page
    policies = page[page.index('id="policies"') : page.index('id="due"')]
    assert "云川省2023年深化“放管服”改革工作要点" not in policies


def test_a_week_can_be_written_again_and_nothing_changes(own: Settings) -> None:
    def written() -> dict[str, Any]:
        report = write_digest(own, WEEK)
        book = load_workbook(report.xlsx)
        return {
            "html": report.html.read_bytes(),
            "markdown": report.markdown.read_bytes(),
            "xlsx": {s.title: list(s.values) for s in book},
            "index": (report.html.parent / "index.html").read_bytes(),
        }

    assert written() == written()


def test_an_empty_week_is_short_and_says_so(own: Settings) -> None:
    report = write_digest(own, "2024-W30")
    page = report.html.read_text("utf-8")
    assert "本周没有收录到新发布、变更或撤下的相关政策。" in page
    assert "未来90日没有写明期限的任务到期" in page
    assert "<svg" not in page
    headings = re.findall(r'<h2 id="\w+"><span class="no">(.*?)</h2>', page)
    assert headings == ["一、</span>本周要览", "二、</span>到期提醒", "三、</span>数据情况"]
    assert set(re.findall(r'href="#(\w+)"', page)) == {"due", "data"}
    written = report.markdown.read_text("utf-8")
    assert re.findall(r"^## .*", written, re.MULTILINE) == [
        "## 一、本周要览",
        "## 二、到期提醒",
        "## 三、数据情况",
    ]
    assert report.policies == report.tasks == report.changes == report.due == 0


def test_a_sheet_without_rows_says_so(own: Settings) -> None:
    book = load_workbook(write_digest(own, "2024-W30").xlsx)
    empty = [sheet for sheet in book if sheet.title in ("新增政策", "变更与撤下")]
    assert len(empty) == 2
    for sheet in empty:
        assert "本期没有可列的内容。" in {cell for row in sheet.values for cell in row}, sheet.title


def test_a_province_holds_its_cities_and_counties(spring: Settings) -> None:
    page = write_digest(spring, WEEK, region="云川省").html.read_text("utf-8")
    assert "临河市人民政府关于印发" in page
    assert "石桥县推行" in page
    assert "关于扎实推进政务服务" not in page


def test_a_province_that_issued_nothing_itself_holds_its_cities(tmp_path: Path) -> None:
    read = province.notice("linhe", 900, "商洛市关于优化企业开办服务的通知", "2023-04-20")
    news = replace(read, region="商洛市", adcode="611000")
    settings = publish_batches(tmp_path, [province.batch("linhe", datetime(2023, 4, 21, tzinfo=UTC), [news])])
    for region, count in (("陕西省", 1), ("商洛市", 1), ("甘肃省", 0)):
        found = read_digest(settings, Week(date(2023, 4, 17)), date(2023, 4, 24), region=region)
        assert len(found.core) == count


def test_a_city_that_passes_on_its_province_s_document_does_not_become_the_province(tmp_path: Path) -> None:
    passed_on = replace(
        province.week_16()[1], portal_id="linhe", adcode="990100", url=province.url_of("linhe", 998)
    )
    at = datetime(2023, 4, 22, 1, tzinfo=UTC)
    city = [n for n in province.week_16() if n.portal_id == "linhe"]
    settings = publish_batches(tmp_path, [province.batch("linhe", at, [*city, passed_on])])
    page = write_digest(settings, WEEK, region="临河市").html.read_text("utf-8")
    assert "临河市人民政府关于印发" in page
    assert "云川省人民政府办公厅" not in page
    whole = write_digest(settings, WEEK, region="云川省").html.read_text("utf-8")
    assert "云川省人民政府办公厅" in whole


def test_a_digest_of_a_city_leaves_out_the_others(spring: Settings) -> None:
    report = write_digest(spring, WEEK, region="青岚市")
    assert report.html.name == "2023-W16-青岚市.html"
    page = report.html.read_text("utf-8")
    assert "青岚市深化" in page
    assert "临河市" not in page
    assert "2023-W16-%E9%9D%92%E5%B2%9A%E5%B8%82.html" in (report.html.parent / "index.html").read_text(
        "utf-8"
    )


def test_a_digest_of_a_unit_has_its_tasks_alone(spring: Settings) -> None:
    page = write_digest(spring, WEEK, unit="市税务局").html.read_text("utf-8")
    assert "优化企业开办服务" in page
    assert "推行工程建设项目并联审批" not in page


def test_a_document_on_two_portals_is_one_policy_with_both_links(tmp_path: Path) -> None:
    original = province.week_16()[0]
    copy = replace(original, portal_id="linhe", url=province.url_of("linhe", 999), listed_on="2023-04-19")
    at = datetime(2023, 4, 22, 1, tzinfo=UTC)
    settings = publish_batches(
        tmp_path, [province.batch("guowu", at, [original]), province.batch("linhe", at, [copy])]
    )
    report = write_digest(settings, WEEK)
    page = report.html.read_text("utf-8")
    assert report.policies == 1
    assert "<dt>新增任务（项）</dt><dd>1<" in page
    assert original.url is not None
    assert original.url in page
    assert str(copy.url) in page
    assert page.count("<h4>") == 1
    [due] = re.findall(r"<tr><td class=\"when\">.*?</tr>", page, re.DOTALL)
    assert str(original.url) in due
    assert str(copy.url) in due


def test_the_page_asks_for_nothing_and_runs_nothing(page: str) -> None:
    assert not re.search(r"<(script|img|iframe|link|object|embed|video|audio|form)\b", page)
    assert not re.search(r"\bsrc=|url\(|@import|\son\w+=", page)


def test_the_charts_show_their_figures_in_words_too(page: str) -> None:
    described = [html.unescape(d) for d in re.findall(r"<desc[^>]*>(.*?)</desc>", page)]
    assert "近十二周新增政策：2/27 1，3/13 1，4/10 1，4/17 5" in described
    assert len(described) == page.count("<svg") == 4


def test_the_workbook_names_everything_with_links_that_are_no_formulas(digest: DigestReport) -> None:
    book = load_workbook(digest.xlsx)
    assert book.sheetnames == [
        "要览",
        "新增政策",
        "新增任务",
        "到期",
        "变更与撤下",
        "单位",
        "目标对比",
        "引用",
    ]
    linked = {row[3].value: row[-1] for row in book["新增政策"].iter_rows(min_row=2)}
    for notice in province.week_16():
        assert (linked[notice.title].value, linked[notice.title].hyperlink.target) == ("打开", notice.url)
    assert all(c.data_type != "f" for sheet in book for row in sheet.iter_rows() for c in row)
    assert len(list(book["新增任务"].values)) == 1 + digest.tasks


def test_the_index_lists_all_weeks_newest_first(own: Settings) -> None:
    write_digest(own, "2023-W15")
    report = write_digest(own, WEEK)
    index = (report.html.parent / "index.html").read_text("utf-8")
    assert index.index("2023-W16.html") < index.index("2023-W15.html")


def test_without_a_warehouse_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="python -m warehouse build"):
        write_digest(Settings(data_dir=tmp_path), WEEK)
