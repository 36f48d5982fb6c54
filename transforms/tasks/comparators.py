"""The words that make a figure one to be reached: comparators, verbs of change, suffixes of the unit."""

from __future__ import annotations

import re
from typing import NamedTuple

_CUT_BY = "压减|压缩|缩短|缩减|减少|降低|下降|精简|压降|削减|减|降|缩|压"
_CUT = _CUT_BY + "|合并|整合|优化|调整|简化"
_RAISE = "提高|提升|增加|扩大|扩展|拓展|上升|增长|扩充|增|升|稳定在?|保持在?|上调"
_WORDS = (
    # Longest first within each kind: 不超过 before 超过.
    ("<=", r"不(?:得|能|应|可)?(?:超过|高于|多于|大于|超出|超)|最多|最长|最迟|至多|≤|控制在"),
    (">=", r"不(?:得|能|应|可)?(?:低于|少于|小于|短于|下于)|至少|最低|最少|≥"),
    ("<=", rf"(?:再|平均|进一步|统一|总体|整体)?(?:{_CUT})(?:到|至|为|成|在)"),
    (">=", rf"(?:再|平均|进一步|稳步)?(?:{_RAISE}|推广)(?:到|至|为|在)|稳定在|保持在|达到|达|实现(?=100%)"),
    (">", r"超过|高于|大于|多于|突破|逾|超"),
    ("<", r"低于|少于|小于|短于"),
    ("~", r"(?<![签预履违契节集制公条])约|大约|近(?!年|日|期)"),
    ("=", rf"(?:再|平均|同比|进一步)?(?:{_CUT_BY}|{_RAISE}|新增|净增|减免|下调)(?:了)?"),
)
# What a word begins with, looked at first: most places are passed over at once.
_BEGINS = (
    "(?=[不最至≤≥控再平进统总稳一同达实超高大多突逾低少小短约近新净下压缩减降精削合整优调简提增扩拓上升保推])"
)
WORD = re.compile(_BEGINS + "(?:" + "|".join(f"({words})" for _, words in _WORDS) + ")")
_CUTS_TO, _RAISES_TO, _CHANGES = 2, 3, len(_WORDS) - 1
_CUTS = re.compile(_CUT_BY)
_TO_FIGURE = re.compile(r"[^，。；、：！？“”《》\d由从]{1,10}[到至]")
_MIDDLE = re.compile(r"[^，。；、：！？“”《》\d]{0,9}")
AFTER = re.compile(r"(?P<up>及?以上)|(?P<down>及?以下|以内|之内|内(?![部容外资设蒙地]))|(?P<about>左右|上下)")
COUNTED = frozenset("个项家类种条件")  # units that a noun follows
# 覆盖30个行业以上. No offices: 两个部门以上 says which matters are meant.
AFTER_NOUN = re.compile(
    r"(?:行业|领域|事项|项目|企业|场景|案例|品牌|街道|乡镇|社区|园区|岗位|品种|环节|网点|平台)"
    r"(?:(?P<up>及?以上)|(?P<down>以内|之内)|(?P<about>左右))"
)
# 压缩至法定时限的40%: what stands between a verb and its figure names the base. Elsewhere it is another
# thing.
_BASE = re.compile(
    r"[^，。；]{0,9}的|(?:平均|统一|法定时限|人均|年均|每[户家件年个人]|各|全部|日均|户均|一般|均)?"
)


class Word(NamedTuple):
    """A comparator or verb of change before a figure: its kind, and where it begins."""

    kind: int
    text: str
    start: int


def operator(before: Word | None, after: re.Match[str] | None) -> str:
    """The relation that the words around a figure state: a suffix outweighs a verb."""
    if after:
        if after["up"]:
            return ">="
        return "<=" if after["down"] else "~"
    return _WORDS[before.kind][0] if before else "="


def word_before(text: str, start: int, at: int) -> Word | None:
    """The comparator or verb of change that governs the figure at `at`: the nearest from `start` on."""
    start = max(start, at - 22)
    found = list(WORD.finditer(text, start, at))
    if not found:
        return None
    match = found[-1]
    kind = (match.lastindex or 1) - 1
    between = text[match.end() : at]
    if kind == _CHANGES and _TO_FIGURE.fullmatch(between):  # 减少跑动次数至1次
        return Word(
            _CUTS_TO if _CUTS.search(match[0]) else _RAISES_TO, text[match.start() : at], match.start()
        )
    if not _MIDDLE.fullmatch(between) or (between and kind > 1 and not _BASE.fullmatch(between)):
        return None
    return Word(kind, match[0], match.start())


def reaches(word: Word | None) -> bool:
    """Whether the word only says that a figure is reached: 达到, which suffixes make needless."""
    return word is not None and word.text.startswith(("达", "实现"))


def at_least(word: Word | None) -> bool:
    """Whether the word holds for a whole list: `至少梳理3项措施、2个案例`."""
    return word is not None and word.kind == 1


def at_most(word: Word | None) -> bool:
    """Whether the word sets an upper bound: 不超过, 最多."""
    return word is not None and word.kind == 0


def bounds(word: Word | None) -> bool:
    """Whether the word says from where or up to where: 不超过, 不低于, 压减至, 达到."""
    return word is not None and word.kind <= _RAISES_TO


def changes_to(word: Word | None) -> bool:
    """Whether the word brings a thing to the figure: 压减至, 提高到."""
    return word is not None and word.kind in (2, 3)


def strict(word: Word | None) -> bool:
    """Whether the word is a bare 高于 or 低于, which bounds conditions as often as aims."""
    return word is not None and word.kind in (4, 5)
