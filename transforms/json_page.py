"""JSON of portals → pages: records of the State Council's library, gkmlpt, and the search services of other
families.

A record is an object with a title and at least one more fact of a notice. Rows of a list have no text; a
detail object has its body as HTML in a string.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from transforms.charset import decode
from transforms.html_page import read_html
from transforms.pieces import Page
from transforms.records import LabelledValue, Problem
from transforms.source import Source
from transforms.text import clean, tidy

# Keys of records, in lower case, by the label of ours that says the same. Met in saved answers of the
# services.
KEYS: dict[str, tuple[str, ...]] = {
    "标题": ("title", "doctitle", "bt", "title_show", "mc", "name"),
    "发文字号": (
        "pcode",
        "document_number",
        "filenum",
        "fwzh",
        "wenhao",
        "refno",
        "fileno",
        "wh",
        "docno",
        "doc_no",
    ),
    "索引号": ("index", "identifier", "idxid", "indexnumber", "syh", "index_no"),
    "发文机关": ("puborg", "publisher", "fwjg", "issuer", "pubunit"),
    "成文日期": ("ptime", "writedate", "cwrq", "written_on"),
    "发布日期": (
        "pubtimestr",
        "pubtime",
        "pubdate",
        "fbrq",
        "display_publish_time",
        "published_on",
        "docrelpubtime",
        "docpubtime",
    ),
    "主题分类": ("childtype", "classify_theme_name", "theme", "category"),
    "有效性": ("shixiao", "validity"),
}
_OURS = {key: label for label, keys in KEYS.items() for key in keys}
_BODIES = ("content", "doccontent", "zw", "html", "body")
_MOST_RECORDS = 2000
_MOST_DEPTH = 30
_CALLBACK = re.compile(r"^[A-Za-z_$][\w$.]{0,60}\s*\(\s*|\s*\)\s*;?\s*$")
_MAYBE_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # \ud83d, with its other half behind it or not


def read_json(data: bytes, source: Source) -> list[Page]:
    """A page for each record; a page with a problem when it holds none. Raw line breaks in strings are
    allowed (trap T12)."""
    text = decode(data, source.charset)[0].strip()
    if not text.startswith(("{", "[")):
        text = _CALLBACK.sub("", text)
    try:
        value = json.loads(text, strict=False)
        if _MAYBE_HALF.search(text):
            value = _whole(value)
    except (ValueError, RecursionError) as error:
        return [Page(problems=[Problem("file", f"not readable JSON: {error}"[:200])])]
    pages = [
        _page(record, source) for _, record in zip(range(_MOST_RECORDS), records(value, 0), strict=False)
    ]
    return pages or [
        Page(problems=[Problem("file", "JSON without a record of a notice: no object with a title")])
    ]


def _whole(value: Any) -> Any:
    """The value with `?` for halves of characters: \\ud800 alone stands in no text that can be stored."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def records(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The innermost objects that look like records of notices, in order."""
    if depth > _MOST_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from records(item, depth + 1)
    elif isinstance(value, dict):
        labels = {
            _OURS.get(str(key).lower())
            for key, said in value.items()
            if isinstance(said, str | int) and said != ""
        }
        if ("标题" in labels and len(labels - {None}) >= 2) or ("标题" in labels and _body(value)):
            yield value
        else:
            for item in value.values():
                yield from records(item, depth + 1)


def _body(record: dict[str, Any]) -> str:
    for key, said in record.items():
        if str(key).lower() in _BODIES and isinstance(said, str) and said.strip():
            return said
    return ""


def _page(record: dict[str, Any], source: Source) -> Page:
    body = _body(record)
    if body:
        page = read_html(f"<html><body><div id='zoom'>{body}</div></body></html>".encode(), source)
    else:
        page = Page(problems=[Problem("body", "a row of a list: it has no text")])
    fields = list(_fields(record))
    page.fields = [*fields, *page.fields]
    page.titles = [(pair.value, "json") for pair in fields if pair.label == "标题"] + page.titles
    return page


def _fields(record: dict[str, Any]) -> Iterator[LabelledValue]:
    """The facts of a record as pairs, and those of the key/value lists within it, as UCAP has them."""
    for key, said in record.items():
        name = str(key).lower()
        if name in _BODIES or isinstance(said, bool) or said is None:
            continue
        if name == "domainmetalist" and isinstance(said, list):
            for group in said:
                for pair in group.get("resultList", []) if isinstance(group, dict) else []:
                    if isinstance(pair, dict):
                        yield from _fields({str(pair.get("key")): pair.get("value")})
        elif isinstance(said, str | int | float):
            value = tidy(re.sub(r"</?(?:em|b|font|span|br)\b[^>]*>", "", clean(str(said))).replace("\n", " "))
            # 0 is how an absent epoch is written
            if value and value != "0":
                yield LabelledValue(_label(name, record), value, "json")


def _label(name: str, record: dict[str, Any]) -> str:
    # gkmlpt calls the writing date `date`, and says so by having a document_number
    if name == "date" and "document_number" in record:
        return "成文日期"
    return _OURS.get(name, name)
