"""Progress of long work, of crawls, readings and loads: a line each on stderr, when a person looks on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported when there is a terminal, and not before
    from rich.progress import Progress, TaskID

Report = Callable[[str, int, int], None]  # what is going on, how many done, of how many (0: unknown)


@contextmanager
def bars(names: Sequence[str]) -> Iterator[Mapping[str, Report]]:
    """For each name what its progress is reported to; without a terminal nothing is shown."""
    if not sys.stderr.isatty():
        yield dict.fromkeys(names, _unseen)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield {name: partial(_show, progress, progress.add_task(name, total=None), name) for name in names}


def _unseen(_what: str, _done: int, _total: int) -> None:
    return


def _show(progress: Progress, line: TaskID, name: str, what: str, done: int, total: int) -> None:
    progress.update(line, description=f"{name} {what}", completed=done, total=total or None)
