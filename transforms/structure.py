"""The parts of one document: title, number line, salutation, body, signature.

Works on the pieces of one document, whatever the format they came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.compendium import Head, title_lines
from transforms.heads import TitleAndNumber, doubtful_title, read_head
from transforms.issuers import read_recipients
from transforms.pieces import Piece
from transforms.signature import read_signature
from transforms.titles import Title

_SALUTATION_PIECES = 4


@dataclass(slots=True)
class Layout:
    """What the places of a document say. `body` are its pieces below title and number line."""

    title: Title = field(default_factory=lambda: Title(""))
    title_origin: str = ""
    doc_no: str | None = None
    recipients: list[str] = field(default_factory=list)
    signers: list[str] = field(default_factory=list)
    signed_on: str | None = None
    body: list[Piece] = field(default_factory=list)


def read_layout(
    pieces: Sequence[Piece], titles: Sequence[tuple[str, str]] = (), head: Head | None = None
) -> Layout:
    """The layout of one document. `titles` are what the page says elsewhere, most trusted first; `head` is
    its place in a compendium."""
    found = TitleAndNumber(head.title, "text", head.doc_no, head.end) if head else read_head(pieces, titles)
    layout = Layout(found.title, found.title_origin, found.doc_no, body=list(pieces[found.end :]))
    layout.recipients = _salutation(layout.body)
    signature = read_signature(layout.body)
    layout.signers, layout.signed_on = list(signature.units), signature.day
    if not layout.title.text:
        best = doubtful_title(titles, "heading") or _title_below(layout.body)
        best = best or doubtful_title(titles, "title")
        layout.title, layout.title_origin = best or (Title(""), "")
    return layout


def _salutation(body: Sequence[Piece]) -> list[str]:
    for at, piece in enumerate(body[:_SALUTATION_PIECES]):
        if piece.cells:
            break
        line = piece.text
        if line.endswith(("，", "、", ",")) and at + 1 < len(body):
            line += body[at + 1].text  # too long for one line
        recipients = read_recipients(line)
        if recipients is not None:
            return recipients
    return []


def _title_below(body: Sequence[Piece]) -> tuple[Title, str] | None:
    """Without a covering title the printed title of the attached document counts: the first one in the
    text."""
    found = (title_lines(body, at) for at in range(len(body)))
    return next(((lines[0], "text") for lines in found if lines), None)
