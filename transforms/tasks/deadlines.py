"""Dates by which something is to be done.

How a date is printed is told by `deadline_rules`, whether it is a deadline by `deadline_signs`. Here: years
that are inherited, the members of lists, dates of a section's lead-in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from transforms.tasks.brackets import TITLES, pairs
from transforms.tasks.context import Context
from transforms.tasks.deadline_rules import BEFORE, DAY, HOUR, LUNAR, RULES, SPRING_FESTIVAL, Moment
from transforms.tasks.deadline_signs import NOT_AFTER, is_deadline, look_around
from transforms.tasks.labels import numeral
from transforms.tasks.rhythms import Rhythm
from transforms.tasks.rules import Hinted, Rule
from transforms.tasks.stretches import Stretches

Span = tuple[int, int]


class Due(NamedTuple):
    """A deadline at `text[start:end]`. `precision`: day, month, quarter, half, year or relative."""

    start: int
    end: int
    due: date
    precision: str
    rule: str


_RULES = Hinted(RULES)
_NEXT_DAY = re.compile(rf"(?:、|和|及|与|以及){DAY}{HOUR}{BEFORE}?")
_LIST = re.compile(r"[、，]?(?:和|及|与|以及|或)?")
# Without one of these no rule matches: one quick search in place of all patterns.
_ANY = re.compile(
    r"月(?<=[\d一二三四五六七八九十]月)|年(?:(?<=[\d今]年)|年?[底末内终]|度[内前])|半年(?<=[上下]半年)|季度|全年|"
    r"日之?内|天之?内|月之?内|末|元旦|国庆|五一|春节|20\d\d[./-]\d"
)
_BEFORE_ANY = 30  # more than any rule matches before the first of these words
# A year alone is a date only where dates are given: 完成时限：2023年, （市水务局，全年）.
_YEAR_ALONE = re.compile(
    r"(?:(?<=[：（〔，；、。\n])|^)(?:(?:(?P<year>20\d\d)年(?:度|全年)?|(?:本年)?全年)(?:完成)?)(?=$|[）〕，；。、\n]|并|[且和]持续)"
)
_PREFIX_YEAR = re.compile(r"(?:19|20)\d\d")


def base_year(context: Context) -> int | None:
    """The year of the notice: stated, or that of its dates, number or title."""
    if context.year:
        return context.year
    for value in (context.written_on, context.doc_no, context.published_on, context.title):
        match = _PREFIX_YEAR.search(value or "")
        if match:
            return int(match[0])
    return None


@dataclass(slots=True)
class _Found:
    match: re.Match[str]
    rule: Rule[Moment]
    moment: Moment
    taken: bool
    in_due: bool


def may_speak_of_time(text: str, span: Span) -> bool:
    """Whether `text[start:end]` can hold a date at all: most lead-ins of sections cannot."""
    return _ANY.search(text, *span) is not None


def read_deadlines(
    text: str,
    spans: Sequence[Span],
    due_spans: Sequence[Span],
    context: Context,
    rhythms: Sequence[Rhythm],
    leadins: Sequence[Span] = (),
) -> list[Due]:
    """The deadlines in the `spans` of a task, in order, each day once.

    In `due_spans` (attributions, cells of 完成时限) a bare date is one too. The dates of `leadins`, a
    section's sentences before its items, come first where the sentence names the task's result.
    """
    if not leadins and not any(may_speak_of_time(text, span) for span in spans):
        return []
    year = base_year(context)
    due = Stretches(due_spans)
    taken = [(rhythm.start, rhythm.end) for rhythm in rhythms]
    dues: list[Due] = []
    for leadin in leadins:
        dues.extend(_inherited(text, leadin, spans, year, context))
    for start, end in spans:
        found, year = _span(text, start, end, due, year, context, taken)
        dues.extend(found)
    if years := [span for span in due_spans if text.find("年", *span) >= 0]:
        dues.extend(_years_alone(text, years, dues, year))
    seen: set[date] = set()
    return [due for due in dues if not (due.due in seen or seen.add(due.due))]  # type: ignore[func-returns-value]


def _years_alone(
    text: str, due_spans: Sequence[Span], dues: Sequence[Due], year: int | None
) -> Iterator[Due]:
    """The years that attributions and cells of 完成时限 give in place of a date."""
    for start, end in due_spans:
        if any(start <= due.start < end for due in dues):
            continue
        match = _YEAR_ALONE.search(text[start:end])  # a slice: where it ends a year may end
        given = int(match["year"]) if match and match["year"] else year
        if match and given:
            a, b = match.span()
            yield Due(start + a, start + b, date(given, 12, 31), "year", "year-alone")


def _inherited(
    text: str, leadin: Span, spans: Sequence[Span], year: int | None, context: Context
) -> list[Due]:
    found, _ = _span(text, *leadin, Stretches(), year, context, ())
    if not found:
        return []
    sentence = text[slice(*leadin)]
    title = text[spans[0][0] : min(spans[0][1], spans[0][0] + 40)].partition("。")[0]
    named = any(title[at : at + 5] in sentence for at in range(max(1, len(title) - 4)))
    general = re.search(
        r"(?:以下|下列|上述|各项|全部)[^，。；]{0,4}(?:任务|工作|措施|事项|举措|改革)", sentence
    )
    return found if named or general else []


def _span(
    text: str,
    start: int,
    end: int,
    due_spans: Stretches,
    year: int | None,
    context: Context,
    taken: Sequence[Span],
) -> tuple[list[Due], int | None]:
    candidates = _candidates(text, start, end, taken)
    if not candidates:
        return [], year
    titles = Stretches(pairs(text, start, end, TITLES) if text.find("《", start, end) >= 0 else ())
    for found in candidates:
        at = found.match.start()
        found.in_due = due_spans.hold(at) is not None
        found.taken = titles.hold(at) is None and _stands_as_deadline(text, found, start, end)
    _spread_over_lists(text, candidates)
    dues: list[Due] = []
    for found in candidates:
        moment = found.moment
        if moment.year is not None and found.taken:
            year = moment.year
        if found.taken:
            due = _resolve(moment, year, context)
            if due:
                match = found.match
                dues.append(Due(match.start(), match.end(), due, moment.precision, found.rule.name))
                dues.extend(_more_days(text, found, end, due))
    return dues, year


def _candidates(text: str, start: int, end: int, taken: Sequence[Span]) -> list[_Found]:
    first = _ANY.search(text, start, end)
    if first is None:
        return []
    begin = max(start, first.start() - _BEFORE_ANY)
    region = text[begin:end]
    found: list[_Found] = []
    stretches = Stretches(taken)
    for rule in _RULES.of(region):
        for match in rule.pattern.finditer(text, begin, end):
            if stretches.take(*match.span()):
                found.append(_Found(match, rule, rule.value(match), False, False))
    found.sort(key=lambda candidate: candidate.match.start())
    return found


def _stands_as_deadline(text: str, found: _Found, start: int, end: int) -> bool:
    moment = found.moment
    return is_deadline(
        look_around(
            text,
            *found.match.span(),
            start,
            end,
            moment.sure,
            found.in_due,
            found.rule.name,
            moment.precision,
        )
    )


def _spread_over_lists(text: str, candidates: list[_Found]) -> None:
    """`7月15日、12月10日前`: the 前 at the end of a list counts for its members."""
    for found, following in zip(reversed(candidates[:-1]), reversed(candidates), strict=False):
        gap = text[found.match.end() : following.match.start()]
        if following.taken and not found.taken and len(gap) <= 3 and gap and _LIST.fullmatch(gap):
            before = text[max(0, found.match.start() - 3) : found.match.start()]
            found.taken = not before.endswith(NOT_AFTER)


def _resolve(moment: Moment, year: int | None, context: Context) -> date | None:
    if moment.after_signing:
        return _after_signing(moment.after_signing, context)
    if moment.year is None:
        base = base_year(context) if moment.year_shift else year
        if base is None:
            return None
        year = base + moment.year_shift
    else:
        year = moment.year
    if moment.month == LUNAR:
        return _spring_festival(year, context if moment.year is None else None)
    try:
        if moment.day:
            return date(year, moment.month, moment.day)
        return month_end(year, moment.month)
    except ValueError:
        return None


def _spring_festival(year: int, context: Context | None) -> date | None:
    """That of the year; the next one where it had passed when the notice was signed."""
    signed = context.signed_on if context else None
    years = (year, year + 1) if signed else (year,)
    days = [date(n, *SPRING_FESTIVAL[n]) for n in years if n in SPRING_FESTIVAL]
    return next((day for day in days if signed is None or day > signed), None)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _after_signing(span: tuple[int, str], context: Context) -> date | None:
    count, what = span
    signed = context.signed_on
    if signed is None or not count:
        return None
    if what == "月":
        month = signed.month - 1 + count
        year, month = signed.year + month // 12, month % 12 + 1
        return date(year, month, min(signed.day, month_end(year, month).day))
    if what == "工作日":
        while count:
            signed += timedelta(days=1)
            count -= signed.weekday() < 5
        return signed
    return signed + timedelta(days=count)


def _more_days(text: str, found: _Found, end: int, due: date) -> list[Due]:
    """`6月10日、20日前`: a day that takes the month of the day before it."""
    more: list[Due] = []
    at = found.match.end()
    while found.rule.name == "day" and (match := _NEXT_DAY.match(text, at, end)):
        if not match["sure"] and not _NEXT_DAY.match(text, match.end(), end):
            break
        try:
            more.append(
                Due(
                    match.start("day"),
                    match.end(),
                    due.replace(day=numeral(match["day"])),
                    "day",
                    "day-of-list",
                )
            )
        except ValueError:
            break
        at = match.end()
    return more
