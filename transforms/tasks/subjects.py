"""What a target measures, in one spelling for one thing, so that cities can be compared."""

from __future__ import annotations

import re

from transforms.tasks.subject_names import COUNTED, SHARE, SUBJECTS, TIMED

_LEADING = re.compile(
    r"^(?:进一步|逐步|力争|争取|确保|推动|推进|实现|年内|全年|年底前|今年|将|把|使|对|并|且|同时|其中|"
    r"原则上|平均|累计|以上|的|在|再|全市|全省|全州|全区|全县|我市|我省|到\d{4}年|\d{4}年(?:底前|内)?|"
    r"\d{1,2}月底前|\d{1,2}月\d{1,2}日前|[至到在]|前|凡|每年(?=.{2}))+"
)
_TRAILING = re.compile(
    r"(?:由|从|力争|确保|均|全部|平均|再|要|应|(?<!许)(?<!认)可|累计|已|原则上|统一|一律|分别|的|为|在|总量|达到|达|等|稳定|保持|"
    r"(?:\d{4}年)?(?:\d{1,2}月)?底前|年底前?|年内|\d{4}年|上半年|下半年|全年)+$"
)
# What only says that something is done; the thing stands behind the figure.
_DOES = re.compile(
    r"(?:再|首批|全年|共)?(?:新增|推出|选取|选择|选定|遴选|聘请|听取|覆盖|完成|新?上线|满足|形成|打造|建设|建成|培育|推广|公布|发布|"
    r"试点|服务|培训|开展|组织|举办|惠及)+"
)
_STOPS = "，。；：！？、（）“”"
_TIME_UNITS = ("工作日", "自然日", "日", "天", "小时", "分钟", "月", "秒")
_LONGEST = 24


def subject_of(text: str, clause: int, figure: int, unit_end: int, clause_end: int, unit: str) -> str:
    """The subject of the figure at `figure`: what the clause says before it, else what follows the unit."""
    before = text[clause:figure].replace("“", "").replace("”", "")
    measure = _measure(unit)
    for subject in SUBJECTS:
        if subject.measure == measure and subject.pattern.search(before):
            return subject.name
    printed = _trim(before)
    if printed and (measure != COUNTED or not _DOES.fullmatch(printed)):
        return printed
    return _following(text, unit_end, clause_end) or printed


def _measure(unit: str) -> str:
    if unit.endswith(_TIME_UNITS):
        return TIMED
    return SHARE if unit.endswith(("%", "‰", "百分点")) else COUNTED


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
