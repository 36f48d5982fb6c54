"""How dates are printed: the rules that `deadlines` reads by, each with what proves it."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.tasks.labels import numeral
from transforms.tasks.rules import Rule


class Moment(NamedTuple):
    """A date as printed: `year` is None where it has to be taken from before it."""

    year: int | None
    month: int
    day: int | None  # None: the last of the month
    precision: str
    sure: bool  # it says 前, 底 or 内
    after_signing: tuple[int, str] | None = None  # so many days, working days or months after the signature
    year_shift: int = 0  # so many years after that of the notice, where `year` is None


# The characters that a date begins with, looked at before all else: most places are passed over at once.
_BEGINS = r"(?=[\d今本当明次翌的一二三四五六七八九十上下前第])"
_YEAR = _BEGINS + r"(?:(?P<year>(?:19|20)\d\d)年|(?P<rel>今年|本年度?|当年|明年|次年|翌年))?(?:的)?"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_ONES = "[一二三四五六七八九]"
DAY = rf"(?P<day>3[01]|[12]\d|0?[1-9]|三十一?|二十{_ONES}?|十{_ONES}?|{_ONES})[日号]"
BEFORE = r"(?P<sure>(?:之?前|以前|止)(?!后|瞻|沿|提(?:是|下|条件)|期|者|往|台|置))"
HOUR = (
    r"(?:（(?:星期|周|礼拜).）)?"
    r"(?:(?:上午|下午|中午)?\d{1,2}(?:[时点](?:\d{1,2}分|整)?|：\d\d)|(?:上午|下午)?下班)?"
)
_CHARS_OF_UNITS = "年万亿千百个项元倍米亩度"
_RELATIVE_YEARS = {"明年": 1, "次年": 1, "翌年": 1}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_PARTS = {"上旬": 10, "中旬": 20}


def _year_of(match: re.Match[str]) -> tuple[int | None, int]:
    if match["year"]:
        return int(match["year"]), 0
    return None, _RELATIVE_YEARS.get(match["rel"] or "", 0)


def _sure(match: re.Match[str]) -> bool:
    return match["sure"] is not None


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


def _day_in_figures(match: re.Match[str]) -> Moment:
    day = int(match["day"]) if match["day"] else None
    return Moment(int(match["year"]), int(match["month"]), day, "day" if day else "month", _sure(match))


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


SPRING_FESTIVAL = {
    2012: (1, 23), 2013: (2, 10), 2014: (1, 31), 2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16),
    2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29),
    2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3),
}  # fmt: skip
"""Year → month and day on which the lunar year begins."""
LUNAR = 0  # in place of a month: that of the Spring Festival


def _holiday(match: re.Match[str]) -> Moment:
    """The first day of a holiday."""
    year, shift = _year_of(match)
    if match["spring"]:
        return Moment(year, LUNAR, None, "day", True, None, shift)
    if match["new"]:  # what is due before New Year is due before the next one
        return Moment(year, 1, 1, "day", True, None, 1)
    return Moment(year, 5 if match["may"] else 10, 1, "day", True, None, shift)


DOES = (
    "新增|全面|实现|完成|建成|力争|推出|启动|开展|组织|推广|出台|制定|印发|基本|率先|达到|培育|打造|新建|"
    "改造|上线|落地|发布|公布|"
    "召开|举办|报送|上报|形成|建立|编制|推行|推动|推进|再|确保|争取|至少|计划|继续|初步|累计|重点|梳理|"
    "选取|试点|投入|正式|先行|取得|覆盖|提交|全部|完善|修订|整合|实施|更新|拟|淘汰|关停|拆除|开工|竣工|引进|招引|筹集|创建|认定|评选|选树|遴选|组建|设立"
)
_REACHES = (
    r"不低于|不少于|不超过|达到?\d|[压缩减短降提升增加至到高扩展]{2,4}\d|\d+[一-鿿%]{0,4}(?:以上|以内)"
    r"|(?:增长|增加|新增|完成|培育|兑现|发放)\d"
)
# Behind a year: what is to be done in it, and not which one a thing is of.
_IN_IT_DO = (
    r"，?(?:全[省市县区州国盟]|"
    rf"我[省市]|在(?:[^，。；的（）]|（[^（）]{{1,20}}）){{1,60}}(?=开展|推广|推开|建成|启动|先行|试点|试行|落地|上线))?(?:{DOES}))"
    r"(?!在[^，。；]{1,20}(?:的|基础))"
    r"(?!(?:版|全面深化|全面依法|重点(?:工作|任务|项目)|"
    r"计划[^，]{0,4}[^安完]排?表|推进.{2,20}(?:要点|方案)|完成的|实施的|出台的|印发的|"
    r"开展的))"
)
# 报送上半年工作情况
_NOT_REPORTED = (
    "(?!工作|情况|落实|进展|任务|总结|推进|数据|经济|运行|以来|和全年|及|开始|起|打算|计划|思路"
    # What is measured over it: 对第二季度用电量增长的企业.
    "|用[电水气能]|税|租金|产值|营[收业]|增加值|同比|环比|新增贷款|缴)"
)
RULES: tuple[Rule[Moment], ...] = (
    Rule(
        "day",
        re.compile(_YEAR + _MONTH + DAY + HOUR + BEFORE + "?"),
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
        re.compile(
            _YEAR + _MONTH + rf"(?:份)?(?P<part>[底末]|上旬|中?下旬|中旬)?(?:{BEFORE}|(?P<within>内))?"
        ),
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
        "day-in-figures",
        re.compile(
            r"(?P<year>20\d\d)(?<!\d.{4})(?P<mark>[./-])(?P<month>1[0-2]|0?[1-9])(?:(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9]))?"
            rf"(?![\d.%/~-]|[{_CHARS_OF_UNITS}]){BEFORE}?"
        ),
        _day_in_figures,
        ("20",),
        {"2023.6.30前": "2023-06-30", "2023-06-30前": "2023-06-30", "2023/6前": "2023-06-30"},
        ("2022-2025年", "2023.5万元", "版本2023.6.30.1"),
    ),
    Rule(
        "year-end",
        re.compile(
            r"(?=[\d今本当明次翌年])"
            r"(?:(?P<year>(?:19|20)\d\d)年(?:年?[底末终]|(?=内|之?前|以前))|(?P<rel>今年|本年度?|当年|"
            r"明年|次年|翌年)(?:年?[底末终]|(?=内))"
            r"|(?<![\d一二三四五六七八九十两几每近半多前后来整学财])年(?:[底末终]|(?=内)))(?:之?前|以前|"
            r"之?内)?(?![瞻台期涵]|考[核评]|述职|绩效考)"
        ),
        _year_end,
        ("年底", "年末", "年终", "年内", "年前", "年之前", "年以前", "年度"),
        {
            "2024年底前": "2024-12-31",
            "年内出台": "2023-12-31",
            "力争年底前": "2023-12-31",
            "今年年底前": "2023-12-31",
            "2025年前": "2025-12-31",
        },
        ("有效期5年内", "近三年内", "每年底前", "十年内", "年终考核", "学年末评估"),
    ),
    Rule(
        "half-year",
        re.compile(_YEAR + rf"(?P<half>[上下])半年(?P<end>[底末])?{BEFORE}?(?:内)?{_NOT_REPORTED}"),
        _half,
        ("半年",),
        {"上半年完成": "2023-06-30", "2024年下半年前": "2024-12-31"},
        ("报送上半年情况", "每半年"),
    ),
    Rule(
        "quarter",
        re.compile(
            _YEAR
            + rf"(?:前|第)?(?P<q>[一二三四1-4])季度(?P<end>[底末])?{BEFORE}?(?:内)?(?!和){_NOT_REPORTED}"
        ),
        _quarter,
        ("季度",),
        {"一季度前": "2023-03-31", "2024年第三季度完成": "2024-09-30"},
        ("报送一季度工作情况", "每季度", "对第二季度用电量增长的企业给予补助"),
    ),
    Rule(
        "to-the-year",
        re.compile(r"[到至](?<![\d年月].)(?P<year>20\d\d)年(?![底末\d至到前内]|年[底末])(?:度)?"),
        lambda match: Moment(int(match["year"]), 12, 31, "year", True),
        ("到20", "至20"),
        {"到2025年，实现": "2025-12-31"},
        ("2020年至2025年", "到2025年底"),
    ),
    Rule(
        "in-the-year",
        re.compile(
            rf"(?P<year>20\d\d)(?<![\d至到《自从在-]20..)年(?:度)?(?=(?:(?:[、和及]20\d\d年){{0,4}}分别)?{_IN_IT_DO}"
        ),
        lambda match: Moment(int(match["year"]), 12, 31, "year", True),
        ("20",),
        {
            "2023年在5个县开展试点": "2023-12-31",
            "2023年新增一批": "2023-12-31",
            "2021年全面推广": "2021-12-31",
            "2024年分别新建10个": "2024-12-31",
        },
        ("完成2022年营商环境评价", "2023年工作要点"),
    ),
    Rule(
        "this-year",  # a rule of its own: few texts say 今年
        re.compile(rf"今年(?={_IN_IT_DO}"),
        lambda _: Moment(None, 12, 31, "year", True),
        ("今年",),
        {"今年新增一批": "2023-12-31"},
        ("今年完成的任务", "今年以来已建成", "今年工作要点"),
    ),
    Rule(
        "in-the-year-to-a-figure",
        re.compile(
            rf"(?P<year>20\d\d)(?<![\d至到《自从在-]20..)年(?!以来|度?(?:版|工作要点|计划|"
            rf"{DOES}))(?!，[^。；]{{0,30}}已)(?=，?[^，。；《》“”的]{{0,30}}(?:{_REACHES}))"
        ),
        lambda match: Moment(int(match["year"]), 12, 31, "year", True),
        ("20",),
        {
            "2022年进口整体通关时间压缩至20小时以内": "2022-12-31",
            "2023年贷款余额增速不低于15%": "2023-12-31",
            "2024年，城镇污水处理率提高到96%以上": "2024-12-31",
            "2023年扩展至50个行业": "2023-12-31",
        },
        ("2022年底前", "对2018年以来制定的文件", "2022年，污水处理率已达到95%"),
    ),
    Rule(
        "whole-year",
        re.compile(
            r"(?=[今本全])(?<![成如])(?:今年|本年)?全年(?!工作|情况|"
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
            r"(?=[印发收通方意措文办规要下公施])(?:印发|发文|收到(?:本|此)(?:通知|方案)|(?:通知|方案|意见|措施|文件|办法|规定|"
            r"要点)(?:正式)?(?:发布|下发|公布|实施|出台)|(?:发布|下发|公布|施行)(?=之日))(?:之日)?(?:起|"
            r"后)?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?:个)?(?P<what>工作日|日|天|月)之?内"
        ),
        _after,
        ("日内", "天内", "月内", "之内"),
        {"印发之日起30日内": "2023-05-13", "方案印发后1个月内": "2023-05-13"},
        ("自作出行政决定之日起7个工作日内", "自印发之日起施行", "政策发布后3个工作日内"),
    ),
    Rule(
        "holiday",
        re.compile(
            r"(?=[\d今明次元五“国春])(?:(?P<year>20\d\d)年|(?P<rel>今年|明年|次年))?的?"
            r"(?:(?P<new>元旦)|(?P<may>“?五一”?)|(?P<oct>国庆)|(?P<spring>春节))(?:劳动)?节?(?:之?前|以前)"
        ),
        _holiday,
        ("元旦", "五一", "国庆", "春节"),
        {
            "国庆节前上线": "2023-10-01",
            "明年“五一”前": "2024-05-01",
            "元旦前兑现": "2024-01-01",
            "春节前兑现": "2024-02-10",
        },
        ("国庆期间", "春节以来"),
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
