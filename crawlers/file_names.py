"""Names of attachments: read from link, header or address, repaired, and made safe for any file system."""

from __future__ import annotations

import re
import unicodedata
from email.message import Message
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from crawlers.media_types import EXTENSIONS

_EXTENSION = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|wps|et|ofd|ceb|rtf|txt|zip|rar|7z|jpe?g|png|gif|tiff?|csv)$", re.IGNORECASE
)
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # devices on Windows
_PLAIN_NAME = re.compile(r';\s*filename=("[^"]*"|[^;]*)', re.IGNORECASE)
_LONGEST = 180  # bytes; file systems allow 255, and others add to it


def file_name(link: str, disposition: str, url: str, media_type: str) -> str:
    """The best name: of the link when it has an extension, else of the header, else the link's text,
    else the address.
    """
    header, path = header_name(disposition), unquote(urlsplit(url).path.rsplit("/", 1)[-1])
    for name in (link, header):
        if has_extension(name):
            return safe_name(name)
    name = link.strip() or header or path
    return safe_name(name if has_extension(name) else name + EXTENSIONS.get(media_type, ""))


def has_extension(name: str) -> bool:
    """Does the name end like a file that notices carry?"""
    return bool(_EXTENSION.search(name.strip()))


def header_name(disposition: str) -> str:
    """File name of a Content-Disposition header: RFC 5987 and 2231, percent signs, or raw bytes of
    UTF-8 or GB18030.
    """
    if not disposition:
        return ""
    if "filename*" in disposition.lower():  # RFC 6266: then the plain one is only for old clients
        disposition = _PLAIN_NAME.sub("", disposition)
    message = Message()
    message["Content-Disposition"] = disposition.replace("\r", " ").replace("\n", " ")
    try:
        return _repaired(message.get_filename("") or "")
    except ValueError:  # filename*=undefined''…: a file is worth more than what its header calls it
        return ""


def _repaired(name: str) -> str:
    """HTTP headers come as Latin-1; portals send other bytes in them."""
    raw = unquote_to_bytes(name) if re.search(r"%[0-9A-Fa-f]{2}", name) else None
    if raw is None:
        try:
            raw = name.encode("latin-1")
        except UnicodeEncodeError:
            return name  # decoded already, by RFC 5987
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return name


def safe_name(name: str) -> str:
    """A name without folders, control characters or devices, at most 180 bytes long, extension kept."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Cs", "Co"))
    plain = _FORBIDDEN.sub("_", " ".join(plain.split())).strip(" .")
    if not plain:
        return "file"
    if _RESERVED.match(plain):
        plain = "_" + plain
    found = _EXTENSION.search(plain)
    end = found[0] if found else ""
    stem = plain[: len(plain) - len(end)].encode()[: _LONGEST - len(end)].decode("utf-8", "ignore")
    return stem.rstrip(" .") + end
