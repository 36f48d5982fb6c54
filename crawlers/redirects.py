"""Where an answer sends on to: by its Location, or by a page that holds nothing but the way to another."""

from __future__ import annotations

import re

from crawlers.model import Answer
from crawlers.refusal import missing, visible_text
from crawlers.select import attribute, parse, web_address
from crawlers.urls import identity, joined

REDIRECTS = (301, 302, 303, 307, 308)
_REFRESH = re.compile(r"(\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)['\"]?", re.IGNORECASE)
_SCRIPT = re.compile(
    r"(?:(?:window|self|top|document)\.)?location(?:\.href\s*=|\.replace\s*\(|\s*=)\s*(['\"])([^'\"]+)\1\s*\)?\s*;?"
)
_LONG = 20_000  # characters of markup; what only sends on is shorter, and the others cost no second look
_SHORT = 100  # characters that a reader sees of a page which only sends on: its title, 正在跳转
_SOON = 10  # seconds; a page that is loaded again after minutes is itself the page


def leads_to(answer: Answer) -> str:
    """The address that an answer sends on to, perhaps none of the web; '' for one that does not."""
    if answer.status in REDIRECTS:
        return _sent_to(answer)
    html = answer.text if answer.status == 200 and len(answer.text) < _LONG else ""
    if not html or len(visible_text(html)) > _SHORT:
        return ""
    if missing(html):
        return ""  # 页面不存在，5秒后返回首页: it says itself what it is
    target = web_address(answer.url, _in_page(html))
    return target if target and identity(target) != identity(answer.url) else ""


def _sent_to(answer: Answer) -> str:
    """Where a Location leads, with the bytes that came: portals write Chinese into it, by UTF-8 or by GBK."""
    location = "".join(c if c < "\x80" else f"%{ord(c):02X}" for c in answer.headers.get("location", ""))
    try:
        return joined(answer.url, location) if location else ""
    except ValueError:  # http://[broken
        return location


def _in_page(html: str) -> str:
    """What a meta refresh, or a script that is nothing else, leads to."""
    page = parse(html)
    for meta in page.iter("meta"):
        said = _REFRESH.fullmatch(attribute(meta, "content"))
        if said and attribute(meta, "http-equiv").lower() == "refresh" and int(said[1]) <= _SOON:
            return said[2]
    scripts = [script.text.strip() for script in page.iter("script") if script.text and script.text.strip()]
    found = _SCRIPT.fullmatch(scripts[0]) if len(scripts) == 1 else None
    return found[2] if found else ""
