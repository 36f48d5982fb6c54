"""Each check passes on sound data and finds what it claims to find."""

# ruff: noqa: S608  (the statements that spoil the data are ours)

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from crawlers.model import Column, Portal
from crawlers.settings import Settings
from tests.warehouse.made import Batch, at, make_contact, make_notice, make_settings, make_task
from warehouse.checks import check_connection, run_check, run_checks
from warehouse.connect import open_work
from warehouse.load import load
from warehouse.schema import read_sql, sql_names

NOW = datetime(2023, 6, 1, tzinfo=UTC)
EXPECT = {"notices": {"min": 1, "max": 50}, "silent_days": 90, "filled": {"title": 1.0, "doc_no": 0.5}}
DEMO = Portal(
    id="demo_city",
    name="示范市人民政府",
    region="示范市",
    adcode="610000",
    level="city",
    family="plain",
    home="https://www.demo-city.example/",
    hosts=("www.demo-city.example",),
    columns=(Column("政府文件", "/zwgk/"),),
    expect=EXPECT,
)

# A statement that spoils sound data, by the check that must find it.
SPOILERS = {
    "notice_keys_are_unique": "insert into notices from notices limit 1",
    "task_keys_are_unique": "insert into tasks from tasks limit 1",
    "document_keys_are_unique": "insert into documents from documents limit 1",
    "references_are_whole": "delete from notices where title = '第3号通知'",
    "current_versions_are_one": "update notice_versions set valid_to = now()",
    "every_column_is_described": "create table undescribed (a integer)",
    "notices_were_added_once": "delete from change_log where change = 'added'",
    "contacts_are_masked": "update contacts set quote = '李示范'",
    "dates_are_plausible": "update notices set published_on = date '2023-07-01'",
    "deadlines_are_plausible": "update task_deadlines set due_on = date '2003-12-31'",
    "fields_are_filled_as_expected": "update notices set doc_no = null",
    "portals_hold_as_many_as_expected": "update portals set expect_notices_min = 100",
    "portals_are_not_silent": "update portals set expect_silent_days = 3",
    "portals_bring_about_as_much_as_before": (
        "insert into notices by name select first_seen_at - interval 40 day as first_seen_at, "
        "'x' || n as notice_id, portal_id, false as is_first_crawl from notices, range(40) t (n)"
    ),
    "runs_do_not_withdraw_in_masses": (
        "insert into change_log by name select 'x' || n as change_id, 'notice' as entity, "
        "'withdrawn' as change, 'demo_city' as portal_id, 'a' as run_id, "
        "timestamptz '2023-05-30' as happened_at from range(9) t (n)"
    ),
    "pages_are_mostly_read": (
        "insert into rejects by name select 'demo_city' as portal_id, 'a' as run_id, 'u' as url "
        "from range(9) t (n)"
    ),
    "tasks_fit_the_length": "update notices set text_length = 20000, task_count = 0",
    "rules_are_neither_silent_nor_greedy": (
        "insert into task_deadlines by name select 'gone' as rule, notice_id from notices, range(60) t (n) "
        "where first_seen_at < '2023-05-01'"
    ),
    "evidence_is_where_it_says": "update tasks set start = start + 1",
    "corrections_still_fit": "insert into corrections (correction_id, status) values ('a', 'stale')",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The working file of sound data, open; every test undoes what it did."""
    settings = make_settings(tmp_path_factory.mktemp("sound"))
    for day, size in ((0, 1), (40, 10)):
        batch = Batch("a" if day else "first", at(day))
        for number in range(size):
            text = f"一、推进第{number}件事一次办。联系人：李示范。"
            task = make_task(1, text[2:-8], start=2, end=len(text) - 8, quote=text[2:-8], due=["2023-12-31"])
            many = [
                task,
                *[
                    make_task(n, text[2:-8], start=2, end=len(text) - 8, quote=text[2:-8])
                    for n in range(2, 32)
                ],
            ]
            notice = make_notice(
                f"第{number}号通知",
                many if day else [task],
                text=text * 80,
                doc_no=f"示政发〔2023〕{number}号",
                written_on="2023-03-30",
                contacts=(make_contact("name", "李示范", text),),
            )
            batch.notice(f"https://x.example/{day}/{number}", notice)
        batch.ended().write(settings)
    load(settings, portals=[DEMO])
    with open_work(settings) as connection:
        yield connection


def test_sound_data_pass_every_check(sound: duckdb.DuckDBPyConnection) -> None:
    assert [(r.name, r.sample) for r in check_connection(sound, NOW) if r.failed] == []


@pytest.mark.parametrize("name", [name.removeprefix("checks/") for name in sql_names("checks")])
def test_a_check_finds_what_is_not_as_it_claims(sound: duckdb.DuckDBPyConnection, name: str) -> None:
    sound.execute("set variable today = date '2023-06-01'")
    sound.begin()
    sound.execute(SPOILERS[name])
    result = run_check(sound, f"checks/{name}")
    sound.rollback()
    assert result.failed
    assert result.sample != "[]"


LOOSE = {
    "tasks": "update tasks set notice_id = 'gone'",
    "notices": "update notices set document_id = 'gone'",
    "documents": "update documents set best_notice_id = 'gone'",
    "notice_versions": "update notice_versions set notice_id = 'gone'",
    "task_units": "insert into task_units by name select 'gone' as task_id",
    "task_deadlines": "update task_deadlines set task_id = 'gone'",
    "task_recurrences": "insert into task_recurrences by name select 'gone' as task_id",
    "task_targets": "insert into task_targets by name select 'gone' as task_id",
    "citations": "insert into citations by name select 'gone' as notice_id",
    "attachments": "insert into attachments by name select 'gone' as notice_id",
    "portals": "delete from portals",
}


@pytest.mark.parametrize("table", LOOSE)
def test_a_row_that_hangs_on_nothing_is_found_in_each_table(
    sound: duckdb.DuckDBPyConnection, table: str
) -> None:
    sound.begin()
    sound.execute(LOOSE[table])
    result = run_check(sound, "checks/references_are_whole")
    sound.rollback()
    assert f'"table_name": "{table}"' in result.sample


def seen(count: int, day: str, prefix: str = "x", first: str = "false") -> str:
    """A statement that adds so many notices of the portal, first seen on a day."""
    return (
        f"insert into notices by name select timestamptz '{day}' as first_seen_at, "
        f"'{prefix}' || n as notice_id, 'demo_city' as portal_id, {first} as is_first_crawl "
        f"from range({count}) t (n)"
    )


def withdrawn(count: int, day: str = "2023-05-30", entity: str = "notice") -> str:
    return (
        f"insert into change_log by name select 'x' || n as change_id, '{entity}' as entity, 'withdrawn' "
        f"as change, 'demo_city' as portal_id, 'a' as run_id, timestamptz '{day}' as happened_at "
        f"from range({count}) t (n)"
    )


def rejected(count: int, run: str = "a") -> str:
    return (
        f"insert into rejects by name select 'demo_city' as portal_id, '{run}' as run_id, 'u' as url "
        f"from range({count}) t (n)"
    )


def measured(tasks: int, length: int, relevance: str = "wide") -> str:
    return f"update notices set task_count = {tasks}, text_length = {length}, relevance = '{relevance}'"


def dated(day: str) -> str:
    return f"update notices set written_on = '{day}', published_on = '{day}', listed_on = '{day}'"


def due(days: str) -> str:
    return f"update task_deadlines set due_on = date '2023-03-30' {days}"


def read_by_rule(count: int, when: str) -> str:
    return (
        "insert into task_deadlines by name select 'rule' as rule, any_value(notice_id) as notice_id "
        f"from notices, range({count}) t (n) where first_seen_at {when} '2023-05-01' group by n"
    )


OLD_TASKS = (
    "insert into tasks by name select 'o' || n as task_id, timestamptz '2023-04-03' as first_seen_at "
    "from range(309) t (n);"
)
# (check, whether it finds something, what was done to sound data): both sides of what each claim says.
EDGES = [
    ("portals_hold_as_many_as_expected", False, "update portals set expect_notices_min = 11"),
    ("portals_hold_as_many_as_expected", True, "update portals set expect_notices_min = 12"),
    ("portals_hold_as_many_as_expected", False, "update portals set expect_notices_max = 11"),
    ("portals_hold_as_many_as_expected", True, "update portals set expect_notices_max = 10"),
    (
        "portals_hold_as_many_as_expected",
        True,
        "update portals set expect_notices_min = 11; update notices set removed_at = now() "
        "where title = '第3号通知'",
    ),
    (
        "fields_are_filled_as_expected",
        False,
        "update notices set doc_no = null where title <> '第0号通知'; "
        "update portals set expect_filled = map {'doc_no': 0.182}",
    ),
    (
        "fields_are_filled_as_expected",
        True,
        "update notices set doc_no = null where title <> '第0号通知'; "
        "update portals set expect_filled = map {'doc_no': 0.183}",
    ),
    ("runs_do_not_withdraw_in_masses", False, withdrawn(4)),
    ("runs_do_not_withdraw_in_masses", True, withdrawn(5)),
    ("runs_do_not_withdraw_in_masses", False, withdrawn(9, entity="task")),
    ("runs_do_not_withdraw_in_masses", False, withdrawn(9, day="2023-05-01")),
    ("runs_do_not_withdraw_in_masses", False, f"{seen(9, '2023-05-13')}; {withdrawn(6)}"),
    ("runs_do_not_withdraw_in_masses", True, f"{seen(9, '2023-05-13')}; {withdrawn(7)}"),
    ("pages_are_mostly_read", False, rejected(2)),
    ("pages_are_mostly_read", True, rejected(3)),
    ("pages_are_mostly_read", False, rejected(9, run="first")),
    ("tasks_fit_the_length", False, measured(3, 10)),
    ("tasks_fit_the_length", True, measured(4, 10)),
    ("tasks_fit_the_length", False, measured(5, 150)),
    ("tasks_fit_the_length", True, measured(6, 150)),
    ("tasks_fit_the_length", False, measured(2, 20_000, "core")),
    ("tasks_fit_the_length", True, measured(1, 20_000, "core")),
    ("tasks_fit_the_length", False, measured(0, 20_000)),
    ("tasks_fit_the_length", False, measured(0, 10_000, "core")),
    (
        "tasks_fit_the_length",
        False,
        f"{measured(6, 150)}; insert into attachments by name select notice_id, repeat('字', 30) as text "
        "from notices",
    ),
    ("deadlines_are_plausible", False, due("- 1825")),
    ("deadlines_are_plausible", True, due("- 1826")),
    ("deadlines_are_plausible", False, due("+ 10980")),
    ("deadlines_are_plausible", True, due("+ 10981")),
    ("dates_are_plausible", False, dated("1949-10-01")),
    ("dates_are_plausible", True, dated("1949-09-30")),
    ("dates_are_plausible", False, dated("2023-06-02")),
    ("dates_are_plausible", True, dated("2023-06-03")),
    ("dates_are_plausible", False, "update notices set published_on = written_on - 365"),
    ("dates_are_plausible", True, "update notices set published_on = written_on - 366"),
    ("contacts_are_masked", True, "update notice_versions set text = repeat('字', 900)"),
    (
        "contacts_are_masked",
        False,
        "update warehouse_info set is_masked = false; update contacts set quote = '李示范'",
    ),
    ("rules_are_neither_silent_nor_greedy", False, read_by_rule(49, "<")),
    ("rules_are_neither_silent_nor_greedy", True, read_by_rule(50, "<")),
    (
        "rules_are_neither_silent_nor_greedy",
        False,
        f"{OLD_TASKS}{read_by_rule(60, '<')}; {read_by_rule(180, '>')}",
    ),
    (
        "rules_are_neither_silent_nor_greedy",
        True,
        f"{OLD_TASKS}{read_by_rule(60, '<')}; {read_by_rule(181, '>')}",
    ),
    ("portals_bring_about_as_much_as_before", False, seen(119, "2023-04-10")),
    ("portals_bring_about_as_much_as_before", True, seen(122, "2023-04-10")),
    ("portals_bring_about_as_much_as_before", False, seen(122, "2023-04-10", first="true")),
    ("portals_bring_about_as_much_as_before", False, seen(122, "2023-01-10")),
    (
        "portals_bring_about_as_much_as_before",
        False,
        f"{seen(23, '2023-04-10')}; {seen(22, '2023-05-20', 'y')}",
    ),
    (
        "portals_bring_about_as_much_as_before",
        True,
        f"{seen(23, '2023-04-10')}; {seen(23, '2023-05-20', 'y')}",
    ),
    (
        "portals_bring_about_as_much_as_before",
        False,
        f"{seen(22, '2023-04-10')}; {seen(99, '2023-05-20', 'y')}",
    ),
    ("document_keys_are_unique", True, "insert into change_log from change_log limit 1"),
    ("document_keys_are_unique", True, "insert into loaded_batches from loaded_batches limit 1"),
    ("task_keys_are_unique", True, "update tasks set task_id = 'x' || rowid, seq = 1"),
    ("notices_were_added_once", True, "insert into change_log from change_log where change = 'added'"),
    ("current_versions_are_one", True, "update notices set removed_at = now()"),
    ("current_versions_are_one", True, "insert into notice_versions from notice_versions limit 1"),
    ("current_versions_are_one", True, "delete from notice_versions"),
]


@pytest.mark.parametrize(("name", "finds", "done"), EDGES)
def test_a_check_finds_just_what_its_claim_rules_out(
    sound: duckdb.DuckDBPyConnection, name: str, finds: bool, done: str
) -> None:
    sound.execute("set variable today = date '2023-06-01'")
    sound.begin()
    sound.execute(done)
    result = run_check(sound, f"checks/{name}")
    sound.rollback()
    assert result.failed == finds, result.sample


def test_a_check_counts_every_row_and_shows_the_first_five(sound: duckdb.DuckDBPyConnection) -> None:
    sound.begin()
    sound.execute("insert into notices from notices")
    result = run_check(sound, "checks/notice_keys_are_unique")
    sound.rollback()
    assert (result.row_count, result.failed) == (11, True)
    assert len(json.loads(result.sample)) == 5


def test_a_field_filled_less_than_expected_is_shown_with_its_rate_to_a_thousandth(
    sound: duckdb.DuckDBPyConnection,
) -> None:
    sound.begin()
    sound.execute("update notices set doc_no = null where title <> '第0号通知'")
    result = run_check(sound, "checks/fields_are_filled_as_expected")
    sound.rollback()
    assert '"found_rate": 0.182' in result.sample  # two of eleven


@pytest.mark.parametrize("name", sql_names("checks"))
def test_a_check_says_claim_severity_and_reason(name: str) -> None:
    claim, severity, reason = read_sql(name).splitlines()[:3]
    assert claim.startswith("-- claim: ")
    assert severity in ("-- severity: error", "-- severity: warning")
    assert reason.startswith("-- reason: ")


def test_outcomes_are_a_table_and_remember_since_when_they_fail(settings: Settings) -> None:
    Batch("a", at(0)).notice(
        "https://x.example/1", make_notice("通知", published_on="1900-01-01")
    ).ended().write(settings)
    load(settings)
    for day in (1, 2):
        run_checks(settings, now=lambda day=day: datetime(2023, 6, day, tzinfo=UTC))
    with open_work(settings) as connection:
        rows = connection.execute(
            "select status, row_count, day(failed_since), day(checked_at), sample ->> '$[0].published_on' "
            "from check_results where check_name = 'dates_are_plausible'"
        ).fetchall()
    assert rows == [("failed", 1, 1, 2, "1900-01-01")]


def test_portals_hold_what_their_files_say_and_what_their_crawls_tell(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    Batch("a", at(0)).notice("https://x.example/1", make_notice("通知")).ended().write(settings)
    Batch("b", at(1), "nowhere").ended(outcome="failed").write(settings)
    load(settings, portals=[DEMO])
    load(settings)  # portals=None keeps them
    with open_work(settings) as connection:
        rows = connection.execute(
            "select portal_id, name, is_configured, status, expect_notices_max, expect_filled['doc_no'], "
            "run_count from portals order by portal_id"
        ).fetchall()
    assert rows == [
        ("demo_city", "示范市人民政府", True, "crawled", 50, 0.5, 1),
        ("nowhere", "nowhere", False, "failing", None, None, 1),
    ]


def test_a_portal_that_fails_now_still_tells_when_it_last_went_well(settings: Settings) -> None:
    for day, outcome in enumerate(("ok", "partial", "failed")):
        Batch(f"run{day}", at(day)).ended(outcome=outcome).write(settings)
    load(settings, portals=[])
    with open_work(settings) as connection:
        rows = connection.execute(
            "select status, last_outcome, run_count, day(first_run_at), day(last_run_at), "
            "day(last_success_at) from portals"
        ).fetchall()
    assert rows == [("failing", "failed", 3, 3, 5, 4)]


def test_a_portal_that_was_never_crawled_stands_among_the_others_with_nothing(settings: Settings) -> None:
    load(settings, portals=[DEMO])
    with open_work(settings) as connection:
        rows = connection.execute(
            "select portal_id, status, runs_30d, failed_runs_30d, rejects_30d, notice_count, new_30d, "
            "silent_days, is_silent from portal_health"
        ).fetchall()
    assert rows == [("demo_city", "described", 0, 0, 0, 0, 0, None, False)]


@pytest.mark.parametrize(
    ("today", "days", "is_silent", "new", "runs"),
    [
        ("2023-05-03", 30, False, 1, 1),
        ("2023-05-04", 31, False, 0, 0),
        ("2023-07-02", 90, False, 0, 0),
        ("2023-07-03", 91, True, 0, 0),
    ],
)
def test_a_portal_is_silent_after_more_days_than_its_file_allows(
    settings: Settings, today: str, days: int, is_silent: bool, new: int, runs: int
) -> None:
    Batch("a", at(0)).notice("https://x.example/1", make_notice("通知")).ended().write(settings)
    load(settings, portals=[DEMO])
    with open_work(settings) as connection:
        connection.execute(f"set variable today = date '{today}'")
        rows = connection.execute("select silent_days, is_silent, new_30d, runs_30d from portal_health")
        assert rows.fetchall() == [(days, is_silent, new, runs)]


def test_the_day_of_the_views_is_today_unless_a_day_is_set(sound: duckdb.DuckDBPyConnection) -> None:
    sound.execute("reset variable today")
    assert sound.execute("select the_day() = current_date").fetchone() == (True,)
    sound.execute("set variable today = date '2023-06-01'")
    assert sound.execute("select the_day()::varchar").fetchone() == ("2023-06-01",)
