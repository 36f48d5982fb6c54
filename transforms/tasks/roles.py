"""The words that say what a unit has to do: labels (`牵头单位：`) and verbs (`…按职责分工负责`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

LEAD, RESPONSIBLE, SUPPORT = "lead", "responsible", "support"
DUE, NOBODY = "due", "nobody"  # what a label announces that is no unit: a date, a person

_BODY = "(?:单位|部门|处室|科室|股室|机构|主体|局办)"
_LABELS = (
    # Persons and sources first: 牵头领导 is no unit.
    (
        NOBODY,
        r"(?:牵头|责任|分管|包抓|包联|主管|挂钩|负责|市级|督办)领导|(?:第一)?(?:具体)?(?:责任|负责|联系|经办|填报|牵头)人(?:员)?|联系(?:电话|方式)|电话|手机|传真|(?:任务)?来源|备注|依据",
    ),
    (LEAD, rf"(?:总)?(?:牵头|主办)(?:考核|责任|负责|实施|承办)?{_BODY}?(?:[及和、(]责任{_BODY})?"),
    (SUPPORT, rf"(?:主要)?(?:责任)?(?:配合|协办|参与|参加|协助|协同|支持|会办|共同责任|协作){_BODY}?"),
    (
        DUE,
        r"(?:计划|拟)?(?:完成|推进|办理|落实|整改|工作|任务|实施|办结)?(?:的)?(?:时限|时间|期限|日期)(?:要求|节点|安排|进度|表)?|(?:进度|时间)(?:要求|节点|安排)",
    ),
    (
        RESPONSIBLE,
        rf"(?:主要|第一|具体|分工)?(?:责任|落实|实施|承办|负责|执行|完成|承担|主责|任务){_BODY}(?:及分工)?|责任分工|任务分工|工作分工|责任主体",
    ),
)
# What a label begins with, looked at first: most places are passed over at once.
_BEGINS = (
    "(?=[省市县区州牵责分包联主挂负督第具经填电手传任来备依总配协参支会共计拟完推办落整工实时期日进承执])"
)
LABEL = re.compile(
    _BEGINS
    + "(?:[省市县区州]级)?(?:"
    + "|".join(f"(?P<{role}>{words})" for role, words in _LABELS)
    + r")(?:（[^（）]{1,20}）)?："
)
_LONGEST_LABEL = 45


def labels_in(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The labels in `text[start:end]`; each ends at a colon, so only what stands before one is looked at."""
    colon = text.find("：", start, end)
    while colon >= 0:
        label = LABEL.search(text, max(start, colon - _LONGEST_LABEL), colon + 1)
        if label:
            yield label
            start = label.end()
        colon = text.find("：", colon + 1, end)


_SHARE = (
    r"(?:按|按照|依|依照|根据|依据|结合)(?:各自|相应|自身)?(?:部门)?(?:工作)?"
    r"(?:职责|职能|责任|分工)(?:任务)?(?:分工|权限|范围)?"
)
_TAIL = (
    r"(?:负责|落实|推进|推动|实施|组织实施|组织落实|组织|办理|统筹|协调|抓好|抓总|做好|完成|开展|工作"
    r"|贯彻落实|推进落实|抓落实)*"
)
_ADVERB = (
    r"(?:共同|分别|联合|负责|总|分工|具体|各自|组织|积极|协同|密切|配合|参与|协助|统筹|主要|为主|直接|抓好|贯彻|做好"
    r"|全力|分头|结合实际(?:情况)?)*"
)
VERB = re.compile(
    rf"(?:，?并?{_ADVERB}(?:{_SHARE})?{_ADVERB}(?:牵头|负责|落实|配合|参与|参加|协办|协助|协同|支持|承办|"
    rf"主办|组织实施|实施|推进|负总责){_TAIL}(?:并{_SHARE}{_TAIL})?"
    rf"|并?{_SHARE}{_TAIL}|为(?:主要)?(?:牵头|责任|配合|参与|协办){_BODY}|（(?:牵头|负责|配合|主办|协办|"
    rf"责任)(?:单位|部门)?）)$"
)


# A verb is written in these alone: it cannot begin before the last other character.
_LETTERS = "".join(sorted({*re.findall("[\u4e00-\u9fff，（）]", VERB.pattern)}))
_LONGEST_VERB = 40


def verb_at_end(member: str) -> str | None:
    """The verb that ends a member of a list, with its adverbs, or None."""
    tail = member[-_LONGEST_VERB:]
    match = VERB.search(tail, len(tail.rstrip(_LETTERS)))
    return match[0] if match and match.end() == len(tail) else None


def role_of(verb: str) -> str:
    """Whose verb it is: 牵头 before all, then 配合, else 负责."""
    if "牵头" in verb or "主办" in verb:
        return LEAD
    if any(word in verb for word in ("配合", "参与", "参加", "协办", "协助", "协同", "支持")):
        return SUPPORT
    return RESPONSIBLE


# `排在第一位的部门为牵头部门，下同`, `第一责任单位为牵头单位`: the first of a list leads.
FIRST_LEADS = re.compile(
    r"(?:排|列|位列|位居|居)?(?:在|名)?(?:第一|首)(?:位|个|家|责任|的)[^，。；（）]{0,10}(?:为|"
    r"是)[^，。；（）]{0,4}牵头"
)


def first_leads(text: str, start: int, end: int) -> re.Match[str] | None:
    """The words in `text[start:end]` that say that the first of a list leads, or None."""
    if text.find("第一", start, end) < 0 and text.find("首", start, end) < 0:
        return None
    return FIRST_LEADS.search(text, start, end)
