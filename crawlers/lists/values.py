"""Values of a list row, as the portals print them: titles, days, document numbers."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from crawlers.model import Column, Portal
from crawlers.select import tidy

CHINA = ZoneInfo("Asia/Shanghai")

# Markup that search engines and editors leave inside titles (trap T10). Other tags are text: somebody's
# title may really say <script>, and taking it out is not ours to decide.
INLINE_TAG = re.compile(r"</?(?:a|b|br|em|font|i|p|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE)
CUT_SHORT = re.compile(r"(?:\.{2,}|…|⋯)+$")

DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*[-./年]\s*(1[0-2]|0?[1-9])\s*[-./月]\s*(3[01]|[12]\d|0?[1-9])(?!\d)"
)
COMPACT_DAY = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)")
EPOCH = re.compile(r"\d{9,10}|\d{12,13}")

DOC_NO = re.compile(
    r"[\u4e00-\u9fff]{1,24}\s?[〔\[【（(［]\s?(?:19|20)\d\d\s?[〕\]】）)］]\s?第?\s?\d+\s?号|[\u4e00-\u9fff]{2,24}令第?\s?\d+\s?号"
)


class UnreadableRow(Exception):
    """A row of a list that cannot be used; the message says what it lacks. It never stops its list."""


def options_of(defaults: Mapping[str, Any], portal: Portal, column: Column) -> dict[str, Any]:
    """What holds for a column: the family's defaults, then the portal's [list], then the column's options."""
    return {**defaults, **portal.list, **column.options}


def choices(value: object) -> list[str]:
    """A setting that may be one name or several, as a list; an empty one gives none."""
    if isinstance(value, str):
        return [value] if value else []
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def plain(value: object) -> str:
    """A value of a row on one line, without entities and inline tags; "" for what says nothing."""
    return tidy(INLINE_TAG.sub("", html.unescape(str(value)))) if value is not None else ""


def whole_title(shown: str, attribute: str) -> str:
    """The title that is not cut: mostly the `title` attribute, the text where that is empty or cut itself."""
    shown, attribute = plain(shown), plain(attribute)
    cut = CUT_SHORT.search(attribute) is not None and CUT_SHORT.search(shown) is None
    return shown if not attribute or cut else attribute


def read_day(value: object) -> date | None:
    """The day in China that a value means, None when it means none ("", "--", 0, 13月).

    Reads 2023-10-16, 2023/4/27, 2019.11.26, 2024年01月05日, each with or without a time; 20230416; moments
    with a zone (PUBDATE in UTC is a day early before 8 o'clock: trap T4); seconds and milliseconds since
    1970.
    """
    printed = tidy(str(value)) if value is not None else ""
    if moment := MOMENT.search(printed):
        return _in_china(moment[0].replace(" ", "T", 1).replace(" ", ""))
    if EPOCH.fullmatch(printed):
        return _from_epoch(int(printed))
    found = DAY.search(printed) or COMPACT_DAY.fullmatch(printed)
    return _day(*(int(part) for part in found.groups())) if found else None


def _in_china(moment: str) -> date | None:
    try:
        day = datetime.fromisoformat(moment).astimezone(CHINA).date()
    except (ValueError, OverflowError):  # 2019-13-01T…
        return None
    return day if 1900 < day.year < 2100 else None


def _from_epoch(number: int) -> date | None:
    seconds = number / 1000 if number >= 10**11 else number
    day = datetime.fromtimestamp(seconds, CHINA).date()
    return day if 1970 < day.year < 2100 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 2023-02-30: printed so, but no day
        return None
