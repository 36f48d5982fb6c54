"""The accuracy on annotated notices never falls below what it was: floor.json, which only rises."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import accuracy

FLOOR: dict[str, dict[str, float]] = json.loads(Path(accuracy.FLOOR).read_text("utf-8"))


def assert_not_below(name: str, texts: Path, golds: Path) -> None:
    found = accuracy.score(texts, golds)
    figures = found.figures()
    below = {field: (figures[field], floor) for field, floor in FLOOR[name].items() if figures[field] < floor}
    assert below == {}, "\n".join(found.failures)


def test_our_own_notices_are_read_as_well_as_before() -> None:
    assert_not_below("notices", *accuracy.CORPORA["notices"])


def test_the_second_set_is_read_as_well_as_before() -> None:
    assert_not_below("second", *accuracy.CORPORA["second"])


def test_the_third_set_is_read_as_well_as_before() -> None:
    assert_not_below("third", *accuracy.CORPORA["third"])


def test_published_notices_are_read_as_well_as_before(shared: Path) -> None:
    assert_not_below("corpus", shared / "corpus" / "notices", shared / "corpus" / "gold")


@pytest.mark.parametrize("field", ["lead", "targets", "recurring", "title"])
def test_the_measure_sees_a_wrong_value(field: str) -> None:
    gold: dict[str, Any] = {
        **{
            "starts": "加强监管。加强重点领域",
            "title": "加强监管",
            "path": [],
            "kind": "measure",
            "ends": "加强重点领域",
        },
        **{
            "lead": ["市司法局"],
            "responsible": [],
            "support": [],
            "deadlines": [],
            "targets": [],
            "recurring": [],
        },
    }
    wrong = gold | {
        "lead": ["市财政局"],
        "targets": [{"op": "=", "value": "1", "unit": "个"}],
        "recurring": [{"rrule": "FREQ=WEEKLY"}],
        "title": "监管",
    }
    notice = {"title": "通知", "doc_no": None, "cites": [], "id": "x"}
    total = accuracy.Score()
    accuracy._compare(total, notice | {"tasks": [gold | {field: wrong[field]}]}, notice | {"tasks": [gold]})
    assert total.tallies[field].f1 < 1
    assert all(tally.f1 == 1 for name, tally in total.tallies.items() if name != field)
