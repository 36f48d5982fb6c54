"""How rhythms are printed: the rules that `rhythms` reads by, each with what proves it."""

from __future__ import annotations

import re

from transforms.tasks.labels import numeral
from transforms.tasks.rules import Rule

BEFORE = r"(?:下班)?(?:之?前|以前|底前)?"
_NUMBER = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
MONTH_END = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_WEEKDAYS = dict(zip("一二三四五六日天", ["MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"], strict=True))
_PERIODS = {
    "日": "FREQ=DAILY", "天": "FREQ=DAILY", "工作日": "FREQ=DAILY", "周": "FREQ=WEEKLY",
    "星期": "FREQ=WEEKLY", "礼拜": "FREQ=WEEKLY",
    "半月": "FREQ=MONTHLY;BYMONTHDAY=15,-1", "月": "FREQ=MONTHLY", "月度": "FREQ=MONTHLY",
    "旬": "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
    "季": "FREQ=MONTHLY;INTERVAL=3", "季度": "FREQ=MONTHLY;INTERVAL=3", "半年": "FREQ=MONTHLY;INTERVAL=6",
    "半年度": "FREQ=MONTHLY;INTERVAL=6",
    "年": "FREQ=YEARLY", "年度": "FREQ=YEARLY", "周度": "FREQ=WEEKLY",
}  # fmt: skip


def _day_of_month(match: re.Match[str]) -> str:
    return f"FREQ=MONTHLY;BYMONTHDAY={numeral(match[1])}"


def _quarter_day(match: re.Match[str]) -> str:
    """The last month of a quarter is the month that INTERVAL=3 counts; others are named."""
    months = {
        "首": "1,4,7,10",
        "次": "1,4,7,10",
        "一": "1,4,7,10",
        "1": "1,4,7,10",
        "二": "2,5,8,11",
        "2": "2,5,8,11",
    }
    named = months.get(match["month"] or match["nth"] or "")
    rule = f"FREQ=YEARLY;BYMONTH={named}" if named else "FREQ=MONTHLY;INTERVAL=3"
    return f"{rule};BYMONTHDAY={numeral(match[3])}"


def _day_of_year(match: re.Match[str]) -> str:
    month = numeral(match[1])
    day = numeral(match[2]) if match[2] else MONTH_END.get(month, 30)
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"


def _part_of_year(match: re.Match[str]) -> str:
    month = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12, "上": 6, "下": 12}.get(
        match[1] or match[2] or "", 12
    )
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={MONTH_END[month]}"


def _every(match: re.Match[str]) -> str:
    count, period = match["n"], match["p"]
    rule = _PERIODS["半" + period if count == "半" else period]
    if count and count != "半":
        several = 2 if count in "两双" else numeral(count)
        base = int(rule.partition("INTERVAL=")[2] or 1)
        rule = f"{rule.partition(';')[0]};INTERVAL={base * several}"
    return rule


def _one_a_period(match: re.Match[str]) -> str:
    return _PERIODS["半年" if match["half"] else (match["p"] or match["q"]).removeprefix("个")]


def _period(match: re.Match[str]) -> str:
    return _PERIODS[match["p"]]


ACTIONS = (
    "例会|会商|报告|报送|报备|上报|通报|调度|点评|考评|推进|监测|总结|评估|评价|分析|研判|督查|督导|督办|"
    "汇报|检查|巡查|小结|晾晒|排名|"
    "联席会议|跟踪|预警|讲评|复盘|盘点|反馈|更新|公示|抽查|回访|座谈|走访|碰头|晒单|评比|评议|自查|梳理|"
    "问效|测评|核查|提醒|报表|会议"
)
RULES: tuple[Rule[str], ...] = (
    Rule(
        "day-of-month",
        re.compile(rf"每(?:个)?月(?:的)?(?:度)?{_NUMBER}[日号]{BEFORE}(?!\d?[-~至到])"),
        _day_of_month,
        ("每月", "每个月"),
        {"每月20日前报送": "FREQ=MONTHLY;BYMONTHDAY=20", "每月5日前": "FREQ=MONTHLY;BYMONTHDAY=5"},
        ("每月1-25日为安静期", "20日前"),
    ),
    Rule(
        "day-of-two-months",
        re.compile(rf"每双月(?:的)?{_NUMBER}[日号]{BEFORE}(?!\d?[-~至到])"),
        lambda match: f"FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY={numeral(match[1])}",
        ("每双月",),
        {"每双月25日前报送": "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=25"},
        ("每月25日前",),
    ),
    Rule(
        "end-of-month",
        re.compile(rf"每(?:个)?月[底末]{BEFORE}"),
        lambda _: "FREQ=MONTHLY;BYMONTHDAY=-1",
        ("每月", "每个月"),
        {"每月底前汇总": "FREQ=MONTHLY;BYMONTHDAY=-1"},
    ),
    Rule(
        "weekday",
        re.compile(
            rf"每(?:个)?(?:周|星期)([一二三四五六日天](?:[、和及](?:周|星期)?[一二三四五六日天](?![级类批把期次种]))*)(?!次|[至-]){BEFORE}"
        ),
        lambda match: (
            "FREQ=WEEKLY;BYDAY=" + ",".join(_WEEKDAYS[char] for char in match[1] if char in _WEEKDAYS)
        ),
        ("每周", "每星期", "每个周", "每个星期"),
        {"每周五前归集": "FREQ=WEEKLY;BYDAY=FR", "每周一、周四会办": "FREQ=WEEKLY;BYDAY=MO,TH"},
        ("每周一次调度",),
    ),
    Rule(
        "day-of-quarter",
        re.compile(
            rf"每(?:个)?季度?(?:的)?(?:(?P<month>[末首次])月|末|最后[一1]个月|第(?P<nth>[一二三123])个月"
            rf")?(?:的)?{_NUMBER}[日号]{BEFORE}"
        ),
        _quarter_day,
        ("每季", "每个季"),
        {
            "每季度末月20日前": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20",
            "每季度最后1个月20日前": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20",
            "每个季度第1个月的20日前": "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=20",
            "每季度首月10日前": "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10",
            "每季度次月5日前": "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5",
        },
        ("每季度1次",),
    ),
    Rule(
        "day-of-next-month",
        re.compile(rf"(?=[每于的次])(?:每(?:个)?月)?(?:于|的)?次月{_NUMBER}[日号]{BEFORE}"),
        _day_of_month,
        ("次月",),
        {"次月5日前报送上月情况": "FREQ=MONTHLY;BYMONTHDAY=5"},
    ),
    Rule(
        "end-of-quarter",
        re.compile(rf"每(?:个)?季度?(?:[底末]{BEFORE}|(?:结束|终了)?后{_NUMBER}个?(?:工作)?[日天]内)"),
        lambda _: "FREQ=MONTHLY;INTERVAL=3",
        ("每季", "每个季"),
        {
            "每季度末报送": "FREQ=MONTHLY;INTERVAL=3",
            "每季度结束后10日内": "FREQ=MONTHLY;INTERVAL=3",
            "每季度终了后5日内": "FREQ=MONTHLY;INTERVAL=3",
        },
    ),
    Rule(
        "day-of-year",
        re.compile(rf"每年(?:度)?(?:的)?{_NUMBER}月(?:份)?(?:{_NUMBER}[日号]|[底末份])?{BEFORE}(?![-~至])"),
        _day_of_year,
        ("每年",),
        {
            "每年6月30日前": "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30",
            "每年11月底前": "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30",
        },
    ),
    Rule(
        "part-of-year",
        re.compile(
            rf"每年(?:度)?(?:的)?(?:第?([一二三四1-4])季度[底末]?|([上下])半年[底末]?|年[底末]|"
            rf"[底末]){BEFORE}"
        ),
        _part_of_year,
        ("每年",),
        {
            "每年一季度前": "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31",
            "每年年底前": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
        },
    ),
    Rule(
        "every",
        re.compile(
            r"每(?:个)?(?P<n>半|两|双(?=[月周])|[二三四五六2-6](?=个|[年周日天])|(?:10|十)(?=年))?(?:个)?(?P<p>工作日|季度|星期|年度|"
            r"[年季月周旬日天])"
            r"(?!\d{1,2}[日号]?[-~至到]|[人户家均产供名次]|给予|补[贴助]|奖[励补]|期间|的)"
            # A cap says how often at most, not that it is to be done.
            r"(?![^，。；]{0,12}(?:不(?:得|能|应)?(?:超过|多于|高于)|最多|至多)[^，。；]{0,4}[次回])"
        ),
        _every,
        ("每",),
        {
            "每半年至少开展一次": "FREQ=MONTHLY;INTERVAL=6",
            "每季度召开会议": "FREQ=MONTHLY;INTERVAL=3",
            "每两个月调度一次": "FREQ=MONTHLY;INTERVAL=2",
            "每双月通报": "FREQ=MONTHLY;INTERVAL=2",
            "每10年开展一次详查": "FREQ=YEARLY;INTERVAL=10",
            "每年开展评估": "FREQ=YEARLY",
            "每周调度": "FREQ=WEEKLY",
        },
        (
            "每月1-25日为企业安静生产期",
            "每月1日至20日为安静期",
            "每个任务报送一项",
            "每年给予补贴",
            "每年检查不超过1次",
        ),
    ),
    Rule(
        "by-period",
        re.compile(
            r"[按逐](?P<p>半年度?|季度|年度|月度|周度|[月季周旬年](?!度))(?!计划|目标|任务|要求|工作|"
            r"[度例均薪份龄租供缴付])"
        ),
        _period,
        ("按", "逐"),
        {
            "按季通报": "FREQ=MONTHLY;INTERVAL=3",
            "按月核查": "FREQ=MONTHLY",
            "按季度排查": "FREQ=MONTHLY;INTERVAL=3",
        },
        ("按年度计划推进", "按照要求"),
    ),
    Rule(
        "period-and-action",
        re.compile(
            r"(?=[半季月周旬日])(?<![每按逐\d一二三四五六七八九十几本上当个同隔两半全前近次下])"
            rf"(?:(?P<p>半年度?|季度|月度|周度|[周月季旬])(?:{ACTIONS})|(?:(?<=[“、，；。：（和与及])|"
            rf"(?<=实行)|(?<=建立)|(?<=落实)|(?<=坚持))日(?:报告|报送|调度|通报|监测|会商|研判))"
        ),
        lambda match: _PERIODS[match["p"] or "日"],
        ("周", "月", "季", "半年", "旬", "日"),
        {
            "“周例会、": "FREQ=WEEKLY",
            "月度推进": "FREQ=MONTHLY",
            "季度点评": "FREQ=MONTHLY;INTERVAL=3",
            "加强季度监测": "FREQ=MONTHLY;INTERVAL=3",
        },
        ("4月报告", "前三季度总结", "一季度总结", "上半年总结", "公布次月检查计划"),
    ),
    Rule(
        "one-a-period",
        re.compile(
            rf"一(?P<p>季度?|[周月旬年])一(?:{ACTIONS}|[报评查结])|(?<!每)(?:(?P<half>半)年|一(?P<q>季度?|个?月|[周年]))一次"
        ),
        _one_a_period,
        ("一",),
        {
            "一月一调度": "FREQ=MONTHLY",
            "一季度一通报": "FREQ=MONTHLY;INTERVAL=3",
            "一月一报": "FREQ=MONTHLY",
            "半年一次": "FREQ=MONTHLY;INTERVAL=6",
        },
        ("一事一议", "每半年一次"),
    ),
    Rule(
        "yearly-action",
        re.compile(
            r"年(?<![半\d每本上当全示司业送交]年)(?:度(?!考核)(?:工作|营商环境|综合|专项)?(?:总结|评价|评估|考评|"
            r"报告(?!、))(?!公示|书)|(?:考评|总结|评估|评价|通报|述职))"
        ),
        lambda _: "FREQ=YEARLY",
        ("年",),
        {"年度总结": "FREQ=YEARLY", "年考评": "FREQ=YEARLY", "开展年度评价": "FREQ=YEARLY"},
        (
            "年度考核",
            "年度计划",
            "2022年评价",
            "年度目标",
            "未公示年度报告",
            "注册登记、年度报告、变更注销",
            "企业年度报告",
        ),
    ),
    Rule(
        "once-in-the-year",
        re.compile(
            r"全年(?:至少|不少于|原则上)?(?:组织|开展|召开|进行|举办|"
            r"安排){1,2}[^，。；、]{0,6}?(?:[一二两三四]|\d{1,2})次"
        ),
        lambda _: "FREQ=YEARLY",
        ("全年",),
        {"全年开展一次综合评价": "FREQ=YEARLY"},
        ("全年完成",),
    ),
)
