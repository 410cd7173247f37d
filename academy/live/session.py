"""A session in the database: its rows, its lock, its revision."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from academy.course import Course, LiveActivity, Webinar
from academy.documents.room_state import Phase
from academy.errors import StoreError
from academy.i18n import N_
from academy.live.tally import AnswerRow, ItemDecision
from academy.store import Store
from academy.store.live import LiveActivityRow, LiveAnswer, LiveMark, LiveSeat, LiveSession
from academy.store.schema import utc_now

__all__ = [
    "CHANNEL",
    "CLOSED",
    "HOME",
    "LIVE",
    "LOCKED",
    "NOT_THERE",
    "OPEN",
    "REVEALED",
    "WAITING",
    "GoneError",
    "SessionContext",
    "advisory_lock",
]

LIVE: Final = "live"
HOME: Final = "home"
CLOSED: Final = "closed"
"""States of a session: people are together; it is over and they answer in their own time; nobody answers any more."""
WAITING: Final = "waiting"
OPEN: Final = "open"
LOCKED: Final = "locked"
REVEALED: Final = "revealed"
"""Phases of an activity."""
CHANNEL = "academy_live"
"""Where PostgreSQL tells every server that a session has changed: its id and revision."""
NOT_THERE = N_("There is no such activity here. Please open the page again.")


class GoneError(StoreError):
    """The session is closed, or was never there."""


@dataclass(frozen=True)
class SessionContext:
    """One session and what its webinar asks: what reading, answering and controlling it share."""

    store: Store
    course: Course
    webinar: Webinar
    secret: bytes
    id: int
    code: str
    clock: Callable[[], datetime] = utc_now

    # -- rows --------------------------------------------------------------------------------------------------------

    def row(self, session: Session, lock: bool = False) -> LiveSession:
        """Return the session's row; with `lock` nobody else changes anything in this session until the commit."""
        query = sa.select(LiveSession).where(LiveSession.id == self.id)
        found = session.scalar(query.with_for_update() if lock else query)
        if found is None:
            raise GoneError(N_("This session is over. Please ask your facilitator for the new code."))
        return found

    def activity_rows(self, session: Session) -> dict[str, LiveActivityRow]:
        """Return the rows of the activities that were touched, by id."""
        query = sa.select(LiveActivityRow).where(LiveActivityRow.session_id == self.id)
        return {row.activity: row for row in session.scalars(query)}

    def activity(self, activity_id: str, rows: dict[str, LiveActivityRow]) -> LiveActivity:
        """Return an activity of the webinar, or one made on the fly, with what people were told about names."""
        row = rows.get(activity_id)
        if row is not None and row.spec is not None:
            return LiveActivity.model_validate(row.spec["activity"])
        found = self.webinar.activity(activity_id)
        if found is None:
            raise StoreError(NOT_THERE)
        if row is not None and row.names != found.names:
            return found.model_copy(update={"names": row.names})
        return found

    def has(self, activity_id: str | None, rows: dict[str, LiveActivityRow]) -> bool:
        """Whether there is such an activity: the course's file may have lost it while people are together."""
        row = rows.get(activity_id or "")
        return (row is not None and row.spec is not None) or self.webinar.activity(
            activity_id or ""
        ) is not None

    def removed(self, session: Session) -> set[str]:
        """Return who was taken out of the room."""
        query = sa.select(LiveSeat.who).where(LiveSeat.session_id == self.id, LiveSeat.removed)
        return set(session.scalars(query))

    def answers(self, session: Session, activity: LiveActivity, round_: int) -> list[AnswerRow]:
        """Return the answers that count: those of a named activity in the order in which they came, others in none.

        What anonymous people said in their own time counts once enough of them have.
        """
        query = (
            sa.select(LiveAnswer.key, LiveAnswer.who, LiveAnswer.value, LiveAnswer.entered)
            .where(
                LiveAnswer.session_id == self.id,
                LiveAnswer.activity == activity.id,
                LiveAnswer.round == round_,
                LiveAnswer.value.is_not(sa.null()),
            )
            .order_by(LiveAnswer.came, LiveAnswer.key)
        )
        found = session.execute(query).all()
        if activity.anonymous:
            return [AnswerRow(key, who, value) for key, who, value, _ in found]
        names, gone = self.names(session), self.removed(session)
        return [
            AnswerRow(key, who, value, entered or names.get(who, ""))
            for key, who, value, entered in found
            if who not in gone
        ]

    def has_tied(self, session: Session, activity: str, round_: int) -> bool:
        """Whether people answered an anonymous activity themselves."""
        query = sa.select(LiveAnswer.key).where(
            LiveAnswer.session_id == self.id,
            LiveAnswer.activity == activity,
            LiveAnswer.round == round_,
            LiveAnswer.who.startswith("~"),
        )
        return session.scalar(query.limit(1)) is not None

    def names(self, session: Session) -> dict[str, str]:
        """Return the names of those who are in the room."""
        query = sa.select(LiveSeat.who, LiveSeat.name).where(LiveSeat.session_id == self.id)
        return dict(iter(session.execute(query)))

    def marks(self, session: Session, activity: str) -> dict[str, ItemDecision]:
        """Return what facilitators decided about the texts of an activity."""
        query = sa.select(LiveMark).where(LiveMark.session_id == self.id, LiveMark.activity == activity)
        return {row.item: ItemDecision(row.state, row.merged, row.answered) for row in session.scalars(query)}

    # -- the revision ------------------------------------------------------------------------------------------------

    def bump(self, row: LiveSession, by: int = 1) -> int:
        """Raise the revision in the transaction that changes something, and return it."""
        row.rev += by
        return row.rev

    def soil(self, session: Session, row: LiveSession) -> None:
        """Note that the database's files tell an order that they need not tell any more (`academy.live.closing`).

        PostgreSQL keeps it also where a table is written anew: there only closing takes it away.
        """
        if session.connection().dialect.name == "sqlite":
            row.scrub = True

    def tell(self, session: Session, row: LiveSession) -> None:
        """Let every server know, once this transaction is committed."""
        if session.connection().dialect.name == "postgresql":
            session.execute(
                sa.text("SELECT pg_notify(:channel, :news)"),
                {"channel": CHANNEL, "news": f"{row.id}:{row.rev}"},
            )


def phase_of(row: LiveActivityRow | None, activity: LiveActivity | None, state: str) -> Phase:
    """Return the phase that counts: after the meeting what has `home` is open, unless it was locked for good."""
    if state == CLOSED:
        return REVEALED if row is not None and row.phase == REVEALED else LOCKED
    phase = cast(Phase, row.phase) if row is not None else WAITING
    if state == HOME:
        open_at_home = activity is not None and activity.home
        return OPEN if open_at_home else (phase if phase == REVEALED else LOCKED)
    return phase


def advisory_lock(session: Session, what: Iterable[object]) -> None:
    """Let nobody else do the same at the same time, also where the database has no single write lock."""
    if session.connection().dialect.name == "postgresql":
        words = "/".join(str(part) for part in what)
        session.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:what))"), {"what": words})
