"""Connections that check the address they really reached, before a byte is sent.

A portal's page or its DNS may lead anywhere; a crawler inside an office network must not be led to that
network's own machines. Only an address that the portal file itself names (as samples and tests do) may be
private.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlsplit

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

from crawlers.errors import Refused


class Guard:
    """Which addresses may be connected to, and the connection that is in use, so that a late one can be
    cut.
    """

    def __init__(self, own_hosts: Iterable[str]) -> None:
        names = {urlsplit(f"//{host}").hostname or "" for host in own_hosts}
        self.named = {"127.0.0.1", "::1"} if "localhost" in names else set()
        self.named |= {name for name in names if _is_address(name)}
        self.socket: socket.socket | None = None

    def check(self, host: str, address: str) -> None:
        """Raise Refused when the host has led to an address that is not public."""
        ip = ipaddress.ip_address(address.split("%", 1)[0])
        mapped = getattr(ip, "ipv4_mapped", None) or ip
        if str(mapped) in self.named or (mapped.is_global and not mapped.is_multicast):
            return
        raise Refused(
            f"{host} leads to {address}, which is no public address: not connected. "
            "Remedy: if that is meant, name the address itself in the portal file"
        )

    def cut(self) -> None:
        """Close the connection in use from another thread; its reader then sees the end of the stream."""
        if self.socket is not None:
            try:
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)
            except OSError:
                return  # it has just ended by itself


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _guarded(base: type[HTTPConnection], guard: Guard) -> type[HTTPConnection]:
    class Guarded(base):  # type: ignore[misc, valid-type]
        def _new_conn(self) -> socket.socket:
            made: socket.socket = super()._new_conn()
            try:
                guard.check(self.host, made.getpeername()[0])
            except (Refused, OSError):
                made.close()
                raise
            return made

        def request(self, *args: Any, **kwargs: Any) -> None:
            super().request(*args, **kwargs)
            guard.socket = self.sock

    return Guarded


class GuardedAdapter(HTTPAdapter):
    """The transport of a session whose connections all pass the guard.

    One connection a host. Hosts are few: a crawl asks its portal's own ones only.
    """

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self._pools: dict[str, HTTPConnectionPool] = {}
        super().__init__(pool_connections=64, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        """Make the pools with guarded connections instead of plain ones."""
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **kwargs)
        plain = type("Pool", (HTTPConnectionPool,), {"ConnectionCls": _guarded(HTTPConnection, self.guard)})
        secure = type(
            "Pools", (HTTPSConnectionPool,), {"ConnectionCls": _guarded(HTTPSConnection, self.guard)}
        )
        self.poolmanager.pool_classes_by_scheme = {"http": plain, "https": secure}

    def ask(self, prepared: PreparedRequest, timeout: Timeout) -> BaseHTTPResponse:
        """Send a request; the answer's body is still to be read, as it comes and not decompressed.

        Unlike `Session.send` it reads no body of a redirect before anybody can limit it, and unlike `send` it
        makes no second object of each answer. Raises what urllib3 raises, and Refused.
        """
        return self._pool(prepared).urlopen(
            prepared.method or "GET",
            prepared.path_url,
            body=prepared.body,
            headers=prepared.headers,
            redirect=False,
            retries=False,
            assert_same_host=False,
            preload_content=False,
            decode_content=False,
            timeout=timeout,
        )

    def _pool(self, prepared: PreparedRequest) -> HTTPConnectionPool:
        url = prepared.url or ""
        origin = url[: url.index("/", len("https://"))]
        if origin not in self._pools:
            pool = self.get_connection_with_tls_context(prepared, verify=True)
            self.cert_verify(pool, url, verify=True, cert=None)  # type: ignore[no-untyped-call]
            self._pools[origin] = cast(HTTPConnectionPool, pool)
        return self._pools[origin]
