"""One request and its answer on the wire: the session, the deadline, the caps.

What it means is in `fetch.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

import requests
from requests.cookies import extract_cookies_to_jar
from urllib3.exceptions import HTTPError

from crawlers.errors import Refused
from crawlers.guard import Guard, GuardedAdapter
from crawlers.http import Exchange, Limits, TooLong, read_payload, unpack
from crawlers.model import Request
from crawlers.watch import Watch

_KEPT = 64 * 1024  # so much of an answer that is not whole is archived
_FILES_TAKE = 4  # times as long as pages


class Passing(Exception):
    """A failure that may pass: asked again, a few times."""


class Transfer:
    """The connections of one crawl, with its cookies."""

    def __init__(self, hosts: tuple[str, ...], agent: str, limits: Limits) -> None:
        self.limits = limits
        guard = Guard(hosts)
        self._adapter = GuardedAdapter(guard)
        self._session = _session(agent)
        self._watch = Watch(limits.deadline, guard.cut)

    def close(self) -> None:
        """Close the connections."""
        self._watch.close()
        self._adapter.close()

    def send(self, request: Request, extra: Mapping[str, str], is_file: bool, at: datetime) -> Exchange:
        """Ask, and read the answer within its limits.

        Raises Passing for what another try may cure, Refused for an address that nobody can ask for.
        """
        limits = self.limits
        cap = limits.file_bytes if is_file else limits.page_bytes
        patience = limits.deadline * (_FILES_TAKE if is_file else 1)
        prepared = self._prepare(request, extra)
        try:
            with self._watch.over(patience):
                # Not by Session.send, which reads the bodies of redirects before anybody can limit them.
                response = self._adapter.send(prepared, stream=True, timeout=(limits.connect, limits.read))
                extract_cookies_to_jar(  # type: ignore[no-untyped-call]
                    self._session.cookies, prepared, response.raw
                )
                with response:
                    payload, body, cut = _body(response, cap)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise Passing(self._too_late(patience) or _cause(error)) from error
        cut = (cut and self._too_late(patience)) or cut
        return Exchange(
            method=prepared.method or "GET",
            url=request.url,
            request_headers=tuple((k, _text(v)) for k, v in prepared.headers.items()),
            request_body=_bytes(prepared.body),
            status=response.status_code,
            reason=response.reason or "",
            headers=tuple(response.raw.headers.items()),
            payload=payload,
            body=body,
            at=at,
            cut=cut,
        )

    def _too_late(self, seconds: float) -> str:
        return f"no whole answer within {seconds:g} s" if self._watch.is_late else ""

    def _prepare(self, request: Request, extra: Mapping[str, str]) -> requests.PreparedRequest:
        data = request.json or (urlencode(request.form) if request.form else None)
        headers = dict(request.headers) | dict(extra)
        if data is not None:
            kind = "application/json" if request.json else "application/x-www-form-urlencoded; charset=UTF-8"
            headers.setdefault("Content-Type", kind)
        plain = requests.Request(
            "POST" if data is not None else "GET", request.url, headers=headers, data=data
        )
        try:
            return self._session.prepare_request(plain)
        except (requests.RequestException, UnicodeError) as error:
            raise Refused(f"{request.url}: cannot be asked for: {error}") from error


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


def _body(response: requests.Response, cap: int) -> tuple[bytes, bytes, str]:
    """Payload, body, and why they are not whole ('' when they are)."""
    chunks = response.raw.stream(_KEPT, decode_content=False)
    try:
        payload = read_payload(chunks, cap)
    except TooLong as error:
        return error.kept, b"", str(error)
    said = response.headers.get("Content-Length", "")
    if said.isdigit() and int(said) != len(payload) and response.status_code not in (204, 304):
        return payload[:_KEPT], b"", f"{len(payload)} of {said} bytes came"
    try:
        return payload, unpack(payload, response.headers.get("Content-Encoding", ""), cap), ""
    except TooLong as error:
        return error.kept, b"", str(error)
    except ValueError as error:
        return payload[:_KEPT], b"", str(error)


def _cause(error: BaseException) -> str:
    """A short reason: the innermost error, without the object addresses in the libraries' messages."""
    inner: object = error
    while isinstance(inner, BaseException):
        deeper = getattr(inner, "reason", None) or (inner.args[0] if inner.args else None)
        if not isinstance(deeper, BaseException):
            break
        inner = deeper
    said = inner.args[0] if isinstance(inner, BaseException) and inner.args else inner
    return f"{type(inner).__name__}: {str(said).rsplit('>: ', 1)[-1]}"[:200]


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _bytes(body: object) -> bytes:
    return body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else b""
