"""Lists of units: where one name ends and the next begins.

`、` and `，` divide; `及`, `和`, `与` divide only between whole names (市文化和旅游局 is one); brackets
belong to the
name before them; `等` falls away, and what follows it is a collective unit when it says more than 部门.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transforms.tasks.lead_notes import SIGNS

# What the name of a unit ends with.
_ENDING = (
    "局|委|部|厅|办|院|署|会|处|科|股|室|队|组|社|司|站|所|校|中心|政府|部门|单位|公司|集团|银行|分行|"
    "支行|人行|总行|法院|"
    "大厅|机构|机关|园区|新区|开发区|高新区|经开区|示范区|功能区|街道|海关|学校|高校|院校|企业|协会|商会|"
    "工会|妇联|残联|"
    "工商联|联合会|团委|专班|地区|各地|总队|支队|大队|平台|媒体|台|馆|委员|法人|处室|科室|党委|党组|"
    "党工委|运营商|主体|"
    "中央|公署|产业园|科技园|高新园|物流园|工业园|创业园|中支|科协|文联|侨联|县区|区县|县市|市县|市州|州市|地市|镇街|乡镇|省份|银保监|各方|成员|税务|人民银行|供电|联通|移动|"
    "电信|铁塔|邮政"
)
_ENDINGS: dict[str, tuple[str, ...]] = {}  # by their last character: few are to be tried then
for _word in _ENDING.split("|"):
    _ENDINGS[_word[-1]] = (*_ENDINGS.get(_word[-1], ()), _word)
_BRACKET_AT_END = re.compile(r"(?:（[^（）]{1,30}）)+$")
_PLACE = re.compile(r"[市县区州盟旗省镇乡](?:（[^（）]{1,12}）)*$")
COLLECTIVE = re.compile(
    r"^(?:各|有关|相关|其他|全[省市县区]各?|[省市县区州]级?[直属]?(?:各|有关|相关)|所有|涉及|"
    r"本[省市县区]各)|(?:有关|相关|各)[^（）]{0,6}(?:部门|单位|处室|科室)$"
)
# Words alone that only say what kind of thing the list before them was.
_BARE = re.compile(
    r"(?:各|有关|相关)?(?:部门|单位|处室|科室|机构|部门单位|单位部门|地方|企业|政府|人民政府)?(?:和单位|"
    r"和部门)?"
)
_ALL_OF = re.compile("各|相关|有关")
_NOTED = "(?:[（〔《][^（）〔〕《》]{1,12}[）〕》])*"
_BARE_PLACE = re.compile(
    rf"(?:自治)?[省市县区州盟旗镇乡]{{1,3}}{_NOTED}(?:(?:人民政府|政府|管委会){_NOTED})?|(?:自治区|直辖市|"
    r"街道|乡镇|县区|市区|园区)(?:人民政府|政府)?"
)
_JOINED = re.compile(f"{_ALL_OF.pattern}|部门")  # without one of these no members belong together
_GOES_ON = re.compile(r"$|按|负责|配合|落实|参与|牵头|分别|具体|共同|组织|等|协")
_BARE_KIND = re.compile(r"单位(?=$|按|负责|配合|落实|参与|分别|具体|共同)")  # 有关部门、单位
OF_ALL_PLACES = re.compile(
    rf"^(?:{_ALL_OF.pattern})(?:设区)?(?:地级以上市|[省市县区州地盟旗镇乡]{{1,3}}){_NOTED}$"
)
_AND = re.compile(r"以及|及其他|会同|及|和|与|暨")
_ETC = re.compile(r"等(?=$|[\d有相各市省区县州国其部单处科直驻中]|[^，、；。（）]{2,14}成员单位)")
_KIND_AND = re.compile("(?:单位|部门|机构)(?:以及|及|和|与)")  # 有关部门和单位及各地区
# Not even in what ends like a name: a day, a note, a person's telephone.
_NEVER = re.compile(
    r"\d(?:年|月|日)|\d{7}|下同|第一[位个]|为牵头|底前|括号|^由$|^(?:详?见|同上|以下)|"
    # Who holds an office is a person.
    r"(?:[省市县区州盟旗镇乡局处厅部院]|秘书)长$|(?:主任|书记|主席|专员|同志|领导)$"
)
_NO_UNIT = re.compile(
    r"\d|完成|[底月]前|年内|长期|季度|坚持|持续|常[年态]|立[即行]|[即适]时|按(?:要求|计划)|时限|推进|下同|牵头|第一|电话|"
    rf"联系|全年|[上下]半年|每[年月季周]|分别|^(?:由$|并|具体|列)|{_NEVER.pattern}"
)
_LEADING = re.compile(
    r"^(?:由|请|并?会同|商(?=[省市县区州]|有关|相关)|协同|并由|并|联合|以及|及|和(?![平田县顺政静林硕])|与|其中|注)(?=..)"
)


_DIVIDERS = re.compile("[（）〔〕《》“、，；。/\n]")


class Name(NamedTuple):
    """The name of a unit at `text[start:end]`."""

    text: str
    start: int
    end: int


def split_top(text: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int, str]]:
    """Parts of `text[start:end]` between `marks` outside brackets and quotation marks.

    Each is (start, end, the mark after it).
    """
    depth, begin, quoted_to = 0, start, start
    for match in _DIVIDERS.finditer(text, start, end):
        char = match[0]
        if match.start() < quoted_to:  # 市“双随机、一公开”监管联席会议
            continue
        if char == "“":
            quoted_to = text.find("”", match.start(), end)
        elif char in "（〔《":
            depth += 1
        elif char in "）〕》":
            depth = max(0, depth - 1)
        elif char in marks and not depth:
            yield begin, match.start(), char
            begin = match.end()
    yield begin, end, ""


def is_whole(name: str) -> bool:
    """Whether `name` by itself is the name of a unit."""
    if len(name) < 2:
        return False
    bracket = _BRACKET_AT_END.search(name) if name[-1] == "）" else None
    end = bracket.start() if bracket else len(name)
    return name.endswith(_ENDINGS.get(name[end - 1], ()), 0, end)


def could_be_unit(name: str) -> bool:
    """Whether a member of a marked list may be a unit: no date, no duty, no telephone number."""
    head = name.partition("（")[0]
    if is_whole(name) and len(name) > 3:
        return len(name) <= 60 and _NEVER.search(head) is None
    return 1 < len(name) <= 60 and _NO_UNIT.search(head) is None


# The commonest family names; 文, 金, 商 and others that offices' short names begin with are not among them.
_FAMILY_NAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙朱马胡郭何罗郑梁谢宋唐许韩冯邓曹彭曾肖萧董袁潘蒋蔡余杜叶程苏魏吕丁任卢姚钟姜崔谭陆范汪廖石贾韦夏付邹熊孟秦邱"
    "江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤温康施牛樊葛邢齐鲁庄"
)


def is_person(name: str) -> bool:
    """Whether what stands among units is the name of a person: a family name, and no word for an office."""
    return (
        2 <= len(name) <= 3
        and name[0] in _FAMILY_NAMES
        and not is_whole(name)
        and name[-1] not in "省市县区州镇乡村盟旗"
    )


_PERSONS = re.compile(r"（([^（）]{2,16})）$")


def without_person(name: Name) -> Name:
    """A name without the persons in brackets behind it: 市水务局（王某某、李某）."""
    beside = _PERSONS.search(name.text) if name.text[-1:] == "）" else None
    if beside is None or not all(map(is_person, re.split("[、，]", beside[1]))):
        return name
    return Name(name.text[: beside.start()], name.start, name.start + beside.start())


def _divides(left: str, right: str) -> bool:
    """Whether `和` between `left` and `right` stands between two units."""
    if _BARE.fullmatch(right):  # 市水务局及有关部门 are two, 市有关部门和单位 is one
        return bool(_ALL_OF.match(right)) and len(left) > 2 and is_whole(left) and not COLLECTIVE.search(left)
    if _KIND_AND.match(right) or (right == "管委会" and left.endswith("委")):
        return False
    if _PLACE.search(left) and not is_whole(left):
        return _ALL_OF.match(left) is not None or bool(_PLACE.search(right))
    return (is_whole(left) and len(left) > 2) or (
        left in {"市委", "省委", "县委", "区委"} and is_whole(right)
    )


def names_in(text: str, start: int, end: int) -> Iterator[Name]:
    """The names in one member of a list, which has no `、` outside brackets any more."""
    while start < end and text[start] in SIGNS:
        start += 1
    while start < end and (text[end - 1] in SIGNS or text[end - 1] == "…"):
        end -= 1
    lead = _LEADING.match(text[start:end])
    if lead:
        start += lead.end()
    for match in _ETC.finditer(text, start, end):
        left = text[start : match.start()]
        if is_whole(left) or _PLACE.search(left):
            yield from names_in(text, start, match.start())
            yield from _after_etc(text, match.end(), end)
            return
    depth_end = text.rfind("（", start, end)
    for match in _AND.finditer(text, start, end):
        left, right = text[start : match.start()], text[match.end() : end]
        inside = left.count("（") > left.count("）")
        if not inside and _divides(left, right) and (right or depth_end < 0):
            yield from names_in(text, start, match.start())
            yield from names_in(text, match.end(), end)
            return
    if end > start:
        yield from _apart(text, start, end)


# 市数据局市税务局: only a blank or a line's end stood between them. 市委市政府 is one.
_LEVELS = "省市县区州旗"
_JOINT = re.compile(rf"(?<=..[局委厅办院部])(?=[{_LEVELS}](?![民{_LEVELS}](?!场监))..)")


def _apart(text: str, start: int, end: int) -> Iterator[Name]:
    """The names that a lost blank has run together: each whole, all of the level of the first."""
    if text[start] in _LEVELS:
        for joint in _JOINT.finditer(text, start, end):
            at = joint.start()
            if text[at] == text[start] and is_whole(text[start:at]) and is_whole(text[at:end]):
                yield Name(text[start:at], start, at)
                yield from _apart(text, at, end)
                return
    yield Name(text[start:end], start, end)


_KIND_ALONE = re.compile(
    r"(?:\d{1,3}[个家](?:成员|相关|有关)?)?(?:部门|单位|处室|科室|机构|企业|地方)(?:和?(?:部门|单位|企业))?(?=$|以及|及|和|与|会同)(?:以及|及|和|与|会同)?"
)


def _after_etc(text: str, start: int, end: int) -> Iterator[Name]:
    """What follows 等: `等部门` names nobody, `等市级有关部门及各县区` does."""
    alone = _KIND_ALONE.match(text, start, end)
    if alone:
        start = alone.end()
    if start < end:
        yield from names_in(text, start, end)


def join_places(parts: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """`各市、县、区人民政府` is one unit, `有关部门、单位` another: neither 县 nor 单位 is a name."""
    if len(parts) < 2 or not _JOINED.search(text, parts[0][0], parts[-1][1]):
        return parts
    joined: list[tuple[int, int]] = []
    for start, end in parts:
        opens = text[joined[-1][0] : joined[-1][1]] if joined else ""
        bare = _BARE_PLACE.match(text, start, end) if _ALL_OF.search(opens) else None
        if bare and _GOES_ON.match(text, bare.end(), end):
            places = opens[max(opens.rfind(word) for word in "及和与") + 1 :]
            if _ALL_OF.match(places) and (OF_ALL_PLACES.match(places) or "、" in places):
                joined[-1] = (joined[-1][0], end)
                continue
        if opens.endswith("部门") and _BARE_KIND.match(text, start, end):
            joined[-1] = (joined[-1][0], end)
            continue
        joined.append((start, end))
    return joined


def split_units(text: str, start: int, end: int) -> list[Name]:
    """The units of the list at `text[start:end]`."""
    parts = [(a, b) for a, b, _ in split_top(text, start, end, "、，；/\n") if b > a]
    return [name for a, b in join_places(parts, text) for name in names_in(text, a, b)]
