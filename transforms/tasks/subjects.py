"""What a target measures, in one spelling for one thing, so that cities can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing measured, and how it is said."""

    name: str
    pattern: re.Pattern[str]
    reads: tuple[str, ...]
    timed: bool = False  # measured in time


SUBJECTS = (
    Subject(
        "企业开办时间",
        re.compile(r"(?:企业开办|开办企业|企业设立|新设立企业)(?!.*(?:率|占比|环节|成本))"),
        ("企业开办全流程办理时限", "开办企业", "企业开办时间"),
        True,
    ),
    Subject(
        "企业注销时间",
        re.compile(r"注销(?!.*(?:率|占比|环节))"),
        ("简易注销公示时间", "企业注销办理时间"),
        True,
    ),
    Subject("不动产登记办理时间", re.compile(r"不动产|抵押登记|转移登记"), ("不动产登记", "抵押登记"), True),
    Subject(
        "工程建设项目审批时间",
        re.compile(r"(?:工程|建设项目|施工许可|投资项目|项目)[^，]*(?:审批|许可|办理|报建)"),
        ("工程建设项目全流程审批时限", "建设项目施工许可"),
        True,
    ),
    Subject("竣工联合验收时间", re.compile(r"联合验收"), ("联合验收办理时间",), True),
    Subject(
        "用电报装时间", re.compile(r"用电报装|获得电力|办电|接电"), ("全过程办电时间", "用电报装全流程"), True
    ),
    Subject("用水报装时间", re.compile(r"(?:用水|供水)(?!.*用?气)"), ("获得用水时间", "用水报装"), True),
    Subject("用气报装时间", re.compile(r"(?:用气|供气)"), ("获得用气时间", "用气报装"), True),
    Subject("出口退税办理时间", re.compile(r"出口退税"), ("办理正常出口退税的平均时间",), True),
    Subject("纳税时间", re.compile(r"纳税(?:缴费)?时间"), ("企业年均纳税时间",), True),
    Subject(
        "网上可办率",
        re.compile(r"网上可办|(?<!全程)网办率|可网办|网上办理率|网办比例|网上可办理"),
        ("政务服务事项网上可办率", "高频事项网办率"),
    ),
    Subject("全程网办率", re.compile(r"全程(?:网办|网上办)"), ("事项全程网办率",)),
    Subject("即办件占比", re.compile(r"即办件"), ("即办件占比",)),
    Subject("最多跑一次占比", re.compile(r"最多跑一次"), ("“最多跑一次”占比",)),
    Subject("一窗受理比例", re.compile(r"一窗(?:综合|分类)?受理|综合窗口"), ("综合窗口占比", "一窗受理率")),
    Subject("好差评整改率", re.compile(r"差评[^，]*(?:整改|回访)"), ("差评整改率", "差评按期整改率")),
    Subject("群众满意率", re.compile(r"满意[率度]"), ("企业群众满意率",)),
    Subject("电子证照应用率", re.compile(r"电子证照[^，]*(?:应用率|使用率)"), ("全年高频电子证照应用率",)),
    Subject("电子招标投标率", re.compile(r"电子(?:招标投标|招投标)率|全流程电子化率"), ("电子招标投标率",)),
    Subject("双随机抽查覆盖率", re.compile(r"随机[^，]*覆盖率"), ("随机抽查事项覆盖率",)),
)
_LEADING = re.compile(
    r"^(?:进一步|逐步|力争|争取|确保|推动|推进|实现|年内|全年|年底前|今年|将|把|使|对|并|且|同时|其中|"
    r"原则上|平均|累计|以上|的|在|再|全市|全省|全州|全区|全县|我市|我省|到\d{4}年|\d{4}年(?:底前|内)?|"
    r"\d{1,2}月底前|[至到在]|前)+"
)
_TRAILING = re.compile(
    r"(?:由|从|力争|确保|均|全部|平均|再|要|应|可|累计|已|原则上|统一|一律|分别|的|为|在|总量|达到|达|等)+$"
)
_STOPS = "，。；：！？、（）“”"
_TIME_UNITS = ("工作日", "自然日", "日", "天", "小时", "分钟", "月", "秒")
_LONGEST = 24


def subject_of(text: str, clause: int, figure: int, unit_end: int, clause_end: int, unit: str) -> str:
    """The subject of the figure at `figure`: what the clause says before it, else what follows the unit."""
    before = text[clause:figure].replace("“", "").replace("”", "")
    timed = unit.endswith(_TIME_UNITS)
    for subject in SUBJECTS:
        if subject.timed == timed and subject.pattern.search(before):
            return subject.name
    return _trim(before) or _following(text, unit_end, clause_end)


def _trim(before: str) -> str:
    before = re.split(r"[、（）]", before)[-1]
    before = re.sub(r"(?:由|从)[\d一二两三四五六七八九十].*$", "", before)
    before = _TRAILING.sub("", _LEADING.sub("", before))
    return before[-_LONGEST:] if len(before) > 1 else ""


def _following(text: str, start: int, end: int) -> str:
    """The noun after a count: `推出60个事项…`."""
    rest = re.sub(r"^(?:及?以上|以内|左右|内|的)+", "", text[start : min(end, start + _LONGEST)])
    stop = next((n for n, char in enumerate(rest) if char in _STOPS), len(rest))
    return rest[:stop]
