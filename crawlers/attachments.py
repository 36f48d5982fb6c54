"""Which files belong to a notice, and how one is fetched: capped, typed by signature, safely named."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from urllib.parse import parse_qsl, urldefrag, urlsplit

from crawlers.css import Element
from crawlers.file_names import has_extension
from crawlers.model import Answer
from crawlers.select import base_of, parse, strings
from crawlers.urls import joined

# Pages without any of these have no attachments: most pages are never parsed here.
_ENDINGS = re.compile(r"\.(?:pdf|doc|xls|ppt|wps|et|ofd|ceb|rtf|zip|rar|7z)")
_WORDS = ("download", "downfile", "file_appendix", "/attachment/")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|ceb|rtf|zip|rar|7z)(?:$|[?#&])", re.IGNORECASE)
# Addresses that serve files under no name of their own: JCMS, VSB, gkmlpt.
_ENDPOINT = re.compile(
    r"/downfile\.jsp|/download\.jsp|DownloadAttachUrl|/attachment/\d|[?&]wbfileid=", re.IGNORECASE
)
_CHROME = re.compile(
    r"(?:^|[-_ ])(?:nav|menu|header|head|foot|footer|side|sidebar|banner|crumbs?|share|bdsharebuttonbox"
    r"|related?|relation|xgxx|xg|xgwd|xglj|friend|links?|copyright|prevnext|hot|search)(?:$|[-_ \d])",
    re.IGNORECASE,
)
_CHROME_TAGS = ("nav", "header", "footer", "aside")
_APPENDIX = re.compile(r"""file_appendix\s*=\s*(['"])(.*?)\1""", re.DOTALL)
_FRAMES = {"iframe": "src", "embed": "src", "object": "data"}  # a notice may be shown as its PDF
_MOST = 60  # a notice with more files than this is a list page in disguise


def find_attachments(answer: Answer) -> list[tuple[str, str]]:
    """Name and address of each file that a notice's page links to, in page order, each address once.

    Links of navigation, footers and lists of other pages are left out. Addresses on foreign hosts are kept:
    whether they may be asked for is the fetcher's to say, and the reader sees that there is a file.
    """
    lower = answer.text.lower()
    if not _ENDINGS.search(lower) and not any(word in lower for word in _WORDS):
        return []
    found: dict[str, str] = {}
    page = parse(answer.text)
    base = base_of(page, answer.url)
    for part in (page, *map(parse, _hidden_html(answer.text))):
        for element in part.iter("a", *_FRAMES):
            if len(found) < _MOST:
                _take(element, base, found)
    return [(name, url) for url, name in found.items()]


def _take(link: Element, base: str, found: dict[str, str]) -> None:
    href = (link.get(_FRAMES.get(link.tag, "href")) or "").strip()
    if link.tag in _FRAMES:
        href = _shown_file(href)
    if not href or href.lower().startswith(("javascript:", "mailto:", "#")):
        return
    text = " ".join(words for string in strings(link) if (words := string.strip()))
    name = (link.get("title") or "").strip() or text
    try:
        url, target = urldefrag(joined(base, href)).url, urlsplit(href).path
    except ValueError:
        return  # [broken IPv6: no address at all
    if not (_FILE.search(target) or _ENDPOINT.search(href) or has_extension(name) or _FILE.search(href)):
        return
    if _is_chrome(link) and not text.startswith("附件"):  # `article-footer` holds those of the article
        return
    better = next((n for n in (name, text) if has_extension(n)), text or name)
    found.setdefault(url, better)


def _shown_file(source: str) -> str:
    """The file that a frame shows, itself or by a viewer (`viewer.html?file=/P02.pdf`); '' for a page."""
    path, _, query = source.partition("?")
    if _FILE.search(path):
        return source
    return next((value for _, value in parse_qsl(query) if _FILE.search(value)), "")


def _is_chrome(link: Element) -> bool:
    for parent in link.iterancestors():
        if parent.tag in _CHROME_TAGS:
            return True
        names = [*(parent.get("class") or "").split(), parent.get("id") or ""]
        if parent.tag not in ("body", "html") and any(_CHROME.search(name) for name in names):
            return True
    return False


def _hidden_html(text: str) -> list[str]:
    """HTML that pages keep in scripts: the file list of TRS (`file_appendix`) and the text of gkmlpt
    (`_CONFIG.DETAIL`).
    """
    parts = [_unquoted(found[2]).replace("\\/", "/") for found in _APPENDIX.finditer(text)]
    start = text.find("DETAIL:")
    if "_CONFIG" in text and start >= 0:
        parts += _gkmlpt_html(text[start + len("DETAIL:") :].lstrip())
    return parts


def _unquoted(html: str) -> str:
    return html if "<" in html else unescape(html)


def _gkmlpt_html(text: str) -> list[str]:
    try:
        detail, _ = json.JSONDecoder().raw_decode(text)
    except ValueError:
        return []
    if not isinstance(detail, dict):
        return []
    rows = detail.get("attachment") or []
    links = [
        f'<a href="{escape(row["url"])}">{escape(str(row.get("name", "")))}</a>'
        for row in rows
        if isinstance(row, dict) and isinstance(row.get("url"), str)
    ]
    return [str(detail.get("content") or ""), *links]
