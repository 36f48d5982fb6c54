"""The sample notices: one TOML file each, whose texts are invented and written for this project.

The text has one paragraph a line. A line that opens with `# ` is centred (a title inside the text), one with
`> ` stands at the right (a signature); lines `| a | b |` that follow one another are a table. `{no:<file>}`
is the number of another sample notice; dates are written as `samples.dates` says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from samples.dates import filler, read_moment

NOTICES = Path(__file__).parent / "notices"
CITED = re.compile(r"\{no:(?P<id>[a-z-]+)\}")
RETYPED = str.maketrans("，；〔〕", ",;[]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`p`), centred line (`c`), line set to the right (`r`), or table (`t`) with its `rows`."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a notice; the ending of its name (docx, xlsx, pdf) says what is made of its blocks."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def ending(self) -> str:
        return self.name.rsplit(".", 1)[1]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sample notice, its dates settled. `relevance` is what a careful reader says: core, wide or none."""

    id: str
    portal: str
    column: str  # empty where the portal has one list only
    number: int  # stands in the address
    title: str
    doc_no: str
    index_no: str
    issuer: str
    category: str
    relevance: str
    written: date
    published: datetime
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in the mark-up of the module's docstring; empty lines are nothing."""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in [*text.strip().splitlines(), ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
            continue
        if rows:
            blocks.append(Block("t", rows=tuple(rows)))
            rows = []
        if line.startswith(("# ", "> ")):
            blocks.append(Block("c" if line[0] == "#" else "r", line[2:].strip()))
        elif line.strip():
            blocks.append(Block("p", line.strip()))
    return tuple(blocks)


def _read(name: str, raw: Mapping[str, Any], files: Mapping[str, Mapping[str, Any]], today: date) -> Notice:
    written = read_moment(raw["written"], today).date()
    fill = filler(today, written)

    def whole(text: str) -> str:
        return fill(CITED.sub(lambda match: _doc_no(files[match["id"]], today), text))

    text = whole(raw["text"])
    if other := raw.get("reposts"):
        text = f"{text}\n{whole(files[other]['text'])}".translate(RETYPED)
    blocks = read_blocks(text)
    return Notice(
        id=name,
        portal=raw["portal"],
        column=raw.get("column", ""),
        number=raw["number"],
        title=whole(raw["title"]),
        doc_no=_doc_no(raw, today),
        index_no=whole(raw.get("index_no", "")),
        issuer=raw["issuer"],
        category=raw["category"],
        relevance=raw["relevance"],
        written=written,
        published=read_moment(raw["published"], today),
        blocks=blocks,
        attachments=tuple(_attachment(item, blocks, whole) for item in raw.get("attachments", ())),
    )


def _doc_no(raw: Mapping[str, Any], today: date) -> str:
    return filler(today, read_moment(raw["written"], today).date())(raw["doc_no"])


def _attachment(item: Mapping[str, str], body: tuple[Block, ...], whole: Callable[[str], str]) -> Attachment:
    """A file of its own text, else of the body's tables under its name."""
    if "text" in item:
        return Attachment(item["name"], read_blocks(whole(item["text"])))
    title = Block("c", item["name"].rsplit(".", 1)[0])
    return Attachment(item["name"], (title, *(block for block in body if block.kind == "t")))


def load_notices(today: date, folder: Path = NOTICES) -> tuple[Notice, ...]:
    """All sample notices as of `today`, newest publication first."""
    files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))}
    notices = (_read(name, raw, files, today) for name, raw in files.items())
    return tuple(sorted(notices, key=lambda notice: (notice.published, notice.number), reverse=True))
