"""Publishes changes of rooms: one channel for each room, one delta for all of its listeners."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from academy.documents.room_state import ChangeEvent, PresentersNews, RoomState, WholeEvent
from academy.live import Ballot, GoneError, Live, Received, Room, patch
from academy.live.ballots import normal_code
from academy_app.server.live.presenters import Presenters
from academy_app.server.live.queue import Together
from academy_app.server.live.stream import Piece, event, note
from academy_app.server.live.watch import RevisionWatch

__all__ = ["Channel", "Hub", "Listener"]

log = logging.getLogger("academy_app.server")
T = TypeVar("T")
SHORTEST, LONGEST, PER_LISTENER = 0.1, 0.5, 1 / 2000
"""Seconds between two deltas: many listeners are told less often, so that telling them never fills a core."""
STATES_KEPT = 64
LINES_A_PERSON = 8
ANSWERS_AT_ONCE, ANSWERS_SECONDS = 20, 10.0
"""So many answers may one person send within so many seconds: nobody who answers by hand is faster."""


class Listener(Protocol):
    """A connection that is told what changed."""

    who: str

    def tell(self, delta: Piece, whole: Callable[[], Piece]) -> None:
        """Send a delta, or the whole state to a connection that missed one."""

    def hear(self, news: Piece) -> None:
        """Send what is for presenters alone."""

    def stop(self) -> None:
        """End the connection."""


class Channel:
    """One room on this server."""

    def __init__(self, hub: Hub, room: Room, now: Callable[[], float] = time.monotonic) -> None:
        self.hub, self.room, self._now = hub, room, now
        self.listeners: dict[Listener, None] = {}
        self.answer: Together[Ballot, Received] = Together(self._answer, hub.writers)
        self.sit: Together[tuple[str, str], bool] = Together(self._sit, hub.writers)
        self.state: RoomState | None = None
        """What everybody was told last."""
        self.seated: set[str] = set()
        self.presenters = Presenters()
        self._told: PresentersNews | None = None
        self._dirty = asyncio.Event()
        self._news = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None
        self._states: OrderedDict[tuple[int, str | None, bool], RoomState] = OrderedDict()
        self._whole: tuple[int, Piece] | None = None
        self._waiting = 0
        self._sent: dict[str, deque[float]] = {}

    # -- listening -------------------------------------------------------------------------------------------------

    async def join(self, listener: Listener) -> Piece:
        """Begin to tell a listener; returns the whole state as its first event."""
        self.listeners[listener] = None
        for old in [item for item in self.listeners if item.who == listener.who][:-LINES_A_PERSON]:
            old.stop()
        await self._running()
        return self.whole()

    def leave(self, listener: Listener) -> None:
        """Tell a listener no more."""
        self.listeners.pop(listener, None)
        if self.presenters.leave(listener):
            self.poke()

    async def present(self, listener: Listener, name: str) -> None:
        """Count a listener among those who present, and tell all of them."""
        self.presenters.come(listener, listener.who, name)
        self._told = None  # the one who comes has heard nothing yet
        await self.tell_presenters()

    async def tell_presenters(self) -> None:
        """Tell those who present who else does, and what “undo” would take back, if that has changed."""
        if not self.presenters.there:
            return
        news = self.presenters.news(await self.hub.reading(self.room.last_step))
        if news != self._told:
            self._told = news
            piece = note("presenters", news)
            for screen in self.presenters.screens:
                screen.hear(piece)

    async def newer(self, since: int, seconds: float) -> RoomState:
        """Return the state as soon as its revision is above `since`, or as it is after so many seconds."""
        self._waiting += 1
        try:
            await self._running()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds), self._news:
                    await self._news.wait_for(lambda: self.state is not None and self.state["rev"] > since)
        finally:
            self._waiting -= 1
        assert self.state is not None
        return self.state

    def whole(self) -> Piece:
        """Return the event with the whole state."""
        assert self.state is not None
        rev = self.state["rev"]
        if self._whole is None or self._whole[0] != rev:
            whole: WholeEvent = {"rev": rev, "state": self.state}
            self._whole = (rev, event(rev, whole))
        return self._whole[1]

    def poke(self) -> None:
        """Something has changed, here or elsewhere."""
        self._dirty.set()

    def renew(self, room: Room) -> None:
        """Go on with the webinar as its file has it now: everybody reads it anew."""
        changed = room.webinar != self.room.webinar
        self.room = room
        if changed:
            self._states.clear()
            self.hub.writers.submit(room.touch).add_done_callback(lambda _: self.hub.poke_soon(room.id))

    def may_answer(self, who: str) -> bool:
        """Whether a person may send one more answer just now; counts it."""
        now, sent = self._now(), self._sent.setdefault(who, deque())
        while sent and sent[0] < now - ANSWERS_SECONDS:
            sent.popleft()
        if len(sent) >= ANSWERS_AT_ONCE:
            return False
        sent.append(now)
        return True

    def turn_out(self, who: str) -> None:
        """End the connections of somebody who was removed."""
        self.seated.discard(who)
        for listener in [item for item in self.listeners if item.who == who]:
            listener.stop()

    # -- reading ---------------------------------------------------------------------------------------------------

    async def read(self, activity: str | None = None, *, peek: bool = False) -> RoomState:
        """Return the room's state as it is now; counted anew only when the revision has risen."""
        rev = await self.hub.reading(self.room.rev)
        key = (rev, activity, peek)
        if key not in self._states:
            state = await self.hub.reading(lambda: self.room.state(activity, peek=peek))
            self._states[state["rev"], activity, peek] = self._states[key] = state
            while len(self._states) > STATES_KEPT:
                self._states.popitem(last=False)
        return self._states[key]

    # -- inside ----------------------------------------------------------------------------------------------------

    async def _running(self) -> None:
        if self.state is None:
            self.state = await self.read()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self.listeners or self._waiting:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(5):
                    await self._dirty.wait()
            if not self._dirty.is_set():
                continue
            self._dirty.clear()
            try:
                await self._look()
                await self.tell_presenters()
            except GoneError:
                break
            except Exception:
                log.exception("The room %s could not be read.", self.room.id)
            await asyncio.sleep(min(LONGEST, SHORTEST + len(self.listeners) * PER_LISTENER))
        self.state = None

    async def _look(self) -> None:
        old, new = self.state, await self.read()
        if old is None or new["rev"] <= old["rev"]:
            return
        self.state = new
        change: ChangeEvent = {"rev": new["rev"], "since": old["rev"], "patch": patch(old, new)}
        delta = event(new["rev"], change)
        for listener in list(self.listeners):
            listener.tell(delta, self.whole)
        async with self._news:
            self._news.notify_all()

    def _answer(self, ballots: list[Ballot]) -> list[Received | Exception]:
        found: list[Received | Exception] = [*self.room.answer_all(ballots)]
        self.hub.poke_soon(self.room.id)
        return found

    def _sit(self, people: list[tuple[str, str]]) -> list[bool | Exception]:
        welcome = self.room.sit(people)
        self.hub.poke_soon(self.room.id)
        return [welcome[who] for who, _ in people]


class Hub:
    """The rooms of a server."""

    def __init__(self, live: Callable[[], Live]) -> None:
        self._live = live
        self.writers = ThreadPoolExecutor(1, "live-write")
        self._readers = ThreadPoolExecutor(2, "live-read")
        self._channels: dict[int, Channel] = {}
        self._codes: dict[str, Room] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watch = RevisionWatch(self.live, self.poke_soon, self._followed)

    @property
    def live(self) -> Live:
        """The webinars as the course has them now."""
        return self._live()

    async def find(self, code: str) -> Channel | None:
        """Return the channel of the room with a code, or None if there is no such room."""
        normal = normal_code(code)
        if normal is None:
            return None
        room, live = self._codes.get(normal), self.live
        if room is None:
            room = await self.reading(lambda: live.room(normal))
            if room is None:
                return None
            self._codes[normal] = room
        return self.channel(room)

    def channel(self, room: Room) -> Channel:
        """Return the channel of a room."""
        self._loop = asyncio.get_running_loop()
        self._watch.start()
        room = self.live.again(room)
        if room.id not in self._channels:
            self._channels[room.id] = Channel(self, room)
        channel = self._channels[room.id]
        if channel.room.webinar is not room.webinar:
            channel.renew(room)
        return channel

    async def reading(self, work: Callable[[], T]) -> T:
        """Read from the database without holding up the loop."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    async def writing(self, work: Callable[[], T]) -> T:
        """Write to the database, after whatever is being written."""
        return await asyncio.get_running_loop().run_in_executor(self.writers, work)

    def turn_out(self, who: str) -> None:
        """End the connections of somebody who has signed out; who is still signed in elsewhere comes back by itself."""
        for channel in self._channels.values():
            channel.turn_out(who)

    def poke_soon(self, room_id: int) -> None:
        """Something has changed in a room; called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._poke, room_id)

    def tidy(self) -> None:
        """Finish what sessions that were closed have left, beside whatever else goes on."""
        self.writers.submit(self.live.tidy)

    def close(self) -> None:
        """Stop watching."""
        self._watch.stop()
        self.writers.shutdown(wait=False, cancel_futures=True)
        self._readers.shutdown(wait=False, cancel_futures=True)

    def _poke(self, room_id: int) -> None:
        if room_id in self._channels:
            self._channels[room_id].poke()

    def _followed(self) -> set[int]:
        """The sessions that somebody follows; asked for in another thread."""
        return {id_ for id_, channel in list(self._channels.items()) if channel.listeners or channel._waiting}
