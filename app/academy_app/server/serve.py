"""Starts the server."""

# mypy: disable-error-code="no-untyped-call"
# Voilà and Jupyter have few types, and super() calls escape untyped_calls_exclude.

from __future__ import annotations

import errno
import socket

from tornado.netutil import bind_sockets

from academy.errors import AcademyError
from academy_app.quick_imports import without_grammars
from academy_app.server.options import ServeOptions

__all__ = ["serve"]


def serve(options: ServeOptions) -> None:
    """Serve a course until SIGINT, SIGTERM or SIGHUP.

    Raises AcademyError, before anything answers, if the data folder is being served already or can't be written,
    if the port can't be had, or if there is no such course.
    """
    with options.data.serving():
        sockets = _listen_on(options.ip, options.port)
        try:
            _serve_on(sockets, options)
        finally:
            for opened in sockets:
                opened.close()


def _serve_on(sockets: list[socket.socket], options: ServeOptions) -> None:
    """Load Voilà, which takes seconds, only now that nothing stands in the way."""
    with without_grammars():
        from academy_app.server.app import AcademyServer
        from academy_app.server.site import Site

    site = Site(options)
    try:
        server = AcademyServer(site, sockets)
        server.initialize([])
        server.start()
    finally:
        site.store.close()


def _listen_on(ip: str, port: int) -> list[socket.socket]:
    """Open the port, or say in a sentence why not."""
    try:
        return bind_sockets(port, ip or None)
    except OSError as error:
        raise AcademyError(_sentence(error, ip, port)) from error


def _sentence(error: OSError, ip: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = f"--port {port + 1}, or with make PORT={port + 1}"
        return f"Port {port} is in use already. Stop the program that has it, or choose another: {other}"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"You may not open port {port}. Choose one above 1023, such as 8866."
    return f"The address {ip} is not one of this machine's. Choose another with --ip, or leave --ip out."
