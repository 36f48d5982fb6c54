"""Portals to which no connection comes about: the reason is one that a person can act on."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawlers.errors import Unreachable
from crawlers.fetch import Fetcher
from crawlers.model import Request
from crawlers.settings import Settings
from tests.crawlers.conftest import QUICK
from tests.crawlers.site import Site

TODAY = datetime.now(UTC)


def reason(site: Site, settings: Settings, url: str) -> str:
    """What is said of a portal at `url` that cannot be reached."""
    host = url.split("/")[2]
    portal = site.portal(home=url, hosts=(host,))
    made = Fetcher(portal, settings, sleep=lambda _: None, limits=QUICK)
    with closing(made) as fetcher, pytest.raises(Unreachable) as caught:
        fetcher.get(Request(url))
    return str(caught.value)


@pytest.fixture(params=["self-signed", "expired"])
def untrusted(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A portal over TLS with a certificate that nobody vouches for, or one that has run out."""
    ends = TODAY + timedelta(days=1 if request.param == "self-signed" else -1)
    file = write_certificate(tmp_path / "server.pem", ends)
    if request.param == "expired":  # by somebody who is trusted
        monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def write_certificate(file: Path, ends: datetime) -> Path:
    """Key and certificate of 127.0.0.1, which it has signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(TODAY - timedelta(days=9))
        .not_valid_after(ends)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain) + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


def test_a_certificate_that_is_not_valid_is_named_with_what_is_wrong_with_it(
    site: Site, settings: Settings, untrusted: str, request: pytest.FixtureRequest
) -> None:
    said = reason(site, settings, untrusted)
    wrong = "self-signed certificate" if "self-signed" in request.node.name else "certificate has expired"
    assert f"{untrusted}robots.txt: its certificate is not valid ({wrong})" in said


def test_a_host_without_an_address_is_named_and_nothing_of_our_own_insides(
    site: Site, of: Callable[..., Settings]
) -> None:
    said = reason(site, of(contact="mailto:data@demo.example"), "http://www.no-such-portal.invalid/")
    assert "NameResolutionError: Failed to resolve 'www.no-such-portal.invalid'" in said


def test_a_port_where_nobody_listens_is_a_refused_connection(site: Site, settings: Settings) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    said = reason(site, settings, f"http://127.0.0.1:{port}/")
    assert "Connection refused" in said
    assert "Guarded" not in said
