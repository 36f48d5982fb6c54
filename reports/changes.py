"""What exactly changed in a text: the sentences taken out and put in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
# A figure or a Latin word changes as a whole; a Chinese character by itself.
_WORD = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|.", re.DOTALL)
MOST_SENTENCES = 20_000
MOST_CHARACTERS = 2_000
OPENING = 40
"""Characters of a paragraph's first sentence, which names its task, before a change further down in it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: `same`, `gone` or `new`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Changed places of a text in order, and how many more there are."""

    hunks: tuple[tuple[Piece, ...], ...]
    more: int = 0


def sentences(text: str) -> list[str]:
    """The text cut after each sentence mark and line."""
    return [s.strip() for s in _SENTENCE.findall(text) if s.strip()]


def _placed(text: str) -> tuple[list[str], list[str]]:
    """The sentences of a text, and how the paragraph of each begins; empty for its first sentence."""
    found: list[str] = []
    openings: list[str] = []
    for line in text.split("\n"):
        cut = sentences(line)
        first = cut[0] if cut else ""
        begins = first if len(first) <= OPENING else first[:OPENING] + "…"
        found += cut
        openings += [f"{begins}{'…' if at > 1 else ''}" if at else "" for at in range(len(cut))]
    return found[:MOST_SENTENCES], openings


def difference(old: str, new: str, most: int = 6) -> Difference:
    """The first `most` changed places, each behind the opening of the paragraph it stands in.

    A sentence that was only reworded shows its words that changed.
    """
    (before, lost), (after, come) = _placed(old), _placed(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    places = [place for place in matcher.get_opcodes() if place[0] != "equal"]
    hunks = []
    for _, a, b, c, d in places[:most]:
        opening = come[c] if c < d else lost[a]
        pieces = _hunk("".join(before[a:b]), "".join(after[c:d]))
        hunks.append((Piece("same", opening), *pieces) if opening else pieces)
    return Difference(tuple(hunks), max(0, len(places) - most))


def _hunk(old: str, new: str) -> tuple[Piece, ...]:
    if not old or not new or len(old) + len(new) > MOST_CHARACTERS:
        return tuple(Piece(kind, text) for kind, text in _sides([old], [new]) if text)
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.5:
        return Piece("gone", old), Piece("new", new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
        else:
            pieces += [Piece(kind, text) for kind, text in _sides(before[a:b], after[c:d]) if text]
    return tuple(pieces)


def _sides(old: list[str], new: list[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("gone", "".join(old)), ("new", "".join(new))


def in_words(found: Difference) -> str:
    """The difference as plain text: `［删］…［增］…`, one place a line."""
    marks = {"same": "{}", "gone": "［删：{}］", "new": "［增：{}］"}
    return "\n".join("".join(marks[p.kind].format(p.text) for p in hunk) for hunk in found.hunks)
