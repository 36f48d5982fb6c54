"""Figures to be reached: `95%以上`, `压减至60个工作日内`, `不少于20项`.

A figure with a comparator, a verb of change or 以上/内 is one; so is a bare percentage, and a bare count that
a verb of doing governs. Counts that add up printed names are none, nor is what `target_asides` lists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.tasks.brackets import QUOTING, pairs
from transforms.tasks.comparators import at_least, bounds, operator, reaches
from transforms.tasks.deadlines import Due
from transforms.tasks.figures import ANY, TIME, Printed, read_figures, shared_unit
from transforms.tasks.rhythms import Rhythm
from transforms.tasks.stretches import Stretches
from transforms.tasks.subjects import subject_of
from transforms.tasks.target_asides import is_aside, is_name, is_of_a_rhythm
from transforms.tasks.target_words import ACTS_ON, AMOUNT, MOVES, RAISES, VERBS

Span = tuple[int, int]
_NEW = re.compile(r"(?:再|年内|全年|首批)?(?:新增|推出|新上线|上线|新推出|推动|完成)")
_NEW_AFTER_DATE = re.compile(r"[年前内](?:再)?(?:新增|推出|选取|新上线|上线|新推出|完成)")
_DATED = re.compile(r"(?:底|月|日|年)(?:之?前|以前)|年内|全年")
_ALL_DONE = re.compile(r"(?:全部|均|悉数)(?:上线|落地|完成|办结|建成|投用|实现|推出|开通)")
_FINISHED = re.compile(r"[^，。；的]{0,10}(?:竣工|交付|建成|投用|投产|投运|开工|完工|投入使用)")
_SERVED = re.compile(r"[^，。；的]{1,8}(?:提供|出具|办理|发放|开展|解决|兑现|颁发)")
_OF_A_PLAN = re.compile(r"[”》五]规划(?:纲要)?(?:确定的?|明确的?)?$")  # 102项重大工程 of a plan are known
_DONE_AT_ONCE = re.compile(
    r"(?:即可|可|必须|全部)?(?:办结|办理完|办好|办成|完成|答复|反馈|审结|拿证|出证|受理)"
)
_SPEAKS_OF_LIMITS = re.compile(
    "时限|用时|耗时|(?:开办|办理|办结|审批|登记|验收|退税|办电|接电|报装)时间|限时"
)
_ENDS_DONE = re.compile("(?:办结|办理|办成|办好|完成)$")  # 一般登记5个工作日、查封登记即时办结
_NO_LIMIT = re.compile("法定|原|公示|公告|每|由|从|提前|第$|前$|后$")
_OFFICES = ("部门", "行政", "单位", "主体", "地区", "层级")  # 两个以上部门
_WITHIN = "list-of-limits"  # 咨询类1个工作日、求助类3个工作日内办结
_LIMITS = re.compile(
    r"(?:、[^，。；、\d]{0,14}\d{1,3}个?(?:工作日|自然日|小时|天|日|分钟|月)){1,6}"
    r"(?:(?P<within>(?:以|之)?内(?![部容外资设蒙地]))|(?:即可|可|全部)?(?:办结|办理完|办好|办成|完成|审结))"
)
_KINDS_OF = ("类", "种", "项", "方", "大类", "条")
_PARTS = re.compile("(?:重点|突出|专项|关键)?(?:方面|领域|行业|环节|问题|任务|措施|举措|行动|指标)")
_OF_A_SUM = "part-of-a-sum"
_PARTS_OF = re.compile("[^。；，（\\d]{0,12}[（，；]其中[，：]?[^。；，]{1,20}")
_NEXT_PART = re.compile("[^。；，\\d]{0,4}[、，和][^。；，、]{1,20}")
_TO_LAST_MEMBER = re.compile(".*\\d[^、]*、")  # 淘汰水泥200万吨、平板玻璃100万重量箱
_ENDS_A_SENTENCE = re.compile("[。\n]")
_LIST_ENDS = re.compile("[，。；]")
_LONGEST_LIST = 60
_NEXT_MEMBER = re.compile(r"[^，。；、\d]{0,4}[、和及与]")


class Figure(NamedTuple):
    """A target at `text[start:end]`."""

    start: int
    end: int
    op: str
    value: str
    unit: str
    subject: str
    rule: str


def read_targets(
    text: str, spans: Sequence[Span], dues: Sequence[Due], rhythms: Sequence[Rhythm]
) -> list[Figure]:
    """The targets in the `spans` of a task's text, in order, each figure of a thing once."""
    likely = [span for span in spans if ANY.search(text, *span)]
    if not likely:
        return []
    dated = Stretches({(due.start, due.end) for due in dues})
    timed = Stretches([(rhythm.start, rhythm.end) for rhythm in rhythms])
    return _once([figure for span in likely for figure in _read_span(text, *span, dated, timed)], text)


def _read_span(text: str, start: int, end: int, dated: Stretches, rhythms: Stretches) -> list[Figure]:
    found: list[Figure] = []
    quoted: Stretches | None = None
    listed = 0  # up to where 至少 at the head of a list holds
    # Where the next member of a list behind one comparator would begin, and its relation.
    member, shared = -1, ""
    for figure in read_figures(text, start, end, dated):
        word, suffix = figure.word, figure.suffix
        goes_on = member >= 0 and word is None and _NEXT_MEMBER.fullmatch(text, member, figure.start)
        member = -1
        if figure.spelt and word is None and suffix is None and figure.start >= listed:
            continue  # 一个, 两项: numerals alone are no targets
        if quoted is None:
            quoted = Stretches(pairs(text, start, end, QUOTING))
        if is_name(figure, quoted) or is_of_a_rhythm(figure, rhythms) or is_aside(figure):
            continue
        rule = _rule(figure)
        op = "<=" if rule == _WITHIN else operator(word, suffix)
        if figure.start < listed and word is None and text[figure.start - 1] in "、和及与":
            op, rule = ">=", "list-of-at-least"
        elif goes_on:  # 压缩至5天、7天
            op, rule = (op if suffix else shared), rule or "list-of-comparator"
        rule = rule or _rule_of_a_sum(figure, found)
        if rule is None:
            continue
        if at_least(word):
            listed = _list_end(text, figure.end, end)
        if goes_on or bounds(word):
            member, shared = suffix.end() if suffix else figure.end, op
        _spread_back(found, figure, op)
        found.append(_target(figure, op, rule, end))
    return found


def _spread_back(found: list[Figure], figure: Printed, op: str) -> None:
    """85%、95%左右, 24%、25%以上: what stands behind the last of a list holds for those before it."""
    if figure.suffix is None:
        return
    text, at = figure.text, figure.start
    for n in reversed(range(len(found))):
        listed = found[n]
        direct = at - listed.end == 1 and text[listed.end] in "、和" and listed.unit == figure.unit
        weaker = ("=", ">=") if op == "~" else ("=",)
        if not direct or text[listed.end - 1] in "上下内右" or listed.op not in weaker:
            return
        found[n] = listed._replace(op=op)
        at = listed.start


def _target(figure: Printed, op: str, rule: str, end: int) -> Figure:
    word, suffix = figure.word, figure.suffix
    start = figure.start if word is None or (reaches(word) and suffix) else word.start
    stop = suffix.end() if suffix else figure.end
    unit = shared_unit(figure, end)
    subject = subject_of(figure.text, figure.clause_start, start, figure.end, figure.clause_end, unit)
    return Figure(start, stop, op, figure.value, unit, subject, rule)


def _rule(figure: Printed) -> str | None:
    """By what the figure is a target, or None when it is none."""
    if figure.suffix:
        return _rule_of_suffix(figure, figure.suffix)
    if figure.word is not None:
        loose = figure.spelt and not at_least(figure.word) and figure.word.text[:1] not in "不最"
        return "comparator" if not loose else "change" if figure.timed else None
    if figure.spelt or figure.is_vague:
        return None
    if figure.unit == "%":
        of_a_sum = figure.before.endswith(("的", "占", "按", "为")) and "补" in figure.before + figure.rest
        return None if of_a_sum else "share"
    if figure.timed:
        if figure.quoted == "24小时":  # round the clock
            return None
        if listed := _LIMITS.match(figure.rest):
            return _WITHIN if listed["within"] else "limit"
        return "limit" if _DONE_AT_ONCE.match(figure.rest) or _is_bare_limit(figure) else None
    return "count" if _is_count_to_reach(figure) else None


def _is_bare_limit(figure: Printed) -> bool:
    """审批时限：大型项目15个工作日，中小型项目10个工作日: working days of which nothing more is said."""
    if (
        not figure.unit.endswith("工作日")
        or figure.rest[:1] not in ("", "、")
        or _NO_LIMIT.search(figure.before)
    ):
        return False
    first = max(0, figure.start - 60)
    begin = max(figure.text.rfind(mark, first, figure.start) for mark in "。；\n") + 1
    spoken_of = _SPEAKS_OF_LIMITS.search(figure.text, max(begin, first), figure.start)
    return spoken_of is not None or _ENDS_DONE.search(figure.rest) is not None


def _rule_of_suffix(figure: Printed, suffix: re.Match[str]) -> str | None:
    if suffix["down"] == "内" and not figure.timed:
        return None
    if suffix["up"] and figure.spelt and figure.rest.startswith(_OFFICES):
        return None
    if figure.timed:
        return None if suffix["down"] and figure.rest.startswith(("年", "有效")) else "limit"
    return "comparator" if figure.word or suffix["up"] or suffix["about"] else "bound"


def _is_count_to_reach(figure: Printed) -> bool:
    """Whether a bare count is one to reach: a verb of doing governs it, and it adds up no printed names."""
    before, rest = figure.before, figure.rest
    if before.endswith("等"):
        listed = before.count("、") + len(re.findall("[和及与]", before)) + 1
        new = _NEW.match(before) or _NEW_AFTER_DATE.search(before)
        return new is not None and float(figure.value.partition("至")[0]) > listed
    if _FINISHED.match(rest) and _DATED.search(before):  # 10月底前800套住房竣工
        return True
    if before.endswith(("这", "前", "该", "上述", "以上", "共", "各", "与", "每", "“")):
        return False
    if not rest and (_DATED.search(before) or AMOUNT.search(before)):
        return True
    if _ALL_DONE.match(rest) or RAISES.search(before):
        return True
    if before.endswith(("为", "向")) and _SERVED.match(rest):
        return True
    if before.endswith(("将", "把")) and MOVES.match(rest):
        return True
    return _is_governed(before, rest, figure.unit)


def _rule_of_a_sum(figure: Printed, found: list[Figure]) -> str | None:
    """A count that is a part of the sum before it: 改造750座，其中城区100座、农村500座."""
    if not found or figure.spelt:
        return None
    whole = found[-1]
    if whole.unit != figure.unit or whole.op not in ("=", ">=") or figure.start - whole.end > 60:
        return None
    between = _NEXT_PART if whole.rule == _OF_A_SUM else _PARTS_OF
    return _OF_A_SUM if between.fullmatch(figure.text, whole.end, figure.start) else None


def _is_governed(before: str, rest: str, unit: str) -> bool:
    """Whether a verb of doing stands near enough before the count."""
    verbs = list(VERBS.finditer(before))
    if not verbs or _OF_A_PLAN.search(before):
        return False
    between = _TO_LAST_MEMBER.sub("", before[verbs[-1].end() :])
    if len(between) > 22:
        return False
    if ACTS_ON.fullmatch(verbs[-1][0]) and (unit in _KINDS_OF or _PARTS.match(rest)):
        return False  # 整治8类问题, 实施10项行动: how many there are
    if between.endswith("的"):
        return "部署" in between and re.search(r"全部|上线|落地|完成", rest) is not None
    return before[verbs[0].start() - 1 : verbs[0].start()] not in ("对", "在")


def _list_end(text: str, at: int, end: int) -> int:
    last = min(end, at + _LONGEST_LIST)
    stop = _LIST_ENDS.search(text, at, last)
    return stop.start() if stop else last


def _once(found: list[Figure], text: str) -> list[Figure]:
    """Each figure of a thing once: a title says again what its text says."""
    kept: dict[tuple[str, str, str], list[Figure]] = {}
    once: list[Figure] = []
    for figure in found:
        same = kept.setdefault((figure.op, figure.value, figure.unit), [])
        timed = figure.unit.endswith(TIME)
        if any(
            f.subject == figure.subject
            or not f.subject
            or not figure.subject
            # Of a limit only one sentence says it of two things.
            or (timed and _ENDS_A_SENTENCE.search(text, f.end, figure.start) is not None)
            for f in same[:50]
        ):
            continue
        same.append(figure)
        once.append(figure)
    return once
