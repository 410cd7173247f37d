"""Admission queue for kernels: first come, first served, and a reload keeps the place."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Admission", "Position", "Turn", "Waiter"]

ABSENT_SECONDS = 90.0
"""How long a place is kept for somebody who does not show up. Phones wake a page in the background once a minute."""
FIRST_GUESS_SECONDS = 1.0
REMEMBERED_TURNS = 8
"""How long a page takes to start is told by about so many of the last ones; the first one counts for itself."""
NEAR_SECONDS = 3.0
"""Whoever is as near as that asks for the page and waits there. If they still looked for their place now and then, the
turns of those in front would come while they pause, and nobody would start meanwhile."""
LONGEST_TURN_SECONDS = 20.0
"""A page that starts slower than this does not keep others waiting any longer."""

Key = tuple[str, str]
"""A person and the page they ask for: nothing of the connection, so a reload is the same place."""


@dataclass(frozen=True)
class Position:
    """Where somebody stands. `seconds` is None where nobody can say: the server is full."""

    number: int
    seconds: float | None
    called: bool = False
    """Whether it is worth asking for the page now."""


@dataclass
class Place:
    """A place in the line. Those who ask for the same page on two devices share it."""

    number: int
    seen: float
    waiters: list[Waiter] = field(default_factory=list)


class Turn:
    """The right to start one page. Ends as `done`, or `abandon` if the page never reached the person."""

    def __init__(self, admission: Admission, key: Key, number: int) -> None:
        self._admission = admission
        self._key = key
        self.number = number
        self.begun = admission.now()
        self.has_kernel = False
        self._over = False

    def done(self) -> None:
        """The page is there: the next one may come in."""
        self._end(back=False)

    def abandon(self) -> None:
        """The person went before the page was there; if they come back, it is to their old place."""
        self._end(back=True)

    def _end(self, *, back: bool) -> None:
        if not self._over:
            self._over = True
            self._admission._finish(self, self._key, back=back)


class Waiter:
    """One open request that waits for its turn."""

    def __init__(self, admission: Admission, key: Key) -> None:
        self._admission = admission
        self._key = key
        self._future: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        self.returning = admission.position(key) is not None

    async def turn(self, patience: float) -> Turn | Position:
        """Wait so many seconds for the turn; else, or when the request has gone, say where the person stands."""
        self._admission._arrive(self._key, self)
        await asyncio.wait({self._future}, timeout=patience)
        if self._future.done() and not self._future.cancelled():
            return self._future.result()
        return self._admission._leave(self._key, self)

    def give_up(self) -> None:
        """The request has gone: the turn is for somebody else, the place stays."""
        if self._future.done() and not self._future.cancelled():
            self._future.result().abandon()
        self._future.cancel()

    @property
    def waits(self) -> bool:
        """Whether it can still be let in."""
        return not self._future.done()

    def let_in(self, turn: Turn) -> None:
        """Give the turn to it."""
        self._future.set_result(turn)


class Admission:
    """Lets so many pages start at once, in the order in which people came.

    `room(promised)` says whether one more kernel may start beside those `promised` but not there yet. Somebody whose
    browser is between two requests is passed over and keeps the place; nothing waits for them.
    """

    def __init__(
        self, at_once: int, room: Callable[[int], bool], now: Callable[[], float] = time.monotonic
    ) -> None:
        self.at_once = at_once
        self.now = now
        self._room = room
        self._places: dict[Key, Place] = {}
        self._turns: dict[Turn, Key] = {}
        self._numbers = 0
        self._usual = FIRST_GUESS_SECONDS
        self._finished = 0
        self._full = False

    @property
    def waiting(self) -> int:
        """How many people and pages are in the line."""
        self._forget_absent()
        return len(self._places)

    @property
    def starting(self) -> int:
        """How many pages are starting."""
        return len(self._turns)

    def waiter(self, person_id: str, page: str) -> Waiter:
        """Return what a request of the person for the page waits with."""
        return Waiter(self, (person_id, page))

    def look(self, person_id: str, page: str) -> Position | None:
        """Say where the person stands, and keep the place; None without one."""
        key = (person_id, page)
        self._forget_absent()
        place = self._places.get(key)
        if place is None:
            return None
        place.seen = self.now()
        return self.position(key)

    def position(self, key: Key) -> Position | None:
        """Say where somebody stands, without a trace."""
        place = self._places.get(key)
        if place is None:
            return None
        number = 1 + sum(other.number < place.number for other in self._places.values())
        seconds = self._usual * number / self.at_once
        near = number <= self.at_once or seconds <= NEAR_SECONDS
        if near:
            self._full = not self._room(self._promised())
        return Position(number, None if self._full else seconds, near and not self._full)

    def call(self) -> None:
        """Let in whoever there is room for."""
        self._forget_absent()
        self._end_slow()
        while len(self._turns) < self.at_once and (first := self._first_present()) is not None:
            self._full = not self._room(self._promised())
            if self._full:
                return
            place, key = self._places.pop(first), first
            turn = Turn(self, key, place.number)
            self._turns[turn] = key
            waiting = [waiter for waiter in place.waiters if waiter.waits]
            waiting[-1].let_in(turn)  # of several the newest: it is the one that is looked at
            if waiting[:-1]:
                self._places[key] = Place(place.number, self.now(), waiting[:-1])

    def _arrive(self, key: Key, waiter: Waiter) -> None:
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = Place(self._number_for(key), self.now())
        place.seen = self.now()
        place.waiters.append(waiter)
        self.call()

    def _leave(self, key: Key, waiter: Waiter) -> Position:
        place = self._places.get(key)
        if place is not None and waiter in place.waiters:
            place.waiters.remove(waiter)
            place.seen = self.now()
        return self.position(key) or Position(1, None)

    def _number_for(self, key: Key) -> int:
        """A new number; for somebody whose page is just starting, and who reloads it, the one they had."""
        before = [turn.number for turn, owner in self._turns.items() if owner == key]
        if before:
            return min(before)
        self._numbers += 1
        return self._numbers

    def _finish(self, turn: Turn, key: Key, *, back: bool) -> None:
        self._turns.pop(turn, None)
        if back:
            place = self._places.setdefault(key, Place(turn.number, self.now()))
            place.number = min(place.number, turn.number)
        else:
            took = min(self.now() - turn.begun, LONGEST_TURN_SECONDS)
            self._finished += 1
            self._usual += (took - self._usual) / min(self._finished, REMEMBERED_TURNS)
        self.call()

    def _first_present(self) -> Key | None:
        present = [
            key for key, place in self._places.items() if any(waiter.waits for waiter in place.waiters)
        ]
        return min(present, key=lambda key: self._places[key].number, default=None)

    def _promised(self) -> int:
        return sum(not turn.has_kernel for turn in self._turns)

    def _forget_absent(self) -> None:
        late = self.now() - ABSENT_SECONDS
        for key, place in list(self._places.items()):
            if place.seen < late and not any(waiter.waits for waiter in place.waiters):
                del self._places[key]

    def _end_slow(self) -> None:
        late = self.now() - LONGEST_TURN_SECONDS
        for turn in list(self._turns):
            if turn.begun < late:
                del self._turns[turn]
