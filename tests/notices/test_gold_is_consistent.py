"""The gold of our own notices says only what stands in their texts, in the form the guideline asks for."""

import datetime
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from dateutil.rrule import rrulestr

HERE = Path(__file__).parent
SETS = (HERE, HERE / "second", HERE / "third")
GOLD = [path for folder in SETS for path in sorted((folder / "gold").glob("*.json"))]
NOTICE_KEYS = {
    *("id", "source", "title", "index_no", "doc_no", "issuers", "written_on", "published_on", "doc_type"),
    *("region", "recipients", "cites", "tasks"),
}
TASK_KEYS = {
    *("no", "path", "title", "starts", "ends", "kind", "lead", "responsible", "support"),
    *("deadlines", "recurring", "targets"),
}
KINDS = {"measure", "safeguard", "reporting"}
OPERATORS = {">=", "<=", ">", "<", "=", "~"}
DOC_NO = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号")
# White space and markdown marks, which the guideline leaves out of all quotes.
LEFT_OUT = re.compile(r"[\s*]+")


def _fold(text: str) -> str:
    return LEFT_OUT.sub("", unicodedata.normalize("NFKC", text))


def _page(path: Path) -> str:
    """The whole source of a gold file as one folded string, without tags, cell borders and page marks."""
    return _text(path.parent.parent / "texts" / _gold(path)["source"])


@cache
def _text(source: Path) -> str:
    data = source.read_bytes()
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError:
        decoded = data.decode("gb18030")
    if source.suffix == ".html":
        decoded = BeautifulSoup(decoded, "lxml").get_text("\n")
    if source.suffix == ".md":
        decoded = re.sub(r"\s\|\s", " ", decoded)
    return _fold(re.sub(r"(?m)^# Page \d+:$", "", decoded))


@cache
def _gold(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return gold


def _spans(path: Path) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Each task with its text up to the next task's beginning, and with what stands before it."""
    gold, page, at, places = _gold(path), _page(path), 0, []
    at = max(page.rfind(_fold(gold["title"]), 0, page.find(_fold(gold["tasks"][0]["starts"]))), 0)
    for task in gold["tasks"]:
        found = page.find(_fold(task["starts"]), at)
        assert found >= 0, f"{gold['id']}: not in the text, or out of order: {task['starts']}"
        places.append(found)
        at = found + 1
    for task, start, end in zip(gold["tasks"], places, [*places[1:], len(page)], strict=True):
        yield task, page[start:end], page[:start]


def _ids(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_every_text_has_gold_and_every_gold_has_its_text(folder: Path) -> None:
    sources = {_gold(path)["source"] for path in GOLD if path.parent.parent == folder}
    assert sources == {path.name for path in (folder / "texts").iterdir()}


every_gold = pytest.mark.parametrize("path", GOLD, ids=_ids)


@every_gold
def test_a_gold_file_has_the_keys_of_the_guideline(path: Path) -> None:
    gold = _gold(path)
    assert gold["id"] == path.stem
    assert gold.keys() - {"pages"} == NOTICE_KEYS
    for task in gold["tasks"]:
        assert task.keys() == TASK_KEYS
        assert task["kind"] in KINDS


@every_gold
def test_what_gold_says_of_the_notice_stands_in_its_text(path: Path) -> None:
    gold, page = _gold(path), _page(path)
    assert _fold(gold["title"]) in page
    assert gold["doc_type"] in gold["title"]
    for value in [*gold["issuers"], *gold["recipients"], *filter(None, [gold["index_no"]])]:
        assert _fold(value) in page, value
    for number in [*gold["cites"], *filter(None, [gold["doc_no"]])]:
        assert DOC_NO.fullmatch(number), number
        assert _fold(number).translate(str.maketrans("〔〕", "[]")) in page.translate(
            str.maketrans("〔〕", "[]")
        )
    assert gold["doc_no"] not in gold["cites"]
    assert len(set(gold["cites"])) == len(gold["cites"])
    for key in ("written_on", "published_on"):
        if gold[key] is not None:
            datetime.date.fromisoformat(gold[key])


@every_gold
def test_tasks_stand_in_the_text_in_order_and_end_where_gold_says(path: Path) -> None:
    gold = _gold(path)
    if not gold["tasks"]:
        return
    for task, text, before in _spans(path):
        assert _fold(task["ends"]) in text, (gold["id"], task["ends"])
        assert text.startswith(_fold(task["title"])[:10]) or _fold(task["title"]) in text, task["title"]
        for heading in task["path"]:
            assert _fold(heading) in before, (gold["id"], heading)


@every_gold
def test_dates_rhythms_and_figures_are_quoted_in_order(path: Path) -> None:
    gold = _gold(path)
    if not gold["tasks"]:
        return
    for task, text, before in _spans(path):
        for key in ("deadlines", "recurring", "targets"):
            at = 0
            for i, quoted in enumerate(task[key]):
                quote = _fold(quoted["text"])
                found = text.find(quote, at)
                if found < 0 and key == "deadlines" and i == 0:  # inherited from the section's lead-in
                    assert quote in before, (gold["id"], quoted)
                    continue
                # A cell that spans rows stands in the first of them only.
                assert found >= 0 or quote in before, (gold["id"], quoted)
                at = max(found, at)


@every_gold
def test_dates_are_iso_rhythms_parse_and_figures_have_an_operator(path: Path) -> None:
    for task in _gold(path)["tasks"]:
        for deadline in task["deadlines"]:
            assert deadline.keys() == {"text", "due"}
            datetime.date.fromisoformat(deadline["due"])
        for rhythm in task["recurring"]:
            assert rhythm.keys() == {"text", "rrule"}
            rrulestr(rhythm["rrule"], dtstart=datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC))
        for target in task["targets"]:
            assert target.keys() == {"text", "op", "value", "unit"}
            assert target["op"] in OPERATORS
            assert re.fullmatch(r"\d+(\.\d+)?(至\d+(\.\d+)?)?", target["value"]), target
            assert target["unit"]


@every_gold
def test_units_are_printed_names_each_once_in_a_role(path: Path) -> None:
    gold = _gold(path)
    page = _page(path)
    for task in gold["tasks"]:
        for role in ("lead", "responsible", "support"):
            assert len(set(task[role])) == len(task[role]), task
            for unit in task[role]:
                assert _fold(unit) in page, unit
                assert not re.search(r"[()]", unit), f"parentheses of a unit are full-width: {unit}"


def test_the_notices_hold_enough_to_judge_by() -> None:
    tasks = [task for path in GOLD for task in _gold(path)["tasks"]]
    assert len(GOLD) >= 60
    assert len(tasks) >= 900
