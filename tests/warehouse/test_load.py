"""Loading: idempotent, in any order, history and identity right."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crawlers.settings import Settings
from tests.warehouse.made import (
    Batch,
    at,
    everything,
    make_citation,
    make_notice,
    make_settings,
    make_target,
    make_task,
)
from warehouse import load as loading
from warehouse.connect import open_work
from warehouse.load import load

URL = "https://www.demo-city.example/zwgk/t1.html"
OTHER = "https://www.demo-city.example/zwgk/t2.html"

ONE = make_task(
    1, "推进企业开办一件事一次办，压减至60个工作日内办结。", lead=["市市场监管局"], due=["2023-12-31"]
)
TWO = make_task(2, "全面推行证明事项告知承诺制，公布清单并完善核查办法。", responsible=["市司法局"])
NOTICE = make_notice("关于优化服务的通知", [ONE, TWO], doc_no="示政发〔2023〕1号", written_on="2023-03-30")


@contextmanager
def loaded(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The working file after a load."""
    report = load(settings)
    assert report.problems == ()
    with open_work(settings) as connection:
        yield connection


def answer(settings: Settings, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Rows of the working file after a load."""
    with loaded(settings) as connection:
        return connection.execute(query, list(values)).fetchall()


def busy_history() -> list[Batch]:
    """Six crawls of two portals with changes, removal, return, re-post, parts and pages seen in place."""
    changed = make_notice(
        "关于优化服务的通知",
        [
            make_task(1, "推进企业开办一件事一次办，压减至30个工作日内办结。", lead=["市市场监管局"]),
            make_task(2, "建立办不成事反映窗口，及时回应群众诉求并通报情况。"),
            replace(TWO, seq=3, no="3"),
        ],
        doc_no="示政发〔2023〕1号",
        written_on="2023-03-30",
        citations=(make_citation("示省发〔2022〕9号"),),
    )
    cited = make_notice("关于改革的意见", doc_no="示省发〔2022〕9号", issuers=("示范省人民政府",))
    page = [make_notice(f"公报第{n}件", doc_no=f"示政办发〔2023〕{n}号", text=f"正文{n}") for n in (1, 2)]
    return [
        Batch("a", at(0), is_first=True).notice(URL, NOTICE).notice(OTHER, *page).ended(),
        Batch("b", at(1)).notice(URL, changed, change="changed").rejected(OTHER).ended(),
        Batch("c", at(2)).removed(URL).notice(OTHER, page[0], change="changed").ended(),
        Batch("d", at(3)).notice(URL, changed, change="restored").seen(OTHER).ended(),
        Batch("e", at(2), "demo_province").notice("http://sheng.example/1", cited).ended(),
        Batch("f", at(4), "demo_province").notice("http://sheng.example/2", NOTICE).seen(URL).ended(),
    ]


def test_a_second_load_of_the_same_batches_changes_nothing(settings: Settings) -> None:
    for batch in busy_history():
        batch.write(settings)
    with loaded(settings) as connection:
        before = everything(connection)
    for file in settings.staging.glob("*/*.parquet"):
        file.touch()  # another time, the same content
    assert load(settings).batches == ()
    with open_work(settings) as connection:
        assert everything(connection) == before


@pytest.mark.parametrize(
    "order",
    [(5, 4, 3, 2, 1, 0), (3, 0, 5, 1, 4, 2)],
    ids=str,
)
def test_batches_in_any_order_end_alike(tmp_path: Path, order: tuple[int, ...]) -> None:
    assert_ends_alike(tmp_path, order)


@pytest.mark.full
@pytest.mark.parametrize("order", list(itertools.permutations(range(6)))[::12], ids=str)
def test_batches_in_sixty_orders_end_alike(tmp_path: Path, order: tuple[int, ...]) -> None:
    assert_ends_alike(tmp_path, order)


def assert_ends_alike(folder: Path, order: tuple[int, ...]) -> None:
    batches = busy_history()
    at_once, one_by_one = make_settings(folder / "once"), make_settings(folder / "each")
    for batch in batches:
        batch.write(at_once)
    with loaded(at_once) as connection:
        wanted = everything(connection)
    for place in order:
        batches[place].write(one_by_one)
        load(one_by_one)
    with open_work(one_by_one) as connection:
        found = everything(connection)
    assert found == wanted


def test_a_batch_read_anew_replaces_its_reading(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, make_notice("读错的标题", [ONE])).ended().write(settings)
    load(settings)
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    assert answer(settings, "select title, version_no, task_count, changed_at from notices") == [
        ("关于优化服务的通知", 1, 2, None)
    ]
    assert answer(settings, "select change from change_log") == [("added",)]


def test_a_batch_read_anew_without_a_page_takes_the_page_back(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, NOTICE).notice(OTHER, make_notice("另一件")).ended().write(settings)
    load(settings)
    Batch("a", at(0)).notice(OTHER, make_notice("另一件")).rejected(URL).ended().write(settings)
    assert answer(settings, "select title from notices") == [("另一件",)]
    assert answer(settings, "select count(*) from tasks") == [(0,)]
    assert answer(settings, "select count(*) from documents") == [(1,)]
    assert answer(settings, "select url from rejects") == [(URL,)]


def test_a_notice_keeps_its_texts_as_versions(settings: Settings) -> None:
    for batch in busy_history()[:4]:
        batch.write(settings)
    rows = answer(
        settings,
        "select version_no, change, changed_fields, day(valid_from), day(valid_to) from notice_versions "
        "where notice_id = (select notice_id from notices where url = ?) order by version_no",
        URL,
    )
    assert rows == [
        (1, "added", [], 3, 4),
        (2, "changed", ["text"], 4, 5),
        (3, "restored", [], 6, None),
    ]
    rows = answer(
        settings,
        "select change, day(happened_at), is_first_crawl, run_id, reason from change_log "
        "where entity = 'notice' and notice_id = (select notice_id from notices where url = ?) "
        "order by happened_at",
        URL,
    )
    assert rows == [
        ("added", 3, True, "a", None),
        ("changed", 4, False, "b", None),
        ("withdrawn", 5, False, "c", "404"),
        ("restored", 6, False, "d", None),
    ]
    assert answer(settings, "select removed_at, day(changed_at) from notices where url = ?", URL) == [
        (None, 4)
    ]


def test_a_withdrawn_notice_stays_with_the_moment_of_its_removal(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    Batch("b", at(3)).removed(URL, "410").ended().write(settings)
    assert answer(settings, "select title, day(removed_at), day(last_seen_at) from notices") == [
        ("关于优化服务的通知", 6, 3)
    ]
    assert answer(settings, "select count(*) from tasks") == [(2,)]


def test_a_part_that_a_page_no_longer_holds_is_withdrawn(settings: Settings) -> None:
    for batch in busy_history()[:3]:
        batch.write(settings)
    assert answer(
        settings, "select title, day(removed_at) from notices where title like '公报%' order by title"
    ) == [
        ("公报第1件", None),
        ("公报第2件", 5),
    ]


def test_a_page_whose_bytes_alone_changed_is_no_new_version(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    Batch("b", at(1)).notice(URL, NOTICE, change="changed").ended().write(settings)
    assert answer(settings, "select version_no, changed_at, run_id, day(last_seen_at) from notices") == [
        (1, None, "b", 4)
    ]
    assert answer(settings, "select count(*) from change_log") == [(1,)]


def test_a_page_seen_before_its_notice_is_loaded_was_seen(settings: Settings) -> None:
    Batch("b", at(5)).seen(URL).ended().write(settings)
    load(settings)
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    assert answer(settings, "select day(first_seen_at), day(last_seen_at) from notices") == [(3, 8)]


def test_http_and_https_are_one_page(settings: Settings) -> None:
    Batch("a", at(0)).notice("http://x.example/1", NOTICE).ended().write(settings)
    Batch("b", at(1)).notice("https://x.example/1", NOTICE).ended().write(settings)
    assert answer(settings, "select url, version_no from notices") == [("https://x.example/1", 1)]


def test_a_document_on_two_portals_is_one_document(settings: Settings) -> None:
    for batch in busy_history():
        batch.write(settings)
    rows = answer(
        settings,
        "select copy_count, live_copy_count, portal_ids, task_count from documents where doc_no = ?",
        NOTICE.doc_no,
    )
    assert rows == [(2, 2, ["demo_city", "demo_province"], 3)]


def test_a_document_is_shown_by_a_copy_that_is_in_place(settings: Settings) -> None:
    longer = replace(NOTICE, title="已撤下的一份", text=NOTICE.text + "附则。")
    Batch("a", at(0)).notice(URL, longer).notice(OTHER, NOTICE).ended().write(settings)
    Batch("b", at(1)).removed(URL).ended().write(settings)
    assert answer(settings, "select title, copy_count, live_copy_count from documents") == [
        (NOTICE.title, 2, 1)
    ]


def test_of_copies_in_place_the_longest_speaks_for_its_document_and_of_equals_the_oldest(
    settings: Settings,
) -> None:
    longer = replace(NOTICE, text=NOTICE.text + "附则。")
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    for day, portal_id in ((1, "demo_province"), (2, "demo_county")):
        Batch("b", at(day), portal_id).notice(OTHER, longer).ended().write(settings)
    assert answer(
        settings,
        "select first.portal_id, best.portal_id from documents "
        "join notices as first on first_notice_id = first.notice_id "
        "join notices as best on best_notice_id = best.notice_id",
    ) == [("demo_city", "demo_province")]


def test_views_of_what_is_in_force_count_a_document_once_and_no_withdrawn_notice(settings: Settings) -> None:
    target = make_target("压减至60个工作日", "<=", "60", "个工作日", "企业开办时间")
    notice = replace(NOTICE, tasks=(replace(ONE, targets=(target,)),))
    Batch("a", at(0)).notice(URL, notice).ended().write(settings)
    Batch("b", at(1), "demo_province").notice(OTHER, notice).ended().write(settings)
    in_force = (
        "select (select count(*) from current_tasks), (select count(*) from tasks_due), "
        "(select count(*) from target_comparison), (select coalesce(sum(task_count), 0) from unit_workload)"
    )
    assert answer(settings, in_force) == [(1, 1, 1, 1)]
    Batch("c", at(2)).removed(URL).ended().write(settings)
    Batch("d", at(2), "demo_province").removed(OTHER).ended().write(settings)
    assert answer(settings, in_force) == [(0, 0, 0, 0)]


def test_of_documents_with_one_number_the_one_most_often_published_is_cited(settings: Settings) -> None:
    batch = Batch("a", at(0)).notice(
        URL, make_notice("落实", citations=(make_citation("示省发〔2022〕9号"),))
    )
    for place, issuer in enumerate(("示范省人民政府", "样板省人民政府", "样板省人民政府")):
        cited = make_notice(f"意见{place}", doc_no="示省发〔2022〕9号", issuers=(issuer,))
        batch.notice(f"https://www.demo-city.example/{place}", cited)
    batch.ended().write(settings)
    assert answer(
        settings,
        "select issuers, copy_count from citations join documents on cited_document_id = document_id",
    ) == [(["样板省人民政府"], 2)]


def test_of_two_readings_of_a_page_at_one_moment_the_later_counts(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, make_notice("读到一半")).notice(URL, NOTICE).ended().write(settings)
    assert answer(settings, "select title, version_no from notices") == [(NOTICE.title, 1)]


def test_documents_without_number_are_one_by_title_and_date(settings: Settings) -> None:
    same = make_notice("关于一件事的方案", written_on="2023-03-01", text="正文")
    other = replace(same, written_on="2023-03-02")
    Batch("a", at(0)).notice(URL, same).ended().write(settings)
    Batch("b", at(0), "demo_province").notice(URL, same).notice(OTHER, other).ended().write(settings)
    assert answer(settings, "select copy_count from documents order by 1") == [(1,), (2,)]


def test_a_title_without_number_and_date_names_no_document(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, make_notice("通知公告", text="一")).notice(
        OTHER, make_notice("通知公告", text="二")
    ).ended().write(settings)
    assert answer(settings, "select copy_count from documents") == [(1,), (1,)]


def test_an_empty_number_is_none(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, make_notice("甲", doc_no="")).notice(
        OTHER, make_notice("乙", doc_no="")
    ).ended().write(settings)
    assert answer(settings, "select copy_count from documents") == [(1,), (1,)]


def test_the_readers_document_key_goes_before_ours(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, make_notice("甲", document_key="k")).ended().write(settings)
    Batch("b", at(0)).notice(OTHER, make_notice("乙", document_key="k")).ended().write(settings)
    assert answer(settings, "select copy_count from documents") == [(2,)]


def test_a_citation_finds_its_document_when_that_arrives_later(settings: Settings) -> None:
    citing = make_notice("关于落实的通知", citations=(make_citation("示省发〔2022〕9号"),))
    Batch("a", at(0)).notice(URL, citing).ended().write(settings)
    query = "select cited_doc_no, title from citations left join documents on cited_document_id = document_id"
    assert answer(settings, query) == [("示省发〔2022〕9号", None)]
    busy_history()[4].write(settings)
    assert answer(settings, query) == [("示省发〔2022〕9号", "关于改革的意见")]


def test_tasks_keep_their_ids_over_corrections_and_shifts(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    before = dict(answer(settings, "select title, task_id from tasks"))
    busy_history()[1].write(settings)
    after = dict(answer(settings, "select title, task_id from tasks"))
    assert after["推进企业开办一件事一次办，压减至30个工作日内办结"] == before[ONE.title]
    assert after[TWO.title] == before[TWO.title]
    assert after["建立办不成事反映窗口，及时回应群众诉求并通报情况"] not in before.values()
    rows = answer(
        settings,
        "select task_id, change, changed_fields from change_log where entity = 'task' order by change",
    )
    assert rows == [
        (after["建立办不成事反映窗口，及时回应群众诉求并通报情况"], "added", []),
        (before[ONE.title], "changed", ["text", "title", "deadlines"]),
    ]
    assert answer(settings, "select seq, day(first_seen_at), day(changed_at) from tasks order by seq") == [
        (1, 3, 4),
        (2, 4, None),
        (3, 3, None),
    ]


def test_tasks_keep_their_ids_when_the_reader_ends_them_elsewhere(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    before = answer(settings, "select task_id from tasks order by seq")
    longer = replace(ONE, text=ONE.text + "（市市场监管局牵头）", path=("二、另一章",), no="一")
    Batch("a", at(0)).notice(URL, replace(NOTICE, tasks=(longer, TWO))).ended().write(settings)
    assert answer(settings, "select task_id from tasks order by seq") == before


def test_a_task_in_anothers_place_is_another_task(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, make_notice("通知", [ONE, TWO])).ended().write(settings)
    other = make_task(1, "开展政务服务评价，好差评数据按季度公布。")
    Batch("b", at(1)).notice(URL, make_notice("通知", [other, TWO])).ended().write(settings)
    rows = answer(settings, "select change from change_log where entity = 'task' order by change")
    assert rows == [("added",), ("withdrawn",)]


STEMS, FIGURES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳", "一二三四五六七八九十百千万亿兆零"


@pytest.mark.parametrize(
    ("common", "stays_in_place", "is_same"),
    [(11, False, True), (10, False, False), (10, True, True), (8, True, True), (7, True, False)],
)
def test_a_task_is_known_again_by_half_of_its_character_pairs_or_in_its_place_by_three_in_ten(
    settings: Settings, common: int, stays_in_place: bool, is_same: bool
) -> None:
    """Of 16 characters so many stay: 11 leave 10 of 20 different pairs, 8 leave 7 of 23."""
    old = make_task(1, STEMS)
    new = make_task(1, STEMS[:common] + FIGURES[common:])
    if not stays_in_place:
        new = replace(new, no="9", path=("二、别处",))
    Batch("a", at(0)).notice(URL, make_notice("通知", [old])).ended().write(settings)
    Batch("b", at(1)).notice(URL, make_notice("通知", [new]), change="changed").ended().write(settings)
    rows = answer(settings, "select change from change_log where entity = 'task' order by change")
    assert rows == ([("changed",)] if is_same else [("added",), ("withdrawn",)])


def test_tasks_that_begin_alike_have_ids_of_their_own(settings: Settings) -> None:
    alike = [
        make_task(n, f"各县区、各部门要高度重视，压实责任，确保落实。{'第' + str(n) + '项'}")
        for n in (1, 2, 3)
    ]
    Batch("a", at(0)).notice(URL, make_notice("通知", alike)).ended().write(settings)
    assert answer(settings, "select count(distinct task_id) from tasks") == [(3,)]


def test_a_new_task_that_begins_like_one_that_is_gone_has_an_id_of_its_own(settings: Settings) -> None:
    begins = "各县区各部门要高度重视这项工作并"
    old, new = (make_task(1, begins + rest, no=no) for rest, no in ((STEMS * 4, "1"), (FIGURES * 4, "2")))
    Batch("a", at(0)).notice(URL, make_notice("通知", [old])).ended().write(settings)
    Batch("b", at(1)).notice(URL, make_notice("通知", [new]), change="changed").ended().write(settings)
    rows = answer(settings, "select change, task_id from change_log where entity = 'task' order by change")
    assert [change for change, _ in rows] == ["added", "withdrawn"]
    assert len({task_id for _, task_id in rows}) == 2


def test_units_are_numbered_within_their_role(settings: Settings) -> None:
    task = make_task(1, "公布清单。", lead=["市审计局", "市司法局"], responsible=["市财政局", "市民政局"])
    Batch("a", at(0)).notice(URL, make_notice("通知", [task])).ended().write(settings)
    assert answer(settings, "select role, ord, unit from task_units order by role, ord") == [
        ("lead", 1, "市审计局"),
        ("lead", 2, "市司法局"),
        ("responsible", 1, "市财政局"),
        ("responsible", 2, "市民政局"),
    ]


def test_a_notice_that_comes_back_with_another_text_says_what_changed(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    Batch("b", at(1)).removed(URL).ended().write(settings)
    other = make_notice(NOTICE.title, [ONE], doc_no=NOTICE.doc_no, written_on=NOTICE.written_on)
    Batch("c", at(2)).notice(URL, other, change="restored").ended().write(settings)
    query = "select change, changed_fields from change_log where entity = 'notice' order by happened_at"
    assert answer(settings, query) == [("added", []), ("withdrawn", []), ("restored", ["text"])]


def test_units_deadlines_and_figures_hang_on_their_task(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    assert answer(settings, "select role, unit, unit_norm, ord from task_units order by role") == [
        ("lead", "市市场监管局", "示范市市场监管局", 1),
        ("responsible", "市司法局", "示范市司法局", 1),
    ]
    assert answer(
        settings, "select due_on = date '2023-12-31' from task_deadlines semi join tasks using (task_id)"
    ) == [(True,)]


def test_the_portals_first_crawl_is_marked(settings: Settings) -> None:
    for batch in busy_history():
        batch.write(settings)
    assert answer(settings, "select distinct is_first_crawl from notices where portal_id = 'demo_city'") == [
        (True,)
    ]
    assert answer(settings, "select title from new_notices order by 1") == [("关于改革的意见",)]


def test_a_file_of_another_schema_is_named_and_the_others_are_loaded(settings: Settings) -> None:
    import pyarrow.parquet as pq

    good = Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    table = pq.read_table(good)
    old = good.with_name("20230101T000000Z-old.parquet")
    pq.write_table(table.replace_schema_metadata({"fgf_schema_version": "0"}), old)
    report = load(settings)
    assert report.batches == ("demo_city/20230403T060000Z-a",)
    [problem] = report.problems
    assert str(old) in problem
    assert "Remedy" in problem


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-50])


def scribble(path: Path) -> None:
    """Damages the data and leaves the footer whole."""
    data = bytearray(path.read_bytes())
    for place in range(200, len(data) // 2, 7):
        data[place] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [cut, scribble])
def test_a_damaged_file_is_named_and_the_others_are_loaded_and_it_heals(
    settings: Settings, damage: Callable[[Path], None]
) -> None:
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    bad = Batch("b", at(1)).notice(OTHER, NOTICE).ended().write(settings)
    whole = bad.read_bytes()
    damage(bad)
    report = load(settings)
    assert report.batches == ("demo_city/20230403T060000Z-a",)
    assert str(bad) in report.problems[0]
    bad.write_bytes(whole)
    report = load(settings)
    assert (report.batches, report.problems) == (("demo_city/20230404T060000Z-b",), ())
    assert answer(settings, "select count(*) from notices") == [(2,)]


def scribble_texts(path: Path) -> None:
    """Damages the texts of notices alone: batch, event and footer stay whole; size and time as before."""
    import pyarrow.parquet as pq

    group, state = pq.ParquetFile(path).metadata.row_group(0), path.stat()
    columns = [group.column(place) for place in range(group.num_columns)]
    [chunk] = [one for one in columns if one.path_in_schema == "notice.text"]
    data = bytearray(path.read_bytes())
    for place in range(chunk.data_page_offset, chunk.data_page_offset + chunk.total_compressed_size):
        data[place] ^= 0xFF
    path.write_bytes(data)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def test_damage_that_only_the_load_itself_meets_is_named_and_the_others_are_loaded(
    settings: Settings,
) -> None:
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    bad = Batch("b", at(1)).notice(OTHER, NOTICE).ended().write(settings)
    scribble_texts(bad)
    report = load(settings)
    assert report.batches == ("demo_city/20230403T060000Z-a",)
    assert [str(bad) in problem for problem in report.problems] == [True]
    with open_work(settings) as connection:
        assert connection.execute("select url from notices").fetchall() == [(URL,)]


def test_a_loaded_file_that_was_damaged_since_is_named_when_its_page_changes(settings: Settings) -> None:
    first = Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    load(settings)
    scribble_texts(first)
    changed = replace(NOTICE, text=NOTICE.text + "附则。", text_sha256="0" * 64)
    Batch("b", at(1)).notice(URL, changed, change="changed").ended().write(settings)
    report = load(settings)
    assert report.batches == ("demo_city/20230404T060000Z-b",)
    assert [str(first) in problem for problem in report.problems] == [True]
    with open_work(settings) as connection:
        assert connection.execute("select text from notices").fetchall() == [(changed.text,)]
        loaded_ids = connection.execute("select batch_id from loaded_batches").fetchall()
    assert loaded_ids == [("demo_city/20230404T060000Z-b",)]  # the other is loaded again once it is whole


@pytest.mark.parametrize(("limit", "value"), [("GROUP_FILES", 4), ("GROUP_BYTES", 1)])
def test_a_load_in_groups_ends_as_a_load_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    at_once, in_groups = make_settings(tmp_path / "once"), make_settings(tmp_path / "groups")
    for batch in busy_history():
        batch.write(at_once)
        batch.write(in_groups)
    whole = load(at_once)
    monkeypatch.setattr(loading, limit, value)
    told: list[tuple[int, int]] = []
    report = load(in_groups, lambda done, of: told.append((done, of)))
    assert told == ([(4, 6), (6, 6)] if limit == "GROUP_FILES" else [(n, 6) for n in range(1, 7)])
    assert (report.batches, report.changes) == (whole.batches, whole.changes)
    with open_work(at_once) as one, open_work(in_groups) as other:
        assert everything(one) == everything(other)


def test_a_loaded_file_that_is_gone_is_named_when_its_page_changes_and_heals(settings: Settings) -> None:
    history = busy_history()[:2]
    first = history[0].write(settings)
    load(settings)
    shutil.move(first, settings.data_dir / "elsewhere")
    history[1].write(settings)
    [problem] = load(settings).problems
    assert str(first) in problem
    shutil.move(settings.data_dir / "elsewhere", first)
    assert answer(settings, "select version_no from notices where url = ?", URL) == [(2,)]


def test_a_file_that_holds_another_batch_is_named(settings: Settings) -> None:
    file = Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    copy = file.with_name("20230403T060000Z-copy.parquet")
    shutil.copy(file, copy)
    [problem] = load(settings).problems
    assert str(copy) in problem
