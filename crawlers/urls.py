"""Addresses: whose host, and which of the several addresses of one page is its own."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

_DEFAULT_PORT = {"http": 80, "https": 443}
# TRS portals serve each page a second time for telephones: t20230425_12345_wap.html (PORTALS.md, T2).
_MOBILE_TWIN = re.compile(r"_wap(?=\.s?html?$)")
# Nearly all addresses need nothing done: there is nothing to quote in them, and no default port.
_DONE = re.compile(
    r"https?://[a-z0-9.-]*[a-z0-9](?::[1-9]\d{3,4})?/[\w.!$'()*+,/@~-]*(?:\?[\w.&=-]+)?", re.ASCII
)
_LEFT = re.compile(r"/\.|//|_wap\.")
# /gkmlpt/content/8/8123/post_8123456.html is also /zwgk/zcwj/content/post_8123456.html (PORTALS.md, T2).
IDENTITY = "2"
_POST = re.compile(r"([^/?]+)/(?:[^?]*/)?content/(?:\d+/\d+/)?post_(\d+)\.html")
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)


@lru_cache(maxsize=1024)  # asked several times of each request
def host_of(url: str) -> str:
    """Host of an address in lower case, with the port where it is not the scheme's own; '' when there
    is none.
    """
    return _host(urlsplit(url))


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")  # `./t…` joined badly leaves a host with a trailing dot (T15)
    name = f"[{host}]" if ":" in host else host
    try:
        port = parts.port
    except ValueError:  # a port that is no number
        return f"{name}:?"
    return name if port is None or port == _DEFAULT_PORT.get(parts.scheme) else f"{name}:{port}"


def joined(base: str, href: str) -> str:
    """The address that a link on a page means, as browsers read it: `\\zwgk\\1.htm` has slashes for them.

    Raises ValueError for what is no address (http://[broken).
    """
    path, mark, query = href.strip().partition("?")
    return urljoin(base, path.replace("\\", "/") + mark + query)


@lru_cache(maxsize=1024)
def is_web(url: str) -> bool:
    """Is it an http or https address with a host?"""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # [broken IPv6
        return False


def foreign(url: str, hosts: tuple[str, ...]) -> str:
    """Why an address is none of a portal's own; '' when it is one."""
    if not is_web(url):
        return "no web address"
    return "" if host_of(url) in hosts else f"on another host ({host_of(url)})"


@lru_cache(maxsize=8192)  # each address of a list is asked about several times
def canonical(url: str) -> str:
    """The one spelling of an address: no fragment, session or mobile twin, no dot segments, default
    port dropped.
    """
    if _DONE.fullmatch(url) and not _LEFT.search(url, 8):
        return url
    from requests.utils import requote_uri  # slow to import, and few addresses need it

    parts = urlsplit(requote_uri(url.strip()))
    path = urlsplit(urljoin("http://host", "/" + parts.path.lstrip("/"))).path  # resolves /a/../b
    while path.startswith("/../"):
        path = path[3:]
    path = _MOBILE_TWIN.sub("", _SESSION.sub("", path))
    return urlunsplit((parts.scheme, _host(parts), path, parts.query, ""))


def schemeless(url: str) -> str:
    """The canonical address without its scheme."""
    return canonical(url).split("://", 1)[-1]


def identity(url: str) -> str:
    """What tells pages apart: http and https are one page (T14), so are both addresses of a gkmlpt post.

    Whoever changes its answers raises `IDENTITY`: memories made by the old ones are then made again.
    """
    whole = schemeless(url)
    post = _POST.fullmatch(whole) if "/post_" in whole else None
    return f"{post[1]}/gkmlpt/content/post_{post[2]}.html" if post else whole


@lru_cache(maxsize=64)
def is_loopback(host: str) -> bool:
    """Is it this machine's own address, as a number or as `localhost`? Other names are never resolved
    here.
    """
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
