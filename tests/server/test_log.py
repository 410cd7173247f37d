"""What the server writes about requests that fail."""

import logging

from tornado import web
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

from academy_app.server.base import SecretlessLog


class Handler(SecretlessLog, web.RequestHandler):
    def __init__(self, address):
        line = RequestStartLine("GET", address, "HTTP/1.1")
        self.request = HTTPServerRequest(start_line=line, headers=HTTPHeaders(Host="example.org"))


def failed(address, error):
    Handler(address).log_exception(type(error), error, None)


def test_a_failure_is_logged_without_the_link_it_happened_under(caplog):
    with caplog.at_level(logging.DEBUG):
        failed("/j/secret-token", RuntimeError("no disk"))
        failed("/kit/join/ABCD-EFGH?next=x", web.HTTPError(400, "bad %s", "form"))
    assert "GET /j/… failed" in caplog.text
    assert "RuntimeError: no disk" in caplog.text
    assert "400 GET /kit/join/…: bad form" in caplog.text
    assert "secret-token" not in caplog.text
    assert "ABCD" not in caplog.text
