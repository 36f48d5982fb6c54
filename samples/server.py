"""The web server of one sample portal: validators, 304, robots.txt, forms. The pages come from its layout."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from samples.chrome import home
from samples.layouts import LAYOUTS
from samples.site import BANNER, Page, Site

ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /module/search/\n"
NOT_FOUND = f"<html><head><title>404</title></head><body><h1>404 Not Found</h1><p>{BANNER}</p></body></html>"


class SampleServer(ThreadingHTTPServer):
    """Serves one site on 127.0.0.1; `site` is set as soon as the port is known."""

    daemon_threads = True
    site: Site

    def find(self, path: str, fields: Mapping[str, str]) -> Page | None:
        """The page at a path, None for 404."""
        if path == "/robots.txt":
            return Page(ROBOTS.encode(), self.site.modified(), "text/plain; charset=utf-8")
        if path in ("/", "/index.html", "/index.htm"):
            return self.site.html(home(self.site, LAYOUTS[self.site.family].notice_path))
        return LAYOUTS[self.site.family].answer(self.site, path, fields)


def _is_known(headers: Mapping[str, str], etag: str, modified: datetime) -> bool:
    """Whether the asker has this page: by ETag, and by date only where it sends none (RFC 9110, 13.2.2)."""
    if tags := headers.get("If-None-Match"):
        return etag in [tag.strip() for tag in tags.split(",")]
    since = headers.get("If-Modified-Since")
    try:
        return since is not None and parsedate_to_datetime(since) >= modified
    except (TypeError, ValueError):
        return False


class Handler(BaseHTTPRequestHandler):
    """Answers GET, HEAD and POST."""

    protocol_version = "HTTP/1.1"
    server_version = "fgf-sample"
    sys_version = ""
    timeout = 30
    server: SampleServer

    def do_GET(self) -> None:
        self._answer("")

    def do_HEAD(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self._answer(self.rfile.read(length).decode("utf-8", "replace"))

    def _answer(self, form: str) -> None:
        parts = urlsplit(self.path)
        page = self.server.find(parts.path, dict(parse_qsl(parts.query) + parse_qsl(form)))
        if page is None:
            self._send(404, NOT_FOUND.encode(), {"Content-Type": "text/html; charset=utf-8"})
            return
        etag = f'"{hashlib.sha256(page.body).hexdigest()[:20]}"'
        headers = {"ETag": etag, "Last-Modified": format_datetime(page.modified.astimezone(UTC), usegmt=True)}
        if self.command != "POST" and _is_known(dict(self.headers.items()), etag, page.modified):
            self._send(304, b"", headers)
            return
        headers["Content-Type"] = page.media_type
        if page.disposition:
            headers["Content-Disposition"] = page.disposition
        self._send(200, page.body, headers)

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: whoever runs the samples watches the crawl, not this server."""
