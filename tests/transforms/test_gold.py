"""The metadata of all annotated notices, the shared ones and our own, are those of the gold."""

# ruff: noqa: E501 - sentences of notices stay on one line

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from transforms.read import Source, as_json, read_notices

OWN = Path(__file__).resolve().parents[1] / "notices"


@pytest.fixture(scope="module")
def score(shared: Path) -> ModuleType:
    """The scoring script, for its idea of what is the same."""
    spec = importlib.util.spec_from_file_location("score", shared / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sources(folder: Path) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Each annotated file with the gold of its notices."""
    by_source: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        by_source.setdefault(gold["source"], []).append(gold)
    for name, golds in by_source.items():
        yield next(folder.glob(f"*/{name}")), golds


def differences(folder: Path, score: ModuleType) -> list[str]:
    wrong = []
    annotated = list(sources(folder))
    assert annotated, f"{folder / 'gold'} holds nothing, so nothing would be tested"
    for path, golds in annotated:
        found = [as_json(notice) for notice in read_notices(path.read_bytes(), Source(path.name))]
        pairs, extra, missed = score.match(found, golds)
        wrong += [f"{path.name}: {len(extra)} too many, {len(missed)} missed"] if extra or missed else []
        for notice, gold in pairs:
            for field in score.FIELDS:
                fold = score.bare if field == "title" else score.norm
                if fold(notice[field]) != fold(gold[field]):
                    wrong.append(f"{gold['id']} {field}: {notice[field]!r}, not {gold[field]!r}")
            for field in score.LISTS:
                if [*map(score.norm, notice[field])] != [*map(score.norm, gold[field])]:
                    wrong.append(f"{gold['id']} {field}: {notice[field]}, not {gold[field]}")
    return wrong


def test_the_metadata_of_the_shared_notices_are_right(shared: Path, score: ModuleType) -> None:
    assert differences(shared / "corpus", score) == []


def test_the_metadata_of_our_own_notices_are_right(score: ModuleType) -> None:
    assert differences(OWN, score) == []


@pytest.mark.parametrize("markup", ["<p>{}</p>", "<div>{}</div>", "{}<br>", "　　{}"])
def test_a_text_set_as_a_page_reads_as_the_text(shared: Path, markup: str) -> None:
    """The same notice as lines and as a page: in paragraphs, divisions, line breaks, and run together."""
    paths = sorted((shared / "corpus" / "notices").glob("00[12]*.txt"))
    assert paths
    for path in paths:
        [text] = read_notices(path.read_bytes(), Source(path.name))
        body = "".join(markup.format(line) for line in text.text.split("\n"))
        facts = f"<table><tr><td>文 号</td><td>{text.doc_no or ''}</td></tr></table>"
        page = f"<html><head><meta charset=utf-8></head><body><h1>{text.title}</h1>{facts}<div id=zoom>{body}</div>"
        [notice] = read_notices(page.encode(), Source("page"))
        assert notice.text == text.text or markup == "　　{}"
        for field in ("title", "doc_no", "written_on", "recipients", "region", "cites"):
            assert getattr(notice, field) == getattr(text, field), (path.name, field)
        assert [task.title for task in notice.tasks] == [task.title for task in text.tasks]
