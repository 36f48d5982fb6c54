"""What the reader of tasks must know of the notice around the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Context:
    """Facts of the notice: dates are ISO strings, `region` is the place whose authority issued it."""

    title: str = ""
    doc_no: str | None = None
    issuers: Sequence[str] = ()
    region: str | None = None
    written_on: str | None = None
    published_on: str | None = None
    year: int | None = None

    @property
    def signed_on(self) -> date | None:
        """The day from which `印发之日起` counts."""
        return date.fromisoformat(self.written_on) if self.written_on else None
