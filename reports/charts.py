"""Geometry of the digest's charts: pages draw it as inline SVG, mails as pictures or as tables of bars.

In a page text stays text, so that a reader's own Chinese fonts show it and a screen reader reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from reports.collect import Digest
from reports.due import HORIZON_DAYS, mark_of
from reports.records import Policy
from reports.text import one_line

WIDTH, HEIGHT, TOP, BOTTOM = 440, 190, 26, 30
ROW, LABEL_WIDTH, COUNT_WIDTH = 26, 196, 34
# Where no style sheet reaches: mails and their pictures. Pages have the same in templates/digest.css.j2.
COLOURS = {
    "red": "#b3261e",
    "yellow": "#e0a100",
    "plain": "#7f9ab8",
    "core": "#a3161d",
    "wide": "#d6b7a4",
    "lead": "#a3161d",
    "support": "#7f9ab8",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: its kind gives the colour, `x`, `y`, `width`, `height` its place."""

    kind: str
    value: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its label below (columns) or left of it (rows), and its sum."""

    label: str
    total: int
    parts: tuple[Part, ...]
    x: float
    y: float
    share: float  # of the longest bar, 0 to 1


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of upright (`columns`) or lying (`rows`) bars, with its legend: kind and name."""

    name: str
    shape: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...] = ()

    @property
    def label_end(self) -> int:
        """Where the labels of lying bars end."""
        return LABEL_WIDTH - 8

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return all(bar.total == 0 for bar in self.bars)

    @property
    def in_words(self) -> str:
        """All figures in one line, for those who do not see the chart."""
        return f"{self.name}：" + "，".join(f"{bar.label} {bar.total}" for bar in self.bars if bar.total)


Counts = Sequence[tuple[str, Sequence[tuple[str, int]]]]


def columns(name: str, counts: Counts, legend: tuple[tuple[str, str], ...] = ()) -> Chart:
    """Upright bars, stacked in the order of their parts."""
    most = max([1, *(sum(v for _, v in parts) for _, parts in counts)])
    step, room = WIDTH / max(1, len(counts)), HEIGHT - TOP - BOTTOM
    bars = []
    for number, (label, parts) in enumerate(counts):
        x, base, drawn = number * step + step * 0.18, float(HEIGHT - BOTTOM), []
        for kind, value in parts:
            height = room * value / most
            base -= height
            drawn.append(
                Part(kind, value, round(x, 1), round(base, 1), round(step * 0.64, 1), round(height, 1))
            )
        total = sum(v for _, v in parts)
        bars.append(
            Bar(label, total, tuple(drawn), round(x + step * 0.32, 1), round(base - 6, 1), total / most)
        )
    return Chart(name, "columns", WIDTH, HEIGHT, tuple(bars), legend)


def rows(name: str, counts: Counts, legend: tuple[tuple[str, str], ...] = ()) -> Chart:
    """Lying bars, one below the other."""
    most = max([1, *(sum(v for _, v in parts) for _, parts in counts)])
    room = WIDTH - LABEL_WIDTH - COUNT_WIDTH
    bars = []
    for number, (label, parts) in enumerate(counts):
        x, drawn = float(LABEL_WIDTH), []
        for kind, value in parts:
            width = room * value / most
            drawn.append(Part(kind, value, round(x, 1), number * ROW + 6, round(width, 1), ROW - 10))
            x += width
        total = sum(v for _, v in parts)
        bars.append(Bar(label, total, tuple(drawn), round(x + 6, 1), number * ROW + ROW / 2, total / most))
    return Chart(name, "rows", WIDTH, ROW * len(counts) + 4, tuple(bars), legend)


def due_timeline(digest: Digest) -> Chart:
    """Tasks that fall due in each of the weeks ahead, by urgency of their dates."""
    dues = [row.due_on for band in digest.due if band.mark != "past" for row in band.rows]
    counts = []
    for first in range(0, HORIZON_DAYS + 1, 7):
        start = digest.as_of + timedelta(days=first)
        inside = [mark_of(d, digest.as_of) for d in dues if start <= d < start + timedelta(days=7)]
        parts = [(kind, inside.count(kind)) for kind in ("red", "yellow", "plain")]
        counts.append((f"{start.month}/{start.day}", parts))
    legend = (("red", "7日内"), ("yellow", "30日内"), ("plain", "90日内"))
    return columns("未来90日到期任务（含周期性）", counts, legend)


def notices_by_week(digest: Digest) -> Chart:
    """New policies of twelve weeks."""
    counts = [
        (f"{w.monday.month}/{w.monday.day}", (("core", w.core), ("wide", w.wide))) for w in digest.weeks
    ]
    return columns("近十二周新增政策", counts, (("core", "核心"), ("wide", "相关")))


def notices_by_region(digest: Digest) -> Chart:
    """The week's policies by region, the ten with the most."""
    found: dict[str, list[int]] = {}
    for kind, policies in ((0, digest.core), (1, digest.wide)):
        for region in [_region(p) for p in policies]:
            found.setdefault(region, [0, 0])[kind] += 1
    most = sorted(found.items(), key=lambda item: (-sum(item[1]), item[0]))[:10]
    counts = [(one_line(region, 12), (("core", core), ("wide", wide))) for region, (core, wide) in most]
    return rows("本周新增政策（按地区）", counts, (("core", "核心"), ("wide", "相关")))


def _region(policy: Policy) -> str:
    return policy.notice.region or "地区不详"


def tasks_by_unit(digest: Digest) -> Chart:
    """Units with the most tasks, those in the lead apart from the others."""
    shown = digest.workload[:10]
    names = [load.unit for load in shown]
    counts = [
        (
            # Each city has its 市税务局: where two of them are shown, they are told apart.
            one_line(load.unit if names.count(load.unit) == 1 else f"{load.region} {load.unit}", 15),
            (("lead", load.lead_tasks), ("support", max(0, load.open_tasks - load.lead_tasks))),
        )
        for load in shown
    ]
    return rows("任务最多的单位", counts, (("lead", "牵头"), ("support", "责任或配合")))


def of_digest(digest: Digest) -> list[Chart]:
    """All charts of a digest, in the order in which they are shown."""
    return [
        due_timeline(digest),
        notices_by_week(digest),
        tasks_by_unit(digest),
        notices_by_region(digest),
    ]
