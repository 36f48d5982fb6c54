"""The run's progress on the terminal: a line a step, and below it each task as Airflow tells it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, TextIO

from rich.console import Console


class Progress:
    """Prints steps and tasks as they go; on a terminal the running task is shown with a spinner."""

    def __init__(self, terminal: TextIO) -> None:
        self._console = Console(file=terminal, highlight=False, soft_wrap=True)
        self._status: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._stop()

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[Callable[[str, str], None]]:
        """One step of the run; yields what is to be called with each task's name and state."""
        started = time.monotonic()
        self._show(title)
        yield lambda task, state: self._task(title, task, state)
        self._stop()
        self._console.print(f"[bold]{title}[/bold]  {time.monotonic() - started:.1f} s")

    def _task(self, title: str, task: str, state: str) -> None:
        if state == "running":
            self._show(f"{title} · {task}")
            return
        self._stop()
        mark = "[green]✓[/green]" if state == "done" else "[red]✗[/red]"
        self._console.print(f"  {mark} {task}", end="")
        # A reason may hold square brackets, which rich would read as a style.
        self._console.print("" if state == "done" else f"  {state}", markup=False)

    def _show(self, text: str) -> None:
        self._stop()
        if self._console.is_terminal:
            self._status = self._console.status(text)
            self._status.start()

    def _stop(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None
