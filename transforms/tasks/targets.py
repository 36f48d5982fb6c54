"""Figures to be reached: `95%以上`, `压减至60个工作日内`, `不少于20项`.

A figure with a comparator, a verb of change or 以上/内 is one; so is a bare percentage, and a bare count
that a
verb of doing governs. Conditions, thresholds, subsidies, counts that add up printed names and figures
reported
as reached are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.tasks.brackets import pairs
from transforms.tasks.comparators import (
    AFTER,
    Word,
    at_least,
    at_most,
    changes_to,
    operator,
    reaches,
    strict,
    word_before,
)
from transforms.tasks.deadlines import Due
from transforms.tasks.labels import numeral
from transforms.tasks.rhythms import Rhythm
from transforms.tasks.stretches import Stretches
from transforms.tasks.subjects import subject_of

Span = tuple[int, int]
TIME = ("工作日", "自然日", "日", "天", "小时", "分钟", "月", "秒")
_TIME = r"个?(?:工作日|自然日|工作小时|小时)|个月|分钟|天|日(?=内|以内|之内|办|完|，|。|；|、|$)|秒"
_COUNT = (
    r"标准箱|标箱|列(?![入为举席出支车])|人次|户次|家次|场次|件次|条次|台套|环节|百分点|平方公里|平方米|千瓦时|千瓦|千伏安?|公里|学时|课时|"
    r"美元|[个项家户件条人名类种批场次台处所座支套份张页亩吨元倍步款篇期间辆位例宗笔单枚轮组块片届"
    r"道门例对根艘只册幅株米层级站岗村镇县市字]"
)
_UNIT = (
    rf"%|‰|个百分点|{_TIME}|[多余]?(?:[百十千]?万|[百千]?亿|千)?(?:个(?!别|人|体|性)|个?(?:{_COUNT}))"
    r"|[多余]?(?:[百千]?万|亿)(?=[一-鿿，。；])"
)
FIGURE = re.compile(
    rf"(?=[\d一两二三四五六七八九十])(?:"
    rf"(?<![\d.第×\-A-Za-z])(?P<value>\d{{1,9}}(?:\.\d{{1,4}})?(?:%?[至~\-](?=\d)\d{{1,9}}(?:\.\d{{1,4}})?)?)(?P<unit>{_UNIT})"
    rf"|"
    rf"(?<![一二两三四五六七八九十百第几数每另同统某这])(?P<spelt>[一两二三四五六七八九十]{{1,3}})(?P<spelt_unit>{_TIME}|"
    rf"个?(?:{_COUNT})|个))"
)
# Without one of these no figure is a target: Chinese numerals need a comparator or a suffix.
_NUMERALS = "一两二三四五六七八九十"
_ANY = re.compile(
    rf"[\d{_NUMERALS}至不到为](?:(?<=\d)(?!\d{{3}}年|年|月\d)|(?<=至)少|"
    rf"(?<=[{_NUMERALS}])[^，。；]{{1,6}}(?:以上|以内|内)|"
    rf"(?:(?<=不)[得能应可]?[超高多少低]|(?<=[到至为]))[^，。；]{{0,9}}[{_NUMERALS}])"
)
_VERBS = re.compile(
    r"推出|新增|建成|建设|新建|打造|培育|创建|选取|选树|遴选|选择|选定|确定|布设|布局|设立|设置|组建|"
    r"聘请|招募|招聘|培训|举办|发放|发布|编制|制定|出台|修订|梳理|"
    r"公布|上线|开通|拓展|实现|完成|推动|力争|报送|征集|解决|化解|处置|评选|引进|签约|改造|开设|配备|"
    r"接入|整合|归集|覆盖|申报|形成|总结|提炼|取消|下放|开展|组织|扩大|增设|增加|投放|落地|建立|配置|"
    r"选派|新上|推广|签订|规划|储备|获批|争创|认定|刊发|推荐|印发|轮训|减负|让利|处理|兑现|争取|走访|服务|扶持|惠及|供应|供给|减轻|节约|盘活|出让|筹集|开行"
)
_NEW = re.compile(r"(?:再|年内|全年|首批)?(?:新增|推出|新上线|上线|新推出|推动|完成)")
_NEW_AFTER_DATE = re.compile(r"[年前内](?:再)?(?:新增|推出|选取|新上线|上线|新推出|完成)")
_DATED = re.compile(r"(?:底|月|日|年)(?:之?前|以前)|年内|全年")
_SEPARATORS = "，。；：！？"
_SEPARATOR = re.compile(f"[{_SEPARATORS}]")
_CLAUSE_BEFORE, _CLAUSE_AFTER = 60, 40
_NOT_DONE = re.compile(
    r"已(?:经)?|目前|截至|去年|(?<![较比])上年|此前|原(?:来|有|先)|现有|国家明确|共计|合计|实现了|达到了"
)
_TIMES = ("次", "场", "场次", "轮", "期", "回", "个场次")
_CONDITION = re.compile(r"对|凡|如|若|因|经")
_MONEY = re.compile(
    r"补贴|补助|奖励|奖补|资助|给予|贴息|标准(?!厂房|化|地|箱)|扶持|罚款|处以|最高|额度|授信|单户|年收入|营业收入|"
    r"注册资本|投资额"
)
_THRESHOLD_UNITS = ("元", "千瓦", "千伏", "千伏安", "平方米", "米", "年", "岁", "亩", "层", "级")
_OLD_STATE = re.compile(r"(?:由|从)[^，。；由从]{0,14}$")
_OLD_STATE_CUT = re.compile(r"(?:由|从)(?:目前|原|现)[^，。；]*$")
_PER_PERIOD = re.compile(r"每(?:个)?[年月季周半日天]|按[月季年周]")
# Amounts of money or land that are to be raised, not who is concerned.
_SUMS_UP = re.compile(r"累计|全年|年内|力争")
_RAISES = re.compile(r"(?:设立|组建|安排|统筹|筹集|投入|发放|新增|建立|发行)(?:总额|总规模|规模|不少于)?$")
_AMOUNT = re.compile(r"(?:[量额积]|规模|总数|里程|贷款|融资)$")
_ALL_DONE = re.compile(r"(?:全部|均|悉数)(?:上线|落地|完成|办结|建成|投用|实现|推出|开通)")
_SERVED = re.compile(r"[^，。；的]{1,8}(?:提供|出具|办理|发放|开展|解决|兑现|颁发)")
_SHARED_UNIT = re.compile(rf"[、和]\d{{1,4}}(?P<unit>{_TIME})")  # 15个、7个工作日
_OF_A_PLAN = re.compile(
    r"[”》五]规划(?:纲要)?(?:确定的?|明确的?)?$"
)  # 102项重大工程 of a plan are a known list
# 低于95%的窗口予以通报: whom something befalls.
_SINGLES_OUT = re.compile(r"的(?!目标|水平|要求|规模|任务)[^，。；]{0,10}$")
_CHANGES = re.compile(
    r"[^，。；]{0,12}(?:压减|压缩|缩短|缩减|减少|降低|下降|精简|提高|提升|增加|扩大|减|降|增|缩|压|升|"
    r"合并|变|扩)[^，。；]{0,4}[到至为成]"
)


class Figure(NamedTuple):
    """A target at `text[start:end]`."""

    start: int
    end: int
    op: str
    value: str
    unit: str
    subject: str
    rule: str


class _Clause(NamedTuple):
    """What stands around a figure between the marks before and after it."""

    start: int
    end: int
    before: str
    after: str


def read_targets(
    text: str, spans: Sequence[Span], dues: Sequence[Due], rhythms: Sequence[Rhythm]
) -> list[Figure]:
    """The targets in the `spans` of a task's text, in order, each figure of a thing once."""
    likely = [span for span in spans if _ANY.search(text, *span)]
    if not likely:
        return []
    dated = Stretches({(due.start, due.end) for due in dues})
    timed = Stretches([(rhythm.start, rhythm.end) for rhythm in rhythms])
    return _once([figure for span in likely for figure in _read_span(text, *span, dated, timed)])


def _read_span(text: str, start: int, end: int, dated: Stretches, rhythms: Stretches) -> list[Figure]:
    found: list[Figure] = []
    quoted: Stretches | None = None
    listed = 0  # up to where 至少 at the head of a list holds
    for match in FIGURE.finditer(text, start, end):
        a, b = match.span()
        if dated.touch(a, b):
            continue
        clause = _clause(text, a, b, start, end)
        before = word_before(text, clause.start, a)
        after = AFTER.match(text, b, end)
        if match["spelt"] and before is None and after is None and a >= listed:
            continue  # 一个, 两项: numerals alone are no targets
        if quoted is None:
            quoted = Stretches(pairs(text, start, end, "《“"))
        if _is_name(text, match, quoted) or _is_aside(match, clause, before, after, rhythms, text):
            continue
        rule = _rule(match, clause, before, after)
        op = operator(before, after)
        if a < listed and before is None and text[a - 1] in "、和及与":
            op, rule = ">=", "list-of-at-least"
        if rule is None:
            continue
        if at_least(before):
            listed = _list_end(text, b, end)
        first = a if before is None or (reaches(before) and after) else before.start
        value, unit = _value(match)
        if unit == "个" and (shared := _SHARED_UNIT.match(text, b, end)):
            unit = shared["unit"]
        subject = subject_of(text, clause.start, first, b, clause.end, unit)
        found.append(Figure(first, after.end() if after else b, op, value, unit, subject, rule))
    return found


def _clause(text: str, a: int, b: int, start: int, end: int) -> _Clause:
    first, last = max(start, a - _CLAUSE_BEFORE), min(end, b + _CLAUSE_AFTER)
    begin = max(first, *(text.rfind(mark, first, a) + 1 for mark in _SEPARATORS))
    separator = _SEPARATOR.search(text, b, last)
    stop = separator.start() if separator else last
    return _Clause(begin, stop, text[begin:a], text[b:stop])


def _value(match: re.Match[str]) -> tuple[str, str]:
    if match["value"]:
        return re.sub(r"%?[~\-至]", "至", match["value"]), match["unit"].lstrip("多余")
    return str(numeral(match["spelt"]) or 2), match["spelt_unit"]


def _is_name(text: str, match: re.Match[str], quoted: Stretches) -> bool:
    """Whether the figure belongs to a name or slogan: in a title, or quoted without being a share."""
    a, b = match.span()
    inside = quoted.hold(a)
    if inside and b < inside[1]:
        return text[inside[0]] == "《" or (match["unit"] != "%" and inside[1] - inside[0] < 24)
    if text[a - 1 : a] == "跑":  # 最多跑一次
        return True
    return text[b : b + 1] in ("号", "版", "字") or (
        text[a - 1 : a] in ("+", "×", "/", "“") and match["unit"] != "%"
    )


def _is_aside(
    match: re.Match[str],
    clause: _Clause,
    before: Word | None,
    after: re.Match[str] | None,
    rhythms: Stretches,
    text: str,
) -> bool:
    """Whether the figure is a condition, a threshold, a fact, an old state or a rhythm's number of times."""
    unit = match["unit"] or match["spelt_unit"]
    a = match.start()
    rest = clause.after[len(after[0]) :] if after else clause.after
    if clause.before.endswith(("月", "年", "于第")) and unit.startswith(("日", "月")):
        return True
    if clause.after.endswith("的") and text[clause.end : clause.end + 1] == "，" and unit != "%":
        return True
    if (match["spelt"] and _CONDITION.match(clause.before) and "的" in rest) or _is_old_state(clause, rest):
        return True
    if rest.startswith("的") and after and (after["up"] or after["down"]) and not before and unit != "%":
        return True
    if unit.endswith(_THRESHOLD_UNITS) and (before is None or _MONEY.search(clause.before + rest)):
        return _is_threshold(clause, rest, after)
    if unit in _TIMES and _is_of_a_rhythm(text, a, clause, before, rhythms):
        return True
    if strict(before) and _SINGLES_OUT.search(rest):
        return True
    known = _OLD_STATE_CUT.sub("", clause.before) if changes_to(before) else clause.before
    return _NOT_DONE.search(known[-16:]) is not None


def _is_threshold(clause: _Clause, rest: str, after: re.Match[str] | None) -> bool:
    """Whether money, land or power says who is concerned: `投资额5000万元以上的项目`, `160千瓦及以下`."""
    if _SUMS_UP.search(clause.before) and not rest and "单户" not in clause.before:
        return False
    if _MONEY.search(clause.before + rest):
        return True
    if after is None and (_RAISES.search(clause.before) or (_AMOUNT.search(clause.before) and not rest)):
        return False
    if rest or (after and after[0][0] == "及"):
        return True
    return _VERBS.search(clause.before) is None


def _is_old_state(clause: _Clause, rest: str) -> bool:
    """Whether the figure is what something is now: `由5个减至2个`, `在23个的基础上`."""
    if _OLD_STATE.search(clause.before) and _CHANGES.match(rest):
        return True
    return rest.startswith("实现了") or "基础上" in rest


def _is_of_a_rhythm(text: str, at: int, clause: _Clause, before: Word | None, rhythms: Stretches) -> bool:
    """Whether a number of times says how often in a period: 每半年至少一次, but not 每年不超过1次."""
    sentence = max(clause.start - 16, text.rfind("。", max(0, clause.start - 16), at) + 1)
    return rhythms.touch(sentence, clause.end) or (
        not at_most(before) and _PER_PERIOD.search(clause.before) is not None
    )


def _rule(
    match: re.Match[str], clause: _Clause, before: Word | None, after: re.Match[str] | None
) -> str | None:
    """By what the figure is a target, or None when it is none."""
    unit = match["unit"] or match["spelt_unit"]
    timed = unit.endswith(TIME)
    rest = clause.after[len(after[0]) :] if after else clause.after
    if after:
        if after["down"] == "内" and not timed:
            return None
        if (
            after["up"]
            and match["spelt"]
            and rest.startswith(("部门", "行政", "单位", "主体", "地区", "层级"))
        ):
            return None
        if after["down"] and timed and re.match(r"年|有效", rest):
            return None
        return "limit" if timed else "comparator" if before or after["up"] or after["about"] else "bound"
    if before is not None:
        if match["spelt"] and not at_least(before) and before.text[:1] not in "不最":
            return "change" if timed else None
        return "comparator"
    if match["spelt"]:
        return None
    if unit == "%":
        return (
            None
            if clause.before.endswith(("的", "占", "按", "为")) and "补" in clause.before + rest
            else "share"
        )
    if timed:
        return (
            "limit"
            if re.match(
                r"(?:即可|可|必须|全部)?(?:办结|办理完|办好|办成|完成|答复|反馈|审结|拿证|出证|受理)", rest
            )
            else None
        )
    return "count" if _is_count_to_reach(match, clause) else None


def _is_count_to_reach(match: re.Match[str], clause: _Clause) -> bool:
    """Whether a bare count is one to reach: a verb of doing governs it, and it adds up no printed names."""
    before = clause.before
    if before.endswith("等"):
        listed = before.count("、") + len(re.findall("[和及与]", before)) + 1
        return (
            bool(_NEW.match(before) or _NEW_AFTER_DATE.search(before))
            and float(match["value"].partition("至")[0]) > listed
        )
    if before.endswith(("这", "前", "该", "上述", "以上", "共", "各", "与", "每", "“")):
        return False
    if not clause.after and (_DATED.search(before) or _AMOUNT.search(before)):
        return True
    if _ALL_DONE.match(clause.after) or _RAISES.search(before):
        return True
    if before.endswith(("为", "向")) and _SERVED.match(clause.after):
        return True
    verbs = list(_VERBS.finditer(before))
    if not verbs or _OF_A_PLAN.search(before):
        return False
    between = before[verbs[-1].end() :]
    if len(between) > 22:
        return False
    if between.endswith("的"):
        return "部署" in between and re.search(r"全部|上线|落地|完成", clause.after) is not None
    return before[verbs[0].start() - 1 : verbs[0].start()] not in ("对", "在")


def _list_end(text: str, at: int, end: int) -> int:
    stop = at
    while stop < end and stop - at < 60 and text[stop] not in "，。；":
        stop += 1
    return stop


def _once(found: list[Figure]) -> list[Figure]:
    """Each figure of a thing once: a title says again what its text says."""
    kept: dict[tuple[str, str, str], list[Figure]] = {}
    once: list[Figure] = []
    for figure in found:
        same = kept.setdefault((figure.op, figure.value, figure.unit), [])
        timed = figure.unit.endswith(TIME)
        if any(
            timed or f.subject == figure.subject or not f.subject or not figure.subject for f in same[:50]
        ):
            continue
        same.append(figure)
        once.append(figure)
    return once
