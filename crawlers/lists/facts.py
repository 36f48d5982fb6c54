"""What a row says besides title and link: labelled values, cells under their heads, bare document numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from crawlers.css import Element
from crawlers.lists.values import DOC_NO, read_day
from crawlers.select import attribute, strings, text, tidy

# Label without blanks, brackets and colons -> where a row's fact goes. Other labels stay what they are.
LABELS = {
    **dict.fromkeys(("发文字号", "文号", "文件编号", "文件号", "发文号"), "doc_no"),
    **dict.fromkeys(("索引号", "信息索引号", "统一编号"), "index_no"),
    **dict.fromkeys(
        ("发文机关", "发文机构", "发文单位", "发布机构", "发布单位", "制发机关", "公开主体"), "issuer"
    ),
    **dict.fromkeys(("发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "日期", "时间"), "date"),
    **dict.fromkeys(("主题分类", "组配分类", "信息分类", "体裁分类"), "category"),
    **dict.fromkeys(("标题", "名称", "信息名称", "文件名称", "政策名称"), "title"),
    **dict.fromkeys(("序号", "操作"), ""),
}
# 大汉 writes a row's facts as attributes of its link.
ATTRIBUTES = {"syh": "index_no", "wh": "doc_no", "rq": "date"}
SCRIPT = re.compile(r"[;={}]")
NOTHING = re.compile(r"[\s：:—–\-]*|无|暂无|空")
LABELLED = re.compile(r"\s*[\[【]?([\u4e00-\u9fff][\u4e00-\u9fff ]{1,9})[】\]]?\s*[：:]\s*")
BRACKETED = re.compile(r"\s*[\[【]([\u4e00-\u9fff][\u4e00-\u9fff ]{1,9})[】\]]\s*(.+)")


def fact_of(value: str) -> str:
    """A value without the label before it; "" for the marks that portals print for nothing (无, --, ：)."""
    labelled = LABELLED.match(value) or BRACKETED.fullmatch(value)
    if labelled and labelled[1].replace(" ", "") in LABELS:
        value = labelled[2] if labelled.re is BRACKETED else value[labelled.end() :]
    return "" if NOTHING.fullmatch(value) else value.strip()


def doc_no_in(value: str) -> str:
    """The document number in a text that may hold more: a day (西安), a script around it (湖南).

    A text without anything like a number is kept as printed, unless it is only a day or a script.
    """
    found = DOC_NO.search(value)
    if found:
        return found[0]
    return "" if read_day(value) or SCRIPT.search(value) else value


def row_facts(row: Element, link: Element, without: Collection[Element]) -> dict[str, str]:
    """The facts of a row by our name (`doc_no`, `date` …) or, where we have none, by their printed label."""
    facts: dict[str, str] = {}
    attributes = ((name, tidy(attribute(link, key))) for key, name in ATTRIBUTES.items())
    for label, value in (*attributes, *_cells(row, without), *_labelled(row, link, without)):
        name = LABELS.get(label.replace(" ", ""), label)
        if name and name not in facts and (fact := fact_of(value)):
            facts[name] = fact
    return facts


def _cells(row: Element, without: Collection[Element]) -> Iterator[tuple[str, str]]:
    """Cells of a table under the heads of their columns."""
    table = next(row.iterancestors("table"), None) if row.tag == "tr" else None
    head = (
        next((tr for tr in table.iter("tr") if tr.find(".//th") is not None), None)
        if table is not None
        else None
    )
    if head is not None:
        labels = [text(cell) for cell in head.iter("th", "td")]
        cells = [text(cell, without) for cell in row.findall("td")]
        if len(labels) == len(cells):
            yield from zip(labels, cells, strict=True)


def _labelled(row: Element, link: Element, without: Collection[Element]) -> Iterator[tuple[str, str]]:
    """`文号：…`, in one string or with the value in the next; and strings that are a document number."""
    printed = [string for s in strings(row, {*without, link} - {row}) if (string := tidy(s))]
    for position, string in enumerate(printed):
        starts = list(LABELLED.finditer(string))
        ends = [*(start.start() for start in starts[1:]), len(string)]
        for start, end in zip(starts, ends, strict=False):  # a string without labels has one end, no start
            value = string[start.end() : end]
            if not value and end == len(string):
                value = _next_value(start[1], printed[position + 1 :])
            yield start[1], value
        if DOC_NO.fullmatch(string):
            yield "文号", string


def _next_value(label: str, following: list[str]) -> str:
    """The value in an element after its label's; a label without a value must not take what is another's."""
    value = following[0] if following else ""
    is_day = read_day(value) is not None and not DOC_NO.search(value)
    return "" if LABELLED.match(value) or (is_day and not label.endswith(("日期", "时间"))) else value
