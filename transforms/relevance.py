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
_STRONG = 3
_PURPOSE = re.compile(
    r"(?:^|[\s。:：])为(?:了|全面|进一步|深入|切实|更好)*"
    r"(?:贯彻|落实|推进|推行|深化|持续|加快|优化|提高|提升|规范|破解|便利|方便|加强|创新|打造|激发|降低)[^。\n]{4,160}"
)
TERMS = Path(__file__).with_name("terms.toml")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The declared terms, folded for comparison, and the thresholds."""

    names: tuple[str, ...]
    frame: tuple[str, ...]
    topics: Mapping[str, Mapping[str, float]]
    strong: frozenset[str]  # terms of the greatest weight
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
    topics = {
        topic: {_key(term): weight for term, weight in terms.items()}
        for topic, terms in data["topics"].items()
    }
    return Lexicon(
        names=tuple(dict.fromkeys(map(_key, data["names"]))),
        frame=tuple(map(_key, data["frame"])),
        topics=topics,
        strong=frozenset(
            term for terms in topics.values() for term, weight in terms.items() if weight >= _STRONG
        ),
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
    terms = [
        Term(name, place, count)
        for place, where in (("title", title), ("body", text))
        for name in words.names
        if (count := where.count(name))
    ]
    named = {place: sum(term.count for term in terms if term.place == place) for place in ("title", "body")}
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
    if named["title"]:
        level = "core"
    elif any(word in title for word in words.frame):
        level = "none"
    else:
        level = _level(weights, named["body"], text, words)
    return Relevance(level, _topics(weights, words.least) if level != "none" else (), tuple(terms))


def _level(weights: Mapping[str, tuple[float, float]], named: int, text: str, words: Lexicon) -> str:
    """The level of a policy whose title does not name the reform and whose text does so `named` times."""
    least = words.least
    by_title = max(title for title, _ in weights.values())
    by_body = sum(body for _, body in weights.values())
    opening = _PURPOSE.search(text, 0, _OPENING)
    purpose = opening[0] if opening else ""
    if named and by_title >= least["wide_title"]:
        return "core"
    is_for_it = any(name in purpose for name in words.names)
    if is_for_it and by_title >= least["purpose_title"] and by_body >= least["purpose_body"]:
        return "core"
    if named >= least["mentions"] and len(text) <= named * least["characters"]:
        return "core"
    if by_title >= least["wide_title"] or by_body >= least["wide_body"]:
        return "wide"
    is_for_a_part = any(term in purpose for term in words.strong)
    return "wide" if is_for_a_part and by_body >= least["purpose_wide_body"] else "none"


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
