"""Document numbers of other documents, wherever they stand: `《…的意见》（国办发〔2023〕1号）`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.doc_numbers import normalise
from transforms.records import Citation
from transforms.tasks.view import View

_CODE = r"[一-鿿]{1,24}"


@dataclass(frozen=True, slots=True)
class Form:
    """One way of citing a number: `anchor` is searched, the code is what stands before it."""

    name: str
    anchor: re.Pattern[str]
    hint: str
    reads: dict[str, str]
    leaves: tuple[str, ...] = ()


FORMS = (
    Form(
        "year-in-brackets",
        re.compile(r"〔(?:19|20)\d\d年?〕第?\d{1,6}号"),
        "〔",
        {
            "详见陕发改营商〔2023〕670号": "陕发改营商〔2023〕670号",
            "（国办发〔2022〕35号，以下简称": "国办发〔2022〕35号",
        },
        ("〔2021〕14", "市司法局牵头"),
    ),
    Form(
        "year-in-round-brackets",
        re.compile(r"（(?:19|20)\d\d）第?\d{1,6}号"),
        "）",
        {"根据粤府办（2023）12号文件": "粤府办〔2023〕12号"},
        ("（2023）年",),
    ),
    Form(
        "order",
        re.compile(r"令第?\d{1,5}号"),
        "令",
        {"（国务院令第722号）": "国务院令第722号", "《优化营商环境条例》（国令第722号）": "国令第722号"},
        ("令人满意",),
    ),
)
# What runs into the code before it: 按照国办发…, 号和国发….
_NO_CODE = re.compile(
    r".*(?:详见|参见|根据|按照|依据|依照|遵照|贯彻|落实|执行|印发|转发|下发|以及|废止|参照|对照|结合|"
    r"通知|意见|文件|精神|要求|深化|推进|实施|做好|开展|完善|持续|参考|对标|废除|替代|代替|修订|修改|"
    r"发布|制定|出台|收到|严格|认真|全面|以上|上述|其中|包括|号和|号与|号及|号|的|经|了|即|是)"
)
_JOINED = re.compile(r"^(?:[按据见由以对经依]|[和与及原](?!政))(?=..)")


def read_citations(view: View, own: str | None, read_from: str) -> Iterator[Citation]:
    """Every mention of a document number but the notice's own, in order."""
    text = view.folded
    for form in FORMS:
        if form.hint not in text:
            continue
        for match in form.anchor.finditer(text):
            found = _citation(view, form, match, own, read_from)
            if found:
                yield found


def _citation(
    view: View, form: Form, match: re.Match[str], own: str | None, read_from: str
) -> Citation | None:
    text = view.folded
    start = _code_start(text, match.start())
    end = match.end()
    if start == match.start():
        return None
    printed = text[start:end]
    line = (
        text[text.rfind("\n", 0, start) + 1 : (text + "\n").index("\n", end)]
        if text[start - 1 : start] in ("", "\n")
        else ""
    )
    doc_no = normalise(printed)
    if doc_no is None or doc_no == own or line.strip("（）") == printed:
        return None
    begin, stop = view.span(start, end)
    return Citation(doc_no, _title(view, start), view.raw[begin:stop], begin, stop, read_from, form.name)


def _code_start(text: str, at: int) -> int:
    """Where the organ's code before a bracket begins."""
    start = at
    while start > 0 and at - start < 24 and "一" <= text[start - 1] <= "鿿":
        start -= 1
    run = text[start:at]
    lead = _NO_CODE.match(run)
    if lead and lead.end() < len(run):
        start += lead.end()
    joined = _JOINED.match(text[start:at])
    if joined and at - start > 2:
        start += joined.end()
    return start


def _title(view: View, start: int) -> str:
    """The title in 《》 that the number stands behind, or the empty string."""
    text = view.folded
    if text[start - 2 : start] != "》（":
        return ""
    begin = text.rfind("《", max(0, start - 160), start - 2)
    depth_free = text.find("》", begin, start - 2) < 0
    if begin >= 0 and not depth_free:
        begin = text.rfind("《", max(0, start - 160), begin)
    return view.plain[begin + 1 : start - 2] if begin >= 0 else ""
