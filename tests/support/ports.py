"""Ports for servers of tests."""

import random
import socket

__all__ = ["free_port"]


def free_port() -> int:
    """Return a port that nobody has, outside the range from which systems lend ports for outgoing connections."""
    while True:
        port = random.randrange(12_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
