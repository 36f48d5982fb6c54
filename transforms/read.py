"""Bytes of any kind → notices. Pure: no clock, no network, no database.

`read_notices` is the one entry of the reader; `as_json` is what `python -m transforms` prints.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from transforms.charset import decode
from transforms.compendium import find_heads
from transforms.metadata import Metadata, read_metadata
from transforms.pieces import Page, build_document
from transforms.plain import read_text
from transforms.records import Notice
from transforms.source import Source, SourceFile
from transforms.structure import Layout, read_layout
from transforms.tasks import Context, read_tasks
from transforms.text import bare

__all__ = ["Source", "SourceFile", "as_json", "read_notices"]


def read_notices(data: bytes, source: Source) -> list[Notice]:
    """The notices that a page or file holds: one, several for a compendium. Never raises for what is in `data`."""
    page = _read_page(data, source)
    return [_notice(page, layout, source) for layout in _layouts(page)]


def _read_page(data: bytes, source: Source) -> Page:
    head = data[:4096].lstrip().lower()
    if head.startswith(b"<") or b"<html" in head or b"<!doctype" in head:
        from transforms.html_page import read_html

        return read_html(data, source)
    text, _ = decode(data, source.charset)
    return read_text(text)


def _layouts(page: Page) -> list[Layout]:
    heads = find_heads(page.pieces)
    if not heads:
        return [read_layout(page.pieces, page.titles)]
    ends = [head.start for head in heads[1:]] + [len(page.pieces)]
    return [read_layout(page.pieces[:end], head=head) for head, end in zip(heads, ends, strict=True)]


def _notice(page: Page, layout: Layout, source: Source) -> Notice:
    found = read_metadata(page.fields, layout, source)
    body = build_document(layout.body)
    tasks, citations = read_tasks([body], _context(found))
    cites = dict.fromkeys(c.doc_no for c in citations if c.doc_no and c.doc_no != found.doc_no)
    return Notice(
        source=source.name,
        url=source.url,
        portal_id=source.portal_id,
        title=found.title,
        index_no=found.index_no,
        doc_no=found.doc_no,
        issuers=found.issuers,
        written_on=found.written_on,
        published_on=found.published_on,
        listed_on=found.listed_on,
        doc_type=found.doc_type,
        category=found.category,
        validity=found.validity,
        region=found.region,
        adcode=found.adcode,
        level=found.level,
        recipients=found.recipients,
        cites=tuple(cites),
        text=body.text,
        text_sha256=hashlib.sha256(bare(body.text).encode()).hexdigest(),
        tasks=tuple(tasks),
        citations=tuple(citations),
        fields=tuple(page.fields),
        origins=found.origins,
        problems=tuple(page.problems),
    )


def _context(found: Metadata) -> Context:
    day = found.written_on or found.published_on
    return Context(
        title=found.title,
        doc_no=found.doc_no,
        issuers=found.issuers,
        region=found.region,
        written_on=found.written_on,
        published_on=found.published_on,
        year=int(day[:4]) if day else None,
    )


def as_json(notice: Notice) -> dict[str, Any]:
    """The record as plain lists, dicts, strings and numbers."""
    return asdict(notice)
