"""Tables of the store. Times are UTC; ids of persons are pseudonyms.

Where a column is called `course` it holds the id of the edition: the first edition of a course has the course's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, LargeBinary, String, TypeDecorator, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = [
    "Base",
    "CourseEvent",
    "Credential",
    "EditionRow",
    "EditionSetting",
    "EndedSignIn",
    "Enrolment",
    "FeedbackRow",
    "PersonPrivate",
    "PersonRow",
    "Release",
    "ReviewEvent",
    "ReviewRow",
    "Revision",
    "Setting",
    "SubmissionRow",
    "TeamMember",
    "UtcDateTime",
    "Writing",
    "by_clock",
    "utc_now",
]


_clock: ContextVar[Callable[[], datetime] | None] = ContextVar("academy_clock", default=None)


@contextmanager
def by_clock(clock: Callable[[], datetime]) -> Iterator[None]:
    """Within this context, and only there, `utc_now` reads this clock; new threads read the true one."""
    token = _clock.set(clock)
    try:
        yield
    finally:
        _clock.reset(token)


def utc_now() -> datetime:
    """Return this moment as an aware UTC time."""
    clock = _clock.get()
    return datetime.now(UTC) if clock is None else clock()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time, also on databases that keep no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse times without a zone: nobody could say what they mean."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Base of all tables."""


class EditionRow(Base):
    """A course with dates and people of its own. What is not said here (None, an empty text) is as the course says."""

    __tablename__ = "edition"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    course: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    start: Mapped[date | None]
    end: Mapped[date | None]
    listed: Mapped[bool] = mapped_column(default=True)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class EditionSetting(Base):
    """A named setting of an edition."""

    __tablename__ = "edition_setting"

    edition: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class PersonRow(Base):
    """An account: somebody who signs in, by pseudonym. `kind` is `person`, or `team` for one that nobody signs in as.

    What others see of them, and what they may do, stands in their enrolments.
    """

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), default="person")
    display_name: Mapped[str] = mapped_column(String(60))
    language: Mapped[str | None] = mapped_column(String(16))
    time_zone: Mapped[str | None] = mapped_column(String(64))
    session_epoch: Mapped[int] = mapped_column(default=1)
    generation: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class Enrolment(Base):
    """Somebody in an edition: the name that others see there, their role (or `team`), whether they have left.

    `erased` says that nobody is to learn here any more who it was.
    """

    __tablename__ = "enrolment"

    edition: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(16))
    display_name: Mapped[str] = mapped_column(String(60))
    groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    active: Mapped[bool] = mapped_column(default=True)
    erased: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class PersonPrivate(Base):
    """Who the person is: kept apart, read only for the roster and the certificate."""

    __tablename__ = "person_private"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    full_name: Mapped[str | None] = mapped_column(String(200))


class TeamMember(Base):
    """Somebody who writes with others in an edition: the team is an account of its own that nobody signs in as."""

    __tablename__ = "team_member"

    edition: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class Credential(Base):
    """The digest of a link, a short code or the code for joining an edition, which alone names one."""

    __tablename__ = "credential"
    __table_args__ = (Index("ix_credential_kind_digest", "kind", "digest", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    generation: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    edition: Mapped[str | None] = mapped_column(String(64))


class Revision(Base):
    """One accepted change of one answer. Rows are only ever added. `author` is who typed it, where a team owns it."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("course", "person_id", "edit_id"),
        Index("ix_revision_draft", "course", "person_id", "exercise", "path", "edited_at", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    course: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    exercise: Mapped[str] = mapped_column(String(64))
    path: Mapped[str] = mapped_column(String(200))
    value: Mapped[Any] = mapped_column(JSON(none_as_null=False))
    edit_id: Mapped[str] = mapped_column(String(64))
    base: Mapped[int] = mapped_column(default=0)
    device: Mapped[str] = mapped_column(String(64), default="")
    author: Mapped[str | None] = mapped_column(String(16))
    edited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class SubmissionRow(Base):
    """A submission: the person's answers up to one revision, for one version of the exercise."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("course", "person_id", "exercise", "number"),
        UniqueConstraint("course", "person_id", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    exercise: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(64))
    rev: Mapped[int]
    exercise_version: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(16), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class Release(Base):
    """An exercise that is open in the app."""

    __tablename__ = "release"

    course: Mapped[str] = mapped_column(String(64), primary_key=True)
    exercise: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class ReviewRow(Base):
    """Somebody reads the work of an author and reviews it. `key` names it everywhere and gives nothing away."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("course", "round", "reviewer_id", "author_id"),
        UniqueConstraint("course", "round", "key"),
        Index("ix_review_author", "course", "round", "author_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course: Mapped[str] = mapped_column(String(64))
    round: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(16))
    reviewer_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    submission: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    expert: Mapped[bool] = mapped_column(default=False)
    relaxed: Mapped[list[str]] = mapped_column(JSON, default=list)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rev: Mapped[int] = mapped_column(default=0)


class ReviewEvent(Base):
    """One line of a round's log: what was done, by whom, about whom. Rows are only ever added."""

    __tablename__ = "review_event"
    __table_args__ = (Index("ix_review_event_round", "course", "round", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course: Mapped[str] = mapped_column(String(64))
    round: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[str | None] = mapped_column(String(16))
    review: Mapped[str | None] = mapped_column(String(16))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class FeedbackRow(Base):
    """Feedback released to a person, pinned to the submission that was judged."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    course: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    exercise: Mapped[str] = mapped_column(String(64))
    submission: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class CourseEvent(Base):
    """One line of what facilitators did at their desk: who, about what or whom. Rows are only ever added."""

    __tablename__ = "course_event"
    __table_args__ = (Index("ix_course_event_kind", "course", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(64), default="")
    person_id: Mapped[str | None] = mapped_column(String(16))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class EndedSignIn(Base):
    """The mark of a cookie whose person has signed out with it."""

    __tablename__ = "ended_sign_in"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class Writing(Base):
    """How much somebody has written within a minute, the last one in which they wrote."""

    __tablename__ = "writing"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    minute: Mapped[int]
    edits: Mapped[int]
    bytes: Mapped[int]


class Setting(Base):
    """A named setting of the installation."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
