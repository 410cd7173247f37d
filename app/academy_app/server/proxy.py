"""Trust in reverse proxies: addresses, schemes, origins."""

from __future__ import annotations

from collections.abc import Awaitable

from tornado import httputil
from tornado.httpserver import HTTPServer

__all__ = ["Server"]

NOT_BELIEVED = ("X-Real-Ip", "X-Scheme")


class Server(HTTPServer):
    """Takes a visitor's address and protocol from X-Forwarded-For and X-Forwarded-Proto alone.

    Tornado believes X-Real-Ip and X-Scheme before these. A proxy that sets only the forwarded ones passes on what a
    visitor put into the others, and guesses at codes would seem to come from as many addresses as they like.
    """

    def start_request(
        self, server_conn: object, request_conn: httputil.HTTPConnection
    ) -> httputil.HTTPMessageDelegate:
        """Take out the other headers before anybody reads them."""
        return _Headers(super().start_request(server_conn, request_conn))


class _Headers(httputil.HTTPMessageDelegate):
    def __init__(self, delegate: httputil.HTTPMessageDelegate) -> None:
        self.delegate = delegate

    def headers_received(
        self,
        start_line: httputil.RequestStartLine | httputil.ResponseStartLine,
        headers: httputil.HTTPHeaders,
    ) -> Awaitable[None] | None:
        for name in NOT_BELIEVED:
            headers.pop(name, None)
        return self.delegate.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self.delegate.data_received(chunk)

    def finish(self) -> None:
        self.delegate.finish()

    def on_connection_close(self) -> None:
        self.delegate.on_connection_close()
