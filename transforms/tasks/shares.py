"""Who has which part in a task: the members of an attribution's lists, each with its role.

A label (`牵头单位：`) or a verb (`…按职责分工负责`) gives the role; `attribution` says where attributions
stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from transforms.tasks.lead_notes import EACH, FIRST, SIGNED, LeadNote, find_note
from transforms.tasks.roles import (
    DUE,
    LABEL,
    LEAD,
    NOBODY,
    RESPONSIBLE,
    label_at_beginning,
    label_role,
    labels_in,
    role_of,
    verb_at_end,
)
from transforms.tasks.unit_lists import (
    COLLECTIVE,
    Name,
    could_be_unit,
    is_person,
    is_whole,
    join_places,
    names_in,
    split_top,
    without_person,
)

_MARKS = "、，；。\n"
_CLAUSE_MARKS = "，；。\n"
# `市水务局牵头市林业局配合`: only a blank stood between the clauses.
_NEXT_CLAUSE = re.compile(
    "[头责](?:(?<=[局委厅办院部府]牵头)|(?<=[局委厅办院部府]负责))"
    "(?=[省市县区州旗各][^，。；、（）]{1,30}(?:牵头|负责|配合|参与|协助|落实)(?:$|[，。；、]))"
)
# `市水务局牵头（并）会同市林业局负责`: who leads, and with whom.
_LEADS_WITH = re.compile("(?<=[局委厅办院部府会心署行]牵头)(?=并?会同[^，。；、])")
_EACH_LEADS = re.compile("等?(?:部门)?分别负责")


class Share(NamedTuple):
    """A unit's part in a task. Offsets are those of the view's text."""

    role: str
    name: Name
    rule: str


class _Member(NamedTuple):
    """What a member of a list says by itself; the names' places count from its beginning."""

    label: str | None
    verb_role: str | None
    names: tuple[Name, ...]


def read_shares(text: str, start: int, end: int, default: str | None, rule: str) -> list[Share]:
    """The units of `text[start:end]` with their roles.

    A label or a verb gives the role; `default` is that of units with neither (a column's, a note's), None
    when such units are none. Behind a label, a verb holds for its own clause: in `责任单位：A、B，C配合`
    only C supports.
    """
    shares: list[Share] = []
    waiting: list[Name] = []
    role, labelled, clause = default, None, 0  # `clause`: how many had been waiting when it began
    for begin, stop in members(text, start, end):
        member = _read_member(text[begin:stop])
        if member.label:
            _settle(waiting, role or _role_before_labels(waiting), shares, rule)
            role = labelled = member.label
        elif role in (DUE, NOBODY) and not member.verb_role:
            continue
        if text[begin - 1] in _CLAUSE_MARKS:
            clause = len(waiting)
        waiting.extend([Name(name, begin + a, begin + b) for name, a, b in member.names])
        if member.verb_role:
            if labelled:
                _settle(waiting[:clause], labelled, shares, rule)
                del waiting[:clause]
            _settle(waiting, member.verb_role, shares, rule)
            clause = 0
    _settle(waiting, role if role else (RESPONSIBLE if shares else None), shares, rule)
    return _without_persons(shares)


def _without_persons(shares: list[Share]) -> list[Share]:
    """The shares without persons, who stand beside units: `王某某负责，市水务局牵头`."""
    units = [share for share in shares if not is_person(share.name.text)]
    if len(units) == len(shares) or not any(is_whole(share.name.text) for share in units):
        return shares
    return units


def _role_before_labels(waiting: list[Name]) -> str | None:
    """`A、B，配合单位：C`: units without a word of their own, before a label for others, are responsible."""
    return RESPONSIBLE if all(is_whole(name.text) for name in waiting) else None


def _settle(waiting: list[Name], role: str | None, shares: list[Share], rule: str) -> None:
    """Give those who wait for their role the one that has come."""
    if role is not None and role not in (DUE, NOBODY):
        shares.extend([Share(role, name, rule) for name in waiting])
    waiting.clear()


# The same units stand in one attribution after the other.
@lru_cache(maxsize=8192)
def _read_member(member: str) -> _Member:
    label = label_at_beginning(member)
    begin = label.end() if label else 0
    verb = verb_at_end(member[begin:])
    stop = len(member) - (len(verb) if verb else 0)
    note = min((at for bracket in "（〔" if (at := member.find(bracket, begin, stop)) >= 0), default=-1)
    if note >= 0 and ("下同" in member[note:stop] or find_note(member, note, stop)):
        close = max(member.rfind("）", note, stop), member.rfind("〕", note, stop))
        stop = note if close in (-1, stop - 1) else stop  # 各市（含…，下同）政府
    found = map(without_person, names_in(member, begin, stop))
    names = tuple(name for name in found if could_be_unit(name.text))
    return _Member(label_role(label) if label else None, role_of(verb) if verb else None, names)


def members(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Members of an attribution's lists: split at marks, at labels without one, bare place names joined."""
    parts = [(begin, stop) for begin, stop, _ in split_top(text, start, end, _MARKS) if begin < stop]
    if text.find("：", start, end) >= 0:
        parts = [piece for part in parts for piece in _split_at_labels(text, *part)]
    elif _NEXT_CLAUSE.search(text, start, end):
        parts = [piece for part in parts for piece in _split_at_verb(text, *part)]
    if text.find("会同", start, end) >= 0:
        parts = [piece for part in parts for piece in _split_at_partner(text, *part)]
    return join_places(parts, text)


def _split_at_verb(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    verb = _NEXT_CLAUSE.search(text, begin, stop)
    if verb:
        yield begin, verb.end()
        begin = verb.end()
    yield begin, stop


def _split_at_partner(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    if partner := _LEADS_WITH.search(text, begin, stop):
        yield begin, partner.start()
        begin = partner.start()
    yield begin, stop


def _split_at_labels(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    first = LABEL.match(text, begin, stop)
    after = first.end() if first else begin + 1
    for match in labels_in(text, after, stop):
        if match.start() > begin and text[match.start() - 1] not in "（〔":
            yield begin, match.start()
            begin = match.start()
    if begin < stop:
        yield begin, stop


def by_note(text: str, shares: list[Share], note: LeadNote | None) -> list[Share]:
    """The shares of a list under a note on who leads; a list in which somebody leads already stays.

    A sole unit stays responsible, and so does a collective one that stands first.
    """
    if note is None or len(shares) < 2 or any(share.role != RESPONSIBLE for share in shares[:1]):
        return shares
    if any(share.role == LEAD for share in shares):
        return shares
    if note.rule == FIRST:
        return _lead_each(text, shares) if note.rest == EACH else _lead_by_order(shares)
    if note.rule == SIGNED:
        leads = {share for share in shares if _is_signed(text, share.name, note.mark)}
    else:
        first = next(split_top(text, shares[0].name.start, shares[-1].name.end, note.mark))
        leads = {share for share in shares if share.name.end <= first[1]} if first[2] else set()
    rest = role_of(note.rest)
    return [
        Share(LEAD, share.name, note.rule) if share in leads else Share(rest, share.name, share.rule)
        for share in shares
    ]


def _is_signed(text: str, name: Name, sign: str) -> bool:
    return sign in (text[name.start - 1 : name.start], text[name.end : name.end + 1])


def _lead_each(text: str, shares: list[Share]) -> list[Share]:
    """Who leads where 分别负责 makes each of a list lead: up to that verb all do, else the first."""
    for n, share in enumerate(shares):
        if _EACH_LEADS.match(text, share.name.end):
            return [*(Share(LEAD, s.name, FIRST) for s in shares[: n + 1]), *shares[n + 1 :]]
    return _lead_by_order(shares)


def _lead_by_order(shares: list[Share]) -> list[Share]:
    first = shares[0]
    if COLLECTIVE.search(first.name.text) or sum(share.role == RESPONSIBLE for share in shares) < 2:
        return shares
    return [Share(LEAD, first.name, FIRST), *shares[1:]]
