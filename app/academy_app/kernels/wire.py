"""Messages between a server, its template process and new kernels: JSON with file descriptors beside it."""

from __future__ import annotations

import json
import os
import select
import socket
from array import array
from collections.abc import Sequence
from typing import Any

__all__ = ["LARGEST", "pair", "readable", "receive", "send"]

LARGEST = 192 * 1024
"""Longest message in bytes; an environment with long paths in it has a few thousand."""
_MOST_DESCRIPTORS = 4


def pair() -> tuple[socket.socket, socket.socket]:
    """Return two ends of a line that keeps messages apart. Nobody but a child that inherits one can be on it."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def readable(descriptor: int, seconds: float | None = 0) -> bool:
    """Return whether there is something to read, after waiting for it (None: for ever). The end is something too.

    Not by `select.select`, which knows no descriptor above 1023: a server with eighty pages has more.
    """
    poller = select.poll()
    poller.register(descriptor, select.POLLIN)
    return bool(poller.poll(None if seconds is None else max(0.0, seconds) * 1000))


def send(line: socket.socket, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
    """Send a message. Raises OSError if nobody is there, ValueError if it is too long."""
    data = json.dumps(message).encode()
    if len(data) > LARGEST:
        raise ValueError(f"a message of {len(data)} bytes is too long")
    socket.send_fds(line, [data], list(descriptors))


def receive(line: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """Wait for a message; None when the other end was closed. Descriptors belong to the caller, who closes them."""
    descriptors = array("i")
    room = socket.CMSG_LEN(_MOST_DESCRIPTORS * descriptors.itemsize)
    try:
        # not `socket.recv_fds`, which takes flags and passes none on: programs would inherit what comes
        data, beside, flags, _ = line.recvmsg(LARGEST, room, socket.MSG_CMSG_CLOEXEC)
    except ConnectionResetError:
        return None, []
    for _level, _kind, content in beside:
        descriptors.frombytes(content[: len(content) - len(content) % descriptors.itemsize])
    if not data or flags & (socket.MSG_TRUNC | socket.MSG_CTRUNC):
        for descriptor in descriptors:
            os.close(descriptor)
        return None, []
    message: dict[str, Any] = json.loads(data)
    return message, list(descriptors)
