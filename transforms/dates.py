"""Calendar dates as portals and notices print them, read into ISO strings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from transforms.text import narrow_figures

CHINA = timezone(timedelta(hours=8))
_DIGITS = {
    char: str(value) for value, chars in enumerate(("〇○零ＯOo0０", *"一二三四五六七八九")) for char in chars
}
_FIRST, _LAST = date(1949, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of printing a date; groups y, m, d or epoch, and for moments with a zone `zone`."""

    name: str
    pattern: re.Pattern[str]
    reads: dict[str, str]  # text -> ISO date
    leaves: tuple[str, ...] = ()  # look-alikes that are no dates


MOMENT = Shape(
    name="moment-with-zone",
    pattern=re.compile(
        r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)T(?P<clock>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?P<zone>Z|[+-]\d\d:?\d\d)"
    ),
    # A date cut from a moment in UTC is a day early in the evening; all portals keep Chinese time.
    reads={"2019-12-27T07:59:36.000Z": "2019-12-27", "2019-12-27T16:30:00Z": "2019-12-28"},
)
FIGURES = Shape(
    name="figures",
    pattern=re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*(?:年|[-/.．])\s*(?P<m>0?[1-9]|1[0-2])\s*(?:月|[-/.．])\s*(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)"
    ),
    reads={
        "2023-10-16": "2023-10-16",
        "2024年01月05日 16:40": "2024-01-05",
        "2019.11.26": "2019-11-26",
        "2023 年 6 月 3 日": "2023-06-03",
        "２０２１年３月１日": "2021-03-01",
    },
    leaves=("2023年6月", "12023-10-16", "2023-10-160", "2023-13-01"),
)
IDEOGRAPHS = Shape(
    name="ideographs",
    pattern=re.compile(
        r"(?P<y>[一二][〇○零ＯOo0０一二三四五六七八九]{3})\s*年\s*(?P<m>十[一二]?|[一二三四五六七八九])\s*月"
        r"\s*(?P<d>三十一?|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*日"
    ),
    reads={
        "二〇二三年四月十三日": "2023-04-13",
        "二○○九年十二月三十一日": "2009-12-31",
        "二O一六年三月二日": "2016-03-02",
    },
    leaves=("二〇二三年四月",),
)
COMPACT = Shape(
    name="eight-figures",
    pattern=re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    reads={"20230413": "2023-04-13"},
    leaves=("120230413", "202304131"),
)
EPOCH = Shape(
    name="epoch",
    pattern=re.compile(r"(?P<epoch>\d{10}|\d{13})"),
    reads={"1574697600": "2019-11-26", "1574697600000": "2019-11-26"},
)
SHAPES = (MOMENT, FIGURES, IDEOGRAPHS, COMPACT, EPOCH)
IN_TEXT = (FIGURES, IDEOGRAPHS)


def read_date(value: str) -> str | None:
    """ISO date of a metadata value, or None: an empty value, a dash, no such day. The first date counts."""
    value = narrow_figures(value.strip())
    for shape in SHAPES:
        match = shape.pattern.fullmatch(value) if shape is EPOCH else shape.pattern.search(value)
        if match:
            return _iso(match)
    return None


def bare_date(line: str) -> str | None:
    """ISO date of a line that is a date and nothing else, as in a signature."""
    line = narrow_figures(line).strip().strip("（）()").removesuffix("印")
    for shape in IN_TEXT:
        match = shape.pattern.match(line)
        if match and line[match.end() :].strip() in ("", "日"):
            return _iso(match)
    return None


def _iso(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    try:
        if "epoch" in groups:
            found = datetime.fromtimestamp(int(groups["epoch"][:10]), UTC).astimezone(CHINA).date()
        elif groups.get("zone"):
            found = datetime.fromisoformat(match[0]).astimezone(CHINA).date()
        else:
            found = date(*(_number(groups[part]) for part in "ymd"))
    except (ValueError, OverflowError):
        return None
    return found.isoformat() if _FIRST <= found <= _LAST else None


def _number(text: str) -> int:
    """1–31 or a year, in figures or ideographs."""
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))
    return int("".join(_DIGITS[char] for char in text))
