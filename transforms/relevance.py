"""How near a notice is to the 放管服 reform, and on which of its parts; the terms and weights are in
`terms.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transforms.records import Term

# Within so many characters a notice has said what it is for.
_OPENING = 600
_PURPOSE = re.compile(
    r"(?:^|[\s。:：])为(?:了|全面|进一步|深入|切实)?(?:贯彻|落实|推进|深化|持续|加快)[^。\n]{4,160}"
)
TERMS = Path(__file__).with_name("terms.toml")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The declared terms, folded for comparison, and the thresholds."""

    names: tuple[str, ...]
    frame: tuple[str, ...]
    topics: Mapping[str, Mapping[str, float]]
    least: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Relevance:
    """core, wide or none; the topics, the weightiest first; and the terms that were met."""

    level: str
    topics: tuple[str, ...]
    terms: tuple[Term, ...]


@cache
def lexicon() -> Lexicon:
    """The lexicon of `terms.toml`."""
    data = tomllib.loads(TERMS.read_text("utf-8"))
    return Lexicon(
        names=tuple(map(_key, data["names"])),
        frame=tuple(map(_key, data["frame"])),
        topics={
            topic: {_key(term): weight for term, weight in terms.items()}
            for topic, terms in data["topics"].items()
        },
        least=data["least"],
    )


def read_relevance(title: str, text: str) -> Relevance:
    """Relevance of a notice by its title and text. Page frames never come here, so their words do not count.

    core: the title names the reform; or it is about a part of the reform and the text names it, the more
    readily where it does so as its purpose (`为深化“放管服”改革，…`); or the text names it again and again. A
    paper that merely reports or announces is core only by its title. wide: a policy on a part of the reform
    that is not core.
    """
    words = lexicon()
    title, text = _key(title), _key(text)
    thousands = max(1.0, len(text) / 1000)
    terms: list[Term] = []
    weights: dict[str, tuple[float, float]] = {}
    for topic, weighted in words.topics.items():
        in_title = in_text = 0.0
        for term, weight in weighted.items():
            if at_top := title.count(term):
                terms.append(Term(term, "title", at_top))
                in_title += weight
            if below := text.count(term):
                terms.append(Term(term, "body", below))
                in_text += weight * min(below, 20)
        weights[topic] = (in_title, in_text / thousands)
    named_above, named_below = (sum(map(where.count, words.names)) for where in (title, text))
    named = [
        Term(name, place, where.count(name))
        for name in words.names
        for place, where in (("title", title), ("body", text))
    ]
    terms = [*[term for term in named if term.count], *terms]
    is_frame = any(word in title for word in words.frame)
    purpose = _names_as_purpose(text, words.names)
    level = _level(weights, named_above, named_below, len(text), is_frame, purpose, words.least)
    return Relevance(level, _topics(weights, words.least) if level != "none" else (), tuple(terms))


def _level(
    weights: Mapping[str, tuple[float, float]],
    named_above: int,
    named_below: int,
    size: int,
    is_frame: bool,
    purpose: bool,
    least: Mapping[str, float],
) -> str:
    if named_above:
        return "core"
    if is_frame:
        return "none"
    by_title = max(title for title, _ in weights.values())
    by_body = sum(body for _, body in weights.values())
    if named_below and by_title >= least["wide_title"]:
        return "core"
    if purpose and by_title >= least["purpose_title"] and by_body >= least["purpose_body"]:
        return "core"
    if named_below >= least["mentions"] and size <= named_below * least["characters"]:
        return "core"
    return "wide" if by_title >= least["wide_title"] or by_body >= least["wide_body"] else "none"


def _names_as_purpose(text: str, names: tuple[str, ...]) -> bool:
    """Whether the first sentence that says what a text is for names the reform."""
    opening = _PURPOSE.search(text, 0, _OPENING)
    return opening is not None and any(name in opening[0] for name in names)


def _topics(weights: Mapping[str, tuple[float, float]], least: Mapping[str, float]) -> tuple[str, ...]:
    met = [
        (title * 10 + body, topic)
        for topic, (title, body) in weights.items()
        if title >= least["title"] or body >= least["body"]
    ]
    return tuple(topic for _, topic in sorted(met, key=lambda pair: -pair[0]))


def _key(text: str) -> str:
    """Text without blanks and the quotation marks that stand around 放管服 or do not, in one width.

    NFKC is spared where only punctuation would change: no term has any but 、.
    """
    text = _DROPPED.sub("", text)
    return unicodedata.normalize("NFKC", text) if _OTHER_WIDTH.search(text) else text


_DROPPED = re.compile(r"[\s“”‘’\"'「」『』]+")
_OTHER_WIDTH = re.compile(r"[^\x00-\x7f\u2010-\u2027\u3001-\u301f\u4e00-\u9fff（），：；！？]")
