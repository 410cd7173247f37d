"""Back-pressure of one event stream: what is sent to it, and what is left out where it is too slow."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from tornado.iostream import StreamClosedError

from academy_app.server.live.stream import Piece

__all__ = ["EventLine"]


class EventLine:
    """A listener of a room's channel. `write` hands bytes to the connection and is done when they have left."""

    def __init__(self, who: str, write: Callable[[Piece], Awaitable[None]]) -> None:
        self.who = who
        self.over = asyncio.Event()
        """Set once there is nobody to tell any more."""
        self._write = write
        self._flushing: asyncio.Future[None] | None = None
        self._behind = False

    def tell(self, delta: Piece, whole: Callable[[], Piece]) -> None:
        """Send a delta. To a line that is too slow nothing is sent until it is free again, and then the whole state."""
        if self.over.is_set():
            return
        if self._flushing is not None and not self._flushing.done():
            self._behind = True
            return
        self.send(whole() if self._behind else delta)
        self._behind = False

    def hear(self, news: Piece) -> None:
        """Send what is for presenters alone."""
        if not self.over.is_set():
            self.send(news)

    def stop(self) -> None:
        """End the connection."""
        self.over.set()

    def send(self, bytes_: Piece) -> None:
        """Send an event, whatever is on its way."""
        try:
            self._flushing = asyncio.ensure_future(_quiet(self._write(bytes_)))
        except StreamClosedError:
            self.over.set()


async def _quiet(flushed: Awaitable[None]) -> None:
    with contextlib.suppress(StreamClosedError):
        await flushed
