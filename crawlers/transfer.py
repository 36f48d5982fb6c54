"""One request and its answer on the wire: the session, the deadline, the caps.

What it means is in `fetch.py`.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

import requests
from requests.cookies import extract_cookies_to_jar, get_cookie_header
from requests.structures import CaseInsensitiveDict
from urllib3 import BaseHTTPResponse, Timeout
from urllib3.exceptions import HTTPError

from crawlers.deadline import Deadline
from crawlers.errors import Refused
from crawlers.guard import Guard, GuardedAdapter
from crawlers.http import Exchange, Limits, TooLong, read_payload, unpack
from crawlers.model import Request
from crawlers.urls import host_of

_KEPT = 64 * 1024  # so much of an answer that is not whole is archived
_FILES_TAKE = 4  # times as long as pages
_CONNECTION = re.compile(r"\A(?:<[^>]*>|\w+\(.*?\)): ")  # as libraries name the connection that failed
_PLAIN = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?/[\w.!$&'()*+,/:;=@?~-]*", re.ASCII)


class Passing(Exception):
    """A failure that may pass: asked again, a few times."""


class Transfer:
    """The connections of one crawl, with its cookies."""

    def __init__(self, hosts: tuple[str, ...], agent: str, limits: Limits) -> None:
        self.limits = limits
        guard = Guard(hosts)
        self._adapter = GuardedAdapter(guard)
        self._session = _session(agent)
        self._headers = CaseInsensitiveDict(
            {name: _text(value) for name, value in self._session.headers.items()}
        )
        self._timeout = Timeout(connect=limits.connect, read=limits.read)
        self._deadline = Deadline(limits.deadline, guard.cut)

    def close(self) -> None:
        """Close the connections."""
        self._deadline.close()
        self._adapter.close()

    def send(self, request: Request, extra: Mapping[str, str], at: datetime) -> Exchange:
        """Ask, with `extra` headers, and read the answer within its limits.

        Raises Passing for what another try may cure, Refused for an address that nobody can ask for.
        """
        limits = self.limits
        cap = limits.file_bytes if request.is_file else limits.page_bytes
        patience = limits.deadline * (_FILES_TAKE if request.is_file else 1)
        prepared = self._prepare(request, extra)
        try:
            with self._deadline.over(patience):
                answer = self._adapter.ask(prepared, self._timeout)
                payload, body, cut = self._read(answer, prepared, cap)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise Passing(self._too_late(patience) or _cause(error)) from error
        cut = (cut and self._too_late(patience)) or cut
        return Exchange(
            method=prepared.method or "GET",
            url=request.url,
            request_headers=tuple((k, _text(v)) for k, v in prepared.headers.items()),
            request_body=_bytes(prepared.body),
            status=answer.status,
            reason=answer.reason or "",
            headers=tuple(answer.headers.items()),
            payload=payload,
            body=body,
            at=at,
            cut=cut,
        )

    def _read(
        self, answer: BaseHTTPResponse, prepared: requests.PreparedRequest, cap: int
    ) -> tuple[bytes, bytes, str]:
        if "Set-Cookie" in answer.headers:
            extract_cookies_to_jar(self._session.cookies, prepared, answer)  # type: ignore[no-untyped-call]
        whole = False
        try:
            read = _body(answer, cap)
            whole = not read[2]
            return read
        finally:
            if not whole:
                answer.close()
            answer.release_conn()

    def _too_late(self, seconds: float) -> str:
        return f"no whole answer within {seconds:g} s" if self._deadline.is_late else ""

    def _prepare(self, request: Request, extra: Mapping[str, str]) -> requests.PreparedRequest:
        data = request.json or (urlencode(request.form) if request.form else None)
        headers = dict(request.headers) | dict(extra)
        if data is None and _PLAIN.fullmatch(request.url) and "/." not in request.url:
            return self._prepared(request.url, headers)
        if data is not None:
            kind = "application/json" if request.json else "application/x-www-form-urlencoded; charset=UTF-8"
            headers.setdefault("Content-Type", kind)
        plain = requests.Request(
            "POST" if data is not None else "GET", request.url, headers=headers, data=data
        )
        try:
            prepared = self._session.prepare_request(plain)
        except (requests.RequestException, UnicodeError) as error:
            raise Refused(f"{request.url}: cannot be asked for: {error}") from error
        own, reached = host_of(request.url), host_of(prepared.url or "")
        if own.isascii() and reached != own:  # http://other\@own/: where a host ends, not all readers agree
            raise Refused(f"{request.url}: cannot be asked for: it would be asked of {reached}")
        return prepared

    def _prepared(self, url: str, headers: Mapping[str, str]) -> requests.PreparedRequest:
        """What `prepare_request` makes of an address in which nothing is to be quoted, as in nearly all."""
        prepared = requests.PreparedRequest()
        prepared.method, prepared.url = "GET", url
        prepared.headers = CaseInsensitiveDict({**self._headers, **headers}) if headers else self._headers
        if next(iter(self._session.cookies), None) is not None:
            cookies = get_cookie_header(self._session.cookies, prepared)  # type: ignore[no-untyped-call]
            if cookies:
                prepared.headers = CaseInsensitiveDict({**prepared.headers, "Cookie": cookies})
        return prepared


def _session(agent: str) -> requests.Session:
    """Headers and cookies of a crawl; it opens no connections itself."""
    session = requests.Session()
    # A proxy would hide the address that is really reached, and .netrc is nobody's business.
    session.trust_env = False
    session.headers.clear()
    session.headers.update(
        {
            "User-Agent": agent,
            "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
    )
    return session


def _body(answer: BaseHTTPResponse, cap: int) -> tuple[bytes, bytes, str]:
    """Payload, body, and why they are not whole ('' when they are)."""
    chunks = answer.stream(_KEPT, decode_content=False)
    try:
        payload = read_payload(chunks, cap)
    except TooLong as error:
        return error.kept, b"", str(error)
    said = answer.headers.get("Content-Length", "")
    if said.isdecimal() and int(said) != len(payload) and answer.status not in (204, 304):
        return payload[:_KEPT], b"", f"{len(payload)} of {said} bytes came"
    try:
        return payload, unpack(payload, answer.headers.get("Content-Encoding", ""), cap), ""
    except TooLong as error:
        return error.kept, b"", str(error)
    except ValueError as error:
        return payload[:_KEPT], b"", str(error)


def _cause(error: BaseException) -> str:
    """A short reason: the innermost error, without the connection that the libraries' messages begin with."""
    inner = error
    while isinstance(inner, BaseException):
        deeper = getattr(inner, "reason", None) or (inner.args[0] if inner.args else None)
        if not isinstance(deeper, BaseException):
            break
        inner = deeper
    if isinstance(inner, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({inner.verify_message})"
    said = inner.args[0] if inner.args and not isinstance(inner, OSError) else inner
    return f"{type(inner).__name__}: {_CONNECTION.sub('', str(said))}"[:200]


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _bytes(body: object) -> bytes:
    return body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else b""
