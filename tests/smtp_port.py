"""A mail server for tests listens on a free port: aiosmtpd alone cannot."""

from __future__ import annotations

from aiosmtpd.controller import Controller


class OnAnyPort(Controller):
    """aiosmtpd probes the port that it was given, and 0 is none: it is told the one that it got."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
