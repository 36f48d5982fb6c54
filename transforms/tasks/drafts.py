"""What is known of a task before its dates and figures are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.tasks.attribution import Mark
from transforms.tasks.shares import Share

Span = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """A task's parts by their places in the view: `spans` are its text in order, `marks` its attributions."""

    no: str
    path: tuple[str, ...]
    title: Span
    spans: list[Span]
    marks: list[Mark]
    kind: str
    rule: str
    start: int
    end: int
    shares: list[Share] = field(
        default_factory=list
    )  # beyond those of the marks: standing notes, who reports
    aside: list[Span] = field(default_factory=list)  # read for dates only: cells of units and of 完成时限
    goals: list[Span] = field(default_factory=list)  # read for dates and figures only: cells of 预期目标
    inherited: list[Span] = field(default_factory=list)  # a section's lead-in whose date it takes
