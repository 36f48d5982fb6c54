"""The metadata of one document, from label/value pairs, its head, its title and its signature.

Each field has its order of trust, written as the order of its candidates; the first
candidate that says something wins, and `origins` keeps where it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from transforms.dates import read_date
from transforms.doc_numbers import normalise
from transforms.issuers import (
    government_named_first,
    is_full,
    issuers_by_number,
    issuers_by_place,
    issuers_of_title,
    split_units,
    units_opening,
)
from transforms.labels import field_of, is_empty
from transforms.records import LabelledValue, Problem
from transforms.regions import NATION, Place, place_of
from transforms.source import Source
from transforms.structure import Layout
from transforms.titles import doc_type


@dataclass(slots=True)
class Metadata:
    """The fields of a notice that are no text of it, by their names there, and where each came from."""

    title: str = ""
    index_no: str | None = None
    doc_no: str | None = None
    issuers: tuple[str, ...] = ()
    written_on: str | None = None
    published_on: str | None = None
    listed_on: str | None = None
    doc_type: str | None = None
    category: str | None = None
    validity: str | None = None
    region: str | None = None
    adcode: str | None = None
    level: str | None = None
    recipients: tuple[str, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


Candidate = tuple[str | None, str]  # value, where it stood


def read_metadata(
    fields: Sequence[LabelledValue], layout: Layout, source: Source, letter: Layout | None = None
) -> Metadata:
    """All fields of one document.

    `layout` are its title, number line, salutation and signature, `letter` those of the attachment that is
    the document itself where the page is only its cover.
    """
    said = _Said([*fields, *listed_pairs(source)], source.fields)
    inner = letter or Layout()
    found = Metadata(title=layout.title.text)
    if found.title:
        found.origins["title"] = layout.title_origin
    _take(found, "index_no", said.of("index_no"))
    _take(found, "doc_no", _numbers(said, layout, inner))
    _take(found, "written_on", _days_of_writing(said, layout, inner))
    _take(found, "published_on", said.days("published_on"))
    found.problems = list(_unreadable(said, found))
    found.listed_on = read_date(source.listed.get("listed_on") or "")
    _take(found, "category", said.of("category"))
    _take(found, "validity", said.of("validity"))
    found.doc_type = doc_type(found.title)
    found.issuers = _issuers(said, layout, inner, source, found)
    found.recipients = tuple(layout.recipients or inner.recipients)
    place = _place(said, layout, source, found.issuers)
    if place:
        found.region, found.adcode, found.level = place.name, place.adcode, place.level
    return found


def _take(found: Metadata, name: str, candidates: Iterable[Candidate]) -> None:
    """Set a field to the first candidate that says something."""
    for value, origin in candidates:
        if value:
            setattr(found, name, value)
            found.origins[name] = origin
            return


def _numbers(said: _Said, layout: Layout, inner: Layout) -> list[Candidate]:
    """The number on the page, in the text, in the title, in the letter; at last what the list said."""
    numbers = [(normalise(value), origin) for value, origin in said.of("doc_no")]
    return [
        *(number for number in numbers if number[1] != "listed"),
        (layout.doc_no, "text"),
        (layout.title.doc_no, "title"),
        (inner.doc_no, "attachment"),
        *numbers,
    ]


def _days_of_writing(said: _Said, layout: Layout, inner: Layout) -> list[Candidate]:
    return [
        *said.days("written_on"),
        (layout.title.dated, "title"),
        (layout.signed_on, "signature"),
        (inner.signed_on, "attachment"),
        *said.days("dispatched_on"),
    ]


_LISTED = {"doc_no": "发文字号", "index_no": "索引号", "issuer": "发文机关", "category": "主题分类"}


def listed_pairs(source: Source) -> list[LabelledValue]:
    """What the list page said of a notice, as pairs; its date stays apart in `listed_on`."""
    return [
        LabelledValue(_LISTED.get(key, key), value, "listed")
        for key, value in source.listed.items()
        if value and key not in ("title", "listed_on")
    ]


class _Said:
    """The label/value pairs of a page by field, empty values left out, most trusted place first."""

    _TRUST = ("json", "table", "list", "text", "title", "meta", "listed")

    def __init__(self, fields: Sequence[LabelledValue], extra: Mapping[str, str]) -> None:
        self._by_field: dict[str, list[tuple[str, str]]] = {}
        for pair in sorted(fields, key=lambda pair: self._TRUST.index(pair.origin)):
            name = field_of(pair.label, extra)
            if name and not is_empty(pair.value):
                self._by_field.setdefault(name, []).append((pair.value, pair.origin))

    def of(self, name: str) -> list[tuple[str, str]]:
        """(value, place) of a field."""
        return self._by_field.get(name, [])

    def days(self, name: str) -> list[Candidate]:
        """The same of a field that is a date; None where the value is none."""
        return [(read_date(value), origin) for value, origin in self.of(name)]


def _unreadable(said: _Said, found: Metadata) -> Iterator[Problem]:
    """Values that are printed and say something, but not what their label promises: null plus a problem."""
    for name, read in (
        ("doc_no", found.doc_no),
        ("written_on", found.written_on),
        ("published_on", found.published_on),
    ):
        values = said.of(name)
        if values and not read:
            yield Problem(name, f"{values[0][0][:60]!r} ({values[0][1]}) cannot be read as one")


def _issuers(said: _Said, layout: Layout, inner: Layout, source: Source, found: Metadata) -> tuple[str, ...]:
    """Full names first: those of the metadata, else of the title, else of the signature."""
    for units, origin in _issuer_candidates(said, layout, inner, source, found):
        if units:
            found.origins["issuers"] = origin
            return tuple(units)
    return ()


def _issuer_candidates(
    said: _Said, layout: Layout, inner: Layout, source: Source, found: Metadata
) -> Iterator[tuple[list[str], str]]:
    """Units and where they stood, the most trusted first; each is looked for only when the ones before are
    none."""
    title = layout.title.text
    for value, origin in said.of("issuers"):
        units = split_units(source.fixes.get("issuers", {}).get(value, value))
        if units and all(map(is_full, units)):
            yield units, origin
    yield issuers_of_title(title), "title"
    yield layout.signers, "signature"
    yield inner.signers, "attachment"
    yield _of_order(found.doc_no), "text"
    yield issuers_by_number(title, layout.doc_no or layout.title.doc_no), "doc_no"
    yield units_opening(title), "title"
    yield issuers_by_place(title, (place.name for place in _places(said, layout, source))), "title"
    yield government_named_first(title), "title"


def _of_order(doc_no: str | None) -> list[str]:
    """Who issued an order, by its number: `某省人民政府令第230号`."""
    match = re.fullmatch(r"(.{4,30})令第\d+号", doc_no or "")
    return split_units(match[1]) if match and is_full(match[1]) else []


def _place(said: _Said, layout: Layout, source: Source, issuers: Sequence[str]) -> Place | None:
    """The place of the first issuer that names one, else the portal's, which knows what no gazetteer has;
    else what the page says of where it comes from and what it is about."""
    own = Place(source.region, source.adcode, source.level) if source.region else None
    for unit in issuers:
        place = place_of(unit, source.adcode)
        if place:
            return own if own and place.adcode is None and place.name == own.name else place
    return own or next(_places(said, layout, source), None)


_ABOUT = re.compile(r"(?:^|印发|公布|发布)[《〈]?(?=[\u4e00-\u9fff])")


def _places(said: _Said, layout: Layout, source: Source) -> Iterator[Place]:
    """Places near a notice: of its portal, of the site or office it names as its source, and the one that its
    title is about. Not the nation: `中国` opens the names of many sites."""
    if source.region:
        yield Place(source.region, source.adcode, source.level)
    named = [value for value, _ in said.of("source")]
    about = [layout.title.text[match.end() :] for match in _ABOUT.finditer(layout.title.text)]
    for text in (*named, *about):
        place = place_of(text, source.adcode)
        if place and place.name != NATION:
            yield place
