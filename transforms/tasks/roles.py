"""The words that say what a unit has to do: labels (`牵头单位：`) and verbs (`…按职责分工负责`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LEAD, RESPONSIBLE, SUPPORT = "lead", "responsible", "support"
DUE, NOBODY = "due", "nobody"  # what a label announces that is no unit with a part: a date, a person


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Words that give one role. `reads` are members with a unit, `leaves` look-alikes."""

    name: str
    role: str
    words: str
    reads: tuple[str, ...]
    leaves: tuple[str, ...] = ()


_BODY = "(?:单位|部门|处室|科室|股室|机构|主体|局办)"
LABELS = (
    # In this order; persons and sources first: 牵头领导 is no unit.
    RoleRule(
        "person-or-source",
        NOBODY,
        r"(?:牵头|责任|分管|协管|包抓|包联|主管|挂钩|负责|市级|督办)[省市县区州]?领导|"
        r"(?:第一)?(?:具体)?(?:责任|负责|联系|经办|填报|牵头)人(?:员)?|联系(?:电话|方式)|电话|手机|传真|"
        r"(?:任务)?来源|备注|依据",
        ("牵头领导：王某", "责任人：李某", "联系电话：0000-1234567", "任务来源：省政府"),
        ("牵头单位：市水务局",),
    ),
    RoleRule(
        "watches-or-guides",
        NOBODY,
        rf"(?:业务)?(?:指导|监督|督办|督导|督查|监管|验收|考核|评估|审核){_BODY}",
        ("指导单位：省水利厅", "督办单位：市政府督查室"),
        ("牵头考核单位：市水务局",),
    ),
    RoleRule(
        "lead",
        LEAD,
        rf"(?:总)?(?:牵头|主办)(?:考核|责任|负责|实施|承办|协调)?{_BODY}?(?:[及和、(]责任{_BODY})?",
        ("牵头单位：市水务局", "主办：市水务局", "市级牵头部门：市水务局", "牵头考核单位：市水务局"),
        ("牵头领导：王某",),
    ),
    RoleRule(
        "support",
        SUPPORT,
        rf"(?:主要)?(?:责任)?(?:配合|协办|参与|参加|协助|协同|(?:技术)?支持|支撑|会办|共同责任|协作|协同配合|联办)(?:责任)?{_BODY}?",
        (
            "配合单位：市水务局",
            "协同部门：市水务局",
            "参加单位：市水务局",
            "支持单位：市水务局",
            "配合责任单位：市水务局",
        ),
        ("协调会议：每月一次",),
    ),
    RoleRule(
        "due",
        DUE,
        r"(?:计划|拟)?(?:完成|推进|办理|落实|整改|工作|任务|实施|办结)?(?:的)?(?:时限|时间|期限|日期)"
        r"(?:要求|节点|安排|进度|表)?|(?:进度|时间)(?:要求|节点|安排)",
        ("完成时限：2023年6月底前", "时间节点：6月底前"),
    ),
    RoleRule(
        "responsible",
        RESPONSIBLE,
        rf"(?:主要|第一|具体|分工|其他|其它|相关)?(?:责任|落实|实施|承办|负责|执行|完成|承担|主责|任务){_BODY}(?:及分工)?|"
        r"(?:责任|任务|工作|部门|职责)分工|责任主体|责任|承办|主责|负责",
        (
            "部门分工：市水务局",
            "责任单位：市水务局",
            "主责单位：市水务局",
            "承办：市水务局",
            "责任：市水务局",
        ),
        ("责任人：李某",),
    ),
)
# What a label begins with, looked at first: most places are passed over at once.
_BEGINS = (
    "(?=[省市县区州业牵责分包联主挂负督第具经填电手传任来备依指监验考评审总配协参支会共技其相职部计拟完推办落整工实时期日进"
    "承执])"
)
_LABEL = (
    "(?:[省市县区州]级)?(?:"
    + "|".join(f"(?P<{rule.role}{n}>{rule.words})" for n, rule in enumerate(LABELS))
    + ")"
)
LABEL = re.compile(rf"{_BEGINS}{_LABEL}(?:（[^（）]{{1,20}}）)?：")
_LABEL_ENDS = frozenset(
    "导人员话式机真源注据位门室构体办间限期求点排度表工任责头合与加助同持撑作）"
)  # before its colon
_LONGEST_LABEL = 45
# A label without a bracket is written in these alone: it cannot begin before the last other character.
_LABEL_LETTERS = "".join(sorted({*re.findall("[\u4e00-\u9fff、(]", _LABEL)}))
# `牵头单位市水务局`: a label whose colon is a blank or nothing. A place or 各 has to follow.
_BARE_LABEL = re.compile(
    r"(?:(?P<lead>牵头)|(?P<support>配合|协办|参与|协助|协同)|(?P<responsible>责任|承办|落实|主责))"
    r"(?:单位|部门|处室)[为是]?(?=[省市县区州].|各[省市县区有相成镇街乡部单])"
)
# Alone these are nouns of prose too (`落实责任：一是…`), so a unit has to stand behind them.
NOUNS = frozenset({"责任", "承办", "主责", "负责", "支持", "参与", "配合", "协同"})


def is_noun(label: re.Match[str]) -> bool:
    """Whether a label may as well be a noun of prose."""
    return label[0].rstrip("：") in NOUNS


def label_role(label: re.Match[str]) -> str:
    """The role that a label gives."""
    return str(label.lastgroup).rstrip("0123456789")


def label_at_beginning(member: str) -> re.Match[str] | None:
    """The label that a member of a list begins with, or None."""
    return (LABEL.match(member) if "：" in member else None) or _BARE_LABEL.match(member)


def labels_in(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The labels in `text[start:end]`; each ends at a colon, so only what stands before one is looked at."""
    colon = text.find("：", start, end)
    while colon >= 0:
        if text[colon - 1] in _LABEL_ENDS:
            first = max(start, colon - _LONGEST_LABEL)
            if text[colon - 1] == "）":
                first = max(first, text.rfind("。", first, colon) + 1)
            else:
                first += len(text[first:colon].rstrip(_LABEL_LETTERS))
            label = LABEL.search(text, first, colon + 1)
            if label:
                yield label
                start = label.end()
        colon = text.find("：", colon + 1, end)


_SHARE = (
    r"(?:按|按照|依|依照|根据|依据|结合)(?:各自|相应|自身)?(?:部门)?(?:工作)?"
    r"(?:职责|职能|责任|分工)(?:任务)?(?:分工|权限|范围)?"
)
_TAIL = (
    r"(?:负责|落实|推进|推动|实施|组织实施|组织落实|组织|办理|统筹|协调|协同|抓好|抓总|做好|完成|开展|"
    r"(?:相关|有关|各项|具体)?工作|贯彻落实|推进落实|抓落实)*"
)
_ADVERB = (
    r"(?:共同|分别|联合|负责|总|分工|具体|各自|(?<![会业类团济党])组织|积极|协同|密切|配合|参与|协助|统筹|主要|为主|直接|抓好|贯彻|做好"
    r"|分阶段|按阶段|分级|分类|分片|分层|全力|分头|结合实际(?:情况)?)*"
)
VERBS = (
    # Whose verb it is: 牵头 before all, then 配合, else 负责.
    RoleRule(
        "lead",
        LEAD,
        "牵头|主办",
        ("市水务局牵头", "市水务局负责牵头抓总", "市水务局为牵头单位", "市水务局（牵头）"),
    ),
    RoleRule(
        "support",
        SUPPORT,
        "配合|参与|参加|协办|协助|协同|支持",
        (
            "市水务局配合",
            "市水务局密切配合",
            "市水务局积极配合做好相关工作",
            "市水务局按职责分工配合",
            "市水务局协同推进",
        ),
        ("市水务局牵头协同推进",),
    ),
    RoleRule(
        "responsible",
        RESPONSIBLE,
        "负责|落实|承办|组织实施|实施|推进|负总责|(?:(?<=[局委厅部办院署府心])|(?<=员会))(?:主责|统筹|组织)",
        ("市水务局负责", "市水务局按职责分工负责", "市水务局主责", "市水务局统筹", "市水务局组织实施"),
        ("社会组织",),
    ),
    RoleRule(
        "watches-or-guides",  # as the labels of that name: neither duty nor help
        NOBODY,
        "(?:业务|跟踪|监督|督促|加强|做好)*(?:指导|督导)",
        ("市水务局指导", "市水务局加强业务指导", "市水务局跟踪督导"),
        ("市水务局负责指导", "市就业指导中心"),
    ),
)
VERB = re.compile(
    rf"(?:，?并?{_ADVERB}(?:{_SHARE})?{_ADVERB}(?:{'|'.join(rule.words for rule in VERBS)}){_TAIL}"
    rf"(?:并{_SHARE}{_TAIL})?"
    rf"|并?{_SHARE}{_TAIL}|为(?:主要)?(?:牵头|责任|配合|参与|协办){_BODY}|[（〔](?:牵头|负责|配合|主办|协办|"
    rf"责任)(?:单位|部门)?[）〕])$"
)
# A verb is written in these alone: it cannot begin before the last other character.
_LETTERS = "".join(sorted({*re.findall("[\u4e00-\u9fff，（）〔〕]", VERB.pattern)}))
_VERB_ENDS = tuple("头导办合与加助同持责实施进筹织动理调好总成展作能任工务限围位门室构体）〕")
_LONGEST_VERB = 40


def verb_at_end(member: str) -> str | None:
    """The verb that ends a member of a list, with its adverbs, or None."""
    if not member.endswith(_VERB_ENDS):
        return None
    tail = member[-_LONGEST_VERB:]
    match = VERB.search(tail, len(tail.rstrip(_LETTERS)))
    return match[0] if match and match.end() == len(tail) else None


def is_verb(text: str) -> bool:
    """Whether a text is such a verb and nothing else."""
    return len(text) <= _LONGEST_VERB and text.endswith(_VERB_ENDS) and VERB.match(text) is not None


_ROLES = tuple((rule.role, re.compile(rule.words)) for rule in VERBS)


def role_of(verb: str) -> str:
    """Whose verb it is; sharing the work out (按职责分工) is to be responsible."""
    return next((role for role, words in _ROLES if words.search(verb)), RESPONSIBLE)
