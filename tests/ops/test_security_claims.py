"""SECURITY.md claims nothing without a test, and every test that it names is there."""

from __future__ import annotations

import ast
import re

from tests.conftest import ROOT

TEXT = (ROOT / "SECURITY.md").read_text("utf-8")


def names_of_tests() -> set[str]:
    return {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    assert named
    assert named - names_of_tests() == set()


def test_every_claim_names_its_test() -> None:
    claims = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith("| claim")]
    rows = [line for line in claims if not line.startswith("| ---")]
    assert len(rows) > 20
    assert [line for line in rows if "`test_" not in line.rsplit("|", 2)[1]] == []
