"""Notes that say which units of a list lead: the first, those before a mark, those that bear a sign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

SIGNS = "*★☆▲△●◆※"
"""Signs that mark units where a note says so; they are no part of a name."""

FIRST, BEFORE_MARK, SIGNED = "first-of-list-leads", "before-the-mark-leads", "signed-leads"
EACH = "分别负责为"
"""`分别负责为各部门分别牵头`: what such a note may say of lists whose verb is 分别负责."""
_POINTS = {"逗号": "，", "分号": "；", "顿号": "、"}


class LeadNote(NamedTuple):
    """A note in force: `mark` is the point or sign that it names, `rest` what it says of the other units."""

    rule: str
    mark: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class NoteForm:
    """One way of writing such a note. `reads` are notes, `leaves` look-alikes."""

    name: str
    pattern: re.Pattern[str]
    reads: tuple[str, ...]
    leaves: tuple[str, ...] = ()


_LEADS = r"(?:为|是|系)[^，。；（）]{0,4}牵头"
FORMS = (
    NoteForm(
        FIRST,
        re.compile(
            r"(?=[排列位居在名第首牵])(?:(?:排|列|位列|位居|居)?(?:在|名)?(?:第一|首)(?:位|个|家|责任|的)[^，。；（）]{0,10}(?:为|"
            r"是)[^，。；（）]{0,4}牵头|牵头(?:单位|部门)(?:排|列|位列|位居)(?:在|于)?(?:第一|首)位)"
        ),
        (
            "排在第一位的部门为牵头部门，下同",
            "第一责任单位为牵头单位",
            "列首位的单位为牵头单位",
            "牵头单位列首位",
        ),
        ("市水务局牵头", "第一批由市水务局牵头"),
    ),
    NoteForm(
        BEFORE_MARK,
        re.compile(
            rf"(?P<point>逗号|分号|顿号)之?前(?:面)?的?(?:单位|部门)?{_LEADS}(?:单位|部门)?"
            r"(?:[，；](?:逗号|分号|顿号|其)?之?后(?:面)?的?(?:单位|部门)?(?:为|是|系)(?P<rest>[^，。；（）]{2,8}))?"
        ),
        ("逗号前为牵头单位，下同", "分号前为牵头单位，分号后为配合单位"),
        ("逗号前后用语一致",),
    ),
    NoteForm(
        SIGNED,
        re.compile(rf"[带标加注有][^，。；]{{0,6}}(?P<sign>[{SIGNS}])[^，。；（）]{{0,8}}{_LEADS}"),
        ("带*的为牵头单位", "标★单位为牵头单位", "加“▲”的为牵头部门", "名称后标注*号者为牵头单位"),
        ("市水务局*牵头",),
    ),
)
# Without one of these no form matches. One class of characters first: the engine passes over all others.
_HINT = re.compile(
    f"[第首号{SIGNS}](?:(?<=第)一[位个家责的]|(?<=首)[位个家责的]|(?<=号)之?前|(?<=[{SIGNS}]))"
)


def may_hold_note(text: str) -> bool:
    """Whether a note can stand anywhere in `text`."""
    return "牵头" in text and _HINT.search(text) is not None


def find_note(text: str, start: int, end: int) -> tuple[int, LeadNote] | None:
    """The first note in `text[start:end]` on who leads, and where it begins."""
    if text.find("牵头", start, end) < 0 or not _HINT.search(text, start, end):
        return None
    found = [
        (match.start(), form.name, match)
        for form in FORMS
        if (match := form.pattern.search(text, start, end))
    ]
    if not found:
        return None
    at, name, match = min(found, key=lambda one: one[0])
    groups = match.groupdict()
    mark = _POINTS.get(groups.get("point") or "", groups.get("sign") or "")
    if name == FIRST and text.find(EACH, match.end(), end) >= 0:
        return at, LeadNote(name, mark, EACH)
    return at, LeadNote(name, mark, groups.get("rest") or "")
