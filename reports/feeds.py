"""Atom feeds of what is new, changed or withdrawn: all, and by portal, region, topic and search."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from urllib.parse import quote, urljoin

from feedgen.feed import FeedGenerator

from crawlers.settings import Settings
from reports import render
from reports.calendars import write_calendars
from reports.files import write_bytes, write_text
from reports.names import file_stem
from reports.questions import ask, scope
from reports.recipients import Interest
from reports.text import chinese_date, one_line, safe_link, safe_text
from reports.week import CHINA, today_in_china
from warehouse.connect import open_published

DAYS, MOST_ENTRIES, SUMMARY = 90, 200, 400
_CHANGES = {"added": "新增", "changed": "变更", "withdrawn": "撤下", "restored": "恢复"}
_OURS = uuid.uuid5(uuid.NAMESPACE_DNS, "fgf-pipeline.invalid")


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of a notice as a feed shows it."""

    change_id: str
    change: str
    happened_at: datetime
    notice_id: str
    title: str | None
    doc_no: str | None
    url: str | None
    issuers: tuple[str, ...] | None
    region: str
    portal_id: str
    portal_name: str | None
    topics: tuple[str, ...] | None
    published_on: date | None
    relevance: str
    reason: str | None
    text: str | None
    task_titles: tuple[str, ...]
    units: tuple[str, ...]  # of its tasks: each as printed and in its full spelling


def write_feeds(
    settings: Settings,
    *,
    base: str = "",
    searches: Iterable[Interest] = (),
    today: date | None = None,
) -> list[Path]:
    """Write all feeds and calendars below `settings.reports`, with a page that lists them; gives their paths.

    `base` is the address that they will be served from; without one the feeds name no address of their own.
    Entries and feeds keep their ids from run to run.
    """
    as_of = today or today_in_china()
    folder = settings.reports / "feeds"
    with open_published(settings) as con:
        asked = scope(con, as_of)
        entries = ask(con, "feed_entries", Entry, {**asked, "days": DAYS})
        calendars = write_calendars(con, asked, settings.reports / "calendars")
    written = []
    for kind, key, name, own in _groups(entries, list(searches)):
        path = folder / f"{file_stem(*(part for part in (kind, key) if part))}.atom"
        write_bytes(path, atom(kind, name, own, as_of, urljoin(base, quote(path.name)) if base else ""))
        written.append((kind, name, path))
    page = render.html().get_template("feeds.html.j2")
    listed = page.render(feeds=written, calendars=calendars, css=render.style())
    write_text(folder / "index.html", listed)
    return [path for _, _, path in (*written, *calendars)]


def _groups(entries: list[Entry], searches: list[Interest]) -> Iterator[tuple[str, str, str, list[Entry]]]:
    yield "all", "", "全部", entries
    for portal, name in sorted({(e.portal_id, e.portal_name or e.portal_id) for e in entries}):
        yield "portal", portal, name, [e for e in entries if e.portal_id == portal]
    for region in sorted({e.region for e in entries if e.region}):
        yield "region", region, region, [e for e in entries if e.region == region]
    for topic in sorted({t for e in entries for t in e.topics or ()}):
        yield "topic", topic, topic, [e for e in entries if topic in (e.topics or ())]
    for name in dict.fromkeys(search.name for search in searches):  # two readers may have named theirs alike
        own = [search for search in searches if search.name == name]
        yield "search", name, name, [e for e in entries if any(matches_entry(one, e) for one in own)]


def matches_entry(search: Interest, entry: Entry) -> bool:
    """Whether a saved search finds the entry: by its region, units, topics and words."""
    words = "\n".join((entry.title or "", entry.text or ""))
    return search.matches(entry.region, entry.units, entry.topics or (), words)


def atom(kind: str, name: str, entries: list[Entry], as_of: date, address: str) -> bytes:
    """An Atom document (RFC 4287) of the newest entries. Its time is that of the newest one."""
    feed = FeedGenerator()
    feed.id(_urn(f"feed:{kind}:{name}"))
    feed.title(f"放管服改革政策动态 · {one_line(name, 80)}")
    feed.author({"name": "放管服改革政策周报"})
    feed.language("zh-CN")
    feed.generator("fgf-pipeline")
    if address:
        feed.link(href=safe_link(address), rel="self")
    shown = entries[:MOST_ENTRIES]
    feed.updated(max((e.happened_at for e in shown), default=datetime.combine(as_of, time(), CHINA)))
    for entry in shown:
        _add(feed, entry)
    document: bytes = feed.atom_str(pretty=True)
    return document


def _add(feed: FeedGenerator, entry: Entry) -> None:
    item = feed.add_entry(order="append")
    item.id(_urn(f"change:{entry.change_id}"))
    item.title(f"【{_CHANGES.get(entry.change, entry.change)}】{one_line(entry.title, 200) or '（无标题）'}")
    item.updated(entry.happened_at)
    item.author({"name": one_line("、".join(entry.issuers or ()) or entry.portal_name or "", 100) or "未知"})
    address = safe_link(entry.url)
    if address:
        item.link(href=address, rel="alternate")
    else:  # an entry must have a link or a content (RFC 4287, 4.1.2)
        item.content(_summary(entry), type="text")
    for topic in entry.topics or ():
        item.category(term=one_line(topic, 80))
    item.summary(_summary(entry))


def _summary(entry: Entry) -> str:
    facts = [
        one_line(entry.doc_no, 80),
        entry.region,
        f"发布 {chinese_date(entry.published_on)}" if entry.published_on else "",
    ]
    lines = [" · ".join(fact for fact in facts if fact)]
    if entry.change == "withdrawn":
        lines.append(f"已从门户撤下：{one_line(entry.reason, 100)}" if entry.reason else "已从门户撤下")
    elif entry.task_titles:
        lines.append("任务：" + "；".join(one_line(title, 60) for title in entry.task_titles))
    return safe_text("\n".join(line for line in lines if line))[:SUMMARY]


def _urn(name: str) -> str:
    return uuid.uuid5(_OURS, name).urn
