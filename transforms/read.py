"""Bytes of any kind → notices. Pure: no clock, no network, no database.

`read_notices` is the one entry of the reader; `as_json` is what `python -m transforms` prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from transforms.attachments import letter_among, read_attachments
from transforms.compendium import find_heads
from transforms.contacts import read_contacts
from transforms.files.kinds import kind_of
from transforms.head_fields import take_fields
from transforms.heads import page_title
from transforms.identity import document_key, text_hash, text_signature
from transforms.metadata import Metadata, listed_pairs, read_metadata
from transforms.pieces import Page, build_document
from transforms.records import AttachmentRecord, Contact, Document, Notice, Problem
from transforms.relevance import read_relevance
from transforms.source import Source, SourceFile
from transforms.structure import Layout, read_layout
from transforms.tasks import Context, read_tasks

__all__ = ["Source", "SourceFile", "as_json", "read_notices"]


def read_notices(data: bytes, source: Source) -> list[Notice]:
    """The notices that a page or file holds: one, or several for a compendium or a JSON list.

    Never empty, and never an exception for what is in `data`: what could not be read is in `problems`.
    """
    pages = _read_pages(data, source)
    notices: list[Notice] = []
    for page in pages:
        layouts = _layouts(page, source)
        notices += [_notice(page, layout, source, alone=len(layouts) == 1) for layout in layouts]
    return notices


def _read_pages(data: bytes, source: Source) -> list[Page]:
    kind = kind_of(data)
    if kind == "html":
        from transforms.html_page import read_html

        return [read_html(data, source)]
    if kind == "json":
        from transforms.json_page import read_json

        return read_json(data, source)
    if kind == "text":
        from transforms.charset import decode
        from transforms.plain import read_text

        return [read_text(decode(data, source.charset)[0])]
    from transforms.files import read_file

    page = read_file(data, ocr=source.ocr)
    page.pieces = list(take_fields(page.pieces, page))
    return [page]


def _layouts(page: Page, source: Source) -> list[Layout]:
    """The documents of a page: what its own title names is one document, whatever stands in it."""
    heads = [] if page_title(page.titles) else find_heads(page.pieces)
    if not heads:
        listed = source.listed.get("title")
        titles = [*page.titles, *([(listed, "listed")] if listed else [])]
        return [read_layout(page.pieces, titles)]
    ends = [head.start for head in heads[1:]] + [len(page.pieces)]
    return [read_layout(page.pieces[:end], head=head) for head, end in zip(heads, ends, strict=True)]


def _notice(page: Page, layout: Layout, source: Source, alone: bool) -> Notice:
    files = source.files if alone else ()
    records, documents, pages = read_attachments(files, source.ocr)
    letter = letter_among(pages, layout)
    found = read_metadata(page.fields if alone else (), layout, source, letter)
    body = build_document(layout.body)
    tasks, citations = read_tasks([body, *documents], _context(found))
    relevance = read_relevance(found.title, _about(body, documents))
    notice = _described(found, source)
    return replace(
        notice,
        cites=tuple(dict.fromkeys(c.doc_no for c in citations if c.doc_no and c.doc_no != found.doc_no)),
        topics=relevance.topics,
        relevance=relevance.level,
        terms=relevance.terms,
        text=body.text,
        text_sha256=text_hash(body.text),
        document_key=document_key(found.issuers, found.doc_no, found.title, found.written_on),
        signature=text_signature(body.text),
        tasks=tuple(tasks),
        citations=tuple(citations),
        contacts=tuple(_contacts(body, documents)),
        attachments=tuple(records),
        fields=(*page.fields, *listed_pairs(source)) if alone else (),
        problems=tuple(_problems(page, body, found, records)),
    )


def _described(found: Metadata, source: Source) -> Notice:
    """The notice with its metadata alone."""
    metadata = {f.name: getattr(found, f.name) for f in fields(found) if f.name != "problems"}
    return Notice(source=source.name, url=source.url, portal_id=source.portal_id, **metadata)


_COVER = 200


def _about(body: Document, documents: Sequence[Document]) -> str:
    """The text that says what a notice is about: its body, or its attachments where the body only points to
    them."""
    return body.text if len(body.text) >= _COVER else "\n".join([body.text, *(doc.text for doc in documents)])


def _contacts(body: Document, documents: Sequence[Document]) -> list[Contact]:
    return [contact for doc in (body, *documents) for contact in read_contacts(doc.text, doc.name)]


def _problems(
    page: Page, body: Document, found: Metadata, records: Sequence[AttachmentRecord]
) -> list[Problem]:
    problems = [*page.problems, *found.problems]
    if not body.text and not page.problems:
        problems.append(Problem("body", "no text found"))
    if not found.title:
        problems.append(Problem("title", "no title found"))
    return [*problems, *(Problem(record.name, record.problem) for record in records if record.problem)]


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
