"""Searches find Chinese words rightly, with and without the index, and show the passage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from crawlers.settings import Settings
from tests.warehouse.made import Batch, at, make_notice, make_settings, make_task
from warehouse import publish as publication
from warehouse.connect import open_published, open_work
from warehouse.load import load
from warehouse.publish import publish

NOTICES = {
    "告知承诺制实施方案": "为推行证明事项告知承诺制，制定本方案。告知承诺由各部门办理。",
    "优化营商环境若干措施": "全面推行告知承诺制，压减审批时限。" + "其他内容。" * 150 + "附则：一网通办。",
    "关于承诺书的告知": "请各单位告知群众，承诺书样式见附件。",
    "e政通平台启用": "启用 e政通 平台。",
    "检查的通知": "开展安全检查。",
}


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    settings = make_settings(tmp_path_factory.mktemp("search"))
    batch = Batch("a", at(0))
    for number, (title, text) in enumerate(NOTICES.items()):
        tasks = [make_task(1, "推行告知承诺。", due=["2023-12-31"])] if number == 0 else []
        batch.notice(f"https://x.example/{number}", make_notice(title, tasks, text=text))
    batch.ended().write(settings)
    load(settings)
    publish(settings)
    with open_published(settings) as opened:
        yield opened


def titles(connection: duckdb.DuckDBPyConnection, search: str, query: str) -> list[str]:
    rows = connection.execute(f"select title from {search}(?)", [query]).fetchall()  # noqa: S608
    return [title for (title,) in rows]


def test_the_best_comes_first_and_words_with_the_same_characters_do_not_come(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert titles(connection, "search_notices", "告知承诺") == ["告知承诺制实施方案", "优化营商环境若干措施"]


@pytest.mark.parametrize("search", ["search_notices", "search_notices_exact"])
def test_all_words_must_stand_there(connection: duckdb.DuckDBPyConnection, search: str) -> None:
    assert titles(connection, search, "告知　承诺书") == ["关于承诺书的告知"]
    assert titles(connection, search, "告知 检查") == []


def test_what_stands_far_down_is_found_by_the_exact_search(connection: duckdb.DuckDBPyConnection) -> None:
    assert titles(connection, "search_notices", "一网通办") == []
    assert titles(connection, "search_notices_exact", "一网通办") == ["优化营商环境若干措施"]


def test_a_word_of_one_character_is_found_by_the_exact_search(connection: duckdb.DuckDBPyConnection) -> None:
    found = titles(connection, "search_notices_exact", "附")
    assert sorted(found) == ["优化营商环境若干措施", "关于承诺书的告知"]


@pytest.mark.parametrize("search", ["search_notices", "search_notices_exact", "search_tasks"])
@pytest.mark.parametrize("query", ["", "  ", "%", "_", "'; drop table notices; --", "没有的词"])
def test_nothing_is_found_by_nothing_and_no_sign_has_a_meaning_of_its_own(
    connection: duckdb.DuckDBPyConnection, search: str, query: str
) -> None:
    assert titles(connection, search, query) == []


def test_latin_letters_among_characters_are_found(connection: duckdb.DuckDBPyConnection) -> None:
    assert titles(connection, "search_notices", "e政通") == ["e政通平台启用"]


def test_the_snippet_shows_the_word_in_its_passage(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute("select snippet from search_notices('告知承诺', top := 1)").fetchall()
    assert rows == [("为推行证明事项【告知承诺】制，制定本方案。【告知承诺】由各部门办理。",)]


def test_tasks_are_found_with_their_dates(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "select title, due_on::varchar, snippet from search_tasks('告知承诺')"
    ).fetchall()
    assert rows == [("推行告知承诺", "2023-12-31", "推行【告知承诺】。")]


def test_tasks_with_the_word_in_their_title_come_first_and_those_with_it_in_their_text_fill_up(
    tmp_path: Path,
) -> None:
    settings = make_settings(tmp_path)
    batch = Batch("a", at(0))
    batch.notice(
        "https://x.example/1",
        make_notice(
            "任务分工",
            [
                make_task(1, "公布清单。公布前推行告知承诺。"),
                make_task(2, "推行告知承诺。各部门落实。"),
                make_task(3, "规范告知承诺文书。"),
                make_task(4, "压减时限。"),
            ],
        ),
    )
    batch.ended().write(settings)
    load(settings)
    publish(settings)
    with open_published(settings) as opened:
        for top, expected in ((1, 1), (2, 2), (3, 3), (9, 3)):
            rows = opened.execute(
                f"select title, score from search_tasks('告知承诺', top := {top})"  # noqa: S608
            ).fetchall()
            assert len(rows) == expected
            assert {title for title, score in rows if score == 1} <= {"推行告知承诺", "规范告知承诺文书"}
            assert [title for title, score in rows if score == 0] == ["公布清单"] * (expected == 3)


def test_every_ranked_hit_is_an_exact_hit(connection: duckdb.DuckDBPyConnection) -> None:
    for word in ("告知", "承诺", "告知承诺", "方案", "平台", "检查"):
        ranked = set(titles(connection, "search_notices", word))
        assert ranked
        assert ranked <= set(titles(connection, "search_notices_exact", word))


def test_without_an_index_the_search_reads_the_whole_text(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = make_settings(tmp_path_factory.mktemp("large"))
    batch = Batch("a", at(0))
    for number, (title, text) in enumerate(NOTICES.items()):
        batch.notice(f"https://x.example/{number}", make_notice(title, text=text))
    batch.write(settings)
    load(settings)
    monkeypatch.setattr(publication, "SEARCH_LIMIT", 4)
    publish(settings)
    with open_published(settings) as connection:
        assert connection.execute("select has_search_index from warehouse_info").fetchall() == [(False,)]
        assert titles(connection, "search_notices", "一网通办") == ["优化营商环境若干措施"]
    with open_work(settings) as connection:  # the working file has none either
        assert titles(connection, "search_notices", "告知承诺") == [
            "告知承诺制实施方案",
            "优化营商环境若干措施",
        ]


def test_a_text_in_which_only_pieces_of_the_word_stand_takes_no_place_of_one_with_the_word(
    settings: Settings,
) -> None:
    """Its pairs stand there often, so it ranks first, and is no hit."""
    pieces = make_notice("甲", text="告知乙知承丙承诺丁" * 20)
    word = make_notice("戊", text="试行告知承诺。" + "其他内容。" * 70)
    Batch("a", at(0)).notice("https://x.example/1", pieces).notice("https://x.example/2", word).ended().write(
        settings
    )
    load(settings)
    publish(settings)
    with open_published(settings) as opened:
        assert opened.execute("select title from search_notices('告知承诺', top := 1)").fetchall() == [
            ("戊",)
        ]


def test_of_exact_hits_the_newest_comes_first_by_whatever_day_is_known(settings: Settings) -> None:
    days = {
        "甲": {"listed_on": "2023-03-02"},
        "乙": {"published_on": "2023-03-03"},
        "丙": {"written_on": "2023-03-01"},
        "丁": {},
    }
    batch = Batch("a", at(0))
    for title, values in days.items():
        batch.notice(f"https://x.example/{title}", make_notice(title, text="试行告知承诺。", **values))
    batch.ended().write(settings)
    load(settings)
    with open_work(settings) as opened:
        assert titles(opened, "search_notices_exact", "告知承诺") == ["乙", "甲", "丙", "丁"]
