"""The digest as sheets: everything that its page names, and what the page leaves to the attachment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.changes import in_words
from reports.collect import Digest
from reports.due import days_in_words, rhythm_in_words
from reports.records import CHANGES, LEVELS, NoticeRow, figure_in_words
from reports.xlsx import LINK, Column, Link, Table

_RELEVANCE = {"core": "核心", "wide": "相关", "none": "其他"}
_NONE = "本期没有可列的内容。"
_TASK = (
    Column("任务", 28),
    Column("牵头单位", 15),
    Column("责任单位", 17),
    Column("配合单位", 15),
)  # fmt: skip
_DOC_NO, _REGION, _TARGET, _TEXT = (
    Column("发文字号", 18),
    Column("地区", 12),
    Column("目标", 15),
    Column("原文", 46),
)


def tables(digest: Digest, tiles: Sequence[tuple[str, int, int, bool]]) -> list[Table]:
    """The sheets of a digest in the order of its sections; one without rows says that it has none."""
    found = [
        _overview(digest, tiles),
        _notices(digest),
        _tasks(digest),
        _due(digest),
        _changes(digest),
        _units(digest),
        _targets(digest),
        _cited(digest),
    ]
    return [table if table.rows else replace(table, notes=(_NONE,)) for table in found]


def _overview(digest: Digest, tiles: Sequence[tuple[str, int, int, bool]]) -> Table:
    columns = (Column("指标", 52), Column("本周", 14), Column("上周", 14))
    rows = [(name, now, before) for name, now, before, _ in tiles]
    return Table("要览", columns, rows, title=f"放管服改革政策周报 {digest.week.label}")


def _notices(digest: Digest) -> Table:
    columns = (
        Column("相关度", 8),
        Column("级别", 8),
        _REGION,
        Column("标题", 48),
        Column("发文字号", 20),
        Column("发文机关", 26),
        Column("成文日期", 12),
        Column("发布日期", 12),
        Column("任务数", 8),
        Column("备注", 14),
        LINK,
    )
    copies = [n for p in digest.policies for n in (p.notice, *p.copies)]
    return Table("新增政策", columns, [_notice(n) for n in (*copies, *digest.other)])


def _notice(n: NoticeRow) -> tuple[object, ...]:
    remarks = {"补充收录": n.is_late, "转载": n.is_repost, "已撤下": n.is_withdrawn}
    return (
        _RELEVANCE[n.relevance],
        LEVELS.get(n.level, n.level),
        n.region,
        n.title or n.url or "",
        n.doc_no,
        n.issuers or (),
        n.written_on,
        n.published_on or n.reported_on,
        n.task_count,
        "、".join(name for name, holds in remarks.items() if holds),
        Link(n.url),
    )


def _tasks(digest: Digest) -> Table:
    columns = (
        Column("文件", 28),
        _DOC_NO,
        Column("序号", 6),
        *_TASK,
        Column("完成时限", 12),
        _TARGET,
        _TEXT,
        LINK,
    )
    rows = [
        (
            p.notice.title or "",
            p.notice.doc_no,
            t.no,
            t.title,
            t.lead_units,
            t.responsible_units,
            t.support_units,
            t.due_on,
            t.target_quotes,
            t.text,
            Link(p.notice.url),
        )
        for p in digest.policies
        for t in p.tasks
    ]
    return Table("新增任务", columns, rows)


def _due(digest: Digest) -> Table:
    columns = (
        Column("提醒", 13),
        Column("期限", 12),
        Column("周期", 10),
        Column("距今", 10),
        *_TASK,
        _TARGET,
        _REGION,
        Column("来源文件", 28),
        _DOC_NO,
        _TEXT,
        LINK,
    )
    marked = [(band, row) for band in digest.due for row in band.rows]
    rows = [
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
            row.notice_title or "",
            row.doc_no,
            row.text,
            Link(row.url),
        )
        for band, row in marked
    ]
    return Table("到期", columns, rows, marks={place: band.mark for place, (band, _) in enumerate(marked)})


def _changes(digest: Digest) -> Table:
    columns = (
        Column("变更", 10),
        Column("发现日期", 12),
        Column("标题", 36),
        _DOC_NO,
        _REGION,
        Column("变更内容", 70),
        LINK,
    )
    rows = [
        (
            CHANGES[c.row.change],
            c.row.changed_on,
            c.row.title or "",
            c.row.doc_no,
            c.row.region,
            in_words(c.difference),
            Link(c.row.url),
        )
        for c in digest.changes
    ]
    return Table("变更与撤下", columns, rows)


def _units(digest: Digest) -> Table:
    columns = (
        Column("单位", 28),
        _REGION,
        Column("任务", 9),
        Column("牵头", 9),
        Column("责任", 9),
        Column("配合", 9),
        Column("本周新增", 10),
        Column("90日内到期", 11),
    )
    rows = [
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
    ]
    return Table("单位", columns, rows)


def _targets(digest: Digest) -> Table:
    columns = (
        Column("事项", 28),
        _REGION,
        Column("目标", 14),
        Column("原文", 20),
        Column("本周新提", 10),
        Column("任务", 40),
        Column("来源文件", 28),
        LINK,
    )
    rows = [
        (
            c.subject,
            row.region,
            figure_in_words(row.op, row.value, row.measure_unit),
            row.quote,
            "是" if row.is_new else "",
            row.task_title,
            row.notice_title or "",
            Link(row.url),
        )
        for c in digest.comparisons
        for row in (*c.new, *c.others)
    ]
    return Table("目标对比", columns, rows)


def _cited(digest: Digest) -> Table:
    columns = (Column("发文字号", 20), Column("文件", 60), Column("本周引用", 10), Column("累计", 10), LINK)
    rows = [(c.doc_no, c.title or "", c.week_count, c.total_count, Link(c.url)) for c in digest.cited]
    return Table("引用", columns, rows)
