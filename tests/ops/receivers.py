"""What receives messages in tests: a webhook over HTTP and a mail server, both on loopback."""

from __future__ import annotations

import contextlib
import gzip
import json
import smtplib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.smtp_port import OnAnyPort

SECRET = "s3cret-t0ken"  # noqa: S105


@dataclass
class Webhook:
    """Answers every POST with `status` and `answer`, and keeps the bodies."""

    url: str = ""
    status: int = 200
    answer: bytes = b'{"errcode": 0, "code": 0}'
    bodies: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class MailBox:
    """Keeps what was sent; refuses recipients whose address begins with `gone`."""

    port: int = 0
    mails: list[Message] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.startswith("gone"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    @property
    def connection(self) -> str:
        """The value of AIRFLOW_CONN_SMTP_DEFAULT that leads here."""
        extra = {"disable_ssl": True, "disable_tls": True, "from_email": "fgf@office.example"}
        told = {"conn_type": "smtp", "host": "127.0.0.1", "port": self.port, "extra": extra}
        return json.dumps(told)

    def send(self, message: EmailMessage) -> None:
        """Send a mail here, as the connection does."""
        message["From"] = "fgf@office.example"
        with smtplib.SMTP("127.0.0.1", self.port, timeout=10) as client:
            client.send_message(message)


def no_mail(_message: EmailMessage) -> None:
    """In place of a mail server, where no mail may be sent."""
    pytest.fail("no mail was to be sent")


@contextlib.contextmanager
def webhook_server() -> Iterator[Webhook]:
    """A webhook whose address holds SECRET."""
    hook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hook.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(hook.status)
            if 300 <= hook.status < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(hook.answer)))
            self.end_headers()
            self.wfile.write(hook.answer)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        hook.url = f"http://127.0.0.1:{server.server_port}/robot/send?access_token={SECRET}"
        try:
            yield hook
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def mail_server() -> Iterator[MailBox]:
    """A mail server without encryption or login."""
    box = MailBox()
    controller = OnAnyPort(box, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        box.port = controller.port
        yield box
    finally:
        controller.stop()


@contextlib.contextmanager
def refusing_server() -> Iterator[str]:
    """A portal that says no to everything; yields its home."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(403)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def otlp_server() -> Iterator[tuple[str, dict[str, float]]]:
    """An OpenTelemetry collector over HTTP: its address, and the newest value of each gauge by name."""
    from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2

    gauges: dict[str, float] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            request = metrics_service_pb2.ExportMetricsServiceRequest.FromString(body)
            for resource in request.resource_metrics:
                for scope in resource.scope_metrics:
                    for metric in scope.metrics:
                        for point in metric.gauge.data_points:
                            gauges[metric.name] = point.as_double or float(point.as_int)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", gauges
        finally:
            server.shutdown()
            thread.join()
