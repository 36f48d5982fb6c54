"""Rhythms: what is to be done again and again, as RFC 5545 rules.

`每月20日前`, `按季通报`, `周例会`. A rhythm needs a definite period and an action: 定期 is none, nor is
年度计划. How they are printed is told by `rhythm_rules`; here: lists, and what only bears the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transforms.tasks.rhythm_rules import ACTIONS, BEFORE, MONTH_END, RULES
from transforms.tasks.rules import Hinted
from transforms.tasks.stretches import Stretches

_RULES = Hinted(RULES)
_MORE_DAYS = re.compile(rf"[、和及与](?:(?P<m>\d{{1,2}})月)?(?P<d>\d{{1,2}})[日号]{BEFORE}")
_MORE_MONTHS = re.compile(r"[、和及与](?P<m>1[0-2]|[1-9])月(?:份|[底末])?(?:之?前|以前)?(?!\d)")
_NAMES = ("period-and-action", "yearly-action")
_OWNERS = ("企业", "公司", "单位")  # 企业年度报告 is the name of a service
# Without one of these no rule matches: one quick search in place of all patterns.
_ANY = re.compile(
    rf"每|次月|全年|半年一次|一(?:季度?|个?月|[周旬年])一(?:[次报评查结]|{ACTIONS})|"
    r"按(?:半年|[季年月周旬])|逐(?:半年|[季年月周旬])|年(?:度|考评|总结|评估|评价|通报|述职)|"
    r"日(?:报|调度|通报|监测|会商|研判)|"
    + "|".join(f"{period}度?(?:{ACTIONS})" for period in ("周", "月", "季", "旬", "半年"))
)


class Rhythm(NamedTuple):
    """A rhythm at `text[start:end]`."""

    start: int
    end: int
    rrule: str
    rule: str


def read_rhythms(text: str, start: int, end: int) -> list[Rhythm]:
    """The rhythms in `text[start:end]`, in its order; where rules overlap the first in the table wins."""
    if not _ANY.search(text, start, end):
        return []
    region = text[start:end]
    found: list[Rhythm] = []
    taken = Stretches()
    for rule in _RULES.of(region):
        for match in rule.pattern.finditer(text, start, end):
            owned = rule.name in _NAMES and text[match.start() - 2 : match.start()] in _OWNERS
            if owned or not taken.take(*match.span()):
                continue
            found.append(Rhythm(match.start(), match.end(), rule.value(match), rule.name))
            for more in _more(text, found[-1], end):
                if taken.take(more.start, more.end):
                    found.append(more)
    return sorted(found, key=lambda rhythm: rhythm.start)


def _more(text: str, first: Rhythm, end: int) -> Iterator[Rhythm]:
    """`每年1月10日、7月10日前`, `每年6月、12月`: the days and months after the first of a list."""
    if first.rule not in ("day-of-year", "day-of-month"):
        return
    at = first.end
    while first.rule == "day-of-year" and (month := _MORE_MONTHS.match(text, at, end)):
        at, number = month.end(), int(month["m"])
        rrule = f"FREQ=YEARLY;BYMONTH={number};BYMONTHDAY={MONTH_END[number]}"
        yield Rhythm(month.start() + 1, at, rrule, first.rule)
    while match := _MORE_DAYS.match(text, at, end):
        day = int(match["d"])
        if match["m"]:
            yield Rhythm(
                match.start() + 1,
                match.end(),
                f"FREQ=YEARLY;BYMONTH={int(match['m'])};BYMONTHDAY={day}",
                first.rule,
            )
        else:
            yield Rhythm(match.start() + 1, match.end(), f"FREQ=MONTHLY;BYMONTHDAY={day}", first.rule)
        at = match.end()
