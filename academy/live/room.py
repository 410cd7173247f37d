"""The webinars of a course, and one session of them: the interface of the live room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from academy.course import Course, LiveActivity, Webinar
from academy.documents.room_state import PresenterView, RoomState, UndoStep
from academy.errors import StoreError
from academy.i18n import N_
from academy.live import answering, control, reading
from academy.live.answering import Ballot, Received
from academy.live.ballots import new_code, normal_code
from academy.live.closing import close, tidy
from academy.live.session import CLOSED, HOME, LIVE, SessionContext, advisory_lock
from academy.store import Store
from academy.store.live import LiveAnswer, LiveEvent, LiveSeat, LiveSession
from academy.store.schema import utc_now

__all__ = ["Live", "Room"]

NO_WEBINAR = N_("The course has no such webinar. Please open the page again.")


def _newest(*what: Any) -> sa.Select[Any]:
    """Select of a webinar's newest session, one that is closed only where there is no other.

    Its places are `course` and `webinar`.
    """
    return (
        sa.select(*what)
        .where(_SESSION.course == sa.bindparam("course"), _SESSION.webinar == sa.bindparam("webinar"))
        .order_by(_RANK, _SESSION.id.desc())
        .limit(1)
    )


_SESSION = LiveSession.__table__.c
_ANSWERED = sa.exists().where(LiveAnswer.session_id == _SESSION.id)
_RANK = sa.case(
    (_SESSION.state == CLOSED, 1),
    # one that opened by itself behind a closed one, as it once did, and that nobody used: it hides no results
    (sa.and_(_SESSION.state == HOME, _SESSION.by == "", ~_ANSWERED), 2),
    else_=0,
)
_NEWEST, _NEWEST_ROW = _newest(_SESSION.id, _SESSION.code, _SESSION.state), _newest(LiveSession)
_NEWEST_GOING = _NEWEST_ROW.where(_SESSION.state != CLOSED)


class Live:
    """The webinars of a course. `secret` is the data folder's; with it the keys of anonymous answers are made."""

    def __init__(
        self, store: Store, course: Course, secret: bytes, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self.store, self.course, self.secret, self.clock = store, course, secret, clock

    def start(self, webinar_id: str, by: str, *, guests: bool = False, anew: bool = False) -> Room:
        """Begin a meeting, or go on with the one there is: nobody's answers are lost or counted twice.

        With `anew` the one before is closed for good, and an empty room opens under another code.
        """
        webinar = self._webinar(webinar_id)
        with self.store.write() as session:
            advisory_lock(session, ("live", self.course.edition, webinar_id))
            row = session.scalar(_NEWEST_GOING.with_for_update(), self._places(webinar_id))
            if row is not None and anew:
                close(session, row)
                row.rev += 1
                row = None
            if row is None:
                row = self._new(webinar_id, by, LIVE)
                session.add(row)
            elif row.state != LIVE:
                row.rev += 1
            row.state, row.guests, row.by = LIVE, guests or row.guests, row.by or by
            session.flush()
            session.add(
                LiveEvent(session_id=row.id, rev=row.rev, kind="start", by=by, before={}, undone=True)
            )
            room = self._room(row, webinar)
            room.book.tell(session, row)
        if anew:
            self.tidy()
        return room

    def home(self, webinar_id: str, by: str = "") -> Room:
        """Return where answers in people's own time go: the newest session, or one that never was a meeting.

        What was closed for good stays: its results are to be read there, and no empty session takes its place.
        """
        webinar = self._webinar(webinar_id)
        if (found := self.of(webinar_id)) is not None:
            return found
        with self.store.write() as session:
            advisory_lock(session, ("live", self.course.edition, webinar_id))
            row = session.scalar(_NEWEST_ROW, self._places(webinar_id))
            if row is None:
                row = self._new(webinar_id, by, HOME)
                session.add(row)
                session.flush()
            return self._room(row, webinar)

    def of(self, webinar_id: str) -> Room | None:
        """Return the session of a webinar that is live or goes on at home, else the newest one, which is closed.

        None if there never was one.
        """
        found = self.standing(webinar_id)
        return found[0] if found else None

    def standing(self, webinar_id: str) -> tuple[Room, str] | None:
        """Return the session of a webinar as `of` does, with its state."""
        webinar = self._webinar(webinar_id)
        rows = self.store.rows(_NEWEST, **self._places(webinar_id))
        return (self._room(rows[0], webinar), rows[0].state) if rows else None

    def room(self, code: str) -> Room | None:
        """Return the session with a code as somebody typed it, also one that is over; None if there is none."""
        normal = normal_code(code)
        if normal is None:
            return None
        query = sa.select(LiveSession).where(
            LiveSession.course == self.course.edition, LiveSession.code == normal
        )
        with self.store.session() as session:
            row = session.scalar(query)
        webinar = None if row is None else self.course.webinar(row.webinar)
        return None if row is None or webinar is None else self._room(row, webinar)

    def again(self, room: Room) -> Room:
        """Return a room with its webinar as this course has it; as it was, where this course has it no more."""
        book = room.book
        if book.course is self.course:
            return room
        webinar = self.course.webinar(book.webinar.id) or book.webinar
        return Room(replace(book, course=self.course, webinar=webinar))

    def now(self) -> list[Room]:
        """Return the rooms in which people are together just now, newest first."""
        query = sa.select(LiveSession).where(
            LiveSession.course == self.course.edition, LiveSession.state == LIVE
        )
        with self.store.session() as session:
            rows = list(session.scalars(query.order_by(LiveSession.id.desc())))
        return [self._room(row, found) for row in rows if (found := self.course.webinar(row.webinar))]

    def tidy(self) -> bool:
        """Do what closing sessions has left to do, and return whether all of it is done (`academy.live.closing`)."""
        return tidy(self.store)

    def revisions(self) -> dict[int, int]:
        """Return the revision of every session that is not closed, by its id: what a server watches."""
        query = sa.select(LiveSession.id, LiveSession.rev).where(LiveSession.state != CLOSED)
        with self.store.session() as session:
            return dict(iter(session.execute(query)))

    def _places(self, webinar_id: str) -> dict[str, str]:
        return {"course": self.course.edition, "webinar": webinar_id}

    def _new(self, webinar_id: str, by: str, state: str) -> LiveSession:
        return LiveSession(
            course=self.course.edition,
            webinar=webinar_id,
            code=new_code(),
            state=state,
            rev=1,
            guests=False,
            by=by,
            at=self.clock(),
        )

    def _webinar(self, webinar_id: str) -> Webinar:
        found = self.course.webinar(webinar_id)
        if found is None:
            raise StoreError(NO_WEBINAR)
        return found

    def _room(self, row: LiveSession | sa.Row[Any], webinar: Webinar) -> Room:
        return Room(
            SessionContext(self.store, self.course, webinar, self.secret, row.id, row.code, self.clock)
        )


class Room:
    """One session of a webinar. It holds nothing: everything is read from the store and written to it."""

    def __init__(self, book: SessionContext) -> None:
        self.book = book

    @property
    def id(self) -> int:
        """The number of the session."""
        return self.book.id

    @property
    def code(self) -> str:
        """What people type to join."""
        return self.book.code

    @property
    def webinar(self) -> Webinar:
        """What is asked."""
        return self.book.webinar

    def answer(self, ballot: Ballot) -> Received:
        """Keep an answer. Raises StoreError with what is in the way, AnsweredError if there is another one already."""
        (found,) = self.answer_all([ballot])
        if isinstance(found, StoreError):
            raise found
        return found

    def answer_all(self, ballots: Sequence[Ballot]) -> list[Received | StoreError]:
        """Keep several answers in one commit; each is received or refused for itself."""
        return answering.take(self.book, ballots)

    def sit(self, people: Iterable[tuple[str, str]]) -> dict[str, bool]:
        """Note that people (pseudonym, name) are here; return for each whether they may be."""
        return answering.sit(self.book, list(people))

    def state(self, activity: str | None = None, *, peek: bool = False) -> RoomState:
        """Return what everybody sees, with the results of `activity`, or of the one that is on.

        With `peek` held results are in it too.
        """
        return reading.state(self.book, activity, peek=peek)

    def is_removed(self, who: str) -> bool:
        """Whether a person was taken out of the room."""
        query = sa.select(LiveSeat.removed).where(LiveSeat.session_id == self.id, LiveSeat.who == who)
        with self.book.store.session() as session:
            return bool(session.scalar(query))

    def touch(self) -> None:
        """Raise the revision: what is asked has changed in the course's file, and everybody reads it anew."""
        with self.book.store.write() as session:
            row = self.book.row(session, lock=True)
            self.book.bump(row)
            self.book.tell(session, row)

    def rev(self) -> int:
        """Return the revision as it is now."""
        with self.book.store.session() as session:
            return session.scalar(sa.select(LiveSession.rev).where(LiveSession.id == self.id)) or 0

    def mine(self, who: str, activity: str) -> Any:
        """Return a person's answer as it counts now, or None."""
        return reading.mine(self.book, who, activity)

    def presenter_view(self, activity: str | None = None) -> PresenterView:
        """Return what facilitators see beside the state."""
        return reading.presenter_view(self.book, activity)

    def last_step(self) -> UndoStep | None:
        """Return what “undo” would take back, None if nothing."""
        return reading.last_step(self.book)

    def results(self, activity: str) -> dict[str, Any]:
        """Return an activity's results whatever the room sees of them: for facilitators, with small counts in them."""
        return reading.results_of(self.book, activity)[1]

    def named_answers(self, activity: str) -> list[dict[str, Any]]:
        """Return who answered what to a named activity, for facilitators; nothing of an anonymous one."""
        return reading.named(self.book, activity)

    def activity(self, activity: str) -> LiveActivity:
        """Return an activity, also one that was made on the fly. Raises StoreError if there is none."""
        with self.book.store.session() as session:
            return self.book.activity(activity, self.book.activity_rows(session))

    def do(self, act: str, by: str, /, **given: Any) -> int:
        """Do what a facilitator's button says, and return the revision since which it holds."""
        if act == "enter":
            received: Received = control.enter(self.book, by, given)
            return received.rev
        return control.act(self.book, act, by, given)
