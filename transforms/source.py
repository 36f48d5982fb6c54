"""What is known of a page or file before it is read: where it came from, and what its list said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a notice. `body` is None where it could not be fetched; then `error` says why."""

    name: str
    url: str = ""
    media_type: str = ""
    sha256: str = ""
    body: bytes | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes came from. `name` is a file name or URL.

    `listed` are the facts of the list page: title, doc_no, index_no, issuer, category, listed_on and others
    as printed. `fields` are a portal's own labels (label → our field), `fixes` its exact repairs of values
    by field. With `ocr`, scans are read by OCR (the extra `ocr`): seconds a page, and mistakes.
    """

    name: str
    url: str | None = None
    portal_id: str | None = None
    region: str | None = None
    adcode: str | None = None
    level: str | None = None
    media_type: str | None = None
    charset: str | None = None
    listed: Mapping[str, str] = field(default_factory=dict)
    body_selectors: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    fixes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    files: tuple[SourceFile, ...] = ()
    ocr: bool = False
