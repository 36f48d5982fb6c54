"""Label lines and label tables that stand above a body among its pieces, as exports have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transforms.labels import field_of, label_key, pairs_in
from transforms.pieces import Page, Piece
from transforms.records import LabelledValue
from transforms.text import tidy

_LONGEST = 90  # characters; the first longer paragraph is body


def take_fields(pieces: Iterable[Piece], page: Page) -> Iterator[Piece]:
    """The pieces without the disclosure block at their head, whose pairs go to `page.fields`."""
    in_head = True
    for piece in pieces:
        in_head = in_head and (bool(piece.cells) or len(piece.text) < _LONGEST)
        pairs = _pairs(piece) if in_head else []
        page.fields += pairs
        if not pairs:
            yield piece


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
