"""What the explorer tells on a notice's own page: facts, marked text, attachments, citations, versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reports.changes import difference
from reports.segments import Span, segments
from reports.site_rows import CitationRow, EvidenceRow, FileRow, NoticeRow, TaskRow, VersionRow
from reports.text import chinese_date, one_line, safe_link, safe_text
from transforms.records import BODY

LONGEST_FILE_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Details:
    """All that is told of a notice on its own page, each by the notice's place."""

    tasks: dict[int, list[TaskRow]]
    evidence: dict[int, list[EvidenceRow]]
    files: dict[int, list[FileRow]]
    versions: dict[int, list[VersionRow]]
    citations: dict[int, list[CitationRow]]

    def of(self, n: NoticeRow) -> dict[str, Any]:
        """The notice's page as the explorer's script reads it; facts that are empty are left out."""
        facts = (
            ("发文字号", n.doc_no),
            ("索引号", n.index_no),
            ("发文机关", "、".join(n.issuers or ())),
            ("成文日期", chinese_date(n.written_on)),
            ("发布日期", chinese_date(n.published_on)),
            ("效力", n.validity),
            ("主送机关", "、".join(n.recipients or ())),
            ("门户", n.portal_name),
        )
        told = {
            "url": safe_link(n.url),
            "facts": [[name, one_line(value, 400)] for name, value in facts if value],
            "text": self._cut(n, BODY, n.text or ""),
            "files": [self._file(n, f) for f in self.files.get(n.place, ())],
        }
        for direction, key in (("cites", "cites"), ("cited_by", "citedBy")):
            found = [c for c in self.citations.get(n.place, ()) if c.direction == direction]
            told[key] = [[one_line(c.doc_no, 80), one_line(c.title, 200), c.other_id or ""] for c in found]
        told["versions"] = _versions(self.versions.get(n.place, []))
        return told

    def _file(self, n: NoticeRow, f: FileRow) -> list[Any]:
        text = (f.text or "")[:LONGEST_FILE_TEXT]
        return [one_line(f.name, 200), safe_link(f.url), self._cut(n, f.name, text), one_line(f.problem, 200)]

    def _cut(self, n: NoticeRow, where: str, text: str) -> list[list[Any]]:
        spans: list[Span] = [
            Span("task", t.start_at, t.end_at, t.seq)
            for t in self.tasks.get(n.place, ())
            if t.read_from == where and t.start_at is not None and t.end_at is not None
        ]
        spans += [e for e in self.evidence.get(n.place, ()) if e.read_from == where]
        return [[s.text, s.kind, s.task] for s in segments(text, spans)]


def _versions(rows: Sequence[VersionRow]) -> list[list[Any]]:
    """Each version with its day, why it came, and what changed in its text against the one before."""
    told = []
    for before, row in zip([None, *rows], rows, strict=False):
        changed = difference(before.text or "", row.text or "") if before else None
        hunks = (
            [[[p.kind, safe_text(p.text)[:400]] for p in hunk] for hunk in changed.hunks] if changed else []
        )
        told.append([row.version_no, row.valid_on.isoformat(), row.change, hunks])
    return told


def by_place(rows: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows, ordered by their place, in a list for each place."""
    return {place: list(own) for place, own in groupby(rows, key=lambda row: row.place)}
