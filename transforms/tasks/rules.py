"""The shape of a rule that reads something from a text: name, pattern, reader, and what proves it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Value]):
    """One way of saying a thing.

    `hints` are strings of which a text that the rule can match holds at least one: a cheap test before the
    pattern. `reads` maps an example to what is read from it, `leaves` are look-alikes.
    """

    name: str
    pattern: re.Pattern[str]
    value: Callable[[re.Match[str]], Value]
    hints: tuple[str, ...]
    reads: dict[str, str] = field(default_factory=dict)
    leaves: tuple[str, ...] = ()

    def may_match(self, text: str) -> bool:
        """Whether a hint of the rule stands in `text`."""
        for hint in self.hints:  # noqa: SIM110 - any() costs twice the time, and this is asked most often of all
            if hint in text:
                return True
        return False
