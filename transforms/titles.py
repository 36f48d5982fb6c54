"""Titles of documents: what belongs to them, and the kind of document that they name last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.dates import bare_date
from transforms.doc_numbers import normalise
from transforms.regions import NATIONAL
from transforms.text import tidy
from transforms.words import KINDS

_KINDS = tuple(sorted(KINDS.split(), key=len, reverse=True))  # the longer first where one ends in another
_KIND = "|".join(_KINDS)
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,40}>")
_NAME = re.compile(r"<[^<>]{2,80}>")  # 印发<2020年…方案>: brackets where 《》 were meant
_LABEL = re.compile(r"^(?:#+\s*)?(?P<label>\d{1,3}\s*[.．、]|[（(][一二三四五六七八九十]+[）)])\s*")
_LEADING_NO = re.compile(r"^[\[【〔]([^\]】]{4,40}?[号])[\]】〕]\s*")
_LEADING_MARK = re.compile(
    r"^(?:\[(?:转发|转载|原创|最新|置顶|公示|通知|公告|政策|有效|废止|失效)\]|【[\u4e00-\u9fff]{2,8}】)\s*(?=.{6})"
)
_TRAILING_MARK = re.compile(
    r"[（(\[【](?:已经?|现行?|全文)?(?:废止|失效|宣布失效|停止执行|有效|修改|修订)[）)\]】]$"
)
# 政务服务丨某市…: the column of a page before the title.
_COLUMN = re.compile(r"^[\u4e00-\u9fff]{2,8}\s*[丨｜|]\s*(?=[\u4e00-\u9fff《])")
_NO_BEFORE = re.compile(
    r"^(?P<no>[\u4e00-\u9fff]{1,12}[〔\[【（(]\d{4}[〕\]】）)]第?\d{1,5}号)\s*(?:[：:]\s*)?(?!文件?)(?=[《\u4e00-\u9fff])"
)
_BARE_NO = re.compile(r"(?<=[\u4e00-\u9fff》）]) [\u4e00-\u9fff]{2,12}[〔\[【（(]\d{4}[〕\]】）)]\d{1,5}号$")
_TRAILING = re.compile(
    r"[（(\[【]([^（）()\[\]【】]{4,40}(?:[（(〔\[]\d{4}[）)〕\]])?[^（）()\[\]【】]{0,12})[）)\]】]$"
)
_ENDS = re.compile(
    rf"(?:{_KIND}|(?:分解|分工|安排|任务|责任|进度)表|任务分解|台账)[》”\"]*(?:[（(〔][^（）()]{{1,30}}[）)〕])*[》”\"]*$"
)
# The blank between the names of joint issuers is printed: 中共某省委 某省人民政府印发《…》.
_INNER_BLANK = re.compile(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")
_BETWEEN_ISSUERS = re.compile(
    r"(?<=[委府厅局部署院会办室]) +(?!关于|印发|转发)"
    rf"(?=中共|{NATIONAL.pattern}|[\u4e00-\u9fff]{{2,8}}?[省市县区州])"
)
_STOPS = re.compile(r"[。；;！？!?>＞»|]")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and what was printed around it."""

    text: str
    doc_no: str | None = None
    dated: str | None = None  # ISO date printed after it in brackets, as compendia do
    label: str = ""  # its number in a list of documents


@lru_cache(maxsize=512)  # a page says its title in several places, and a line is asked about more than once
def read_title(line: str) -> Title:
    """A printed title taken apart: list label, `[文号]` before, `（文号）` and `（日期）` after."""
    text = tidy(line).strip("# *")
    text = _TAG.sub("", text)
    doc_no = dated = None
    label = _LABEL.match(text)
    if label:
        text = text[label.end() :]
    text = _LEADING_MARK.sub("", text)
    if leading := _LEADING_NO.match(text):
        doc_no = normalise(leading[1])
        text = text[leading.end() :] if doc_no else text
    text = _COLUMN.sub("", _LEADING_MARK.sub("", text))
    if before := _NO_BEFORE.match(text):
        doc_no = normalise(before["no"])
        text = text[before.end() :] if doc_no else text
    text = _without_marks(_TRAILING_MARK.sub("", text))
    if bare_no := _BARE_NO.search(text):
        doc_no = normalise(bare_no[0])
        text = text[: bare_no.start()].rstrip() if doc_no else text
    for _ in range(2):
        trailing = _TRAILING.search(text)
        if not trailing:
            break
        number, day = normalise(trailing[1]), bare_date(trailing[1])
        if not number and not day:
            break
        doc_no, dated = number or doc_no, day or dated
        text = text[: trailing.start()]
    return Title(_close_blanks(text), doc_no, dated, label["label"] if label else "")


def _without_marks(text: str) -> str:
    """A title without the marks 《》 that stand around the whole of it."""
    whole = text.startswith("《") and text.endswith("》") and text.find("》") == len(text) - 1
    return text[1:-1] if whole and text.count("《") == 1 else text


def _close_blanks(text: str) -> str:
    """Blanks inside a title come from line breaks or typesetting, except between Latin words."""
    return " ".join(_INNER_BLANK.sub("", part) for part in _BETWEEN_ISSUERS.split(text.strip()))


def looks_like_title(line: str) -> bool:
    """Whether a line can be a document's title: one phrase that ends in a kind of document."""
    text = read_title(line).text
    return (
        6 <= len(text) <= 160
        and not _STOPS.search(_NAME.sub("", text.replace("；", "", 1)))
        and _ENDS.search(text) is not None
    )


def doc_type(title: str) -> str | None:
    """The kind of document that a title names last: `…印发《…实施方案》的通知` is a 通知."""
    text = title.strip()
    while True:
        shorter = re.sub(r"[》”\"』」\s]+$|[（(〔\[][^（）()〔〕]{1,40}[）)〕\]]$", "", text)
        if shorter == text:
            break
        text = shorter
    ending = next((kind for kind in _KINDS if text.endswith(kind)), None)
    if ending:
        return ending
    found = [(match.end(), match[0]) for match in re.finditer(_KIND, text)]
    return found[-1][1] if found else None
