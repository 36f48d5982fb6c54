"""The shape of a rule that reads something from a text: name, pattern, reader, and what proves it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
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


class Hinted(Generic[Value]):
    """Rules in their order, of which those that a text cannot match are passed over at once."""

    def __init__(self, rules: Iterable[Rule[Value]]) -> None:
        self._rules = tuple(rules)
        self._hints = sorted({hint for rule in self._rules for hint in rule.hints})
        self._with = lru_cache(maxsize=1024)(self._rules_with)

    def of(self, text: str) -> tuple[Rule[Value], ...]:
        """The rules that have a hint in `text`: each hint is sought once, whichever rules share it."""
        return self._with(*[hint in text for hint in self._hints])

    def _rules_with(self, *there: bool) -> tuple[Rule[Value], ...]:
        hints = {hint for hint, found in zip(self._hints, there, strict=True) if found}
        return tuple(rule for rule in self._rules if not hints.isdisjoint(rule.hints))
