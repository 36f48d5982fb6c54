"""Dates by which something is to be done.

A rule says how a date is printed; whether it is a deadline is decided by what stands around it: 前 or 底, a
list
that ends in one, an attribution's 完成时限, a verb right after it. Periods of validity, dates of other
documents
and starts (自…起) are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.tasks.brackets import pairs
from transforms.tasks.context import Context
from transforms.tasks.labels import numeral
from transforms.tasks.rhythms import Rhythm
from transforms.tasks.rules import Rule
from transforms.tasks.stretches import Stretches

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline at `text[start:end]`. `precision`: day, month, quarter, half, year or relative."""

    start: int
    end: int
    due: date
    precision: str
    rule: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as printed: `year` is None where it has to be taken from before it."""

    year: int | None
    month: int
    day: int | None  # None: the last of the month
    precision: str
    sure: bool  # it says 前, 底 or 内
    after_signing: tuple[int, str] | None = None  # so many days, working days or months after the signature
    year_shift: int = 0


_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年|(?P<rel>今年|本年度?|当年|明年|次年|翌年))?(?:的)?"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_ONES = "[一二三四五六七八九]"
_DAY = rf"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二十{_ONES}?|十{_ONES}?|{_ONES})[日号]"
_BEFORE = r"(?P<sure>(?:之?前|以前|止)(?!瞻|沿|提|期|者|往|台|置))"
_HOUR = r"(?:（(?:星期|周|礼拜).）)?(?:(?:上午|下午|中午)?\d{1,2}[时点](?:\d{1,2}分|整)?|下班)?"
_RELATIVE_YEARS = {"明年": 1, "次年": 1, "翌年": 1}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_PARTS = {"上旬": 10, "中旬": 20}


def _year_of(match: re.Match[str]) -> tuple[int | None, int]:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"]), 0
    return None, _RELATIVE_YEARS.get(groups.get("rel") or "", 0)


def _sure(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("sure"))


def _day(match: re.Match[str]) -> Moment:
    year, shift = _year_of(match)
    return Moment(year, numeral(match["month"]), numeral(match["day"]), "day", _sure(match), None, shift)


def _month(match: re.Match[str]) -> Moment:
    year, shift = _year_of(match)
    part = match["part"]
    return Moment(
        year,
        numeral(match["month"]),
        _PARTS.get(part or ""),
        "month",
        bool(part or match["within"]) or _sure(match),
        None,
        shift,
    )


def _year_end(match: re.Match[str]) -> Moment:
    year, shift = _year_of(match)
    return Moment(year, 12, 31, "year", True, None, shift)


def _half(match: re.Match[str]) -> Moment:
    year, shift = _year_of(match)
    return Moment(
        year,
        6 if match["half"] == "上" else 12,
        None,
        "half",
        _sure(match) or bool(match["end"]),
        None,
        shift,
    )


def _quarter(match: re.Match[str]) -> Moment:
    year, shift = _year_of(match)
    return Moment(
        year, _QUARTERS[match["q"]], None, "quarter", _sure(match) or bool(match["end"]), None, shift
    )


def _after(match: re.Match[str]) -> Moment:
    return Moment(None, 1, 1, "relative", True, (numeral(match["n"]), match["what"]))


_DOES = (
    "新增|全面|实现|完成|建成|力争|推出|启动|开展|组织|推广|出台|制定|印发|基本|率先|达到|培育|打造|新建|"
    "改造|上线|落地|发布|公布|"
    "召开|举办|报送|上报|形成|建立|编制|推行|推动|推进|再|确保|争取|至少|计划|继续|初步|累计|重点|梳理|"
    "选取|试点|投入|正式|先行|取得|覆盖|提交|全部|完善|修订|整合|实施|更新|拟"
)
_REACHES = (
    r"不低于|不少于|不超过|达到?\d|[压缩减短降提升增加至到高]{2,4}\d|\d+[一-鿿%]{0,4}(?:以上|以内)"
    r"|(?:增长|增加|新增|完成|培育|兑现|发放)\d"
)
_NOT_REPORTED = (
    "(?!工作|情况|落实|进展|任务|总结|推进|数据|经济|以来|和全年|及|、|开始|起)"  # 报送上半年工作情况
)
RULES: tuple[Rule[Moment], ...] = (
    Rule(
        "day",
        re.compile(_YEAR + _MONTH + _DAY + _HOUR + _BEFORE + "?"),
        _day,
        ("日", "号"),
        {
            "2017年10月30日前": "2017-10-30",
            "6月16日（星期五）16时前": "2023-06-16",
            "于10月25日前": "2023-10-25",
        },
        ("2017年10月底前", "20日前"),
    ),
    Rule(
        "month",
        re.compile(_YEAR + _MONTH + rf"(?:份)?(?P<part>[底末]|上旬|中旬|下旬)?(?:{_BEFORE}|(?P<within>内))?"),
        _month,
        ("月",),
        {
            "2017年10月底前": "2017-10-31",
            "于2月底前": "2023-02-28",
            "9月前": "2023-09-30",
            "11月中旬前": "2023-11-20",
        },
        ("13个月内", "年底前"),
    ),
    Rule(
        "year-end",
        re.compile(
            r"(?:(?P<year>(?:19|20)\d\d)年(?:年?[底末终]|(?=内|之?前|以前))|(?P<rel>今年|本年度?|当年|"
            r"明年|次年|翌年)(?:年?[底末终]|(?=内))"
            r"|(?<![\d一二三四五六七八九十两几每近半多前后来整])年(?:[底末终]|(?=内)))(?:之?前|以前|"
            r"之?内)?(?![瞻台期涵])"
        ),
        _year_end,
        ("年",),
        {
            "2024年底前": "2024-12-31",
            "年内出台": "2023-12-31",
            "力争年底前": "2023-12-31",
            "今年年底前": "2023-12-31",
            "2025年前": "2025-12-31",
        },
        ("有效期5年内", "近三年内", "每年底前", "十年内"),
    ),
    Rule(
        "half-year",
        re.compile(_YEAR + rf"(?P<half>[上下])半年(?P<end>[底末])?{_BEFORE}?(?:内)?{_NOT_REPORTED}"),
        _half,
        ("半年",),
        {"上半年完成": "2023-06-30", "2024年下半年前": "2024-12-31"},
        ("报送上半年情况", "每半年"),
    ),
    Rule(
        "quarter",
        re.compile(
            _YEAR
            + rf"(?:前|第)?(?P<q>[一二三四1-4])季度(?P<end>[底末])?{_BEFORE}?(?:内)?(?!和){_NOT_REPORTED}"
        ),
        _quarter,
        ("季度",),
        {"一季度前": "2023-03-31", "2024年第三季度完成": "2024-09-30"},
        ("报送一季度工作情况", "每季度"),
    ),
    Rule(
        "to-the-year",
        re.compile(r"(?<![\d年月])[到至](?P<year>20\d\d)年(?![底末\d至到前内]|年[底末])(?:度)?"),
        lambda match: Moment(int(match["year"]), 12, 31, "year", True),
        ("到20", "至20"),
        {"到2025年，实现": "2025-12-31"},
        ("2020年至2025年", "到2025年底"),
    ),
    Rule(
        "in-the-year",
        re.compile(
            rf"(?<![\d至到《自从在-])(?P<year>20\d\d)年(?:度)?(?=，?(?:全[省市县区州国盟]|"
            rf"我[省市])?(?:{_DOES}))(?!(?:版|全面深化|全面依法|重点(?:工作|任务|项目)|"
            rf"计划[^，]{{0,4}}[^安完]排?表|推进.{{2,20}}(?:要点|方案)|完成的|实施的|出台的|印发的|"
            rf"开展的))"
        ),
        lambda match: Moment(int(match["year"]), 12, 31, "year", True),
        ("年",),
        {"2023年新增一批": "2023-12-31", "2021年全面推广": "2021-12-31"},
        ("完成2022年营商环境评价", "2023年工作要点"),
    ),
    Rule(
        "in-the-year-to-a-figure",
        re.compile(
            rf"(?<![\d至到《自从在-])(?P<year>20\d\d)年(?!以来|度?(?:版|工作要点|计划|"
            rf"{_DOES}))(?=[^，。；《》“”的]{{2,30}}(?:{_REACHES}))"
        ),
        lambda match: Moment(int(match["year"]), 12, 31, "year", True),
        ("年",),
        {"2022年进口整体通关时间压缩至20小时以内": "2022-12-31", "2023年贷款余额增速不低于15%": "2023-12-31"},
        ("2022年底前", "对2018年以来制定的文件"),
    ),
    Rule(
        "whole-year",
        re.compile(
            r"(?<![成如])(?:今年|本年)?全年(?!工作|情况|"
            r"[^，。；]{0,12}[一二两三四\d]次)(?=[^，。；]{0,24}(?:达|提高|提升|不低于|不少于|以上|力争|"
            r"新增|完成|培育|确保|实现))"
        ),
        lambda _: Moment(None, 12, 31, "year", True),
        ("全年",),
        {"力争全年高频电子证照应用率提高至85%以上": "2023-12-31"},
        ("和全年工作落实情况", "全年开展一次"),
    ),
    Rule(
        "after-issue",
        re.compile(
            r"(?:印发|发文|收到(?:本|此)(?:通知|方案)|(?:通知|方案|意见|措施|文件|办法|规定|"
            r"要点)(?:正式)?(?:发布|下发|公布|实施|出台)|(?:发布|下发|公布|施行)(?=之日))(?:之日)?(?:起|"
            r"后)?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?:个)?(?P<what>工作日|日|天|月)之?内"
        ),
        _after,
        ("日内", "天内", "月内", "之内"),
        {"印发之日起30日内": "2023-05-13", "方案印发后1个月内": "2023-05-13"},
        ("自作出行政决定之日起7个工作日内", "自印发之日起施行", "政策发布后3个工作日内"),
    ),
    Rule(
        "end-of-plan",
        re.compile(r"“?十(?P<n>[三四五六])五”?(?:时期|规划)?(?:期)?末"),
        lambda match: Moment(
            {"三": 2020, "四": 2025, "五": 2030, "六": 2035}[match["n"]], 12, 31, "year", True
        ),
        ("五",),
        {"“十四五”期末": "2025-12-31"},
        ("“十四五”规划",),
    ),
)
_NEXT_DAY = re.compile(rf"(?:、|和|及|与|以及){_DAY}{_HOUR}{_BEFORE}?")
_LIST = re.compile(r"[、，]?(?:和|及|与|以及|或)?")
_NOT_AFTER = (
    "自",
    "从",
    "截至",
    "截止",
    "截止到",
    "截至到",
    "有效期至",
    "有效期到",
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
_VERB_AFTER = re.compile(
    rf"[，]?(?:分别|各(?={_DOES})|{_DOES}|结束|截止|截稿|上交|反馈|汇总|报[省市县区国]|将)"
)
# Without one of these no rule matches: one quick search in place of all patterns.
_ANY = re.compile(
    r"[\d一二三四五六七八九十]月|\d年|年年?[底末内终]|年度[内前]|[上下]半年|季度|全年|[日天月]之?内|末"
)
_PREFIX_YEAR = re.compile(r"(?:19|20)\d\d")


def base_year(context: Context) -> int | None:
    """The year of the notice: stated, or that of its dates, number or title."""
    if context.year:
        return context.year
    for value in (context.written_on, context.published_on, context.doc_no, context.title):
        match = _PREFIX_YEAR.search(value or "")
        if match:
            return int(match[0])
    return None


@dataclass(slots=True)
class _Found:
    match: re.Match[str]
    rule: Rule[Moment]
    moment: Moment
    taken: bool
    in_due: bool


def read_deadlines(
    text: str,
    spans: Sequence[Span],
    due_spans: Sequence[Span],
    context: Context,
    rhythms: Sequence[Rhythm],
    leadins: Sequence[Span] = (),
) -> list[Due]:
    """The deadlines in the `spans` of a task, in order, each day once.

    In `due_spans` (attributions, cells of 完成时限) a bare date is one too. The dates of `leadins`, a
    section's
    sentences before its items, come first where the sentence names the task's result.
    """
    year = base_year(context)
    due = Stretches(due_spans)
    taken = [(rhythm.start, rhythm.end) for rhythm in rhythms]
    dues: list[Due] = []
    for start, end in leadins:
        if _ANY.search(text, start, end):
            dues.extend(_inherited(text, (start, end), spans, year, context))
    for start, end in spans:
        if _ANY.search(text, start, end):
            found, year = _span(text, start, end, due, year, context, taken)
            dues.extend(found)
    seen: set[date] = set()
    return [due for due in dues if not (due.due in seen or seen.add(due.due))]  # type: ignore[func-returns-value]


def _inherited(
    text: str, leadin: Span, spans: Sequence[Span], year: int | None, context: Context
) -> list[Due]:
    found, _ = _span(text, *leadin, Stretches(), year, context, ())
    if not found:
        return []
    sentence = text[slice(*leadin)]
    title = text[spans[0][0] : min(spans[0][1], spans[0][0] + 40)].partition("。")[0]
    named = any(title[at : at + 5] in sentence for at in range(max(1, len(title) - 4)))
    general = re.search(
        r"(?:以下|下列|上述|各项|全部)[^，。；]{0,4}(?:任务|工作|措施|事项|举措|改革)", sentence
    )
    return found if named or general else []


def _span(
    text: str,
    start: int,
    end: int,
    due_spans: Stretches,
    year: int | None,
    context: Context,
    taken: Sequence[Span],
) -> tuple[list[Due], int | None]:
    candidates = _candidates(text, start, end, taken)
    if not candidates:
        return [], year
    titles = Stretches(pairs(text, start, end, "《") if "《" in text[start:end] else ())
    for found in candidates:
        at = found.match.start()
        found.in_due = due_spans.hold(at) is not None
        found.taken = titles.hold(at) is None and _stands_as_deadline(text, found, start, end)
    _spread_over_lists(text, candidates)
    dues: list[Due] = []
    for found in candidates:
        moment = found.moment
        if moment.year is not None and found.taken:
            year = moment.year
        if found.taken:
            due = _resolve(moment, year, context)
            if due:
                match = found.match
                dues.append(Due(match.start(), match.end(), due, moment.precision, found.rule.name))
                dues.extend(_more_days(text, found, end, due))
    return dues, year


def _candidates(text: str, start: int, end: int, taken: Sequence[Span]) -> list[_Found]:
    region = text[start:end]
    found: list[_Found] = []
    stretches = Stretches(taken)
    for rule in RULES:
        if not rule.may_match(region):
            continue
        for match in rule.pattern.finditer(text, start, end):
            if stretches.take(*match.span()):
                found.append(_Found(match, rule, rule.value(match), False, False))
    found.sort(key=lambda candidate: candidate.match.start())
    return found


def _stands_as_deadline(text: str, found: _Found, start: int, end: int) -> bool:
    a, b = found.match.span()
    before = text[max(start, a - 5) : a]
    after = text[b : min(end, b + 14)]
    if before.endswith(_NOT_AFTER) and not (found.moment.sure and found.match[0].endswith("前")):
        return False
    if (
        before[-1:].isdigit()
        or before.endswith(("每", "每年"))
        or (_NOT_BEFORE.match(after) and not found.match[0].endswith("前"))
    ):
        return False
    if re.search(r"\d[年月日号]?[-~至]$", before) and not found.match[0].endswith(("前", "底")):
        return False
    if "有效期" in before or (
        before.endswith(("报送", "报告", "总结")) and found.moment.precision in ("half", "quarter")
    ):
        return False
    if found.moment.sure:
        return True
    if found.in_due:
        return after[:1] != "起"
    if before.endswith(("时限：", "时间：", "期限：", "限期：")):
        return True
    if found.rule.name in ("half-year", "quarter"):
        return True
    if found.rule.name == "day" and text[a - 1 : a] == "（":
        return False
    return _VERB_AFTER.match(after) is not None


def _spread_over_lists(text: str, candidates: list[_Found]) -> None:
    """`7月15日、12月10日前`: the 前 at the end of a list counts for its members."""
    for found, following in zip(reversed(candidates[:-1]), reversed(candidates), strict=False):
        gap = text[found.match.end() : following.match.start()]
        if following.taken and not found.taken and len(gap) <= 3 and gap and _LIST.fullmatch(gap):
            before = text[max(0, found.match.start() - 3) : found.match.start()]
            found.taken = not before.endswith(_NOT_AFTER)


def _resolve(moment: Moment, year: int | None, context: Context) -> date | None:
    if moment.after_signing:
        return _after_signing(moment.after_signing, context)
    if moment.year is None:
        base = base_year(context) if moment.year_shift else year
        if base is None:
            return None
        year = base + moment.year_shift
    else:
        year = moment.year
    try:
        if moment.day:
            return date(year, moment.month, moment.day)
        return month_end(year, moment.month)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _after_signing(span: tuple[int, str], context: Context) -> date | None:
    count, what = span
    signed = context.signed_on
    if signed is None or not count:
        return None
    if what == "月":
        month = signed.month - 1 + count
        year, month = signed.year + month // 12, month % 12 + 1
        return date(year, month, min(signed.day, month_end(year, month).day))
    if what == "工作日":
        while count:
            signed += timedelta(days=1)
            count -= signed.weekday() < 5
        return signed
    return signed + timedelta(days=count)


def _more_days(text: str, found: _Found, end: int, due: date) -> list[Due]:
    """`6月10日、20日前`: a day that takes the month of the day before it."""
    more: list[Due] = []
    at = found.match.end()
    while found.rule.name == "day" and (match := _NEXT_DAY.match(text, at, end)):
        if not match["sure"] and not _NEXT_DAY.match(text, match.end(), end):
            break
        try:
            more.append(
                Due(
                    match.start("day"),
                    match.end(),
                    due.replace(day=numeral(match["day"])),
                    "day",
                    "day-of-list",
                )
            )
        except ValueError:
            break
        at = match.end()
    return more
