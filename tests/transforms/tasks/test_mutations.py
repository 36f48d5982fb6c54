"""The same notices, spoiled as sites and converters spoil them: the same tasks come out.

Each way has its tolerated loss, in shares of the tasks of our own notices.
"""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.transforms.tasks.reading import document
from transforms import read as reading
from transforms.records import Document, Task
from transforms.tasks import Context, read_tasks

TEXTS = Path(__file__).parents[2] / "notices" / "texts"
HALF = str.maketrans("，；：（）？！", ",;:()?!")
CHINESE = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))
Lines = list[str]
Key = tuple[object, ...]


def spelt_years(line: str) -> str:
    return re.sub(r"20\d\d(?=年)", lambda match: "".join(CHINESE[digit] for digit in match[0]), line)


def blanks(line: str) -> str:
    chance = random.Random(len(line))  # noqa: S311 — not for secrets
    return "".join(char + (" " if chance.random() < 0.1 else "") for char in line)


def wide_figures(line: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char in CHINESE else char for char in line)


WAYS: dict[str, tuple[Callable[[Lines], Lines], float, float]] = {
    # what is done, share of tasks that may be lost or read otherwise, share that may be made up
    "half-width marks": (lambda lines: [line.translate(HALF) for line in lines], 0.0, 0.0),
    "NFKC": (lambda lines: [unicodedata.normalize("NFKC", line) for line in lines], 0.0, 0.0),
    "blanks anywhere": (lambda lines: [blanks(line) for line in lines], 0.0, 0.01),
    "full-width figures": (lambda lines: [wide_figures(line) for line in lines], 0.0, 0.0),
    "years in ideographs": (lambda lines: [spelt_years(line) for line in lines], 0.0, 0.0),
    "markdown bold": (
        lambda lines: [re.sub(r"^(.{2,20}?。)", r"**\1**", line) for line in lines],
        0.02,
        0.02,
    ),
    "two lines joined": (
        lambda lines: ["".join(lines[n : n + 2]) for n in range(0, len(lines), 2)],
        0.08,
        0.08,
    ),
    # Unnumbered paragraphs cannot be told apart any more.
    "all lines joined": (lambda lines: ["".join(lines)], 0.06, 0.03),
    "all lines joined by a blank": (lambda lines: [" ".join(lines)], 0.06, 0.03),
}


@cache
def stored() -> list[tuple[Document, Context]]:
    """The bodies of our own notices that have no tables, as the reader hands them on."""
    found: list[tuple[Document, Context]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            reading,
            "read_tasks",
            lambda documents, context: found.append((documents[0], context)) or ([], []),
        )
        for path in sorted(TEXTS.iterdir()):
            reading.read_notices(path.read_bytes(), reading.Source(name=path.name))
    return [(body, context) for body, context in found if not any(block.cells for block in body.blocks)]


def key(task: Task) -> Key:
    def plain(text: str) -> str:
        return re.sub(r"[\W_\d〇一二三四五六七八九]+", "", unicodedata.normalize("NFKC", text))

    units = (tuple(map(plain, names)) for names in (task.lead, task.responsible, task.support))
    return task.no, plain(task.starts)[:7], *units, tuple(deadline.due for deadline in task.deadlines)


@pytest.mark.parametrize("way", WAYS)
def test_a_spoiled_notice_says_the_same(way: str) -> None:
    change, may_lose, may_invent = WAYS[way]
    wanted: Counter[Key] = Counter()
    lost: Counter[Key] = Counter()
    invented: Counter[Key] = Counter()
    for body, context in stored():
        lines = [body.text[block.start : block.end] for block in body.blocks]
        before = Counter(key(task) for task in read_tasks([document("\n".join(lines))], context)[0])
        after = Counter(key(task) for task in read_tasks([document("\n".join(change(lines)))], context)[0])
        wanted += before
        lost += before - after
        invented += after - before
    assert wanted.total() > 250
    assert lost.total() <= may_lose * wanted.total(), lost
    assert invented.total() <= may_invent * wanted.total(), invented
