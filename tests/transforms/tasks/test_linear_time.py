"""No text makes reading slow: twice the text takes about twice the time."""

import time

import pytest

from tests.transforms.tasks.reading import CONTEXT
from transforms.records import Block, Document
from transforms.tasks import read_tasks

MEAN = (
    "（", "（）", "〔（", "1", "1.", "1、2、", "一、", "（一）", "。1.加强2", "2023年", "12月", "12月3日、",
    "每月", "按季", "95%、", "不少于3个", "（市局负责", "（市局负责）",
    "责任单位：市局，", "市局和", "市局、", "各县区12月3日报", "《", "“3个", "〔2023〕1号",
    "1.加强工作。（市局负责）\n", "\n", "市局等", "令第1号", "2023年1月1日",
    "附件1\n", "。市政府2023年1月1日", "我", "由3个降", "3个", "负责", "牵头", "底前", "报送", "年度总结",
    "至少",
)  # fmt: skip


def seconds(text: str) -> float:
    whole = Document(text, (Block("paragraph", 0, len(text)),))
    start = time.process_time()
    read_tasks([whole], CONTEXT)
    return time.process_time() - start


@pytest.mark.parametrize("piece", MEAN)
@pytest.mark.parametrize("frame", ["一、加强监管。{}", "1.加强监管。（{}负责）"], ids=["item", "bracket"])
def test_the_same_thousands_of_times_is_read_at_once(piece: str, frame: str) -> None:
    text = frame.format(piece * (8_000 // len(piece)))
    assert seconds(text) < 1.5


@pytest.mark.full
@pytest.mark.parametrize("piece", MEAN)
def test_five_megabytes_take_seconds(piece: str) -> None:
    assert seconds("一、加强监管。" + piece * (1_700_000 // len(piece))) < 120


def test_eight_times_the_brackets_and_figures_take_not_much_more_than_eight_times_as_long() -> None:
    small, large = ("（1）〔2.3，（一）" * (size // 11) for size in (40_000, 320_000))
    first = max(seconds(small), 0.02)
    assert seconds(large) < 20 * first + 1
