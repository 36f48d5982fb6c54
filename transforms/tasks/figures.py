"""How figures are printed, and what stands around each: its clause, its comparator, its suffix."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.tasks.comparators import AFTER, AFTER_NOUN, COUNTED, Word, word_before
from transforms.tasks.labels import numeral
from transforms.tasks.stretches import Stretches

TIME = ("工作日", "自然日", "日", "天", "小时", "分钟", "月", "周", "秒")
_TIME = (
    r"个?(?:工作日|自然日|工作小时|小时)|个月|分钟|天|日(?=内|以内|之内|办|完|，|。|；|、|$)|"
    r"周(?=内|以内|之内|左右|[，。；、]|$)|秒"
)
# Few branches: each is tried at every figure, and at every 一 of the prose.
_COUNT = (
    r"标准?箱|列(?![入为举席出支车])|[人户家场件条批架]次|台套|环节|百分点|平方(?:公里|米)|千(?:瓦时?|伏安?|克)|公[里斤顷]|"
    r"立方米|[微毫]克/(?:立方米|升)|吨标准煤|兆瓦时?|重量箱|[学课]时|"
    r"美元|[个项家户件条人名类种批场次台处所座支套份张页亩吨元倍步款篇期间辆位例宗笔单枚轮组块片届"
    r"道门例对根艘只册幅株米层级站岗村镇县市字架栋幢盏棵头羽斤]"
)
_UNIT = (
    rf"%|‰|个百分点|{_TIME}|[多余]?(?:[百十千]?万|[百千]?亿|千)?(?:个(?!别|人|体|性)|个?(?:{_COUNT}))"
    r"|[多余]?(?:[百千]?万|亿)(?=[一-鿿，。；])"
)
_NUMERALS = "一两二三四五六七八九十"
FIGURE = re.compile(
    # One class of characters first, and no \d in it: the engine passes over all others without trying.
    rf"[0-9{_NUMERALS}](?:"
    rf"(?<=\d)(?<![\d.第×\-A-Za-z].)\d{{0,8}}(?:\.\d{{1,4}})?(?:%?[至到~\-](?=\d)\d{{1,9}}(?:\.\d{{1,4}})?)?"
    rf"(?P<unit>{_UNIT})"
    rf"|"
    rf"(?<=[{_NUMERALS}])(?<![一二两三四五六七八九十百第几数每另同统某这].)[{_NUMERALS}]{{0,2}}"
    rf"(?P<spelt_unit>{_TIME}|个?(?:{_COUNT})|个))"
)
_RANGE = re.compile(r"%?[~\-至到]")
# Without one of these no figure is a target: Chinese numerals need a comparator or a suffix.
ANY = re.compile(
    rf"[0-9{_NUMERALS}至不到为](?:(?<=\d)(?!\d{{3}}年|年|月\d)|(?<=至)少|"
    rf"(?<=[{_NUMERALS}])[^，。；]{{1,6}}(?:以上|以内|内)|"
    rf"(?:(?<=不)[得能应可]?[超高多少低]|(?<=[到至为]))[^，。；]{{0,9}}[{_NUMERALS}])"
)
_SHARED_UNIT = re.compile(rf"(?:[、和]\d{{1,4}}个){{0,9}}[、和]\d{{1,4}}(?P<unit>{_TIME})")  # 15个、7个工作日
_SEPARATOR = re.compile("[，。；：！？]")
_TO_LAST_SEPARATOR = re.compile(".*[，。；：！？]", re.DOTALL)
_CLAUSE_BEFORE, _CLAUSE_AFTER = 60, 40


class Printed(NamedTuple):
    """A figure at `text[start:end]`, unit included, in its clause."""

    text: str
    start: int
    end: int
    value: str
    unit: str
    spelt: bool  # in Chinese numerals
    clause_start: int
    clause_end: int
    before: str  # of the clause
    rest: str  # of the clause, behind the figure's suffix
    word: Word | None  # the comparator or verb of change before it
    suffix: re.Match[str] | None  # 以上, 内, 左右

    @property
    def timed(self) -> bool:
        """Whether it measures time."""
        return self.unit.endswith(TIME)

    @property
    def is_vague(self) -> bool:
        """Whether it says 多 or 余: 40多个."""
        return "多" in self.quoted or "余" in self.quoted

    @property
    def quoted(self) -> str:
        """Figure and unit as printed."""
        return self.text[self.start : self.end]


def read_figures(text: str, start: int, end: int, dated: Stretches) -> list[Printed]:
    """The figures in `text[start:end]` that are no part of a date or rhythm (`dated`), in order."""
    return [
        _printed(text, match, start, end)
        for match in FIGURE.finditer(text, start, end)
        if not dated.touch(*match.span())
    ]


def _printed(text: str, match: re.Match[str], start: int, end: int) -> Printed:
    a, b = match.span()
    first, last = max(start, a - _CLAUSE_BEFORE), min(end, b + _CLAUSE_AFTER)
    before = _TO_LAST_SEPARATOR.match(text, first, a)
    begin = before.end() if before else first
    separator = _SEPARATOR.search(text, b, last)
    stop = separator.start() if separator else last
    suffix = AFTER.match(text, b, end) or (text[b - 1] in COUNTED and AFTER_NOUN.match(text, b, end)) or None
    rest = text[suffix.end() if suffix else b : stop]
    value, unit, spelt = _value(match)
    word = word_before(text, begin, a)
    return Printed(text, a, b, value, unit, spelt, begin, stop, text[begin:a], rest, word, suffix)


def _value(match: re.Match[str]) -> tuple[str, str, bool]:
    """The figure in ASCII digits, its unit, and whether it is printed in Chinese numerals."""
    spelt = match["unit"] is None
    unit = match["spelt_unit"] if spelt else match["unit"]
    printed = match[0].removesuffix(unit)
    if spelt:
        return str(numeral(printed) or 2), unit, True
    return _RANGE.sub("至", printed), unit.lstrip("多余"), False


def shared_unit(figure: Printed, end: int) -> str:
    """The unit of a figure that shares it with the next of its list: `15个、7个工作日`."""
    shared = _SHARED_UNIT.match(figure.text, figure.end, end) if figure.unit == "个" else None
    return shared["unit"] if shared else figure.unit
