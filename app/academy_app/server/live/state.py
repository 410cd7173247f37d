"""Handlers of a room's state: polling, one's own answer, server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web
from tornado.iostream import StreamClosedError

from academy.live import GoneError
from academy_app.server.live.base import LiveHandler
from academy_app.server.live.event_line import EventLine
from academy_app.server.live.stream import GZIP_HEADER, Piece, piece

__all__ = ["AtHandler", "EventsHandler", "MineHandler", "NowHandler", "StateHandler"]

LONGEST_WAIT = 30.0
BEAT_SECONDS, PRESENTERS_BEAT_SECONDS = 10.0, 5.0
"""So often a line says that it is still there, as a page's script can hear it. A beat is 22 bytes, six a minute for a
phone; a room looks at a presenter's screen, so that one is told sooner."""
MOST_WAITING_BYTES = 256 * 1024
RETRY_MILLISECONDS = (1_000, 5_000)
"""Between these a connection that was lost is opened again: not by everybody at the same moment."""


class StateHandler(LiveHandler):
    """`/live/<code>/state`: the state of the room; with `since` and `wait` as soon as it is newer."""

    speaks_json = True

    @allow_unauthenticated
    async def get(self, code: str) -> None:
        """Answer with the state."""
        channel = await self.channel(code)
        sitter = await self.seat(channel)
        activity = self.get_query_argument("activity", None)
        since, wait = self._number("since", -1), min(self._number("wait", 0), LONGEST_WAIT)
        try:
            if activity is None and wait > 0 and since >= 0:
                self.give(**await channel.newer(int(since), wait))
                return
            peek = activity is not None and await self.may_peek(channel, sitter, activity)
            self.give(**await channel.read(activity and activity[:64], peek=peek))
        except GoneError as gone:
            self.refuse(gone)

    def _number(self, name: str, default: float) -> float:
        text = self.get_query_argument(name, "")
        return float(text) if text.isascii() and text.isdecimal() and len(text) < 12 else default


class MineHandler(LiveHandler):
    """`/live/<code>/mine?activity=`: one's own answer, on whatever device it was given."""

    speaks_json = True

    @allow_unauthenticated
    async def get(self, code: str) -> None:
        """Answer with it, or null."""
        channel = await self.channel(code)
        sitter = await self.seat(channel)
        activity = self.get_query_argument("activity", "")[:64]
        self.give(mine=await self.hub.reading(lambda: channel.room.mine(sitter.who, activity)))


class NowHandler(LiveHandler):
    """`/live/now`: the sessions that are running, for people of the course."""

    speaks_json = True

    async def prepare(self) -> None:  # type: ignore[override]
        """A page's script gets a status, never the sign-in page."""
        await super().prepare(_redirect_to_login=False)

    @web.authenticated
    async def get(self) -> None:
        """Answer with their codes."""
        rooms = await self.hub.reading(self.live.now)
        self.give(rooms=[{"webinar": room.webinar.id, "code": room.code} for room in rooms])


class AtHandler(NowHandler):
    """`/live/at/<webinar>`: the session of a webinar, live or in people's own time."""

    @web.authenticated
    async def get(self, webinar: str) -> None:
        """Answer with its code and state; there is always one for a webinar of the course."""
        if self.edition.course(self.lang).webinar(webinar) is None:
            raise web.HTTPError(404)
        room = await self.hub.writing(lambda: self.live.home(webinar))
        state = await self.hub.channel(room).read()
        self.give(webinar=webinar, code=room.code, state=state["state"])


class EventsHandler(LiveHandler):
    """`/live/<code>/events`: server-sent events. The first is the whole state, each other one what has changed."""

    speaks_json = True
    _line: EventLine | None = None
    _packed = False

    @allow_unauthenticated
    async def get(self, code: str) -> None:
        """Send events until somebody leaves."""
        channel = await self.channel(code)
        sitter = await self.seat(channel)
        self._line = line = EventLine(sitter.who, self._send)
        self._packed = "gzip" in self.request.headers.get("Accept-Encoding", "")
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        self.set_header("X-Accel-Buffering", "no")  # a proxy would hold back what is small
        if self._packed:
            self.set_header("Content-Encoding", "gzip")
            self.write(GZIP_HEADER)
        try:
            whole = await channel.join(line)
            line.send(piece(f"retry: {random.randint(*RETRY_MILLISECONDS)}\n\n".encode()))  # noqa: S311 - only jitter
            line.send(whole)
            presents = sitter.facilitator and bool(self.get_query_argument("present", ""))
            if presents:
                await channel.present(line, sitter.name)
            seconds = PRESENTERS_BEAT_SECONDS if presents else BEAT_SECONDS
            while not line.over.is_set():
                line.send(_BEATS[seconds])
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        await line.over.wait()
                        return
        except (StreamClosedError, GoneError):
            pass
        finally:
            channel.leave(line)

    def on_connection_close(self) -> None:
        """Notice that nobody listens any more."""
        if self._line is not None:
            self._line.stop()
        super().on_connection_close()

    def _send(self, bytes_: Piece) -> Awaitable[None]:
        self.write(bytes_.bytes_for(self._packed))
        return self.flush()


_BEATS = {
    seconds: piece(f"event: beat\ndata: {seconds:g}\n\n".encode())
    for seconds in (BEAT_SECONDS, PRESENTERS_BEAT_SECONDS)
}
"""Each says after how many seconds the next one comes. A comment would not reach the page's script."""
