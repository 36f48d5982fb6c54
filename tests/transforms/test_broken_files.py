"""Files that are nothing of what they say: a problem, and not their bytes as letters."""

from __future__ import annotations

import pytest

from transforms.files.formats import read_known

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    "rest", [b"\xff" * 5000, "市政府办公室".encode("utf-16-le") * 200], ids=["filled", "cut"]
)
def test_an_ole_file_without_a_document_is_a_problem_and_no_text(rest: bytes) -> None:
    page = read_known(OLE + rest)
    assert page.pieces == []
    [problem] = page.problems
    assert problem.reason.startswith("an OLE file without a text")
