"""The websocket between a page and its kernel."""

# mypy: disable-error-code="no-untyped-call"
# Voilà and Jupyter have few types, and super() calls escape untyped_calls_exclude.

from __future__ import annotations

import json
import time
from functools import cached_property
from itertools import pairwise
from typing import Any

from tornado import web
from tornado.ioloop import IOLoop
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from academy.store.readings import note_reached
from academy_app.server.base import SecretlessLog
from academy_app.server.kernels.backlog import Backlog
from academy_app.server.kernels.channels import PROTOCOL
from academy_app.server.kernels.manager import ENDED, OwnedKernels

__all__ = ["PROTOCOL", "KernelSocket", "MalformedError", "asks_for_states", "read_frame", "write_frame"]

CHANNELS = ("shell", "control")
PRESENCE = b"page"
"""The channel on which a page speaks of itself: servers that know no such channel pass it over."""
FEWEST_PARTS, MOST_PARTS = 5, 64
"""Channel, header, parent header, metadata and content; then binary buffers."""
SOCKETS_A_KERNEL = 4
REMEMBERED_MESSAGES = 1000
MOST_READ = 100
"""So much that has come for somebody can be reached on one page."""
TOO_SLOW, TOO_MUCH = 1013, 1008
"""Codes with which a socket is closed: its page does not read; it asks for more than any page of ours."""
WIDGET_CONTROL = "jupyter.widget.control"
KEPT_FROM_PAGES = {"execute_input", "error"}


class MalformedError(ValueError):
    """A frame that is not of the v1 protocol."""


def read_frame(frame: bytes) -> list[bytes]:
    """Return the parts of a v1 frame: channel, header, parent header, metadata, content, buffers.

    The frame starts with the number of offsets and the offsets, 64 bits each, little-endian; upstream believes
    whatever number stands there, and one frame of eight bytes could keep the server busy for ever.
    """
    if len(frame) < 8:
        raise MalformedError
    count = int.from_bytes(frame[:8], "little")
    if not FEWEST_PARTS + 1 <= count <= MOST_PARTS + 1 or len(frame) < 8 * (count + 1):
        raise MalformedError
    ends = [int.from_bytes(frame[8 * i : 8 * i + 8], "little") for i in range(1, count + 1)]
    if ends[0] < 8 * (count + 1) or ends[-1] > len(frame) or any(a > b for a, b in pairwise(ends)):
        raise MalformedError
    return [frame[a:b] for a, b in pairwise(ends)]


def write_frame(parts: list[bytes]) -> bytes:
    """Return parts as a v1 frame."""
    ends = [8 * (len(parts) + 2)]
    for part in parts:
        ends.append(ends[-1] + len(part))
    return b"".join([*(n.to_bytes(8, "little") for n in [len(ends), *ends]), *parts])


class KernelSocket(SecretlessLog, VoilaKernelWebsocketHandler):
    """Lets a kernel's owner through, and only messages that a page has reason to send."""

    kernel_id: str
    connection: Any
    kernel_manager: OwnedKernels

    @cached_property
    def backlog(self) -> Backlog:
        """What was sent to the page and is still here."""
        return Backlog()

    @property
    def ping_timeout(self) -> float:
        """How long a page may stay silent, in milliseconds.

        Tornado reads this too, in seconds and only before the socket opens, and warns if it exceeds the interval.
        """
        longest: float = super().ping_timeout
        return longest if self.ping_callback else min(longest, float(self.ping_interval))

    async def pre_get(self) -> None:
        """Refuse who is not the owner, and clients that don't speak the v1 protocol."""
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "").split(",")
        if PROTOCOL not in (protocol.strip() for protocol in offered):
            raise web.HTTPError(400, f"this socket speaks {PROTOCOL}")
        edition = getattr(self.request, "edition", None)
        if not self.kernel_manager.is_owner(self.kernel_id, self.current_user, edition):
            raise web.HTTPError(404)
        await super().pre_get()

    async def open(self, kernel_id: str) -> None:
        """Register the socket, so that it is closed when its kernel ends."""
        if kernel_id not in self.kernel_manager:
            self.close(ENDED, "the kernel has ended")
            return
        sockets = self.kernel_manager.sockets[kernel_id]
        sockets.append(self)
        if presence := self.kernel_manager.presence(kernel_id):
            presence.left = None
        for old in sockets[:-SOCKETS_A_KERNEL]:
            old.close(1008, "too many connections")
        await super().open(kernel_id)

    def on_message(self, message: str | bytes) -> None:
        """Pass on what a page may send; close the socket on anything that is no message at all."""
        if self.kernel_id not in self.kernel_manager or not self._is_open:
            return
        try:
            if not isinstance(message, bytes):
                raise MalformedError
            parts = read_frame(message)
            asks = asks_for_states(parts)
            if not self.kernel_manager.allowances[self.kernel_id].take(len(message), states=asks):
                self.close(TOO_MUCH, "too many messages")
                return
            if parts[0] == PRESENCE:
                self._take_presence(parts[4])
                return
            if not self._may_pass(parts):
                return
            again = self.connection is not None and self._passed_before(_object(parts[1]))
        except ValueError:
            self.close(1003, "not a message")
            return
        if self.connection is not None and not again:
            if not asks:
                self._note_writing(parts)
            super().on_message(message)

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Keep code, errors and what the kernel writes to stderr from the page, and memory from a page that reads
        nothing."""
        if isinstance(message, bytes):
            _, header, _, _, content, *_ = read_frame(message)
            kind = json.loads(header).get("msg_type")
            if kind in KEPT_FROM_PAGES or (kind == "stream" and json.loads(content).get("name") == "stderr"):
                return None
        if not self._is_open:
            return None
        if self.backlog.full:
            self.close(TOO_SLOW, "the page does not read")
            return None
        written = super().write_message(message, binary)
        if written is not None:
            self.backlog.add(len(message), written)
        return written

    def on_close(self) -> None:
        """Forget the socket."""
        sockets = self.kernel_manager.sockets.get(self.kernel_id, [])
        if self in sockets:
            sockets.remove(self)
            presence = self.kernel_manager.presence(self.kernel_id)
            if presence and not sockets:
                presence.left = time.monotonic()
        if getattr(self, "connection", None) is not None:
            super().on_close()

    def write_error(self, status_code: int, **_: Any) -> None:
        """Refuse with the bare status."""
        self.finish()

    @property
    def _is_open(self) -> bool:
        return self.ws_connection is not None and not self.ws_connection.is_closing()

    def _may_pass(self, parts: list[bytes]) -> bool:
        """Whether a page may send this. The list of message types is Voilà's, and checked after this.

        Pages open one kind of comm, the one that asks for all widgets' state: a client that could open others
        would make widgets of any class with any state.
        """
        channel, header, _, _, content, *_ = parts
        if channel.decode("ascii", "replace") not in CHANNELS:
            return False
        kind = _object(header).get("msg_type")
        if not isinstance(kind, str):
            raise MalformedError
        return kind != "comm_open" or _object(content).get("target_name") == WIDGET_CONTROL

    def _take_presence(self, content: bytes) -> None:
        """Note what a page says of itself: `{"hidden": …, "unsaved": …, "read": […]}`. It never reaches the kernel."""
        said = _object(content)
        hidden, unsaved, read = said.get("hidden"), said.get("unsaved"), said.get("read", [])
        if not (isinstance(hidden, bool) and isinstance(unsaved, bool) and isinstance(read, list)):
            raise MalformedError
        if presence := self.kernel_manager.presence(self.kernel_id):
            presence.tell(time.monotonic(), hidden=hidden, unsaved=unsaved)
        if marks := [mark for mark in read[:MOST_READ] if isinstance(mark, str)]:
            owner, store = self.kernel_manager.owners.get(self.kernel_id), self.settings["academy"].store
            if owner is not None:
                note = IOLoop.current().run_in_executor
                note(None, note_reached, store, owner.edition, owner.person_id, marks)

    def _note_writing(self, parts: list[bytes]) -> None:
        """Remember when somebody changed something."""
        presence = self.kernel_manager.presence(self.kernel_id)
        if presence and _object(parts[1])["msg_type"] == "comm_msg":
            presence.write(time.monotonic())

    def _passed_before(self, header: dict[str, Any]) -> bool:
        """Whether the kernel has this message already, and remember it if not.

        When a line breaks, a page can't know whether its last messages arrived: it sends them again under their
        old ids, and here each goes on once.
        """
        if header["msg_type"] != "comm_msg" or not isinstance(header.get("msg_id"), str):
            return False
        passed = self.kernel_manager.passed[self.kernel_id]
        if header["msg_id"] in passed:
            return True
        passed[header["msg_id"]] = None
        if len(passed) > REMEMBERED_MESSAGES:
            del passed[next(iter(passed))]
        return False


def asks_for_states(parts: list[bytes]) -> bool:
    """Whether a page asks for the states of all its widgets. That is a large answer, and changes nothing."""
    if parts[0] == PRESENCE or _object(parts[1]).get("msg_type") != "comm_msg":
        return False
    data = _object(parts[4]).get("data")
    return isinstance(data, dict) and data.get("method") == "request_states"


def _object(part: bytes) -> dict[str, Any]:
    """Read a JSON object; anything else, also JSON that is nested too deep, is malformed."""
    try:
        value = json.loads(part)
    except (ValueError, RecursionError) as error:
        raise MalformedError from error
    if not isinstance(value, dict):
        raise MalformedError
    return value
