"""Sentences outside the numbered items that make somebody report by a date, and who that somebody is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.tasks.context import Context
from transforms.tasks.deadlines import read_deadlines
from transforms.tasks.drafts import Draft, Span
from transforms.tasks.kinds import REPORTING
from transforms.tasks.rhythms import read_rhythms
from transforms.tasks.shares import Share
from transforms.tasks.unit_lists import OF_ALL_PLACES, Name, is_whole, split_units

REPORTS = re.compile(
    r"报送|上报|报告(?<!政府工作报告)(?!》|制度)|反馈|汇报|填报|备案|提交|呈报|抄报|书面报|报(?:至|到|给)|"
    r"报(?<!通报)(?=.{0,24}(?:政府|办公[厅室]|办|局|委|厅|部|小组|专班|国务院|备案|中心|处|科|督[查导][组室]))|发送?至|送至"
)
_LONGEST_DUTY = 120
_SUBJECT = (
    r"(?:各|有关|相关|[省市县区州]直|[省市县区]级|国务院|承担|[省市县区]各|[省市县]有关)"
    r"(?:[^，。；：、（）]|（[^（）]{1,10}）){0,14}?"
    r"(?:部门单位|部门|单位|处室|科室|政府|管委会|县区|区县|县市|市县|区市|地区|市州|州市|地市|街道|乡镇|"
    r"镇街|园区|功能区|委员会|海关|地|[市县区州盟旗省镇乡局委办厅](?:（[市县区旗州、]{1,8}）)?|"
    r"（[市县区旗州、]{1,8}）[区市]?)"
    r"(?=于|在|要|应|须|将|请|务|分别|每|按|认真|结合|对照|会同|及时|需|必|对|根据|定期|自|报|把|汇总|，|"
    r"、|和|及|与|各|\d|深化|推进|贯彻|落实|开展|完成|做好|指定|明确|“)"
)
_WHO = re.compile(
    rf"(?:请|由|要求|[，；：。\n]|"
    rf"^)(?:请)?(?P<who>{_SUBJECT}(?:[、和及与，]?(?:{_SUBJECT}))*)(?![内外间级本])"
)

# A sentence that opens with its subject: whole names up to a word that no name goes on with.
_OPENING = re.compile(
    r"(?:(?:以上|上述)[^，。；]{2,12}(?:，|(?=[请由])))?(?:请|由)?(?P<who>[^。；：\n\d“”]{3,90})"
)
_PREDICATE = re.compile(
    r"要(?!素|点|闻)|应(?!急|用|对)|须|请|务必|务于|[于在](?=\d|每|次|本|年)|分别|每[年月季周半]|认真|将|把"
)
# The public is asked, not told: 公众可于8月31日前通过以下方式反馈.
_MAY = re.compile(
    r"(?:公众|社会各界|各界人士|公民|群众|人士|企业)[^，。；]{0,8}(?<![不认])可(?:以|于|在|通过)?(?=\d|[^，。；]{0,8}[年月日])"
)
# Whom to send it to, what follows if not: no part of what is to be done.
_ASIDE = re.compile(
    r"(?:电子)?(?:邮箱|邮件)|联系(?:人|电话|方式)|电话|传真|(?:通[信讯])?地址|邮编|(?:逾期|未按时|未按期|不按时)|(?:详)?见附件|不再另行"
)
_FROM = re.compile(r"自[^，。；]{2,14}起，")
_DETAILS = re.compile(r"（(?:详|参)?见[^（）]*）$")
_LONGEST_NAME = 10
_CLAUSE_MARKS = frozenset("，；：")
# 于每季度末，将进展情况，报送…: parts of the clause behind them.
_WHEN_OR_WHAT = re.compile(
    r"[要应须请]?(?:务必)?(?:[于在][^，]{1,24}[前底末日内）]$|[将把][^，]*(?:情况|问题|办法|措施|清单|材料|报告|方案|结果|进展|表|"
    r"名单|总结|意见|数据|信息)$)"
)
_DATE = re.compile(r"\d{1,2}[月日]|每[个年月季周半]|年底|次月")


def read_sentences(text: str, spans: Sequence[Span], context: Context) -> Iterator[Draft]:
    """A draft for each sentence in `spans` that sets a day for a report."""
    for start, end in spans:
        if "报" not in text[start:end] and not REPORTS.search(text, start, end):
            continue
        for begin, stop in _sentences(text, start, end):
            if _is_duty(text, begin, stop, context):
                yield Draft(
                    no="",
                    path=(),
                    title=(begin, stop - (text[stop - 1] in "。；！")),
                    spans=[(begin, stop)],
                    marks=[],
                    kind=REPORTING,
                    rule="reporting-sentence",
                    start=begin,
                    end=stop,
                    shares=who_reports(text, begin, stop, context),
                )


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("。", start, end)
        stop = end if stop < 0 else stop + 1
        yield start, stop
        start = stop


def _is_duty(text: str, start: int, end: int, context: Context) -> bool:
    if not REPORTS.search(text, start, end) or (
        "日" not in text[start:end] and "月" not in text[start:end] and "年" not in text[start:end]
    ):
        return False
    rhythms = read_rhythms(text, start, end)
    dues = read_deadlines(text, [(start, end)], [], context, rhythms)
    dated = bool(dues) or any("BYMONTHDAY" in r.rrule or r.rule == "end-of-quarter" for r in rhythms)
    return dated and _MAY.search(text, start, end) is None


def who_reports(text: str, start: int, end: int, context: Context) -> list[Share]:
    """The units that a text makes report: the subject of the sentence that sets the day, or whom it asks."""
    sentences = [span for line in _lines(text, start, end) for span in _sentences(text, *line)]
    duties = [span for span in sentences if _is_duty(text, *span, context)]
    for begin, stop in duties or sentences:
        date = _DATE.search(text, begin, stop)
        last = date.start() if date else stop
        named = [
            (match.start("who") + begin, match.end("who") + begin)
            for match in _WHO.finditer(text[begin:stop])
        ]
        opening = _opening(text, begin, stop)
        if opening and not any(opening[1] < a < last for a, _ in named):
            named.insert(0, opening)
        elif opening:  # 市政府将组织督查，各部门于6月底前报送: the last before the date has to report
            named = [span for span in named if opening[1] < span[0] < last]
        for a, b in named:
            if names := [_without_details(name) for name in split_units(text, a, b)]:
                return [Share("responsible", name, "subject-of-report") for name in names]
    return []


def _opening(text: str, start: int, end: int) -> Span | None:
    """The list of units that a sentence begins with, up to its first predicate after whole names."""
    opening = _OPENING.match(text, start, end)
    if opening is None:
        return None
    begin = opening.start("who")
    if (
        text[opening.end() : opening.end() + 1] == "：" and opening.end() < end
    ):  # 市水务局、各县区：每月5日前报送
        names = split_units(text, begin, opening.end())
        if names and all(_is_subject(name.text) for name in names):
            return begin, opening.end()
    for predicate in _PREDICATE.finditer(text, begin + 3, min(opening.end() + 2, end)):
        names = split_units(text, begin, predicate.start())
        if names and all(_is_subject(name.text) for name in names):
            return begin, predicate.start()
    return None


def _is_subject(name: str) -> bool:
    return (is_whole(name) and len(name) > 2) or OF_ALL_PLACES.match(name) is not None


def _without_details(name: Name) -> Name:
    details = _DETAILS.search(name.text)
    return Name(name.text[: details.start()], name.start, name.start + details.start()) if details else name


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def is_duty_to_report(text: str, start: int, end: int, context: Context) -> bool:
    """Whether an item as a whole makes somebody report by a day: each clause of its one sentence does."""
    start = _behind_name(text, start, end)
    if end - start > _LONGEST_DUTY or 0 <= text.find("。", start, end) < end - 1:
        return False
    if not REPORTS.search(text, start, end):
        return False
    if begins := _FROM.match(text, start, end):
        start = begins.end()
    who = _WHO.match(text[start:end])
    opening = _opening(text, start, end)
    if who is None and opening is None:
        return False
    begin = opening[1] if opening else start + (who.end() if who else 0)
    clauses = text[begin:end].replace("；", "，").split("，")
    while len(clauses) > 1 and _ASIDE.match(clauses[-1]):
        del clauses[-1]
    while len(clauses) > 1 and _WHEN_OR_WHAT.match(clauses[0]):
        del clauses[0]
    return all(map(REPORTS.search, clauses)) and _is_duty(text, start, end, context)


def _behind_name(text: str, start: int, end: int) -> int:
    """Where the sentence behind a name begins: `结果报送。各部门于6月底前…`; `start` when there is none."""
    stop = text.find("。", start + 2, min(start + _LONGEST_NAME + 1, end - 1))
    return stop + 1 if stop > 0 and _CLAUSE_MARKS.isdisjoint(text[start:stop]) else start


def is_closing(text: str, start: int, end: int, context: Context) -> bool:
    """Whether a text after the last item's last attribution is a sentence of its own that sets a report."""
    return _is_duty(text, start, end, context) and (
        _opening(text, start, end) is not None or _WHO.match(text[start:end]) is not None
    )
