"""A notice as people read it: its metadata, where each came from, and its text with the parts coloured."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from transforms.records import BODY, Notice, Task

_FIELDS = (
    *("title", "doc_no", "index_no", "issuers", "written_on", "published_on", "listed_on", "doc_type"),
    *("category", "validity", "region", "adcode", "level", "recipients", "cites"),
)
STYLES = {
    "lead": "bold green",
    "responsible": "green",
    "support": "cyan",
    "deadline": "bold red",
    "recurring": "magenta",
    "target": "bold yellow",
    "citation": "blue underline",
    "contact": "reverse",
}


def explain(notice: Notice) -> None:
    """Print a notice: fields with their origin, terms, problems, then each text with its tasks marked."""
    console = Console(soft_wrap=True, highlight=False)
    console.print(_fields(notice))
    console.print(f"relevance [bold]{notice.relevance}[/]", ", ".join(notice.topics))
    console.print(
        "terms     ", ", ".join(f"{t.term}×{t.count} ({t.place})" for t in notice.terms[:12]), markup=False
    )
    for problem in notice.problems:
        console.print(Text(f"problem    {problem.where}: {problem.reason}", style="bold red"))
    legend = Text("colours    ")
    for name, style in STYLES.items():
        legend.append(name, style=style).append("  ")
    console.print(legend)
    texts = {BODY: notice.text} | {record.name: record.text for record in notice.attachments}
    for name, text in texts.items():
        if text:
            console.rule(Text(name))  # a name with [/] in it is no markup
            console.print(_coloured(text, name, notice))
    for task in notice.tasks:
        console.print(_task(task))


def _fields(notice: Notice) -> Table:
    table = Table(show_header=True, box=None, pad_edge=False)
    for heading in ("field", "value", "from"):
        table.add_column(heading)
    for name in _FIELDS:
        value = getattr(notice, name)
        shown = "、".join(value) if isinstance(value, tuple) else value
        table.add_row(name, Text(shown or "–", style="" if shown else "dim"), notice.origins.get(name, ""))
    return table


def _marks(notice: Notice, name: str) -> Iterator[tuple[str, int, int]]:
    for task in notice.tasks:
        if task.read_from != name:
            continue
        yield from ((unit.role, unit.start, unit.end) for unit in task.units)
        yield from (("deadline", found.start, found.end) for found in task.deadlines)
        yield from (("recurring", found.start, found.end) for found in task.recurring)
        yield from (("target", found.start, found.end) for found in task.targets)
    yield from (("citation", c.start, c.end) for c in notice.citations if c.read_from == name)
    yield from (("contact", c.start, c.end) for c in notice.contacts if c.read_from == name)


def _coloured(text: str, name: str, notice: Notice) -> Text:
    coloured = Text(text)
    for kind, start, end in _marks(notice, name):
        coloured.stylize(STYLES[kind], start, end)
    return coloured


def _task(task: Task) -> Text:
    line = Text().append(f"{task.seq:>4}  {task.kind:<9} {task.no:<4} ", style="dim")
    line.append(task.title, style="bold")
    for style, units in (("lead", task.lead), ("responsible", task.responsible), ("support", task.support)):
        if units:
            line.append(f"  {'、'.join(units)}", style=STYLES[style])
    for due in task.deadlines:
        line.append(f"  {due.due}", style=STYLES["deadline"])
    return line
