"""Label lines and label tables that stand above a body among its pieces, as exports have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from transforms.dates import read_date
from transforms.doc_numbers import normalise
from transforms.issuers import UNIT
from transforms.labels import field_of, label_key, pairs_in
from transforms.pieces import Page, Piece
from transforms.records import LabelledValue
from transforms.run_on import NUMERAL_LABEL
from transforms.text import tidy
from transforms.titles import looks_like_title

_LONGEST = 90  # characters; the first longer paragraph is body
_ITEM = re.compile(rf"\s*(?:{NUMERAL_LABEL}|\d{{1,2}}[.．、](?!\d))")


def opens_body(line: str) -> bool:
    """Whether a line ends the head of a page: a long paragraph, or an item, whose 责任部门 is no issuer."""
    return len(line) >= _LONGEST or _ITEM.match(line) is not None


def take_fields(pieces: Iterable[Piece], page: Page) -> Iterator[Piece]:
    """The pieces without the disclosure block at their head, whose pairs go to `page.fields`."""
    in_head = True
    above: Piece | None = None  # a label on a line of its own, whose value may stand on the next
    for piece in pieces:
        in_head = in_head and (bool(piece.cells) or not opens_body(piece.text))
        if above and not piece.cells and _is_value_of(above.text, piece.text):
            page.fields.append(LabelledValue(label_key(above.text), tidy(piece.text), "text"))
            above = None
            continue
        if above and not is_label(above.text):
            yield above  # no label after all: a line that is but its word
        above = piece if in_head and not piece.cells and field_of(piece.text) is not None else None
        pairs = _pairs(piece) if in_head else []
        page.fields += pairs
        if not pairs and not above:
            yield piece
    if above and not is_label(above.text):
        yield above


def is_label(line: str) -> bool:
    """Whether a line is a label with its colon and nothing else."""
    return line.rstrip().endswith(("：", ":")) and field_of(line) is not None


def _is_value_of(label: str, line: str) -> bool:
    """Whether a line can be what the label above it promises; without a form of its own nothing can."""
    match field_of(label):
        case "index_no":
            return re.fullmatch(r"[0-9A-Za-z/\-]{6,60}", line.strip()) is not None
        case "doc_no":
            return normalise(line) is not None
        case "written_on" | "published_on" | "dispatched_on":
            return len(line) < 30 and read_date(line) is not None
        case "issuers":
            return UNIT.fullmatch(line.strip()) is not None
        case "category" | "validity":
            other = field_of(line) is not None or looks_like_title(line)
            return len(line) < 30 and not other and not re.search(r"[，。：]", line)
    return False


def _pairs(piece: Piece) -> list[LabelledValue]:
    if not piece.cells:
        return list(pairs_in(piece.text))
    cells = [cell.text for cell in piece.cells]
    labels = [place for place, text in enumerate(cells) if field_of(text) is not None]
    if len(labels) < 2 or 3 * len(labels) < len(cells):
        return []
    return [
        LabelledValue(label_key(cells[at]), tidy(cells[at + 1]), "table")
        for at in labels
        if at + 1 < len(cells) and at + 1 not in labels
    ]
