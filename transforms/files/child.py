"""The child process that opens files: reads requests from standard input, answers on standard output.

A request is a length of eight bytes and the file; an answer is a length and the page as JSON. Memory is
limited once, processor time anew for each file; the parent watches the clock. With the argument `--ocr`
scans are read by OCR, and the limits leave room for it.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any, BinaryIO

from transforms.pieces import CellText, Page, Piece
from transforms.records import Problem

SOFT_BYTES = 1536 << 20
HARD_BYTES = 4 << 30
OCR_BYTES = 3 << 30  # the engine maps 1.6 GB of addresses, of which it uses half
SECONDS = 60
_FILE_BYTES = 500 << 20


def to_json(page: Page) -> dict[str, Any]:
    """A page as plain lists."""
    return {
        "pieces": [
            [p.text, p.kind, p.align, [[c.text, c.row, c.column, c.row_span, c.column_span] for c in p.cells]]
            for p in page.pieces
        ],
        "problems": [[problem.where, problem.reason] for problem in page.problems],
    }


def from_json(value: dict[str, Any]) -> Page:
    """The page that `to_json` wrote."""
    return Page(
        pieces=[
            Piece(text, kind, align, tuple(CellText(*cell) for cell in cells))
            for text, kind, align, cells in value["pieces"]
        ],
        problems=[Problem(where, reason) for where, reason in value["problems"]],
    )


def _limit(name: int, soft: int, hard: int) -> None:
    _, most = resource.getrlimit(name)
    hard = hard if most == resource.RLIM_INFINITY else min(hard, most)
    resource.setrlimit(name, (min(soft, hard), hard))


def memory(with_ocr: bool) -> int:
    """Bytes of addresses that the child may map."""
    return OCR_BYTES if with_ocr else SOFT_BYTES


def _allow_seconds(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, most))


def serve(requests: BinaryIO, answers: BinaryIO, with_ocr: bool = False) -> None:
    """Answer requests until there are no more."""
    from transforms.files import ocr
    from transforms.files.formats import read_known

    seconds = SECONDS + (int(ocr.SECONDS) if with_ocr else 0)

    while head := requests.read(8):
        data = requests.read(int.from_bytes(head, "big"))
        _allow_seconds(seconds)
        try:
            page = read_known(data, allowance=ocr.Allowance() if with_ocr else None)
        except MemoryError:
            page = Page(problems=[Problem("file", f"needs more than {memory(with_ocr) >> 20} MB of memory")])
        answer = json.dumps(to_json(page)).encode()
        answers.write(len(answer).to_bytes(8, "big") + answer)
        answers.flush()


if __name__ == "__main__":
    ocr_is_on = sys.argv[1:] == ["--ocr"]
    _limit(resource.RLIMIT_AS, memory(ocr_is_on), HARD_BYTES)
    _limit(resource.RLIMIT_FSIZE, _FILE_BYTES, _FILE_BYTES)
    _limit(resource.RLIMIT_CORE, 0, 0)
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    serve(sys.stdin.buffer, output, ocr_is_on)
