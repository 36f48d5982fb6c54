"""What a section's name says of its items: none are tasks, they are safeguards, it is a duty to report."""

from __future__ import annotations

import re
from dataclasses import dataclass

MEASURE, SAFEGUARD, REPORTING = "measure", "safeguard", "reporting"


@dataclass(frozen=True, slots=True)
class NameRule:
    """Names of sections of one sort."""

    name: str
    pattern: re.Pattern[str]  # matched against a whole name without final mark
    reads: tuple[str, ...]
    leaves: tuple[str, ...]


_GOALS = (
    r"(?:总体|指导|基本|工作|主要|发展|改革|行动|攻坚|年度|目标|建设|总|创建|预期|具体|整治|实施|活动|"
    r"提升|考核|\d{4}年|到\d{4}年|阶段性?|十四五|“十四五”)*"
    r"(?:要求|思想|原则|目标|思路|任务目标|目标任务|目的|意义|考虑|背景|依据|定位|愿景)"
)
NO_TASKS = NameRule(
    "goals-and-principles",
    re.compile(
        rf"(?:{_GOALS}(?:和|与|及|、|，)?)+|(?:适用|实施|考核|评价|参评|申报|评选|整治|试点|赋权|清理|排查|检查|抽查|评估|征集|改革|规范|推广|治理|覆盖)*(?:范围|"
        rf"对象|条件)(?:和(?:范围|对象|条件))?"
        r"|(?:清理|梳理|编制|划转|承接|分类|规范|整治|下放)+原则|(?:会议|报告)内容|(?:参会|参加|出席|列席)(?:人员|单位)"
        r"|重要意义|重大意义|重要性|工作背景|名词解释|术语(?:和定义|定义)|有效期(?:限)?|施行日期|"
        r"编制依据|现状(?:与|和)?.{0,6}|面临形势|工作基础|解释权?|附则"
        # What a 通报 reports before it asks for anything.
        r"|(?:存在|发现|主要|突出){1,2}的?(?:主要|突出)?问题(?:及原因|和不足)?"
        r"|(?:主要|工作|取得的?){1,2}(?:成效|成绩|做法)"
        r"|(?:总体|基本|整体|主要|督查|检查|抽查|评价|评估|考核|测评|监测|工作|开展|完成|进展|落实|"
        r"推进|整改|运行){1,3}情况"
    ),
    (
        "总体要求",
        "指导思想",
        "基本原则",
        "主要目标",
        "工作目标",
        "总体要求和主要目标",
        "工作思路",
        "2023年工作目标",
        "考核对象",
        "目标要求",
        "总体情况",
        "工作开展情况",
        "存在的主要问题",
        "清理原则",
        "清理规范原则",
        "改革范围",
        "会议内容",
        "参加人员",
    ),
    (
        "梳理内容",
        "扩大改革范围",
        "规范自由裁量范围",
        "参加人员培训",
        "工作要求",
        "重点任务",
        "实现工作目标任务",
        "有关要求",
        "落实目标责任",
        "主要任务",
        "目标任务分解",
        "及时通报情况",
    ),
)
# What such a name ends with: most names are passed over at once.
_LAST_OF_NO_TASKS = frozenset("求想则标路务的义虑景据位围象件容员性释语期限权势础题因足效绩法况")
# Requirements at the end are safeguards, those at the beginning goals.
_ASKED = re.compile(
    r"(?:工作|有关|相关|具体|几点|落实|组织|实施|保障|其他|报送|纪律)?要求|工作任务|重点任务|主要任务|"
    r"目标任务|任务目标|实施目标任务"
)
# What is to be done, unless tasks of another name stand before it: there it is how they are seen to.
_STEPS = "(?:工作|推进|落实)措施"
SAFEGUARDS = NameRule(
    "safeguards",
    re.compile(
        r".*(?:保障措施|组织(?:实施|保障|领导|落实|推进|推动|管理|协调|机制)|工作保障|实施保障|"
        r"强化保障|统筹保障|服务保障措施|落实保障|保障落实|监督保障)"
        r".*|(?:工作|有关|相关|具体|几点|落实|组织|实施|其他|纪律)要求|(?:强化|加强|健全|完善|严格|做好|"
        r"注重)?(?:工作)?(?:监督|督查|督导|考核|跟踪|督促|督办|绩效)(?:|落实|检查|考核|问效|问责|评估|"
        r"激励|指导|督导|评价|督办|督查|监督|落地|(?:和|与|、|，).*)"
        r"|.*(?:落实|压实|明确|强化|靠实|夯实).{0,4}责任(?:落实|分工|$).*|(?:狠抓|抓好|强化|加强|确保|"
        r"推动|推进|注重|严格)(?:工作|任务|改革|政策|贯彻|责任|跟踪|推进|督促|末端)*(?:落实|落地|"
        r"实施)(?:见效|落地|到位)?|(?:健全|完善|建立|强化)*(?:工作|服务|组织|推进)?保障机制|强化监督|加强监督|推进机制|强化领导.*|加强领导.*|加强统筹(?:协调|推进|"
        r"领导).*|强化统筹(?:协调|推进|领导).*|责任落实|加强党的领导|(?:认真|切实)(?:抓好|做好|狠抓)?(?:工作)?落实|"
        rf"(?:严肃|严格|强化|加强)?(?:追责问责|责任追究)|(?:严肃|严明|严格|强化)(?:工作|改革|纪律|各项)*(?:纪律|要求)|{_STEPS}"
    ),
    (
        "保障措施",
        "组织实施",
        "加强组织领导",
        "有关要求",
        "落实各方责任",
        "强化监督",
        "五、强化保障措施，确保改革任务落地见效",
        "工作要求",
        "强化监督考核",
        "压实工作责任",
        "狠抓工作落实",
        "强化督查考核",
        "保障落实",
        "严肃工作纪律",
    ),
    (
        "强化要素保障",
        "提高思想认识",
        "加强宣传引导",
        "强化协同联动",
        "加强和规范事中事后监管",
        "落实安全生产主体责任制度改革",
        "重点任务",
    ),
)
# Each such name has one of these: the others are passed over at once.
_IN_SAFEGUARDS = frozenset("障织求督核踪绩责落施制领筹律")
REPORTS = NameRule(
    "duty-to-report",
    re.compile(
        r"(?:请|并|要|按时|及时|按期|定期|认真|做好|抓好|加强|强化|规范|严格|落实|建立|完善|实行|"
        r"做好)*(?:工作|任务|信息|进展|进度|情况|材料|数据|报表|总结|推进|落实|改革|有关|相关|申报|的)*"
        r"(?:报送|上报|填报|反馈|汇报|报告)(?:工作|制度|要求|进展|情况|信息|总结|材料|时间|方式|机制|"
        r"数据|及|和|推进|落实|任务|申报|自评|自查|台账|清单|方案|表格)*"
    ),
    ("按时报送工作进展情况", "报送要求", "及时报送信息", "加强信息报送", "做好总结报送工作"),
    ("推广“放管服”改革措施", "企业年度报告公示", "加强信息公开", "投诉举报反馈办法研究", "抓好工作总结"),
)
RULES = (NO_TASKS, SAFEGUARDS, REPORTS)


def _bare(name: str) -> str:
    """A name without its quotation marks and final marks."""
    return name.lstrip('“”"').rstrip('。；：，、！”"')


def holds_no_tasks(name: str, leaf: bool = False) -> bool:
    """Whether a section of this name states goals, principles or scope.

    目标任务 does when it is a text of its own (`leaf`), and is a list of tasks when it has items.
    """
    name = _bare(name)
    if len(name) >= 40 or not (name[-1:] in _LAST_OF_NO_TASKS or "现状" in name):
        return False
    if NO_TASKS.pattern.fullmatch(name) is None:
        return False
    return not _ASKED.fullmatch(name) or (leaf and name.endswith(("目标任务", "任务目标")))


_OPENS_WITH_GOALS = re.compile(
    r"(?:总体要求|指导思想|基本原则|(?:主要|工作|总体|活动|改革|发展|行动)目标|(?:工作|总体|"
    r"基本)思路)(?=[坚以深全为围按聚到力通贯根紧用对加牢认\d])"
)


def opens_with_goals(text: str) -> bool:
    """Whether a text whose heading ran into it without a break begins with the name of such a section."""
    return _OPENS_WITH_GOALS.match(text) is not None


# Where to write to: 电子邮箱：…, 通信地址：…，邮编：….
_ADDRESS = re.compile(
    r"(?:通过)?(?:联系|咨询|监督|举报|投诉|反馈|征集|意见)*(?:电子)?(?:邮箱|邮件|信箱|邮编|邮政编码|信函|来信|电话|传真|"
    r"通[信讯]地址|地址|网址|联系人|联系方式|微信|微信公众号)(?:地址|方式|号码|反馈|邮寄)*(?:（[^（）]{1,20}）)?："
)
_LONGEST_ADDRESS = 24
_SAYS_NOTHING_TO_DO = re.compile(
    r"为(?:了)?.{4,160}(?:制定|提出)(?:本|如下|以下).{2,8}|"
    r"本(?:办法|规定|细则|意见|措施|方案|通知|条例|政策|若干措施)(?:所称.*|适用于.*"
    r"|由[^，。]{2,30}(?:负责)?解释.{0,60}|自[^，。]{2,30}起(?:正式)?(?:施行|实施|执行|试行|生效).{0,80})",
    re.DOTALL,
)


def says_nothing_to_do(text: str) -> bool:
    """Whether an item states but a purpose, a definition, an address, who interprets the text, since when."""
    if len(text) >= 260:
        return False
    if "：" in text[:_LONGEST_ADDRESS] and _ADDRESS.match(text):
        return True
    return _SAYS_NOTHING_TO_DO.fullmatch(text.rstrip("。；")) is not None


def is_safeguard(name: str) -> bool:
    """Whether the items of a section of this name are safeguards."""
    if len(name) >= 60 or _IN_SAFEGUARDS.isdisjoint(name):
        return False
    return SAFEGUARDS.pattern.fullmatch(_bare(name)) is not None


def is_named_steps(name: str) -> bool:
    """Whether a section's name says as well that it holds the measures as that it secures them."""
    return re.fullmatch(_STEPS, _bare(name)) is not None


def is_reporting(title: str) -> bool:
    """Whether a numbered item of this title is as a whole a duty to report."""
    if len(title) >= 30 or not ("报" in title or "反馈" in title):
        return False
    return REPORTS.pattern.fullmatch(_bare(title)) is not None
