"""What stands below the last item and is none of it: force of the text, whom to ask, what to report."""

from __future__ import annotations

import re

from transforms.tasks.attribution import Notes, read_marks
from transforms.tasks.drafts import Span
from transforms.tasks.headings import Headings
from transforms.tasks.outline import Item
from transforms.tasks.unit_lists import is_whole

_CLOSING = re.compile(
    r"特此|以上|请各|请你|各[县市区地部门单位有关级牵责成镇乡省州]|本[通意方办措实要行规细计]|联系人|"
    r"联系电话|附[件：:注]|（?此件|抄送|（联系|公开方式|信息公开|此前|执行中|国家和|"
    r"对.{0,12}另有|未尽|工作中|实施过程|贯彻落实|有关(?:情况|落实|贯彻|工作)|注[：:]|自\d{4}年|省[委政]|"
    r"市[委政]|国务院|工作(?:进展|推进|落实)|.{2,16}办公[厅室](?:将|要|负责)"
)

# Of these what a text closes with, never what stands below an item's heading.
_FORCE = re.compile(r"本[^，。]{2,10}自[^。]{2,24}起|特此|附[件：:注]|联系人|（?此件")


def cut_closing(root: Item, text: str, headings: Headings) -> list[Span]:
    """Take the closing paragraphs from the last item below `root`."""
    item = root
    while item.children:
        item = item.children[-1]
    if len(item.spans) < 2:
        return []
    whole = headings.is_whole(item.spans[0])
    siblings = item.parent.children[:-1] if item.parent else []
    usual = max((len(sibling.spans) for sibling in siblings), default=0)
    # Items of one sentence each have no headings: what follows the last of them is no text of its own.
    single = len(siblings) > 1 and usual == 1 and not any(sibling.children for sibling in siblings)
    for n in range(1, len(item.spans)):
        line = headings.text(item.spans[n])
        closes = _CLOSING if single else _FORCE
        if n == 1 and not whole and not closes.match(line) and not _is_signature(item, headings):
            continue  # the text below its heading
        if (n >= usual > 0 and whole) or _CLOSING.match(line) or not _is_sentence(line):
            if read_marks(text, item.spans[n].start, item.spans[n].end, Notes()):
                continue
            closing = [(span.start, span.end) for span in item.spans[n:]]
            del item.spans[n:]
            return closing
    return []


def _is_signature(item: Item, headings: Headings) -> bool:
    """Whether all below an item's first paragraph is the name of a unit, and perhaps a date."""
    below = [headings.text(span) for span in item.spans[1:]]
    return is_whole(below[0]) and not any(map(_is_sentence, below))


def _is_sentence(text: str) -> bool:
    return text[-1] in "。；：）〕！？" or len(text) > 40
