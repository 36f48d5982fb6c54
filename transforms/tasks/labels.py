"""Labels of numbered items: `一、`, `（一）`, `1.`, `（1）`, `①`, `第一条` …, their styles and figures.

A label alone says little: whether `3.` within a sentence opens an item is for the outline to decide, which
knows
what was counted so far.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_CHINESE, _FIGURES = "一二三四五六七八九十百", "0123456789"
_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def numeral(text: str) -> int:
    """The figure that a label prints, in ASCII digits or ideographs up to 999; 0 when it is none."""
    if text.isascii():
        if text.isdigit():
            return int(text)
        last = text.rpartition(".")[2]  # 3.2 is the second of its level
        return int(last) if last.isdigit() else 0
    spelt = "十" in text or "百" in text  # else its digits stand in a row: 二〇
    total = ones = 0
    for char in text:
        if char == "百":
            total, ones = total + (ones or 1) * 100, 0
        elif char == "十":
            total, ones = total + (ones or 1) * 10, 0
        elif char in _DIGIT:
            ones = _DIGIT[char] if spelt else ones * 10 + _DIGIT[char]
        else:
            return 0
    return total + ones


@dataclass(frozen=True, slots=True)
class Style:
    """One way of numbering. `rank` is the usual place in the nesting, outermost first."""

    name: str
    rank: int
    begins: str  # a class of the characters that it begins with
    pattern: re.Pattern[str]  # group 1 is the figure
    reads: dict[str, str] = field(default_factory=dict)  # text -> figure
    leaves: tuple[str, ...] = ()


# After `3.` a figure belongs to a decimal, unless it is a year or a day: `3．2020年底前`, `2.10月底前`.
_NO_DECIMAL = r"(?!\d)|(?=(?:19|20)\d\d年|\d{1,2}月(?:底|末|份|\d))"
STYLES = (
    Style("chapter", 0, "第", re.compile(rf"第([{_CHINESE}]{{1,4}}|\d{{1,3}})[章篇部](?:分)?[、：:]?"),
    {"第二章总则": "二"}),
    Style("part", 1, "第", re.compile(rf"第([{_CHINESE}]{{1,4}}|\d{{1,3}})节[、：:]?"), {"第三节审批": "三"}),
    Style(
        "article",
        2,
        "第",
        re.compile(rf"第([{_CHINESE}]{{1,4}}|\d{{1,3}})条(?!例|第|规定|[至、，款项之的])[、：:]?"),
        {"第三条各部门应当": "三"},
        ("第三条第二款", "第五条规定", "第一条至第四条"),
    ),
    Style(
        "ideograph",
        3,
        _CHINESE,
        re.compile(rf"([{_CHINESE}]{{1,4}})[、.](?![{_CHINESE}]{{1,3}}、)"),
        {"一、总体要求": "一", "十二、加强组织领导": "十二"},
        ("一、二、三产业", "一是加强", "三类人员"),
    ),
    Style(
        "named",
        4,
        "任行措工举专重主",
        re.compile(rf"(?:(?:重点|主要|工作)?任务|(?:专项|重点)?行动|措施|(?:重点)?工程|举措|重点工作)([{_CHINESE}]{{1,3}}|\d{{1,2}})[、：]"),
        {"任务一：整治收费": "一", "重点任务二：提速": "二", "专项行动十二、优化": "十二", "措施3：": "3"},
        ("任务一览表", "工程一期、二期", "行动计划", "重点工作任务"),
    ),
    Style(
        "ideograph-in-brackets",
        4,
        "（㈠-㈩",
        re.compile(rf"（([{_CHINESE}]{{1,4}})）[、.]?|([㈠-㈩])[、.]?"),
        {"（一）指导思想": "一", "（十二）、加强": "十二", "㈡完善": "二"},
        ("（一次办）",),
    ),
    Style(
        "figure",
        5,
        _FIGURES + "⒈-⒛",
        re.compile(rf"(\d{{1,3}})(?:、|\.(?:{_NO_DECIMAL}))|([⒈-⒛])"),
        {"1.编制清单": "1", "12、优化": "12", "3.2020年底前": "3", "⒉加强": "2"},
        ("3.5个百分点", "1.5万户", "2023年"),
    ),
    Style(
        "decimal",
        5,
        _FIGURES,
        re.compile(r"(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)(?![\d.%个万亿千百元倍米亩平公吨年月日天小级分折人户家项条件类种次])[、.]?"),
        {"1.1压缩开办时间": "1.1", "2.10、优化": "2.10"},
        ("3.5个百分点", "1.5万户", "0.5%", "2.5倍"),
    ),
    Style("figure-in-brackets", 6, "（⑴-⒇", re.compile(r"（(\d{1,2})）[、.]?|([⑴-⒇])[、.]?"),
    {"（1）推进": "1", "⑵优化": "2"}),
    Style("figure-half-bracket", 7, _FIGURES, re.compile(r"(\d{1,2})）[、.]?"), {"2）精简": "2"}),
    Style("ring", 8, "①-⑳", re.compile(r"([①-⑳])[、.]?"), {"③压减": "3"}),
)  # fmt: skip
_SINGLE = {
    **{
        chr(ord(first) + n): n + 1 for first, count in (("①", 20), ("⑴", 20), ("⒈", 20)) for n in range(count)
    },
    **{chr(ord("㈠") + n): n + 1 for n in range(10)},
}
_IDEOGRAPHS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]


class Label(NamedTuple):
    """A label in `folded`: `start` to `end`, its style, the figure as printed and its number."""

    style: Style
    no: str
    number: int
    start: int
    end: int


def _label(style: Style, match: re.Match[str]) -> Label | None:
    printed = match[match.lastindex or 1]
    number = _SINGLE.get(printed) or numeral(printed)
    if printed in _SINGLE:
        printed = _IDEOGRAPHS[number] if "㈠" <= printed <= "㈩" else str(number)
    return Label(style, printed, number, match.start(), match.end()) if number else None


_BEGINNING = {  # character -> the styles that begin with it
    char: [style for style in STYLES if re.match(f"[{style.begins}]", char)]
    for char in "第（任行措工举专重主" + _CHINESE + _FIGURES + "".join(_SINGLE)
}


def label_at(text: str, at: int, end: int) -> Label | None:
    """The label that `text[at:end]` begins with, or None."""
    if at >= end:
        return None
    for style in _BEGINNING.get(text[at], ()):
        match = style.pattern.match(text, at, end)
        if match:
            return _label(style, match)
    return None


_BEFORE_FIGURE = re.compile(r"(\d{1,3})\.(?=\d)")
_FIGURE = next(style for style in STYLES if style.name == "figure")


def figure_before_figure(text: str, at: int, end: int) -> Label | None:
    """What would be a label if the figures behind its point were text: `8.5G网络…`."""
    match = _BEFORE_FIGURE.match(text, at, end)
    return _label(_FIGURE, match) if match else None


# Where a label may stand within a paragraph: after a sentence, an attribution, or a heading that a blank
# ends.
_RINGS = "㈠-㈩⒈-⒛⑴-⒇①-⑳"
_WITHIN = re.compile(
    # One class of characters first: the engine passes over all others without trying. 0-9 in it, for \d would
    # look up each of the others in the table of all scripts' digits.
    rf"[第（{_CHINESE}0-9{_RINGS}](?:(?<=第)[{_CHINESE}\d]{{1,4}}[章节条]|(?<=[{_CHINESE}])[{_CHINESE}]{{0,3}}、"
    rf"|(?<=（)(?:[{_CHINESE}]{{1,4}}|\d{{1,2}})）|(?<=\d)\d{{0,2}}[.、]|(?<=[{_RINGS}]))"
)


def labels_within(text: str, start: int, end: int) -> list[Label]:
    """Every place in `text[start:end]`, its beginning aside, that could be a label."""
    found = []
    last = start
    for match in _WITHIN.finditer(text, start, end):
        at = match.start()
        if at <= start or at < last or text[at - 1].isdigit() or text[at - 1] in _CHINESE:
            continue
        label = label_at(text, at, end)
        if label:
            found.append(label)
            last = label.end
    return found
