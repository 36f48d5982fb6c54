"""The digest as sheets: everything that its page names, and what the page leaves to the attachment."""

from __future__ import annotations

from collections.abc import Sequence

from reports.changes import in_words
from reports.collect import Digest
from reports.due import days_in_words, rhythm_in_words
from reports.records import CHANGES, LEVELS, NoticeRow, figure_in_words
from reports.xlsx import Column, Link, Table

_RELEVANCE = {"core": "核心", "wide": "相关", "none": "其他"}


def tables(digest: Digest, tiles: Sequence[tuple[str, int, int, bool]]) -> list[Table]:
    """The sheets of a digest in the order of its sections."""
    return [
        Table(
            "要览",
            (Column("指标", 36), Column("本周", 14), Column("上周", 14)),
            [(name, now, before) for name, now, before, _ in tiles],
            title=f"放管服改革政策周报 {digest.week.label}",
        ),
        _notices(digest),
        _tasks(digest),
        _due(digest),
        _changes(digest),
        Table(
            "单位",
            [
                Column(n, w)
                for n, w in (
                    ("单位", 28),
                    ("地区", 12),
                    ("任务", 9),
                    ("牵头", 9),
                    ("责任", 9),
                    ("配合", 9),
                    ("本周新增", 10),
                    ("90日内到期", 11),
                )
            ],
            [
                (
                    u.unit,
                    u.region,
                    u.open_tasks,
                    u.lead_tasks,
                    u.responsible_tasks,
                    u.support_tasks,
                    u.new_tasks,
                    u.due_tasks,
                )
                for u in digest.workload
            ],
        ),
        _targets(digest),
        Table(
            "引用",
            [Column(n, w) for n, w in (("发文字号", 20), ("文件", 60), ("本周引用", 10), ("累计", 10))],
            [(c.doc_no, Link(c.title or "", c.url), c.week_count, c.total_count) for c in digest.cited],
        ),
    ]


def _notices(digest: Digest) -> Table:
    copies = [n for p in digest.policies for n in (p.notice, *p.copies)]
    heads = (
        ("相关度", 8),
        ("级别", 8),
        ("地区", 12),
        ("标题", 48),
        ("发文字号", 20),
        ("发文机关", 26),
        ("成文日期", 12),
        ("发布日期", 12),
        ("任务数", 8),
        ("备注", 14),
    )
    return Table("新增政策", [Column(*h) for h in heads], [_notice(n) for n in (*copies, *digest.other)])


def _notice(n: NoticeRow) -> tuple[object, ...]:
    remarks = [
        name
        for name, holds in (("补充收录", n.is_late), ("转载", n.is_repost), ("已撤下", n.is_withdrawn))
        if holds
    ]
    return (
        _RELEVANCE[n.relevance],
        LEVELS.get(n.level, n.level),
        n.region,
        Link(n.title or n.url or "", n.url),
        n.doc_no,
        n.issuers or (),
        n.written_on,
        n.published_on or n.reported_on,
        n.task_count,
        "、".join(remarks),
    )


def _tasks(digest: Digest) -> Table:
    heads = (
        ("文件", 28),
        ("发文字号", 18),
        ("序号", 6),
        ("任务", 28),
        ("牵头单位", 15),
        ("责任单位", 17),
        ("配合单位", 15),
        ("完成时限", 12),
        ("目标", 15),
        ("原文", 46),
    )
    rows = [
        (
            Link(p.notice.title or "", p.notice.url),
            p.notice.doc_no,
            t.no,
            t.title,
            t.lead_units,
            t.responsible_units,
            t.support_units,
            t.due_on,
            t.target_quotes,
            t.text,
        )
        for p in digest.policies
        for t in p.tasks
    ]
    return Table("新增任务", [Column(*h) for h in heads], rows)


def _due(digest: Digest) -> Table:
    heads = (
        ("提醒", 13),
        ("期限", 12),
        ("周期", 10),
        ("距今", 10),
        ("任务", 28),
        ("牵头单位", 15),
        ("责任单位", 17),
        ("配合单位", 15),
        ("目标", 15),
        ("地区", 12),
        ("来源文件", 28),
        ("发文字号", 18),
        ("原文", 46),
    )
    rows: list[tuple[object, ...]] = []
    marks: dict[int, str] = {}
    for band in digest.due:
        for row in band.rows:
            marks[len(rows)] = band.mark
            rows.append(
                (
                    band.label,
                    row.due_on,
                    rhythm_in_words(row.rrule) if row.rrule else "",
                    days_in_words(row.due_on, digest.as_of),
                    row.title,
                    row.lead_units,
                    row.responsible_units,
                    row.support_units,
                    row.target_quotes,
                    row.region,
                    Link(row.notice_title or "", row.url),
                    row.doc_no,
                    row.text,
                )
            )
    return Table("到期", [Column(*h) for h in heads], rows, marks=marks)


def _changes(digest: Digest) -> Table:
    heads = (("变更", 10), ("发现日期", 12), ("标题", 36), ("发文字号", 18), ("地区", 12), ("变更内容", 70))
    rows = [
        (
            CHANGES[c.row.change],
            c.row.changed_on,
            Link(c.row.title or "", c.row.url),
            c.row.doc_no,
            c.row.region,
            in_words(c.difference),
        )
        for c in digest.changes
    ]
    return Table("变更与撤下", [Column(*h) for h in heads], rows)


def _targets(digest: Digest) -> Table:
    heads = (
        ("事项", 28),
        ("地区", 12),
        ("目标", 14),
        ("原文", 20),
        ("本周新提", 10),
        ("任务", 40),
        ("来源文件", 28),
    )
    rows = [
        (
            c.subject,
            row.region,
            figure_in_words(row.op, row.value, row.measure_unit),
            row.quote,
            "是" if row.is_new else "",
            row.task_title,
            Link(row.notice_title or "", row.url),
        )
        for c in digest.comparisons
        for row in (*c.new, *c.others)
    ]
    return Table("目标对比", [Column(*h) for h in heads], rows)
