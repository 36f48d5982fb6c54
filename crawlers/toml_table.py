"""Reading TOML strictly: each key is taken once, and every complaint names file and key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from crawlers.errors import WrongPortalFile


class Table:
    """A TOML table that remembers where it stands, so that each complaint names file and key."""

    def __init__(self, data: Mapping[str, Any], file: Path, place: str = "") -> None:
        self.data, self.file, self.place = dict(data), file, place

    def wrong(self, key: str, what: str) -> NoReturn:
        """Raise WrongPortalFile for a key of this table."""
        raise WrongPortalFile(f"{self.file}: {self.place}{key}: {what}")

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        """The value of a key, removed from the table; without a default it must be there."""
        if key not in self.data:
            if default is ...:
                self.wrong(key, "is missing")
            return default
        value = self.data.pop(key)
        # bool is an int in Python, but `pace = true` is a mistake.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.wrong(key, f"must be {_named(kind)}, not {value!r}")
        return value

    def text(self, key: str) -> str:
        """A string with something in it."""
        value = self.take(key, str).strip()
        if not value:
            self.wrong(key, "is empty")
        return str(value)

    def whole(self, key: str, least: int) -> int:
        """A whole number that is not below `least`."""
        value = int(self.take(key, int))
        if value < least:
            self.wrong(key, f"must be at least {least}, not {value}")
        return value

    def texts(self, key: str) -> dict[str, str]:
        """A table of strings; empty when it is not there."""
        value: dict[str, Any] = self.take(key, dict, {})
        for name, item in value.items():
            if not isinstance(item, str):
                self.wrong(f"{key}.{name}", f"must be a string, not {item!r}")
        return value

    def end(self, known: Iterable[str]) -> None:
        """Complain of what nobody took."""
        for key in self.data:
            self.wrong(key, f"is no key that we know; there are: {', '.join(known)}")


def _named(kind: type | tuple[type, ...]) -> str:
    names = {str: "a string", dict: "a table", list: "a list", int: "a whole number", float: "a number"}
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return " or ".join(names.get(k, k.__name__) for k in kinds)
