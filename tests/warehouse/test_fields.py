"""What is told of each single field: that it changed, that it was corrected, how often it is filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from crawlers.model import Portal
from crawlers.settings import Settings
from tests.warehouse.made import (
    Batch,
    at,
    make_citation,
    make_contact,
    make_notice,
    make_recurrence,
    make_target,
    make_task,
)
from transforms.records import AttachmentRecord, Notice, Task
from warehouse.connect import open_work
from warehouse.corrections import DATE_FIELDS, LIST_FIELDS, NOTICE_FIELDS, TASK_FIELDS
from warehouse.load import load

URL, OTHER = "https://www.demo-city.example/1", "https://www.demo-city.example/2"
FILE = AttachmentRecord("表.docx", "https://x.example/f", "application/x", 3, "f" * 64)
TASK = make_task(
    1,
    "推进企业开办一件事一次办。",
    lead=["市财政局"],
    responsible=["市司法局"],
    support=["市审计局"],
    due=["2023-12-31"],
    targets=(make_target("压减至2个工作日", "<=", "2", "个工作日", "企业开办时间"),),
    recurring=(make_recurrence("每月", "FREQ=MONTHLY"),),
)
NOTICE = make_notice(
    "关于优化服务的通知",
    [TASK],
    index_no="1/2023-1",
    doc_no="示政发〔2023〕1号",
    written_on="2023-03-30",
    published_on="2023-03-31",
    validity="有效",
    category="政务服务",
    recipients=("各县人民政府",),
    topics=("简政放权",),
    attachments=(FILE,),
)


def rows(settings: Settings, query: str, *values: object) -> list[tuple[Any, ...]]:
    with open_work(settings) as connection:
        return connection.execute(query, list(values)).fetchall()


CHANGES: dict[str, dict[str, Any]] = {
    "title": {"title": "关于优化服务的意见"},
    "index_no": {"index_no": None},
    "doc_no": {"doc_no": "示政发〔2023〕2号"},
    "issuers": {"issuers": ("示范市人民政府", "示范市委")},
    "written_on": {"written_on": "2023-03-29"},
    "published_on": {"published_on": None},
    "validity": {"validity": "失效"},
    "text": {"text": "另一段文字。", "text_sha256": "0" * 64},
    "attachments": {"attachments": (replace(FILE, sha256="e" * 64),)},
}


def two_versions(settings: Settings, later: Mapping[str, Notice]) -> None:
    """Loads the notice at addresses of their own, and then what stands there later."""
    first, second = Batch("a", at(0)), Batch("b", at(1))
    for name, notice in later.items():
        first.notice(f"{URL}{name}", NOTICE)
        second.notice(f"{URL}{name}", notice, change="changed")
    first.ended().write(settings)
    second.ended().write(settings)
    load(settings)


def test_each_field_of_a_notice_that_changed_makes_a_version_and_is_named(settings: Settings) -> None:
    two_versions(settings, {field: replace(NOTICE, **values) for field, values in CHANGES.items()})
    query = (
        "select url, change, v.changed_fields, day(changed_at) "
        "from notice_versions v join notices using (notice_id)"
    )
    assert sorted(rows(settings, query)) == sorted(
        [
            *((f"{URL}{field}", "added", [], 4) for field in CHANGES),
            *((f"{URL}{field}", "changed", [field], 4) for field in CHANGES),
        ]
    )
    query = "select changed_fields from change_log where entity = 'notice' and change = 'changed'"
    assert sorted(rows(settings, query)) == sorted(([field],) for field in CHANGES)


def test_what_is_no_part_of_a_version_makes_none(settings: Settings) -> None:
    later = replace(NOTICE, category="其他", recipients=(), topics=("下放",))
    two_versions(settings, {"": later})
    query = "select category, recipients, topics, version_no, changed_at from notices"
    assert rows(settings, query) == [("其他", [], ["下放"], 1, None)]


TASK_CHANGES: dict[str, dict[str, Any]] = {
    "text": {"text": "推进企业开办一件事一次办好。", "quote": "推进企业开办一件事一次办好。"},
    "title": {"title": "推进企业开办"},
    "path": {"path": ("二、保障",)},
    "kind": {"kind": "reporting"},
    "lead_units": {"lead": ("市审计局",)},
    "responsible_units": {"responsible": ()},
    "support_units": {"support": ("市审计局", "市水务局")},
    "deadlines": {"deadlines": ()},
    "recurring": {"recurring": (make_recurrence("每月", "FREQ=WEEKLY"),)},
    "targets": {"targets": ()},
}


def with_task(task: Task) -> Notice:
    return replace(NOTICE, tasks=(task,), text=NOTICE.text + "更正。", text_sha256="0" * 64)


def test_each_field_of_a_task_that_changed_is_named(settings: Settings) -> None:
    two_versions(
        settings, {field: with_task(replace(TASK, **values)) for field, values in TASK_CHANGES.items()}
    )
    query = (
        "select url, change, change_log.changed_fields from change_log join notices using (notice_id) "
        "where entity = 'task'"
    )
    assert sorted(rows(settings, query)) == sorted(
        (f"{URL}{field}", "changed", [field]) for field in TASK_CHANGES
    )
    assert set(rows(settings, "select day(first_seen_at), day(changed_at) from tasks")) == {(3, 4)}


def test_a_shifted_number_and_other_blanks_are_no_change_of_a_task(settings: Settings) -> None:
    two_versions(settings, {"": with_task(replace(TASK, no="2", text="推进企业开办\n一件事　一次办。"))})
    assert rows(settings, "select 1 from change_log where entity = 'task'") == []
    assert rows(settings, "select day(first_seen_at), changed_at from tasks") == [(3, None)]


FIXES: dict[str, object] = {
    **dict.fromkeys(
        ("title", "index_no", "doc_no", "doc_type", "category", "validity", "region", "relevance"), "甲"
    ),
    **dict.fromkeys(("no", "kind"), "甲"),
    **{field: ["甲", "乙"] for field in LIST_FIELDS},
    **dict.fromkeys(DATE_FIELDS, date(2023, 1, 2)),
}


def correction(of: str, key: str, field: str, old: object) -> str:
    printed = [
        str(value).replace("'", '"') if isinstance(value, list) else f'"{value}"'
        for value in (old, FIXES[field])
    ]
    text = f'[[correction]]\n{of} = "{key}"\nfield = "{field}"\nold = {printed[0]}\nnew = {printed[1]}\n'
    return f'{text}who = "张示范"\nwhy = "核对"\n'


def test_each_field_that_can_be_corrected_is(settings: Settings) -> None:
    """Each on a notice of its own."""
    fields = [
        *(("notice", one) for one in sorted(NOTICE_FIELDS)),
        *(("task", one) for one in sorted(TASK_FIELDS)),
    ]
    batch = Batch("a", at(0))
    for of, field in fields:
        batch.notice(f"{URL}{of}-{field}", NOTICE)
    batch.ended().write(settings)
    load(settings)

    def found(column: str) -> list[tuple[Any, ...]]:
        """The corrected field of each notice or task, and this column."""
        from_of = {"notice": "notices", "task": "tasks join notices using (notice_id)"}
        with open_work(settings) as connection:
            queries = [
                f"select {of}s.{field}, {of}s.{column.format(of)} from {from_of[of]} where url = ?"  # noqa: S608
                for of, field in fields
            ]
            return [
                connection.execute(query, [f"{URL}{of}-{field}"]).fetchall()[0]
                for query, (of, field) in zip(queries, fields, strict=True)
            ]

    texts = [
        correction(of, key, field, old)
        for (of, field), (old, key) in zip(fields, found("{}_id"), strict=True)
    ]
    settings.corrections_dir.mkdir(parents=True)
    (settings.corrections_dir / "a.toml").write_text("\n".join(texts), "utf-8")
    assert load(settings).problems == ()
    assert found("corrected_fields") == [(FIXES[field], [field]) for _, field in fields]


def test_an_older_sighting_does_not_make_a_page_seen_earlier(settings: Settings) -> None:
    Batch("a", at(0)).notice(URL, NOTICE).ended().write(settings)
    Batch("c", at(6)).seen(URL).ended().write(settings)
    load(settings)
    Batch("b", at(3)).seen(URL, OTHER).ended().write(settings)
    load(settings)
    assert rows(settings, "select day(last_seen_at) from notices") == [(9,)]
    assert rows(settings, "select day(last_seen_at) from url_sightings order by 1") == [(6,), (9,)]


def test_a_portals_health_is_counted_over_thirty_days_and_over_what_is_in_place(settings: Settings) -> None:
    full = replace(NOTICE, listed_on="2023-04-02")
    bare = make_notice("", text="", issuers=(), doc_no=None)
    gone = make_notice("已撤下", published_on="2023-04-04")
    batch = Batch("a", at(0)).notice(URL, full).notice(OTHER, bare).notice(f"{URL}3", gone)
    batch.rejected(f"{URL}4").ended().write(settings)
    Batch("b", at(1)).removed(f"{URL}3").rejected(f"{URL}5").rejected(f"{URL}6").ended(
        outcome="failed"
    ).write(settings)
    Batch("c", at(2)).ended(outcome="failed", stop="changed", reasons=("列表为空",)).write(settings)
    portal = Portal(
        "demo_city", "示范市", "示范市", "610000", "city", "plain", "https://www.demo-city.example/", (), ()
    )
    load(settings, portals=[portal])
    with open_work(settings) as connection:
        connection.execute("set variable today = date '2023-05-04'")  # 30 days after the second crawl
        found = connection.execute(
            "select status, last_outcome, last_stop, last_reasons, runs_30d, failed_runs_30d, rejects_30d, "
            "notice_count, new_30d, newest_on::varchar, silent_days, is_silent, title_rate, doc_no_rate, "
            "written_on_rate, published_on_rate, text_rate from portal_health"
        ).fetchall()
    health = ("failing", "failed", "changed", ["列表为空"], 2, 2, 2, 2, 0, "2023-04-04", 31, False)
    assert found == [(*health, 0.5, 0.5, 0.5, 0.5, 0.5)]


def citing(title: str, number: int, *cited: int) -> Any:
    numbers = [f"示政发〔2023〕{one}号" for one in cited]
    return make_notice(
        title, doc_no=f"示政发〔2023〕{number}号", citations=tuple(make_citation(one) for one in numbers)
    )


def test_a_chain_of_citations_is_three_steps_deep_and_comes_back_to_no_document_in_it(
    settings: Settings,
) -> None:
    batch = Batch("a", at(0))
    for number, title in enumerate("甲乙丙丁戊", 1):
        batch.notice(f"{URL}{number}", citing(title, number, number + 1))
    for number, title, cited in ((7, "天", (8, 7)), (8, "地", (7,)), (9, "人", (7,))):
        batch.notice(f"{URL}{number}", citing(title, number, *cited))
    batch.ended().write(settings)
    load(settings)
    found = rows(
        settings, "select root_title, depth, len(chain), cited_title, cited_doc_no from citation_tree"
    )
    assert all(depth == length for _, depth, length, _, _ in found)
    assert sorted((root, depth, title) for root, depth, _, title, _ in found if root in "甲天人") == sorted(
        [("甲", 1, "乙"), ("甲", 2, "丙"), ("甲", 3, "丁"), ("天", 1, "地"), ("人", 1, "天"), ("人", 2, "地")]
    )
    assert [row for row in found if row[0] == "戊"] == [("戊", 1, 1, None, "示政发〔2023〕6号")]


def test_a_document_cited_with_its_title_and_without_is_one_chain_with_the_title(settings: Settings) -> None:
    batch = Batch("a", at(0))
    twice = tuple(make_citation("示政发〔2023〕2号", title=title) for title in ("", "关于乙的意见"))
    batch.notice(f"{URL}1", make_notice("甲", doc_no="示政发〔2023〕1号", citations=twice))
    batch.ended().write(settings)
    load(settings)
    assert rows(settings, "select depth, cited_doc_no, cited_title from citation_tree") == [
        (1, "示政发〔2023〕2号", "关于乙的意见")
    ]


def test_the_title_of_a_withdrawn_task_stays_without_its_contacts(settings: Settings) -> None:
    phone = "13800138000"
    kept, dropped = make_task(1, "公布清单。"), make_task(2, f"联系{phone}报名。")
    text = f"通知\n公布清单。\n联系{phone}报名。"
    first = make_notice("通知", [kept, dropped], text=text, contacts=(make_contact("phone", phone, text),))
    Batch("a", at(0)).notice(URL, first).ended().write(settings)
    Batch("b", at(1)).notice(URL, make_notice("通知", [kept]), change="changed").ended().write(settings)
    load(settings)
    assert rows(settings, "select change, task_title from change_log where entity = 'task'") == [
        ("withdrawn", f"联系{'＊' * 11}报名")
    ]
