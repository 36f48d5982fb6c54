"""Attributions: who leads, who is responsible, who supports, from a bracket, a label or a table cell.

The styles met: `（A、B牵头，C等按职责分工负责）`, `〔牵头单位：A；配合单位：B；完成时限：…〕`, label lines
of their
own, `（A、B）` under a note that says what the brackets hold, cells of a column that names the role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.tasks.brackets import ROUND_OR_SQUARE, pairs
from transforms.tasks.lead_notes import LeadNote, find_note
from transforms.tasks.roles import (
    DUE,
    NOBODY,
    RESPONSIBLE,
    is_noun,
    is_verb,
    label_role,
    labels_in,
    role_of,
)
from transforms.tasks.shares import Share, by_note, members, read_shares
from transforms.tasks.unit_lists import COLLECTIVE, OF_ALL_PLACES, is_whole, split_top

# Without one of these a paragraph marks nobody: one quick search before all others.
_MARKED = re.compile(
    "牵头|负责|责任|主责|配合|落实|分工|参与|参加|协|时限|主办|承办|支持|会办|单位：|部门：|处室：|领导："
)
# `以下均需各县区政府落实，不再列出`: who takes part in its own item and in all after it.
_FOLLOWING = re.compile(
    r"(?:^|[，。；])(?:本[方计规意实措要][^，。；]{0,8}的)?以下(?:各[项条]|所有)?(?:政策|工作|改革)?(?:任务|事项|工作|内容|措施|举措|条款|政策|要求|项目)?均?[需由须要应](?P<who>[^。；]{3,60}?)(?=，不再|，下同|$)"
)
# 责任领导：张某；牵头单位：…: a person's label in the line opens the attribution that names units behind it.
_BESIDE_UNITS = re.compile("[^。]{4,40}(?:单位|部门|处室|科室)：")
_PLACE_NAME = re.compile("[\u4e00-\u9fff]{1,5}[市县区旗]")
# In brackets beside the names: by when, for how long.
_WHEN = re.compile(
    r"(?:\d{4}年(?:\d{1,2}月|第?[一二三四]季度|[上下]半年)?|[全当年]?年|\d{1,2}月|第?[一二三四]季度|[上下]半年)"
    r"(?:\d{1,2}日|底|末|中?[上中下]旬)?(?:之?前|内)?(?:完成|实施|推进|落实)?(?:并(?:长期|持续)(?:坚持|推进|实施|落实)?)?|"
    r"\d{4}年?[-~至到]\d{4}年|(?:\d{4}年)?\d{1,2}月?[-~至到]\d{1,2}月|\d{4}年全年|立行立改|每(?:个?[年月季周]度?|半年)|"
    r"(?:长期|常年|持续|常态化?|立即|即时|适时|按要求|按计划)(?:坚持|推进|实施|落实|完成|开展|推动|整改)*"
)
# `括号中为牵头负责部门、人员、电话，其他部门按职责分工负责。下同`
_NOTE = re.compile(
    r"(?:(?<=[（〔。；，]))括号[中内里](?:的)?(?:单位|部门|处室)?(?:为|是)(?P<what>[^，。；]{2,30})"
)


class Mark(NamedTuple):
    """A stretch of text that is an attribution: `text[start:end]`, brackets and label included."""

    start: int
    end: int
    shares: tuple[Share, ...]
    rule: str


@dataclass(slots=True)
class Notes:
    """What notes in the text said so far about the brackets after them."""

    lead: LeadNote | None = None
    bracket_role: str | None = None
    standing: list[Share] = field(default_factory=list)


def read_marks(text: str, start: int, end: int, notes: Notes) -> list[Mark]:
    """Every attribution in the paragraph `text[start:end]`, in order. Notes met change `notes`."""
    marked = _MARKED.search(text, start, end) is not None
    opens = [at for bracket in "（〔" if (at := text.find(bracket, start, end)) >= 0]
    if not marked and not opens:
        return []
    spans = pairs(text, min(opens), end, ROUND_OR_SQUARE) if opens else []
    marks = [mark for begin, stop in spans if (mark := _bracket(text, begin, stop, notes, marked))]
    if marked and text.find("：", start, end) >= 0:
        marks.extend(_label_runs(text, start, end, spans, notes))
        marks.sort(key=lambda mark: mark.start)
    return marks


def _bracket(text: str, begin: int, stop: int, notes: Notes, marked: bool) -> Mark | None:
    inside = text[begin + 1 : stop - 1]
    if len(inside) > 800 or len(inside) < 2:
        return None
    note = _NOTE.search(text, begin + 1, stop - 1) if "括号" in inside else None
    if note:
        return _note(text, begin, stop, note, notes)
    if marked and is_verb(inside):
        return Mark(begin, stop, (), "bracket-without-unit")
    if following := _FOLLOWING.search(text, begin + 1, stop - 1) if "以下" in inside else None:
        return _standing(text, begin, stop, following, notes)
    on_lead = find_note(text, begin + 1, stop - 1)
    if marked and _MARKED.search(inside) and not (on_lead and on_lead[0] == begin + 1):
        last, note_on_lead = _before_note(text, begin + 1, stop - 1, on_lead)
        shares = read_shares(text, begin + 1, last, None, "bracket")
        labelled = next(labels_in(inside, 0, len(inside)), None)
        if (labelled and not is_noun(labelled)) or any(map(_names_a_unit, shares)):
            notes.lead = note_on_lead or notes.lead
            rule = "bracket-label" if labelled else "bracket-verb"
            return Mark(begin, stop, tuple(by_note(text, shares, notes.lead)), rule)
    return _bare_bracket(text, begin, stop, notes, on_lead)


def _names_a_unit(share: Share) -> bool:
    return is_whole(share.name.text) or COLLECTIVE.match(share.name.text) is not None


def _before_note(
    text: str, start: int, end: int, found: tuple[int, LeadNote] | None
) -> tuple[int, LeadNote | None]:
    """Where the names of a bracket end, before `…。排在第一位的部门为牵头部门，下同`, and that note."""
    if found is None:
        return end, None
    at, note = found
    close = text.find("）", at, end) + 1
    if 0 < close < end and text.rfind("（", start, at) > text.rfind("）", start, at):
        return end, note  # the list goes on behind the bracket that holds the note
    return max(start, *(text.rfind(mark, start, at) for mark in "。；，（")), note


def _note(text: str, begin: int, stop: int, note: re.Match[str], notes: Notes) -> Mark:
    """`（A局。括号中为牵头部门，其他部门按职责分工负责。下同）`: what brackets hold from here on.

    The others that it names take part in every task from here on.
    """
    role = role_of(note["what"])
    notes.bracket_role = role
    named = read_shares(text, begin + 1, max(begin + 1, note.start() - 1), role, "bracket-under-note")
    standing = _keep_standing(read_shares(text, note.end(), stop - 1, None, "note"), notes)
    return Mark(begin, stop, (*named, *standing), "bracket-under-note" if named else "note")


def _standing(text: str, begin: int, stop: int, note: re.Match[str], notes: Notes) -> Mark:
    """`（A局负责；以下均需B政府落实，不再列出）`: units of this item, and of this and all after it."""
    last, note_on_lead = _before_note(text, begin + 1, note.start(), find_note(text, begin + 1, note.start()))
    notes.lead = note_on_lead or notes.lead
    named = read_shares(text, begin + 1, last, RESPONSIBLE, "bracket-verb")
    standing = _keep_standing(read_shares(text, *note.span("who"), RESPONSIBLE, "note"), notes)
    return Mark(
        begin, stop, (*by_note(text, named, notes.lead), *standing), "bracket-verb" if named else "note"
    )


def _keep_standing(shares: list[Share], notes: Notes) -> list[Share]:
    known = {share.name.text for share in notes.standing}
    notes.standing.extend(share for share in shares if share.name.text not in known)
    return shares


def _bare_bracket(
    text: str, begin: int, stop: int, notes: Notes, on_lead: tuple[int, LeadNote] | None
) -> Mark | None:
    """A bracket of names alone: at the end of a sentence, under a note, or when every member names a unit."""
    before = text[begin - 1 : begin]
    if before not in ("。", "；", "！", "”", "）", "〕") and text[stop : stop + 1] not in (
        "",
        "。",
        "；",
        "\n",
    ):
        return None
    if notes.bracket_role:
        found = read_shares(
            text, begin + 1, _first_mark(text, begin + 1, stop - 1), notes.bracket_role, "bracket-under-note"
        )
        if before == "。" and found and all(is_whole(share.name.text) for share in found):
            return Mark(begin, stop, tuple(found), "bracket-under-note")
        return None
    last, note_on_lead = _before_note(text, begin + 1, stop - 1, on_lead)
    notes.lead = note_on_lead or notes.lead
    own_line = before == "\n" and text[stop : stop + 1] in ("", "\n")
    if before != "。" and not (own_line or notes.lead or _follows_a_date(text, begin)):
        return None
    shares = read_shares(text, begin + 1, last, RESPONSIBLE, "bracket-of-names")
    parts = [part for part in members(text, begin + 1, last) if not _WHEN.fullmatch(text, *part)]
    if not shares or len(shares) < len(parts) or not _stand_alone([share.name.text for share in shares]):
        return None
    return Mark(begin, stop, tuple(by_note(text, shares, notes.lead)), "bracket-of-names")


def _stand_alone(names: list[str]) -> bool:
    """Whether names in a bracket without a role can only be units: 市水务局, 各县区; 甲区、乙区政府."""
    governed = names[-1].endswith(("政府", "管委会"))
    return all(
        (is_whole(name) and len(name) > 2)
        or OF_ALL_PLACES.match(name) is not None
        or (governed and _PLACE_NAME.fullmatch(name) is not None)
        for name in names
    )


def _follows_a_date(text: str, begin: int) -> bool:
    """Whether a bracket with a date alone stands before this one: `。（6月底前）（市水务局）`."""
    opens = text.rfind("（", max(0, begin - 30), begin - 1)
    return opens > 0 and text[opens - 1] == "。" and _WHEN.fullmatch(text, opens + 1, begin - 1) is not None


def _first_mark(text: str, start: int, end: int) -> int:
    return next(stop for _, stop, _ in split_top(text, start, end, "，；"))


def _label_runs(
    text: str, start: int, end: int, spans: list[tuple[int, int]], notes: Notes
) -> Iterator[Mark]:
    """Labels outside brackets, at the beginning of a paragraph or a sentence: to the end of the paragraph."""
    for match in labels_in(text, start, end):
        at, role = match.start(), label_role(match)
        alone = role == NOBODY and at != start and not _BESIDE_UNITS.match(text, at, end)
        if alone or any(begin < at < stop for begin, stop in spans):
            continue
        if at != start and text[at - 1] not in "。；！）〕\n":
            continue
        if role == DUE and at != start and not any(r in text[at:end] for r in ("单位", "部门")):
            yield Mark(at, end, (), "label-line")
            return
        shares = read_shares(text, at, end, None, "label-line")
        if is_noun(match) and not any(map(_names_a_unit, shares)):
            continue
        if shares or role in (DUE, NOBODY):
            if note := find_note(text, at, end):
                notes.lead = note[1]
            yield Mark(at, end, tuple(by_note(text, shares, notes.lead)), "label-line")
            return
