"""A web site on loopback whose every answer a test decides."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from crawlers.model import Column, Portal


@dataclass
class Page:
    """An answer. `raw`, when given, is sent instead of everything, and the connection closed."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    length: int | None = None  # a Content-Length that is not the body's
    chunks: Iterator[bytes] | None = None


Answering = Page | str | bytes | Callable[["Site"], Page]


@dataclass
class Site:
    """The site: what it answers by path, and what it was asked."""

    base: str
    pages: dict[str, Answering] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)
    etags: bool = False  # answer with an ETag, and 304 to it

    @property
    def host(self) -> str:
        return self.base.split("//")[1]

    def url(self, path: str) -> str:
        return self.base + path

    def portal(self, family: str = "plain", **values: Any) -> Portal:
        """A portal of this site whose only list is /list.html."""
        options = {"item": "li", "date": "span"}
        defaults: dict[str, Any] = {
            "id": "site", "name": "试验市人民政府", "region": "试验市", "adcode": "610000", "level": "city",
            "family": family, "home": self.base + "/", "hosts": (self.host,),
            "columns": (Column("文件", "/list.html"),), "list": options,
        }  # fmt: skip
        return Portal(**{**defaults, **values})

    def list_of(self, *rows: tuple[str, str, str], following: str = "") -> str:
        """A list page of rows (address, title, date)."""
        items = "".join(
            f'<li><a href="{url}" title="{title}">{title}</a><span>{day}</span></li>'
            for url, title, day in rows
        )
        more = f'<a href="{following}">下一页</a>' if following else "<span>下一页</span>"
        return f"<html><head><meta charset=utf-8></head><body><ul>{items}</ul>{more}</body></html>"

    def put_notices(self, *numbers: int, day: str = "2026-11-20", per_page: int = 15) -> None:
        """List these notices, newest first, and put their pages."""
        chunks = [numbers[at : at + per_page] for at in range(0, len(numbers), per_page)] or [()]
        for page, chunk in enumerate(chunks):
            path = "/list.html" if page == 0 else f"/list_{page}.html"
            following = f"/list_{page + 1}.html" if page + 1 < len(chunks) else ""
            rows = [(f"/n/{n}.html", f"关于第{n}号事项的通知", day) for n in chunk]
            self.pages[path] = self.list_of(*rows, following=following)
        for n in numbers:
            self.pages.setdefault(f"/n/{n}.html", notice(n))


def notice(number: int, more: str = "") -> str:
    """A notice's page."""
    title = f"关于第{number}号事项的通知"
    head = f"<html><head><meta charset=utf-8><title>{title}</title></head>"
    text = f"<p>各区县人民政府：</p><p>第{number}号事项请于年底前完成。</p>"
    return f'{head}<body><h1>{title}</h1><div class="content">{text}{more}</div></body></html>'


@contextlib.contextmanager
def running_site() -> Iterator[Site]:
    """Start a site on a free port; it ends with the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    server.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        site.asked.append(self.path)
        site.requests.append({k.lower(): v for k, v in self.headers.items()})
        answer = site.pages.get(self.path, Page("no such page", 404))
        if callable(answer):
            answer = answer(site)
        page = answer if isinstance(answer, Page) else Page(answer)
        with contextlib.suppress(ConnectionError):
            self._send(page, site)

    do_POST = do_GET  # noqa: N815 - the name that http.server asks for

    def _send(self, page: Page, site: Site) -> None:
        if page.raw is not None:
            self.wfile.write(page.raw)
            self.close_connection = True
            return
        body = page.body.encode() if isinstance(page.body, str) else page.body
        headers = {"Content-Type": "text/html; charset=utf-8", **page.headers}
        status = page.status
        if site.etags and status == 200:
            headers["ETag"] = f'"{hash(body)}"'
            if self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if page.chunks is not None:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for chunk in page.chunks:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")
            return
        if status != 304:
            self.send_header("Content-Length", str(len(body) if page.length is None else page.length))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = page.length is not None
