"""What makes a figure no target: names, conditions, thresholds, facts, old states, times in a rhythm."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from transforms.tasks.comparators import at_most, changes_to, strict
from transforms.tasks.figures import Printed
from transforms.tasks.stretches import Stretches
from transforms.tasks.target_words import AMOUNT, RAISES, VERBS


@dataclass(frozen=True, slots=True)
class Aside:
    """A reason for which a figure is no target; `examples` are sentences with such figures alone."""

    name: str
    holds: Callable[[Printed], bool]
    examples: tuple[str, ...] = ()


_NOT_DONE = re.compile(
    r"已(?:经)?|目前|截至|去年|(?<![较比])上年|此前|原(?:来|有|先)|现有|国家明确|共计|合计(?!办|用|时|不)|实现了|达到了"
)
_ON_THE_BASE = re.compile("[^，。；]{0,14}基础上")  # 在去年基础上再压减20%: what it is measured by
_CONDITION = re.compile(r"对|凡|如|若|因|经")
_MONEY = re.compile(
    r"补贴|补助|奖励|奖补|资助|给予|贴息|标准(?!厂房|化|地|箱|农田)|扶持|罚款|处以|最高|额度|授信|单户|年收入|营业收入|"
    r"注册资本|投资额"
)
_THRESHOLD_UNITS = ("元", "千瓦", "千伏", "千伏安", "平方米", "米", "年", "岁", "亩", "层", "级")
_PER_SO_MUCH = re.compile("每(?:增加|新增|引进|培育|超过)[^，。；]*$")
_PAYS = re.compile(
    r"(?:给予|贴息|补贴|补助|奖励|奖补|资助|补偿|返还|减免|分担)(?!类|政策|资金|事项|项目|款)"
    r"(?![^，。；]*(?:[现盖位晓标享受结成满意]率|兑现|占比))[^，。；]{0,20}$"
)
# Amounts of money or land that are to be raised, not who is concerned.
_SUMS_UP = re.compile(r"累计|全年|年内|力争")
_BY_SHARE = re.compile("按照?[^，。；]{1,40}的$")
_BY = re.compile(r"按照?(?:\d{1,3}%[、和])?$")
_RATE_PAID = re.compile(
    r"(?:[、，和][^，。；、\d]{0,8}(?:按照?)?\d{1,3}%){0,3}(?:的?(?:比例|标准))?(?:给予|予以)?"
    r"(?:返还|补|贴|抵|减|奖|加计|计[入提征]|征|缴|扣|执行)"
)
_IS_PAID = re.compile(
    "(?:的比例)?，?(?:由[^，。；]{1,12})?(?:一次性|分别|最高)?(?:给予|予以|奖励|补助|补贴|资助|返还|补偿)"
)
_TAX = re.compile(
    "减按$|应纳税(?:所得)?额[^，。；]{0,6}$|(?:加计扣除|税前扣除|征收)(?:比例|率)[^，。；]{0,6}$|(?<![办缴报领退])税率[^，。；]{0,4}$"
)
_OLD_STATE = re.compile(r"(?:由|从)[^，。；由从]{0,14}$")
_OLD_STATE_CUT = re.compile(r"(?:由|从)(?:目前|原|现)[^，。；]*$")
_SINGLES_OUT = re.compile(r"的(?!目标|水平|要求|规模|任务)[^，。；]{0,10}$")
_CHANGES = re.compile(
    r"[^，。；]{0,12}(?:压减|压缩|缩短|缩减|减少|降低|下降|精简|提高|提升|增加|扩大|减|降|增|缩|压|升|"
    r"合并|变|扩)[^，。；]{0,4}[到至为成]"
)
_TIMES = ("次", "场", "场次", "轮", "期", "回", "个场次")
_AFTER_EACH = re.compile("每[^，。；]{1,10}后$")  # 每学期开学后一个月内
_PER_PERIOD = re.compile(r"每(?:个)?[年月季周半日天]|按[月季年周]")


def is_name(figure: Printed, quoted: Stretches) -> bool:
    """Whether the figure belongs to a name or slogan: in a title, or quoted without being a share."""
    text, a, b = figure.text, figure.start, figure.end
    inside = quoted.hold(a)
    if inside and b < inside[1]:
        return text[inside[0]] == "《" or (figure.unit != "%" and inside[1] - inside[0] < 24)
    if text[a - 1 : a] == "跑":  # 最多跑一次
        return True
    return text[b : b + 1] in ("号", "版", "字") or (
        text[a - 1 : a] in ("+", "×", "/", "“") and figure.unit != "%"
    )


def is_of_a_rhythm(figure: Printed, rhythms: Stretches) -> bool:
    """Whether a number of times says how often in a period: 每半年至少一次, but not 每年不超过1次."""
    if figure.unit not in _TIMES:
        return False
    begin = max(0, figure.clause_start - 16)
    sentence = max(begin, figure.text.rfind("。", begin, figure.start) + 1)
    return rhythms.touch(sentence, figure.clause_end) or (
        not at_most(figure.word) and _PER_PERIOD.search(figure.before) is not None
    )


def _is_part_of_a_date(figure: Printed) -> bool:
    return figure.before.endswith(("月", "年", "于第")) and figure.unit.startswith(("日", "月"))


def _counts_from_each(figure: Printed) -> bool:
    return figure.timed and _AFTER_EACH.search(figure.before) is not None


def _qualifies(figure: Printed) -> bool:
    """`…3个的，`, `5年以上的企业`: which ones are meant."""
    text = figure.text
    ends = text[figure.clause_end - 1] == "的" and text[figure.clause_end : figure.clause_end + 1] == "，"
    if figure.unit == "%":
        return ends and _CONDITION.match(figure.before) is not None
    if ends:
        return True
    bounds = figure.suffix is not None and not figure.suffix["about"]
    return bounds and figure.rest.startswith("的") and figure.word is None


def _is_condition(figure: Printed) -> bool:
    return figure.spelt and _CONDITION.match(figure.before) is not None and "的" in figure.rest


def _is_old_state(figure: Printed) -> bool:
    if _OLD_STATE.search(figure.before) and _CHANGES.match(figure.rest):
        return True
    return figure.rest.startswith("实现了") or "基础上" in figure.rest


def _is_threshold(figure: Printed) -> bool:
    """Money, land or power that says who is concerned."""
    before, rest = figure.before, figure.rest
    about_money = _MONEY.search(before + rest) is not None
    if not figure.unit.endswith(_THRESHOLD_UNITS) or (figure.word and not about_money):
        return False
    if figure.word and figure.word.text == "突破" and not rest:  # 授信额度突破50亿元
        return False
    if _SUMS_UP.search(before) and not rest and "单户" not in before:
        return False
    if about_money:
        return True
    if figure.suffix is None and (RAISES.search(before) or (AMOUNT.search(before) and not rest)):
        return False
    if rest or (figure.suffix and figure.suffix[0][0] == "及"):
        return True
    return VERBS.search(before) is None


def _is_rate_of_a_subsidy(figure: Printed) -> bool:
    """What share is paid, and how much for each so much; how far the payment has got is a target."""
    if _PER_SO_MUCH.search(figure.before):
        return True
    if figure.unit != "%" or changes_to(figure.word):
        return False
    return _PAYS.search(figure.before) is not None or _is_share_paid(figure)


def _is_share_paid(figure: Printed) -> bool:
    """按投资额的10%，给予支持; 按60%返还."""
    if figure.before.endswith("的"):
        paid = _IS_PAID.match(figure.text, figure.end, figure.clause_end + 24)
        return paid is not None and _BY_SHARE.search(figure.before) is not None
    return _RATE_PAID.match(figure.rest) is not None and _BY.search(figure.before) is not None


def _is_of_a_tax(figure: Printed) -> bool:
    """What the law takes or leaves: 减按25%计入, 年应纳税所得额不超过200万元的部分."""
    before = figure.before
    about = "税" in before or "扣除" in before or "征收" in before or before.endswith("减按")
    return about and _TAX.search(before) is not None


def _singles_out(figure: Printed) -> bool:
    return strict(figure.word) and _SINGLES_OUT.search(figure.rest) is not None


def _is_reached(figure: Printed) -> bool:
    known = _OLD_STATE_CUT.sub("", figure.before) if changes_to(figure.word) else figure.before
    if "基础上" in known:
        known = _ON_THE_BASE.sub("", known)
    return _NOT_DONE.search(known[-16:]) is not None


ASIDES = (
    Aside("part-of-a-date", _is_part_of_a_date),
    Aside("counts-from-each", _counts_from_each, ("每学期开学后一个月内开展检查",)),
    Aside("qualifies", _qualifies, ("对停产6个月以上的企业开展走访", "连续抽查3次以上的，列入名单")),
    Aside("condition", _is_condition, ("对两个以上部门审批的事项实行联办",)),
    Aside("old-state", _is_old_state, ("在23个的基础上再拓展",)),
    Aside(
        "threshold",
        _is_threshold,
        ("对投资额5000万元以上的项目专人服务", "低压小微企业160千瓦及以下免费接入"),
    ),
    Aside(
        "rate-of-a-subsidy",
        _is_rate_of_a_subsidy,
        (
            "贴息比例不超过贷款利率的50%",
            "给予缴纳税款75%的财政支持",
            "每引进1名博士给予支持",
            "按设备投资额的10%，给予最高支持",
            "对中小微企业按60%返还",
            "失业保险费率继续按1%执行",
        ),
    ),
    Aside(
        "tax",
        _is_of_a_tax,
        (
            "小微企业减按25%计入应纳税所得额",
            "研发费用加计扣除比例提高至100%",
            "年应纳税所得额不超过200万元部分减半征收",
        ),
    ),
    Aside("singles-out", _singles_out, ("差评率高于3%的大厅予以通报",)),
    Aside("reached-already", _is_reached, ("目前已建成20个站点", "去年完成30项")),
)


def is_aside(figure: Printed) -> bool:
    """Whether the figure is a condition, a threshold, a fact or an old state."""
    return any(aside.holds(figure) for aside in ASIDES)
