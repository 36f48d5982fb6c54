"""The weekly digest (每周简报): a page, a Markdown file and a workbook a week, and an index of weeks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from crawlers.settings import Settings
from reports import charts, render
from reports.collect import Digest, collect, manifest_path
from reports.digest_sheets import tables
from reports.files import write_text
from reports.names import file_stem
from reports.pdf import write_pdf
from reports.records import Figures
from reports.text import one_line
from reports.week import Week, read_week, today_in_china, week_named
from reports.xlsx import write_workbook
from warehouse.connect import open_published

MOST_ROWS = 200  # of one list on the page; the workbook has all

Tile = tuple[str, int, int, bool]


@dataclass(frozen=True, slots=True)
class DigestReport:
    """What was written for a week, and how much it says."""

    week: str
    html: Path
    markdown: Path
    xlsx: Path
    policies: int  # documents published in the week or found late
    tasks: int  # of those documents
    changes: int
    due: int  # tasks with a date in the next 90 days, rhythms included


def write_digest(
    settings: Settings,
    week: str | None = None,
    *,
    today: date | None = None,
    region: str | None = None,
    unit: str | None = None,
) -> DigestReport:
    """Write the digest of `week` (`2023-W16`; the last whole week by default) below `settings.reports`.

    Due dates count from the Monday after the week, so that writing a week again gives the same; within
    the week itself, and where `today` is given, from today. With `region` or `unit` the digest is of
    those alone and has their names in its file names.

    Raises WrongWeek, UnknownRegion and UnknownUnit, and NothingPublished when there is no warehouse yet.
    """
    asked = read_week(week, today or today_in_china())
    as_of = today or min(asked.sunday + timedelta(days=1), today_in_china())
    folder = settings.reports / "digest"
    digest = read_digest(settings, asked, as_of, region, unit)
    name = file_name(asked, region, unit)
    report = DigestReport(
        week=asked.name,
        html=folder / f"{name}.html",
        markdown=folder / f"{name}.md",
        xlsx=folder / f"{name}.xlsx",
        policies=len(digest.policies),
        tasks=sum(len(p.tasks) for p in digest.policies),
        changes=len(digest.changes),
        due=sum(len(band.rows) for band in digest.due if band.mark != "past"),
    )
    write_text(report.html, digest_html(digest))
    write_text(report.markdown, digest_markdown(digest))
    write_workbook(report.xlsx, tables(digest, tiles(digest)), asked.sunday)
    if region is None and unit is None:
        _remember(folder, digest, report)
    report.html.with_suffix(".pdf").unlink(missing_ok=True)  # it would tell of an earlier writing
    _write_index(folder)
    return report


def print_digest(report: DigestReport) -> Path:
    """Print a digest's page as PDF beside it, and name it in the index of weeks. Raises NoPdf."""
    target = report.html.with_suffix(".pdf")
    write_pdf(report.html, target)
    _write_index(target.parent)
    return target


def read_digest(
    settings: Settings, week: Week, as_of: date, region: str | None = None, unit: str | None = None
) -> Digest:
    """The digest's content, from the published warehouse."""
    folder = settings.reports / "digest"
    with open_published(settings) as con:
        return collect(con, week, as_of, region=region, unit=unit, manifests=folder)


def file_name(week: Week, region: str | None, unit: str | None) -> str:
    """`2023-W16`, with region and unit behind it where the digest is of those alone."""
    return file_stem(week.name, *(part for part in (region, unit) if part))


def tiles(digest: Digest) -> list[Tile]:
    """The headline figures: name, this week's, last week's, and whether it is a warning."""
    now, before = digest.figures, digest.last_week
    return [
        ("新增核心政策（件）", now.core_documents, before.core_documents, False),
        ("新增相关政策（件）", now.wide_documents, before.wide_documents, False),
        ("新增任务（项）", now.tasks, before.tasks, False),
        ("变更与撤下（件）", now.changed + now.withdrawn, before.changed + before.withdrawn, False),
        ("7日内到期（项）", now.due_7, before.due_7, True),
        ("30日内到期（项）", now.due_30, before.due_30, False),
        ("90日内到期（项）", now.due_90, before.due_90, False),
        ("近30日期限已过（项）", now.past_30, before.past_30, False),
    ]


def lead(digest: Digest) -> str:
    """The week in two sentences."""
    return _news(digest) + _dues(digest.figures)


def _news(digest: Digest) -> str:
    now, before = digest.figures, digest.last_week
    if digest.is_empty:
        return "本周没有收录到新发布、变更或撤下的相关政策。"
    changes = f"内容变更{now.changed}件，撤下{now.withdrawn}件。"
    if not now.core_documents and not now.wide_documents:
        return f"本周没有收录到新发布的相关政策；{changes}"
    return (
        f"本周新增核心政策{now.core_documents}件（上周{before.core_documents}件）、"
        f"相关政策{now.wide_documents}件（上周{before.wide_documents}件），含任务{now.tasks}项；{changes}"
    )


def _dues(now: Figures) -> str:
    if not now.due_90:
        ahead = "未来90日没有写明期限的任务到期"
    else:
        sooner = [f"{days}日内{count}项" for days, count in ((7, now.due_7), (30, now.due_30)) if count]
        ahead = f"未来90日有{now.due_90}项任务到期" + (f"，其中{'、'.join(sooner)}" if sooner else "")
    return ahead + (f"；近30日有{now.past_30}项期限已过，完成情况未知。" if now.past_30 else "。")


def scope_name(digest: Digest) -> str:
    """Region and unit that a digest is of, as its title names them; empty for one of all."""
    return " · ".join(part for part in (digest.region, digest.unit) if part)


def digest_html(digest: Digest) -> str:
    """The digest as one page that needs nothing else."""
    environment = render.html()
    return environment.get_template("digest.html.j2").render(
        d=digest,
        css=render.style(),
        lead=lead(digest),
        tiles=tiles(digest),
        scope_name=scope_name(digest),
        most_rows=MOST_ROWS,
        charts=charts.of_digest(digest),
    )


def digest_markdown(digest: Digest) -> str:
    """The digest as Markdown."""
    return (
        render.markdown()
        .get_template("digest.md.j2")
        .render(
            d=digest,
            lead=lead(digest),
            tiles=tiles(digest),
            scope_name=scope_name(digest),
            most_rows=MOST_ROWS,
        )
    )


def _remember(folder: Path, digest: Digest, report: DigestReport) -> None:
    """Keep which notices the week's digest named: what is found late is reported once."""
    told = {
        "week": digest.week.name,
        "notice_ids": sorted(digest.notice_ids),
        "policies": report.policies,
        "tasks": report.tasks,
        "changes": report.changes,
        "due": report.due,
        "lead": one_line(lead(digest)),
    }
    write_text(manifest_path(folder, digest.week), json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _write_index(folder: Path) -> None:
    """The page of all weeks, newest first."""
    weeks = []
    for name in sorted({path.stem[:8] for path in folder.glob("*-W*.html")}, reverse=True):
        told = manifest_path(folder, week_named(name))
        summary = json.loads(told.read_text("utf-8"))["lead"] if told.is_file() else ""
        parts = sorted(path.stem for path in folder.glob(f"{name}-*.html"))
        kinds = [kind for kind in ("pdf", "xlsx", "md") if (folder / f"{name}.{kind}").is_file()]
        weeks.append((week_named(name), summary, parts, kinds))
    environment = render.html()
    page = environment.get_template("index.html.j2").render(weeks=weeks, css=render.style())
    write_text(folder / "index.html", page)
