"""Text and addresses from portals, made safe to show. Markup is escaped by the templates, not here.

A title may hold anything: control characters that make a terminal or an XML parser stumble,
bidirectional overrides that make a line read otherwise than it is stored, addresses that run a script.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote, urlsplit

_LINES = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# Soft hyphens and zero-width characters are common in pages pasted from office programs: no meaning.
_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Nearly every text is fit: one look decides.
_UNFIT = re.compile(f"{_LINES.pattern}|{_INVISIBLE.pattern}|{_UNSHOWABLE.pattern}")
_BLANKS = re.compile(r"\s+")
# What could end an address in HTML, Markdown or a spreadsheet is percent-encoded; `%` is left alone.
_KEPT_IN_ADDRESS = "!#$%&*+,-./:;=?@[]_~"


def safe_text(value: object) -> str:
    """The value as text without control, bidirectional and invisible characters; None is empty.

    Line ends become a line feed and tabs stay; what cannot be shown at all (lone surrogates, private
    control characters) becomes the replacement character, so that a reader sees that something was there.
    """
    if value is None:
        return ""
    text = str(value)
    if not _UNFIT.search(text):
        return text
    return _UNSHOWABLE.sub("\ufffd", _INVISIBLE.sub("", _LINES.sub("\n", text)))


def one_line(value: object, limit: int | None = None) -> str:
    """The same on one line, cut to `limit` characters with an ellipsis."""
    text = " ".join(safe_text(value).split())
    return text if limit is None or len(text) <= limit else text[: limit - 1].rstrip() + "…"


def safe_link(value: object) -> str:
    """The address when it is an absolute http(s) one, percent-encoded; else empty: then no link is shown."""
    text = safe_text(value).strip()
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return quote(text, safe=_KEPT_IN_ADDRESS) if usable else ""


def chinese_date(value: date | None, with_year: bool = True) -> str:
    """`2023年4月17日`, or `4月17日`; empty when there is none."""
    if value is None:
        return ""
    day = f"{value.month}月{value.day}日"
    return f"{value.year}年{day}" if with_year else day


_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~$&])")
_BARE_ADDRESS = re.compile(r"(?i)(https?|ftp|mailto)(:)|(www)(\.)")
_LINE_START = re.compile(r"^(\s*)([-+#=]|\d+(?=[.)]))")


def markdown_text(value: object) -> str:
    """The value on one line, with what Markdown or HTML could take for markup escaped, bare addresses too."""
    text = _BLANKS.sub(" ", safe_text(value))
    escaped = _MARKUP.sub(r"\\\1", text).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")
    escaped = _BARE_ADDRESS.sub(lambda m: f"{m[1] or m[3]}\\{m[2] or m[4]}", escaped)
    return _LINE_START.sub(_escaped_start, escaped)


def _escaped_start(match: re.Match[str]) -> str:
    blanks, sign = match[1], match[2]
    # A number is a list only with its mark: 3. → 3\. would need the mark; an empty comment parts them.
    return f"{blanks}\\{sign}" if not sign.isdigit() else f"{blanks}{sign}\\"
