"""Tables of the live room. No row that holds an anonymous answer says whose it is, or when or after whom it came."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from academy.store.schema import Base, UtcDateTime, utc_now

__all__ = ["LiveActivityRow", "LiveAnswer", "LiveEvent", "LiveMark", "LiveSeat", "LiveSession"]


class LiveSession(Base):
    """A webinar with a room. `rev` rises with everything that changes in it and never falls.

    `state` is `live`, `home` (over, people answer in their own time) or `closed`. `scrub` says that something was
    deleted of which traces may still stand in the database's files (`academy.live.closing`).
    """

    __tablename__ = "live_session"
    __table_args__ = (
        UniqueConstraint("code"),
        Index("ix_live_session_webinar", "course", "webinar", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course: Mapped[str] = mapped_column(String(64))
    webinar: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8))
    guests: Mapped[bool] = mapped_column(default=False)
    current: Mapped[str | None] = mapped_column(String(64))
    rev: Mapped[int] = mapped_column(default=1)
    scrub: Mapped[bool] = mapped_column(default=False, server_default=false())
    by: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class LiveActivityRow(Base):
    """How far an activity of a session is. `spec` holds one that was made on the fly.

    `names` is what people were told when it was opened first, whatever the course's file says later. `round` is the
    one that counts: a reset begins the next one, and takes nothing away. `tie` names the secret with which the keys of
    this round's anonymous answers are made (`academy.store.ties`); the secret itself is in no database.
    """

    __tablename__ = "live_activity"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("live_session.id", ondelete="CASCADE"), primary_key=True
    )
    activity: Mapped[str] = mapped_column(String(64), primary_key=True)
    phase: Mapped[str] = mapped_column(String(8))
    held: Mapped[bool]
    round: Mapped[int] = mapped_column(default=1)
    names: Mapped[str] = mapped_column(String(9))
    spec: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tie: Mapped[str | None] = mapped_column(String(16))


class LiveAnswer(Base):
    """What one person answered to one activity: one row, whatever came how often.

    `who` is a pseudonym, or for anonymous activities a key that leads to nobody. `ids` are the client's ids that were
    taken, newest last; of anonymous answers their digests. `key` is chance, and the public part of what the row's texts
    are called by. Rows are kept in its order: that in which they came is kept only where people are named (`came`).
    `value` counts; `later` is what an anonymous person said in their own time, until enough have.
    """

    __tablename__ = "live_answer"
    __table_args__ = (
        UniqueConstraint("session_id", "activity", "round", "who"),
        {"sqlite_with_rowid": False},
    )

    session_id: Mapped[int] = mapped_column(
        ForeignKey("live_session.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(12), primary_key=True)
    activity: Mapped[str] = mapped_column(String(64))
    round: Mapped[int]
    who: Mapped[str] = mapped_column(String(40))
    ids: Mapped[list[str]] = mapped_column(JSON)
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    later: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    entered: Mapped[str] = mapped_column(String(40), default="")
    came: Mapped[int | None]


class LiveMark(Base):
    """What facilitators decided about a text or word of an activity."""

    __tablename__ = "live_mark"
    __table_args__ = ({"sqlite_with_rowid": False},)

    session_id: Mapped[int] = mapped_column(
        ForeignKey("live_session.id", ondelete="CASCADE"), primary_key=True
    )
    activity: Mapped[str] = mapped_column(String(64), primary_key=True)
    item: Mapped[str] = mapped_column(String(80), primary_key=True)
    state: Mapped[str] = mapped_column(String(8), default="")
    merged: Mapped[str | None] = mapped_column(String(80))
    answered: Mapped[bool] = mapped_column(default=False)


class LiveSeat(Base):
    """Somebody who is in the room: a person of the course, or a guest of this session alone."""

    __tablename__ = "live_seat"
    __table_args__ = ({"sqlite_with_rowid": False},)

    session_id: Mapped[int] = mapped_column(
        ForeignKey("live_session.id", ondelete="CASCADE"), primary_key=True
    )
    who: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    guest: Mapped[bool]
    removed: Mapped[bool] = mapped_column(default=False)


class LiveEvent(Base):
    """What a facilitator did, and how it was before. Rows are only ever added; one that was undone says so."""

    __tablename__ = "live_event"
    __table_args__ = (Index("ix_live_event_session", "session_id", "undone"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("live_session.id", ondelete="CASCADE"))
    rev: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(String(16))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
