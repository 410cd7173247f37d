"""Flow control of kernel websockets: bounds on unsent bytes and on requests in a time."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError

__all__ = ["Allowance", "Backlog", "Bucket", "HeldMessages"]

MOST_UNSENT_BYTES = 4 * 1024 * 1024
"""The states of all widgets of a long page are a fiftieth of it. A page that is so far behind asks for them anew."""

STATES_AT_ONCE, STATES_A_SECOND = 30, 0.5
"""A page asks for its widgets' states once each time that its line is back; each time is a large answer."""
MESSAGES_AT_ONCE, MESSAGES_A_SECOND = 1000, 50
BYTES_AT_ONCE, BYTES_A_SECOND = 8 * 1024 * 1024, 256 * 1024
"""What all pages of a kernel may send: more than a hand that pulls a slider, or a file for a widget, brings."""


class Backlog:
    """Counts what was given to a socket and has not left the server."""

    def __init__(self, most: int = MOST_UNSENT_BYTES) -> None:
        self.most = most
        self.bytes = 0

    @property
    def full(self) -> bool:
        """Whether nothing more may wait. One message of any size may, where nothing waits before it."""
        return self.bytes > self.most

    def add(self, size: int, written: asyncio.Future[object]) -> None:
        """Count a message until it is written, or its line has ended: that is no news to anybody."""
        self.bytes += size

        def done(future: asyncio.Future[object]) -> None:
            self.bytes -= size
            with contextlib.suppress(asyncio.CancelledError, WebSocketClosedError, StreamClosedError):
                future.result()

        written.add_done_callback(done)


class Bucket:
    """Lets through `most` at once, and `each_second` of them again each second."""

    def __init__(self, most: float, each_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self.most, self.each_second, self._now = most, each_second, now
        self._left, self._at = most, now()

    def take(self, amount: float = 1.0) -> bool:
        """Take so much if it is there."""
        if self.left < amount:
            return False
        self._left -= amount
        return True

    @property
    def left(self) -> float:
        """How much is there."""
        now = self._now()
        self._left = min(self.most, self._left + (now - self._at) * self.each_second)
        self._at = now
        return self._left

    def wait(self, amount: float = 1.0) -> float:
        """Return after how many seconds so much will be there; 0 if it is."""
        return max(0.0, (amount - self.left) / self.each_second)


class Allowance:
    """What the pages of one kernel may still send to it."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.states = Bucket(STATES_AT_ONCE, STATES_A_SECOND, now)
        self.messages = Bucket(MESSAGES_AT_ONCE, MESSAGES_A_SECOND, now)
        self.bytes = Bucket(BYTES_AT_ONCE, BYTES_A_SECOND, now)

    def take(self, size: int, *, states: bool) -> bool:
        """Whether one more message of so many bytes may pass."""
        return self.messages.take() and self.bytes.take(size) and (not states or self.states.take())


class HeldMessages(list[tuple[str, list[bytes]]]):
    """What a kernel says while its page's line is lost: kept for when it is back, up to a size.

    Of a page that missed more than that nothing is kept: it asks for everything anew when it is back.
    """

    def __init__(self, most: int = MOST_UNSENT_BYTES) -> None:
        super().__init__()
        self.most, self.bytes = most, 0

    def append(self, said: tuple[str, list[bytes]]) -> None:
        """Keep one more message, if there is room for it."""
        self.bytes += sum(map(len, said[1]))
        if self.bytes > self.most:
            self.clear()
        else:
            super().append(said)
