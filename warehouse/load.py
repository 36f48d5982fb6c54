"""Staged batches into the working file: one writer, one transaction, the same end in whatever order.

A load never patches state. It finds the pages that the new or re-read batches touch, reads the whole staged
history of those pages, and writes their rows anew (steps/*.sql). Cost follows the batch, not the warehouse.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb

from crawlers.model import Portal
from crawlers.settings import Settings
from warehouse import corrections as by_hand
from warehouse.corrected import follow_corrections
from warehouse.lake import is_conflict, retried
from warehouse.lock import only_writer
from warehouse.portals import write_portals
from warehouse.schema import create_tables, read_sql
from warehouse.staged import StagedFile, UnusableBatch, check_batch, find_pending, list_staged, read_through
from warehouse.upgrade import carry_over, open_fitting, set_aside_files
from warehouse.values import set_variable

GROUP_BYTES = 24_000_000
"""Parquet bytes that are read in one go: a rebuild of a large archive then stays within FGF_MEMORY_LIMIT."""
GROUP_FILES = 400

Progress = Callable[[int, int], None]
"""Told how many batches are done, of how many."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. Counts of notices are of pages' documents written anew, whatever their change."""

    batches: tuple[str, ...] = ()
    notices: int = 0
    tasks: int = 0
    changes: dict[str, int] = field(default_factory=dict)  # of notices: added, changed, withdrawn, restored
    # Files that could not be loaded, and corrections that no longer fit; each with its remedy.
    problems: tuple[str, ...] = ()
    seconds: float = 0.0


def load(
    settings: Settings,
    progress: Progress | None = None,
    *,
    portals: Sequence[Portal] | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> LoadReport:
    """Loads every staged batch that is new or was read anew into `settings.work_file`.

    `portals` fills the table of that name; None keeps what it holds. Idempotent. A staged file that cannot
    be read is named in `problems`, and the others are loaded. Into a DuckLake several may load at once: who
    commits second begins again. Raises WarehouseBusy, CannotWrite, NewerWarehouse, WarehouseDamaged,
    CatalogUnreachable, WrongCorrection; then nothing is changed.
    """
    start = time.monotonic()
    wanted = by_hand.read_corrections(settings.corrections_dir)

    def load_once() -> LoadReport:
        with only_writer(settings), open_fitting(settings) as connection:
            create_tables(connection, is_masked=not settings.show_contacts)
            loader = _Loader(connection, settings, wanted, portals, now())
            loader.run(progress)
            for path in set_aside_files(settings):
                path.unlink()
            return loader.report(time.monotonic() - start)

    return retried(load_once)


class _Loader:
    """One load: what is to be done, and what was found on the way."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        settings: Settings,
        wanted: Sequence[by_hand.Correction],
        portals: Sequence[Portal] | None,
        now: datetime,
    ) -> None:
        self.connection = connection
        self.settings = settings
        self.wanted = wanted
        self.portals = portals
        self.now = now
        self.problems: list[str] = []
        self.damaged: set[str] = set()  # batches whose staged file cannot be read
        self.loaded: list[StagedFile] = []
        self.counts = {"notices": 0, "tasks": 0}
        self.changes: dict[str, int] = {}

    def run(self, progress: Progress | None) -> None:
        """Loads all that is pending; begins again without the damaged files when some turn out to be."""
        files = self._usable(find_pending(self.connection, list_staged(self.settings.staging)))
        while True:
            try:
                self._transaction(files, progress or (lambda _done, _of: None))
                return
            except duckdb.Error as error:
                if is_conflict(error):
                    raise
                with suppress(duckdb.Error):  # after a failed write DuckDB has ended the transaction itself
                    self.connection.rollback()
                found = self._find_damaged(files)
                if not found:
                    raise
                self.damaged |= found
                files = [file for file in files if file.batch_id not in self.damaged]

    def _usable(self, files: Iterable[StagedFile]) -> list[StagedFile]:
        usable = []
        for file in files:
            try:
                check_batch(file)
                usable.append(file)
            except UnusableBatch as error:
                self.problems.append(str(error))
                self.damaged.add(file.batch_id)
        return usable

    def _find_damaged(self, files: Sequence[StagedFile]) -> set[str]:
        """Which staged files made a load fail: of the new ones first, else of those loaded before."""
        for candidates in (files, list_staged(self.settings.staging)):
            found = set()
            for file in candidates:
                if file.batch_id in self.damaged:
                    continue
                try:
                    read_through(file)
                except UnusableBatch as error:
                    self.problems.append(str(error))
                    found.add(file.batch_id)
            if found:
                return found
        return set()

    def _transaction(self, files: Sequence[StagedFile], progress: Progress) -> None:
        connection = self.connection
        self.loaded, self.counts, self.changes = [], {"notices": 0, "tasks": 0}, {}
        connection.begin()
        connection.execute(read_sql("steps/macros"))
        self._set("is_masked", not self.settings.show_contacts)
        self._set("now", self.now)
        corrected_pages = by_hand.write_corrections(connection, self.wanted)
        self._note_damaged()
        groups = list(_groups(files))
        if corrected_pages and not groups:
            groups = [[]]
        for group in groups:
            self._load_group(group, corrected_pages)
            self.loaded.extend(group)
            progress(len(self.loaded), len(files))
        write_portals(connection, self.portals)
        carry_over(connection, self.settings)
        if self.loaded or corrected_pages:
            self._run("steps/info")
        connection.commit()

    def _note_damaged(self) -> None:
        """A batch whose file is damaged counts as not loaded, so that it is loaded again once it is whole."""
        self._set("damaged", sorted(self.damaged))
        self.connection.execute(
            "delete from loaded_batches where list_contains(getvariable('damaged'), batch_id)"
        )

    def _load_group(self, group: Sequence[StagedFile], corrected_pages: Sequence[str]) -> None:
        run, values = self._run, self._set
        run("steps/nothing_touched")
        if group:
            values("batch_paths", [str(file.path) for file in group])
            values("batch_ids", [file.batch_id for file in group])
            run("steps/incoming")
        values("corrected_pages", list(corrected_pages))
        run("steps/touched_by_hand", "steps/forget")
        history = self._history_files()
        if history:
            values("history_paths", history)
            run("steps/reading", "steps/history", "steps/version_tasks")
            self._link_tasks()
            run("steps/task_changes", "steps/notices", "steps/tasks", "steps/parts", "steps/changes")
            self._count()
        if self.wanted:  # else nothing is corrected, which takes a look at every task to find out
            run("steps/corrections")
            follow_corrections(self.connection)
        run("steps/documents")
        if group:
            run("steps/runs")
            self._note_loaded(group)

    def _run(self, *names: str) -> None:
        for name in names:
            self.connection.execute(read_sql(name))

    def _set(self, name: str, value: object) -> None:
        set_variable(self.connection, name, value)

    def _history_files(self) -> list[str]:
        """The staged files that hold events of the touched pages, as far as they can be read."""
        rows = self.connection.execute(
            "select distinct batch_id from page_batches semi join touched using (page_id) order by batch_id"
        ).fetchall()
        found = []
        for (batch_id,) in rows:
            path = self.settings.staging / f"{batch_id}.parquet"
            if batch_id in self.damaged:
                continue
            if path.is_file():
                found.append(str(path))
                continue
            self.problems.append(
                f"{path}: gone, and a page that it holds has changed. Remedy: python -m transforms --archive"
            )
            self.damaged.add(batch_id)
            self._note_damaged()
        return found

    def _link_tasks(self) -> None:
        """Gives the tasks of later versions the ids of the tasks that they were, version by version."""
        row = self.connection.execute("select coalesce(max(version_no), 1) from version_task").fetchone()
        for version_no in range(2, (row[0] if row else 1) + 1):
            self._set("version_no", version_no)
            self._run("steps/task_links_same", "steps/task_links_alike")
            while self.connection.execute("select count(*) from task_link").fetchone() != (0,):
                self._run("steps/task_links_alike")
            self._run("steps/task_links_new")

    def _count(self) -> None:
        connection = self.connection
        for name, query in (
            ("notices", "select count(*) from version where is_newest"),
            ("tasks", "select count(*) from task_now"),
        ):
            row = connection.execute(query).fetchone()
            self.counts[name] += row[0] if row else 0
        rows = connection.execute(
            "select change, count(*) from history where change is not null "
            "and list_contains(getvariable('batch_ids'), batch_id) group by change"
        ).fetchall()
        for change, count in rows:
            self.changes[change] = self.changes.get(change, 0) + count

    def _note_loaded(self, group: Sequence[StagedFile]) -> None:
        names = ("batch_id", "bytes", "modified_ns", "sha256")
        self._set("files", [{name: getattr(file, name) for name in names} for file in group])
        self._run("steps/loaded")

    def report(self, seconds: float) -> LoadReport:
        """The outcome, with the corrections that no longer fit among the problems."""
        return LoadReport(
            batches=tuple(file.batch_id for file in self.loaded),
            notices=self.counts["notices"],
            tasks=self.counts["tasks"],
            changes=self.changes,
            problems=(*self.problems, *by_hand.unfitting(self.connection)),
            seconds=seconds,
        )


def _groups(files: Sequence[StagedFile]) -> Iterator[list[StagedFile]]:
    group: list[StagedFile] = []
    size = 0
    for file in files:
        if group and (size + file.bytes > GROUP_BYTES or len(group) >= GROUP_FILES):
            yield group
            group, size = [], 0
        group.append(file)
        size += file.bytes
    if group:
        yield group
