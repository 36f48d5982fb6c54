"""Who gets the digest by mail, and what interests them: one TOML file.

```toml
[[recipients]]
name = "王主任"
mail = "wang@office.example"

[[recipients.interests]]       # none: the whole digest
name = "临河市企业开办"         # of the saved search, for its heading and its feed
regions = ["临河市"]            # each list that is given must match; one of its words is enough. A region is
                               # itself alone: name the cities of a province too where they are wanted
units = ["市市场监管局"]
topics = ["企业开办"]
keywords = ["告知承诺"]
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from reports.errors import WrongRecipients

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
# A dot-atom at a host (RFC 5322, 3.4.1): what every server takes. One address that cannot be written into a
# header would end the mails of all who come after it.
_MAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Interest:
    """A saved search. A list that is empty asks for nothing."""

    name: str
    regions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    def matches(self, region: str, units: Iterable[str], topics: Iterable[str], words: str) -> bool:
        """Whether a notice or task of that region, with these units, topics and words, is of interest."""
        return (
            (not self.regions or region in self.regions)
            and (not self.units or bool(set(self.units) & set(units)))
            and (not self.topics or bool(set(self.topics) & set(topics)))
            and (not self.keywords or any(word in words for word in self.keywords))
        )


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person and what interests them; nothing in particular: the whole digest."""

    name: str
    mail: str
    interests: tuple[Interest, ...] = ()


def load_recipients(path: Path) -> tuple[Recipient, ...]:
    """The recipients of a file, each address once: a person named twice has the interests of both entries.

    Raises WrongRecipients.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongRecipients(f"{path}: {error}") from error
    _only(path, "the file", told, {"recipients"})
    found: dict[str, Recipient] = {}
    for number, entry in enumerate(told.get("recipients", ()), 1):
        one = _recipient(path, f"recipients[{number}]", entry)
        known = found.get(one.mail.casefold())
        found[one.mail.casefold()] = _merged(known, one) if known else one
    return tuple(found.values())


def _merged(first: Recipient, second: Recipient) -> Recipient:
    # One of them without interests asks for everything, and everything holds the other's.
    whole = not first.interests or not second.interests
    return Recipient(first.name, first.mail, () if whole else (*first.interests, *second.interests))


def _recipient(path: Path, where: str, entry: Mapping[str, Any]) -> Recipient:
    _only(path, where, entry, {"name", "mail", "interests"})
    mail = str(entry.get("mail", "")).strip()
    if not _MAIL.fullmatch(mail):
        raise WrongRecipients(
            f"{path}: {where}.mail is {mail!r}. Remedy: an address such as name@office.example"
        )
    interests = []
    for number, given in enumerate(entry.get("interests", ()), 1):
        place = f"{where}.interests[{number}]"
        _only(path, place, given, {f.name for f in fields(Interest)})
        lists = {key: _words(path, f"{place}.{key}", value) for key, value in given.items() if key != "name"}
        interests.append(Interest(str(given.get("name") or _named(lists)), **lists))
    return Recipient(str(entry.get("name", "")).strip() or mail, mail, tuple(interests))


def _words(path: Path, where: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise WrongRecipients(f'{path}: {where} is {value!r}. Remedy: a list of words such as ["临河市"]')
    return tuple(word.strip() for word in value)


def _named(lists: Mapping[str, tuple[str, ...]]) -> str:
    return "、".join(word for words in lists.values() for word in words) or "全部"


def _only(path: Path, where: str, table: Any, known: set[str]) -> None:
    if not isinstance(table, dict):
        raise WrongRecipients(f"{path}: {where} is no table")
    if strange := sorted(set(table) - known):
        raise WrongRecipients(f"{path}: {where} has unknown keys {strange}. Remedy: use {sorted(known)}")
