"""Labels of the disclosure block (索引号, 发文字号 …) and the fields they fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from transforms.records import LabelledValue
from transforms.text import tidy
from transforms.words import LABELS

FIELDS: dict[str, str] = {label: field for field, labels in LABELS.items() for label in labels.split()}
_WEAK = frozenset(("时间", "日期", "状态", "分类", "机构", "编辑", "审核", "作者"))
EMPTY = re.compile(r"[\s：:\-—－–/／.。]*(?:无|暂无|空|null|None|undefined)?[\s：:\-—－–]*")
# `2022-10-26 17:00 来源：…`: the line below a title that names its date without a label
_DATED_SOURCE = re.compile(
    r"(\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?)\s*(?=(?:文章|信息|稿件)?来源\s*[:：])"
)
# `时间：2018-11-22`, or a moment alone: only a content system prints the minute below a title
_MOMENT = re.compile(
    r"(?:(时间|日期)\s*[:：]\s*(?=\d)|(?=.*\d:\d\d))"
    r"((?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?)\s*"
)
_BULLET = re.compile(r"^\s*(?:[-*•·▪◆●]\s*)?")
_NOISE = re.compile(r"[\s\u200b-\u200f\ufeff　\xa0：:\[\]【】〔〕()（）*•·▪]+")


@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """A label without white space, brackets, colons and bullets."""
    return _NOISE.sub("", label)


def field_of(label: str, extra: Mapping[str, str] | None = None) -> str | None:
    """The field that a label fills; "" for a label that is known and fills none; None for an unknown one."""
    key = label_key(label)
    if extra:
        for name, field in extra.items():
            if label_key(name) == key:
                return field
    return FIELDS.get(key)


def is_empty(value: str) -> bool:
    """Whether a printed value says nothing: blank, 无, a colon or dashes alone."""
    return EMPTY.fullmatch(value) is not None


@cache
def known_labels(extra: tuple[str, ...] = ()) -> re.Pattern[str]:
    """A known label, letter-spaced or not, at the start of a line or after a blank, with its colon."""
    names = "|".join(_spaced(name) for name in sorted({*FIELDS, *extra}, key=len, reverse=True))
    return re.compile(
        rf"(?:^|(?<=[\s|｜【\[\]】\d)）•·-]))[\[【]?({names})[\]】]?[ \u3000\xa0]*(?:[:：]|(?<=[\]】]))"
    )


@cache
def _first_letters(extra: tuple[str, ...]) -> frozenset[str]:
    """What a labelled line can begin with."""
    return frozenset("[【").union(name[0] for name in (*FIELDS, *extra))


def _spaced(name: str) -> str:
    return r"[ \u3000\xa0]*".join(map(re.escape, name))


@cache
def _bare_label() -> re.Pattern[str]:
    """A bullet, a known label, a blank and a value: `• 成文日期 2017-10-17`."""
    names = "|".join(_spaced(name) for name in sorted(FIELDS, key=len, reverse=True))
    return re.compile(rf"\s*[-*•·▪◆●]\s*({names})[ \u3000\xa0\t]+(\S.*)$")


def pairs_in(line: str, origin: str = "text", extra: tuple[str, ...] = ()) -> Iterator[LabelledValue]:
    """The `label：value` pairs of a line that begins with a label, known or of `extra`; nothing for other
    lines."""
    line = line.replace("\xa0", " ")
    head = _BULLET.sub("", line)
    first = head[:1]
    found = []
    if first in _first_letters(extra):
        pattern = known_labels(extra)
        found = list(pattern.finditer(head)) if pattern.match(head) else []
    if found and (len(found) > 1 or label_key(found[0][1]) not in _WEAK):
        ends = [match.start() for match in found[1:]] + [len(head)]
        for match, end in zip(found, ends, strict=True):
            # Where nothing parts them, the bracket of the next label stands behind the value.
            value = tidy(head[match.end() : end]).strip("|｜ ").rstrip("[【 ")
            yield LabelledValue(label_key(match[1]), value, origin)
    elif (first.isdecimal() or found) and (moment := _MOMENT.fullmatch(head)):
        yield LabelledValue(moment[1] or "发布时间", moment[2], origin)
    elif first.isdecimal() and (dated := _DATED_SOURCE.match(head)):
        yield LabelledValue("发布时间", dated[1], origin)
        yield from pairs_in(head[dated.end() :], origin, extra)
    elif first != line[:1] and (bullet := _bare_label().match(line)):
        yield LabelledValue(label_key(bullet[1]), tidy(bullet[2]), origin)
