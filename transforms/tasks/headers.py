"""What a column of a task table holds, told by the meaning of its head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

NUMBER, SECTION, MATTER, MEASURE, GOAL, LEAD, RESPONSIBLE, SUPPORT, DUE = (
    "number", "section", "matter", "measure", "goal", "lead", "responsible", "support", "due",
)  # fmt: skip
_UNIT = "(?:单位|部门|处室|科室|股室|机构|主体|方)?"
# In this order: 牵头单位 before 单位, 完成时限 before 任务.
MEANINGS = (
    (NUMBER, re.compile(r"序号?|编号|序列|任务编号|项次|号")),
    (LEAD,
    re.compile(rf"(?:总)?(?:牵头|主办)(?:责任|负责)?{_UNIT}(?:[(（].*[)）])?|市级牵头{_UNIT}|省级牵头{_UNIT}")),
    (SUPPORT,
    re.compile(rf"(?:主要)?(?:配合|协办|参与|参加|协助|协同|支持|协作|会办|联办)(?:责任|落实)?{_UNIT}(?:（.*）)?")),
    (
        RESPONSIBLE,
        re.compile(
            r"(?:主要|第一|整改|具体)?(?:责任|主责|落实|实施|承办|负责|执行|承担|任务|承接|整改|经办)(?:单位|部门|处室|"
            r"科室|股室|机构|主体|县区|县市区|区县|乡镇|镇街|街道)(?:及分工)?(?:（.*）)?"
            r"|责任分工|任务分工|工作分工|分工|职责分工|部门分工|单位|部门"
        ),
    ),
    (
        DUE,
        re.compile(
            r"(?:计划|拟|预计)?(?:完成|推进|办理|落实|整改|工作|任务|实施|办结|目标|上线|"
            r"达到|销号|解决)?(?:的)?(?:时限|时间|期限|日期|节点|进度|月份)(?:要求|节点|节点要求|安排|进度|表|计划)?|"
            r"完成时间节点|推进计划"
        ),
    ),
    (
        MEASURE,
        re.compile(
            r"(?:具体|主要|工作|改革|推进|落实|重点|细化|任务|对应|实施|创新|整改|贯彻落实|保障)*(?:措施|"
            r"举措|做法)(?:及要求|要求|内容)?|(?:改革|主要|具体|工作|任务|目标|实施|整改|建设|服务)(?:任务)?内容|"
            # Whatever stands before it (攻坚举措) and behind it (推进举措及完成时限).
            r"[\u4e00-\u9fff]{2,6}(?:措施|举措)|[\u4e00-\u9fff]{2,8}(?:措施|举措|内容|要求|安排)[及和与、](?:[\u4e00-\u9fff]{0,2}(?:"
            r"时限|时间|要求|目标|标准|进度|节点))+|(?:推进|工作|实施|整改)步骤|(?:政策|项目|试点|优化|提升|清单|对标|事项|整治)内容|"
            r"内容|工作要求|任务要求|(?:具体|细化)(?:工作)?任务|任务目标|工作目标及措施|具体要求|"
            r"目标(?:任务|要求)|工作标准|(?:任务|工作|事项|内容|具体)描述"
        ),
    ),
    (
        MATTER,
        re.compile(
            r"(?:重点|主要|工作|改革|目标|年度|实事|具体|试点|创新|任务|提升|整治|优化|一级|二级|政策|"
            r"推广|责任|分解|民生|一件事)*(?:事项|任务|工作|项目|举措事项|要点)(?:名称|清单|分解|及要求)?|"
            r"[\u4e00-\u9fff]{2,4}(?:事项|任务)(?:名称)?|"
            r"任务名称|项目名称|工作事项|专项行动|改革点|(?:高效办成)?一件事(?:主题|清单)?(?:名称)?|"
            r"(?:主题|场景|服务|改革|行动|工程|举措)名称|"
            r"(?:反馈|存在|整改|突出|具体|主要){0,2}问题(?:清单|描述|表现)?"
        ),
    ),
    (GOAL,
    re.compile(r"(?:\d{4}年度?)?(?:预期|工作|年度|量化|具体|总体|阶段性?|任务|目标|建设|改革|整改|完成|达到|提升)*(?:目标|目标值|成效|效果|成果)(?:及要求)?")),
    (SECTION,
    re.compile(r"(?:任务|改革|工作|所属)?(?:类别|领域|分类|类型|板块|方面|指标|一级指标|二级指标|一级任务|环节|模块|阶段)")),
)  # fmt: skip
UNIT_COLUMNS = (LEAD, RESPONSIBLE, SUPPORT)
_WHO_WORKS = re.compile("责任|牵头|主办|承办|实施|落实|负责")
_OF_A_LIST = re.compile("姓名|职务|电话|联系|得分|分值|评分|扣分|指标|标准|依据|(?:证明|证照)名称")


def says_who_works(heads: Sequence[str]) -> bool:
    """Whether a table whose heads name nothing to do is yet one of work: no list of persons, no marks."""
    units = any(_WHO_WORKS.search(head) for head in heads if meaning(head) in UNIT_COLUMNS)
    return units and not any(_OF_A_LIST.search(head) for head in heads)


# Beside what is to be done: where it comes from, how far it is, what comes of it.
_NO_MEASURE = re.compile(
    "备注|依据|来源|进[展度]|情况|成[果效]|领导|人员?$|现状|原因|问题|季度|月|电话|范围|标准|说明|案例|意见|单位|部门"
)


def may_hold_measures(head: str) -> bool:
    """Whether a column of unknown name may say how a matter is to be done."""
    return bool(head) and meaning(head) is None and _NO_MEASURE.search(head) is None


# A list of what there is, not of what is to be done: approvals with their grounds, limits and levels.
_OF_A_CATALOGUE = re.compile(
    "(?:设定|实施|法定|法律|行使)依据|法定(?:办结|办理)?时限|承诺(?:办结|办理)?时限|(?:行使|审批|实施)层级|处理决定|"
    "(?:证明|证照|许可证件?)名称"
)


def is_catalogue(meanings: Iterable[str], heads: Iterable[str]) -> bool:
    """Whether a table only lists matters: its heads say so, and it has no column of measures."""
    return MEASURE not in meanings and any(_OF_A_CATALOGUE.search(head) for head in heads)


# What a head may say besides: whose unit it is (市级责任单位, 区县责任部门), who answers for it
# (责任单位及责任人), a second word for the same (牵头（责任）单位, 牵头/责任单位).
_BESIDES = re.compile(
    r"^(?:[省市县区州旗盟]、?){1,3}(?:级|直|政府)?(?=[责牵承配协主参落实])|（[^（）]{1,12}）|"
    r"[及和与、/](?:具体)?(?:责任|负责|联系|经办)(?:人员?|领导|同志)$|/(?:责任|主责|主办)(?=单位|部门|处室|科室)"
)


@lru_cache(maxsize=2048)
def meaning(head: str) -> str | None:
    """What a column with this head holds, or None when it is nothing of a task."""
    head = head.strip("：；。、").replace("“", "").replace("”", "")
    if not head or len(head) > 24:
        return None
    found = _meaning(head)
    if found is None and (bare := _BESIDES.sub("", head)) != head:
        return _meaning(bare)
    return found


def _meaning(head: str) -> str | None:
    return next((name for name, pattern in MEANINGS if pattern.fullmatch(head)), None)
