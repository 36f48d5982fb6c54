"""Whatever a text says: reading never raises, quotes what stands there, and does the same twice."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.transforms.tasks.reading import CONTEXT, document
from transforms.records import Citation, Task
from transforms.tasks import read_tasks
from transforms.tasks.view import View, fold

PIECES = (
    "一、", "（一）", "（二）", "1.", "2．", "3、", "1.1", "①", "第一条", "总体要求", "保障措施",
    "加强监管", "推进改革。", "具体举措：", "（", "）", "〔", "〕", "【", "】",
    "《", "》", "“", "”", "市发改委", "市文化和旅游局", "各县（市、区）", "牵头", "配合", "负责",
    "按职责分工负责", "责任单位：", "完成时限：", "下同", "括号内为牵头单位",
    "第一位为牵头单位", "2023年", "12月", "31日", "底前", "前", "每月", "每季度", "按季通报", "周例会",
    "年度总结", "95%", "以上", "不少于", "3个工作日", "内", "至少", "报送", "国办发〔2023〕1号",
    "附件", "附件1", "市人民政府", "\n", "\n", "\t", "　", " ", "。", "，", "、", "；", "：", "等", "和",
    "及",
)  # fmt: skip
NOTICES = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
ANYTHING = st.one_of(NOTICES, st.text(max_size=300))


def evidence(task: Task) -> list[tuple[int, int, str]]:
    parts = (*task.units, *task.deadlines, *task.recurring, *task.targets)
    return [(task.start, task.end, task.quote), *((p.start, p.end, p.quote) for p in parts)]


def quotes(tasks: list[Task], citations: list[Citation]) -> list[tuple[int, int, str]]:
    return [e for task in tasks for e in evidence(task)] + [(c.start, c.end, c.quote) for c in citations]


@settings(max_examples=100, deadline=None)
@given(ANYTHING)
@example("一、（一）\n1.")
@example("1.加强监管。（市发改委、、负责）")
@example("1.（（（负责）")
def test_any_text_is_read_and_every_value_quotes_it(text: str) -> None:
    found = read_tasks([document(text)], CONTEXT)
    for start, end, quote in quotes(*found):
        assert text[start:end] == quote
    assert [task.seq for task in found[0]] == [*range(1, len(found[0]) + 1)]
    assert read_tasks([document(text)], CONTEXT) == found


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
def test_a_view_leads_back_to_every_character(text: str) -> None:
    view = View(text)
    assert len(view.plain) == len(view.folded)
    for at, char in enumerate(view.plain):
        assert text[view.origin(at)] == char
        assert view.place(view.origin(at)) == at


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
