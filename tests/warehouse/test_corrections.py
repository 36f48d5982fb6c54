"""Corrections by hand: applied at every load, stronger than re-reading, reported when they no longer fit."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest

from crawlers.settings import Settings
from tests.warehouse.made import Batch, at, make_notice, make_task
from transforms.identity import document_key
from warehouse.connect import open_work
from warehouse.corrections import read_corrections
from warehouse.errors import WrongCorrection
from warehouse.load import load
from warehouse.schema import read_sql

URL = "https://www.demo-city.example/zwgk/t1.html"
NOTICE = make_notice(
    "关于优化服务的通知",
    [make_task(1, "推进企业开办一件事一次办。", lead=["市财政局"], due=["2023-12-31"])],
    doc_no="示政发〔2023〕1号",
    written_on="2023-03-30",
)
WHO = 'who = "张示范"\nwhy = "与公报核对"\n'


def write(settings: Settings, text: str, name: str = "2023.toml") -> None:
    settings.corrections_dir.mkdir(parents=True, exist_ok=True)
    (settings.corrections_dir / name).write_text(text, "utf-8")


def rows(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with open_work(settings) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def ids(settings: Settings) -> tuple[str, str]:
    """Keys of a loaded notice and its task."""
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    load(settings)
    [(notice_id, task_id)] = rows(settings, "select notice_id, task_id from tasks")
    return str(notice_id), str(task_id)


def of_notice(notice_id: str, field: str, old: str, new: str) -> str:
    return f'[[correction]]\nnotice = "{notice_id}"\nfield = "{field}"\nold = {old}\nnew = {new}\n{WHO}'


def of_task(task_id: str, field: str, old: str, new: str) -> str:
    return f'[[correction]]\ntask = "{task_id}"\nfield = "{field}"\nold = {old}\nnew = {new}\n{WHO}'


def test_a_correction_of_a_notice_is_applied_without_any_new_batch(
    settings: Settings, ids: tuple[str, str]
) -> None:
    write(settings, of_notice(ids[0], "written_on", '"2023-03-30"', "2023-04-01"))
    assert load(settings).problems == ()
    assert rows(settings, "select written_on::varchar, corrected_fields from notices") == [
        ("2023-04-01", ["written_on"])
    ]
    assert rows(settings, "select status, who, old_value, new_value from corrections") == [
        ("applied", "张示范", '"2023-03-30"', '"2023-04-01"')
    ]


def test_a_correction_survives_every_rereading(settings: Settings, ids: tuple[str, str]) -> None:
    write(settings, of_notice(ids[0], "issuers", '["示范市人民政府"]', '["示范市人民政府", "示范市委"]'))
    load(settings)
    Batch("a", at(0)).notice(URL, NOTICE).rejected("x").ended().write(settings)
    load(settings)
    Batch("b", at(1)).notice(URL, NOTICE).ended().write(settings)
    load(settings)
    assert rows(settings, "select issuers from notices") == [(["示范市人民政府", "示范市委"],)]


def test_a_correction_of_what_identifies_a_document_moves_the_notice_to_its_document(
    settings: Settings, ids: tuple[str, str]
) -> None:
    other = make_notice("关于优化服务的通知", doc_no="示政发〔2023〕7号")
    Batch("b", at(1), "demo_province").notice("https://sheng.example/1", other).ended().write(settings)
    load(settings)
    write(settings, of_notice(ids[0], "doc_no", '"示政发〔2023〕1号"', '"示政发〔2023〕7号"'))
    load(settings)
    assert rows(settings, "select copy_count, doc_no from documents") == [(2, "示政发〔2023〕7号")]
    assert rows(
        settings,
        "select count(distinct document_id) from (from tasks semi join documents using (document_id))",
    ) == [(1,)]


def test_a_correction_of_a_task_reaches_units_and_deadlines(settings: Settings, ids: tuple[str, str]) -> None:
    text = of_task(ids[1], "lead_units", '["市财政局"]', '["市审计局", "市司法局"]')
    write(settings, text + of_task(ids[1], "due_on", '"2023-12-31"', '"2023-06-30"'))
    assert load(settings).problems == ()
    assert rows(settings, "select lead_units, due_on::varchar, corrected_fields from tasks") == [
        (["市审计局", "市司法局"], "2023-06-30", ["due_on", "lead_units"])
    ]
    assert rows(settings, "select unit, ord, rule from task_units order by ord") == [
        ("市审计局", 1, "correction"),
        ("市司法局", 2, "correction"),
    ]
    assert rows(settings, "select due_on::varchar, rule from task_deadlines") == [
        ("2023-06-30", "correction")
    ]


def test_a_corrected_unit_is_spelt_as_the_reader_spells_it(settings: Settings, ids: tuple[str, str]) -> None:
    write(settings, of_task(ids[1], "lead_units", '["市财政局"]', '["市发改委"]'))
    assert load(settings).problems == ()
    assert rows(settings, "select unit, unit_norm from task_units") == [
        ("市发改委", "示范市发展和改革委员会")
    ]


def test_a_corrected_region_brings_its_code_its_level_and_the_names_of_its_units(
    settings: Settings, ids: tuple[str, str]
) -> None:
    query = "select region, adcode, level, unit_norm from notices join task_units using (notice_id)"
    assert rows(settings, query) == [("示范市", "610000", "city", "示范市财政局")]
    for region, adcode, level in (("甘肃省", "620000", "province"), ("无名市", None, None)):
        write(settings, of_notice(ids[0], "region", '"示范市"', f'"{region}"'))
        assert load(settings).problems == ()
        [(*place, unit)] = rows(settings, query)
        assert place == [region, adcode, level]
        assert unit == {"甘肃省": "市财政局", "无名市": "无名市财政局"}[region]


def test_a_correction_whose_text_changed_is_not_applied_and_is_reported(
    settings: Settings, ids: tuple[str, str]
) -> None:
    write(settings, of_notice(ids[0], "title", '"关于优化服务的通知"', '"关于优化服务的意见"'))
    load(settings)
    later = make_notice("关于进一步优化服务的通知", NOTICE.tasks)
    Batch("b", at(1)).notice(URL, later).ended().write(settings)
    [problem] = load(settings).problems
    assert "2023.toml: title" in problem
    assert "关于进一步优化服务的通知" in problem
    assert rows(settings, "select title, corrected_fields from notices") == [("关于进一步优化服务的通知", [])]
    assert rows(settings, "select status from corrections") == [("stale",)]


def test_a_correction_that_the_portal_has_made_itself_by_now_holds(
    settings: Settings, ids: tuple[str, str]
) -> None:
    write(settings, of_notice(ids[0], "title", '"关于优化服务的通知"', '"关于优化服务的意见"'))
    load(settings)
    later = make_notice("关于优化服务的意见", NOTICE.tasks)
    Batch("b", at(1)).notice(URL, later, change="changed").ended().write(settings)
    assert load(settings).problems == ()
    assert rows(settings, "select status from corrections") == [("applied",)]


def test_the_datas_version_tells_of_a_correction_and_of_its_being_taken_back(
    settings: Settings, ids: tuple[str, str]
) -> None:
    builds = []
    for text in ("", of_notice(ids[0], "category", '"甲"', '"乙"'), ""):
        write(settings, text)
        load(settings)
        builds += rows(settings, "select build_id from warehouse_info")
    assert builds[0] == builds[2] != builds[1]


def test_a_corrected_issuer_names_its_inner_units(settings: Settings) -> None:
    task = make_task(1, "公布清单。", responsible=["信用监管处"])
    Batch("a", at(0)).notice(URL, make_notice("通知", [task], issuers=("示范市司法局",))).ended().write(
        settings
    )
    load(settings)
    [(notice_id,)] = rows(settings, "select notice_id from notices")
    write(settings, of_notice(str(notice_id), "issuers", '["示范市司法局"]', '["示范市审计局"]'))
    assert load(settings).problems == ()
    assert rows(settings, "select unit_norm from task_units") == [("示范市审计局信用监管处",)]


def test_a_correction_taken_back_is_undone(settings: Settings, ids: tuple[str, str]) -> None:
    write(settings, of_notice(ids[0], "title", '"关于优化服务的通知"', '"关于优化服务的意见"'))
    load(settings)
    write(settings, "")
    load(settings)
    assert rows(settings, "select title from notices") == [("关于优化服务的通知",)]
    assert rows(settings, "select * from corrections") == []


def test_a_correction_waits_for_its_notice(settings: Settings, ids: tuple[str, str]) -> None:
    settings.work_file.unlink()
    write(settings, of_notice(ids[0], "category", '"甲"', '"乙"'))
    for file in settings.staging.glob("*/*"):
        file.rename(settings.data_dir / "aside")
    [problem] = load(settings).problems
    assert "no such notice" in problem
    Batch("a", at(0)).notice(URL, make_notice("通知", category="甲")).ended().write(settings)
    assert load(settings).problems == ()
    assert rows(settings, "select category from notices") == [("乙",)]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            '[[correction]]\nnotice = "a"\nfield = "title"\nnew = "b"\nwho = "c"\n',
            "correction 1: 'why' is missing",
        ),
        (f'[[correction]]\nfield = "title"\nnew = "b"\n{WHO}', "either 'notice' or 'task'"),
        (
            f'[[correction]]\nnotice = "a"\nfield = "text"\nnew = "b"\n{WHO}',
            "field 'text' cannot be corrected",
        ),
        (f'[[correction]]\nnotice = "a"\nfield = "title"\nnew = "b"\nnwe = "c"\n{WHO}', "unknown key 'nwe'"),
        (f'[[correction]]\nnotice = "a"\nfield = "issuers"\nnew = "b"\n{WHO}', "issuers wants a list"),
        (
            f'[[correction]]\nnotice = "a"\nfield = "written_on"\nnew = "四月"\n{WHO}',
            "is no date for written_on",
        ),
        (f'[[correction]]\nnotice = "a"\nfield = "title"\nnew = "b"\n{WHO}' * 2, "is also corrected"),
        (
            f'[[correction]]\ntask = 5\nfield = "title"\nnew = "b"\n{WHO}',
            "correction 1: 'task' is 5, and no text",
        ),
        (
            f'[[correction]]\nnotice = 1234567890123456\nfield = "title"\nnew = "b"\n{WHO}',
            "'notice' is 1234567890123456",
        ),
        (f'[[correction]]\nnotice = "a"\nfield = ["title"]\nnew = "b"\n{WHO}', "'field' is"),
        ('[correction]\nnotice = "a"\n', r"write \[\[correction\]\]"),
        ("correction = [1]\n", r"write \[\[correction\]\]"),
        ("[correction", "2023.toml"),
        ('[fixes]\na = "b"\n', "'fixes' is not"),
    ],
)
def test_a_wrong_file_of_corrections_is_named_and_nothing_is_loaded(
    settings: Settings, text: str, complaint: str
) -> None:
    write(settings, text)
    with pytest.raises(WrongCorrection, match=complaint) as error:
        load(settings)
    assert "2023.toml" in str(error.value)
    assert not settings.work_file.exists()


def test_the_same_field_of_two_things_is_two_corrections(settings: Settings) -> None:
    text = "".join(of_notice(one, "title", '"甲"', '"乙"') for one in ("a" * 16, "b" * 16))
    write(settings, text)
    write(
        settings, "".join(of_task(f"{'a' * 16}-{n}", "title", '"甲"', '"乙"') for n in (1, 2)), "tasks.toml"
    )
    found = read_corrections(settings.corrections_dir)
    assert [(one.notice_id, one.task_id) for one in found] == [
        ("a" * 16, None),
        ("b" * 16, None),
        ("a" * 16, f"{'a' * 16}-1"),
        ("a" * 16, f"{'a' * 16}-2"),
    ]
    assert len({one.correction_id for one in found}) == 4


@pytest.mark.parametrize("of", [of_notice, of_task])
def test_two_corrections_of_one_thing_are_named_with_thing_and_both_files(
    settings: Settings, of: Callable[[str, str, str, str], str]
) -> None:
    write(settings, of("a1-b2", "title", '"甲"', '"乙"'), "1.toml")
    write(settings, of("a1-b2", "title", '"甲"', '"丙"'), "2.toml")
    with pytest.raises(WrongCorrection, match=r"^2\.toml: title of a1-b2 is also corrected in 1\.toml$"):
        read_corrections(settings.corrections_dir)


def test_without_a_folder_there_are_no_corrections(settings: Settings) -> None:
    assert read_corrections(settings.corrections_dir) == []


@pytest.mark.parametrize(
    ("issuers", "doc_no", "title", "written_on"),
    [
        (["示范市人民政府"], "示政发〔2023〕1号", "关于优化服务的通知", "2023-03-30"),
        (["中共示范市委（办公室）"], "示办〔2023〕2号", "通知", None),
        ([], "示政发〔2023〕1号", "通知", None),
        ([], None, "示范市深化“放管服”改革、优化营商环境2023年行动方案（试行）", "2023-03-30"),
        ([], "", "关于推进ＡＩ＋政务服务３.０的通知", "2023-03-30"),
        ([], None, "没有日期的通知", None),
    ],
)
def test_a_corrected_document_is_known_as_the_reader_knows_its_other_copies(
    issuers: list[str], doc_no: str | None, title: str, written_on: str | None
) -> None:
    with duckdb.connect() as connection:
        connection.execute(read_sql("steps/macros"))
        made = connection.execute(
            "select document_key_of(?::varchar [], ?, ?, ?)", [issuers, doc_no, title, written_on]
        ).fetchone()
    assert made == (document_key(issuers, doc_no, title, written_on) or None,)
