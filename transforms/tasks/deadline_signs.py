"""What stands around a date, and whether it makes the date a deadline.

`deadline_rules` says how dates are printed. Periods of validity, dates of other documents, starts (自…起) and
what only says which thing is meant (对2019年以前出台的文件) are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from transforms.tasks.deadline_rules import DOES

_BEFORE, _AFTER = 5, 14


class Around(NamedTuple):
    """A date as `printed`, and the few characters before and after it."""

    before: str
    printed: str
    after: str
    sure: bool  # it says 前, 底 or 内
    in_due: bool  # it stands in an attribution or in a cell of 完成时限
    rule: str
    precision: str


def look_around(
    text: str, a: int, b: int, start: int, end: int, sure: bool, in_due: bool, rule: str, precision: str
) -> Around:
    """What stands around the date `text[a:b]` of the span `text[start:end]`."""
    before, after = text[max(start, a - _BEFORE) : a], text[b : min(end, b + _AFTER)]
    return Around(before, text[a:b], after, sure, in_due, rule, precision)


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that a date is a deadline, or that it is none; `examples` are sentences in which it decides."""

    name: str
    is_deadline: bool
    holds: Callable[[Around], bool]
    examples: tuple[str, ...] = ()


NOT_AFTER = (
    "自",
    "从",
    "截至",
    "截止",
    "截止到",
    "截至到",
    "有效期至",
    "有效期到",
    "延续至",
    "延续到",
    "延长至",
    "延长到",
    "执行至",
    "施行至",
    "实施至",
    "比",
    "较",
    "以",
    "距",
    "至今",
    "对照",
    "根据",
    "按照",
)
_NOT_BEFORE = re.compile(
    r"起|开始|以来|以后|之后|后|至今|[-~至到](?:今|\d|(?:本|次|当)?[年月])|印发的|发布的|出台的|修订的|"
    r"公布的|制定的|（?星?期?.?）?(?:印发|发布)(?:[^，。；]{0,3}《)|的?《|版"
)
_OF_THE_PAST = re.compile(
    r"(?:已经?)?(?:出台|制定|印发|发布|公布|颁布|成立|登记|注册|建成|形成|发生|取得|签订|核准|设立|开工|立项)的"
)
_VERB = re.compile(
    rf"[，]?(?:分别|各(?={DOES})|{DOES}|验收|销号|交付|投产|投用|通车|试运行|启用|完工|结束|截止|截稿|上交|反馈|汇总|报[省市县区国]|将|"
    r"(?:与|同|和)[^，。；、]{2,10}(?:联通|对接|贯通|互联|并网|同步))"
)
_OPEN_PERIOD = re.compile(r"\d[年月日号]?[-~至]$")


def _ends_a_period(date: Around) -> bool:
    if date.before.endswith(("至", "到")) and date.printed.endswith("止"):
        return True
    return _OPEN_PERIOD.search(date.before) is not None and not date.printed.endswith(("前", "底"))


def _follows_a_start(date: Around) -> bool:
    if date.printed.startswith(("印发", "发文")):  # 自印发之日起30日内
        return False
    return date.before.endswith(NOT_AFTER) and not (date.sure and date.printed.endswith("前"))


def _says_more(date: Around) -> bool:
    return _NOT_BEFORE.match(date.after) is not None and not date.printed.endswith("前")


def _is_reported_on(date: Around) -> bool:
    return date.before.endswith(("报送", "报告", "总结", "对")) and date.precision in ("half", "quarter")


SIGNS = (
    # The first that holds decides; where none does, the date is no deadline.
    Sign(
        "of-the-past",
        False,
        lambda date: _OF_THE_PAST.match(date.after) is not None,
        ("对2019年以前出台的文件逐件清理", "对2022年底前建成的平台开展评估"),
    ),
    Sign("start-or-comparison", False, _follows_a_start, ("自2023年5月1日推行", "较2022年底提高")),
    Sign("part-of-a-figure", False, lambda date: date.before[-1:].isdecimal()),
    Sign("rhythm", False, lambda date: date.before.endswith(("每", "每年")), ("每年底前汇总",)),
    Sign("since-or-name", False, _says_more, ("2022年12月后登记", "2023年6月30日印发的方案")),
    Sign("end-of-a-period-to-keep", True, lambda date: date.in_due and _ends_a_period(date)),
    Sign(
        "end-of-a-period", False, _ends_a_period, ("1月3日至2月5日开展", "自2023年6月1日起至2023年8月31日止")
    ),
    Sign("validity", False, lambda date: "有效期" in date.before, ("有效期2023年6月底前",)),
    Sign("reported-on", False, _is_reported_on, ("报送上半年完成", "对一季度未完成的单位通报")),
    Sign(
        "no-later-than",
        True,
        lambda date: date.before.endswith(("不晚于", "不迟于", "最迟于", "最晚于", "最迟", "最晚")),
        ("原则上不晚于2023年10月", "最迟2023年10月交付"),
    ),
    Sign("says-by", True, lambda date: date.sure, ("2023年6月底前完成", "6月9日前报送")),
    Sign("stands-as-due", True, lambda date: date.in_due and date.after[:1] != "起"),
    Sign("due", False, lambda date: date.in_due),
    Sign(
        "after-a-label",
        True,
        lambda date: date.before.endswith(("时限：", "时间：", "期限：", "限期：")),
        ("完成时限：2023年6月30日",),
    ),
    Sign(
        "list-of-quarters",
        False,
        lambda date: date.rule in ("half-year", "quarter") and date.after[:1] == "、",
        ("一季度、二季度运行平稳",),
    ),
    Sign(
        "part-of-a-year",
        True,
        lambda date: date.rule in ("half-year", "quarter"),
        ("上半年完成", "三季度上线"),
    ),
    Sign("date-in-brackets", False, lambda date: date.rule == "day" and date.before[-1:] == "（"),
    Sign(
        "verb-after",
        True,
        lambda date: _VERB.match(date.after) is not None,
        ("6月30日完成", "2023年6月启动", "2023年6月与省平台对接"),
    ),
)


def is_deadline(date: Around) -> bool:
    """Whether what stands around a date makes it a deadline."""
    for sign in SIGNS:
        if sign.holds(date):
            return sign.is_deadline
    return False
