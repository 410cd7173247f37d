"""Releases, released feedback, and settings of an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from academy.store.db import Store
from academy.store.schema import EditionRow, EditionSetting, FeedbackRow, Release, Setting

if TYPE_CHECKING:
    from academy.documents.feedback import FeedbackDocument

__all__ = ["EditionSettings", "Feedback", "Releases", "Settings"]

_RELEASE, _FEEDBACK = Release.__table__.c, FeedbackRow.__table__.c
_CLOSED = sa.exists().where(
    EditionRow.__table__.c.id == _RELEASE.course, EditionRow.__table__.c.closed_at.is_not(None)
)
_OPEN = sa.select(_RELEASE.exercise).where(
    _RELEASE.course == sa.bindparam("course"), _RELEASE.exercise == sa.bindparam("exercise"), ~_CLOSED
)
_LATEST = (
    sa.select(FeedbackRow.__table__)
    .where(
        _FEEDBACK.course == sa.bindparam("course"),
        _FEEDBACK.person_id == sa.bindparam("person"),
        _FEEDBACK.exercise == sa.bindparam("exercise"),
    )
    .order_by(_FEEDBACK.id.desc())
    .limit(1)
)


class Releases:
    """The exercises of an edition that are open in the app. In one that is closed nothing is submitted."""

    def __init__(self, store: Store, course_id: str) -> None:
        self.store = store
        self.course = course_id

    def release(self, exercise: str) -> bool:
        """Open an exercise. Returns whether that changed anything."""
        with self.store.write() as session:
            if session.get(Release, (self.course, exercise)):
                return False
            session.add(Release(course=self.course, exercise=exercise))
            return True

    def withdraw(self, exercise: str) -> bool:
        """Close an exercise; answers stay. Returns whether that changed anything."""
        with self.store.write() as session:
            row = session.get(Release, (self.course, exercise))
            if row is not None:
                session.delete(row)
            return row is not None

    def is_open(self, exercise: str) -> bool:
        """Whether participants may submit."""
        return bool(self.store.rows(_OPEN, course=self.course, exercise=exercise))

    def all(self) -> list[Release]:
        """Return what is open, oldest first."""
        with self.store.session() as session:
            return list(
                session.scalars(
                    sa.select(Release)
                    .where(Release.course == self.course)
                    .order_by(Release.at, Release.exercise)
                )
            )


class Feedback:
    """Feedback that was released to participants of a course."""

    def __init__(self, store: Store, course_id: str) -> None:
        self.store = store
        self.course = course_id

    def release(self, person_id: str, exercise: str, submission: int, document: FeedbackDocument) -> bool:
        """Give a person feedback on one submission. Returns False if exactly this is already there."""
        with self.store.write() as session:
            places = {"course": self.course, "person": person_id, "exercise": exercise}
            newest = session.execute(_LATEST, places).first()
            if newest is not None and newest.submission == submission and newest.document == document:
                return False
            session.add(
                FeedbackRow(
                    course=self.course,
                    person_id=person_id,
                    exercise=exercise,
                    submission=submission,
                    document={**document},
                )
            )
            return True

    def latest(self, person_id: str, exercise: str) -> sa.Row[object] | None:
        """Return the newest feedback, or None. The row has what a `FeedbackRow` has."""
        rows = self.store.rows(_LATEST, course=self.course, person=person_id, exercise=exercise)
        return rows[0] if rows else None

    def all(self, exercise: str) -> list[FeedbackRow]:
        """Return all feedback on an exercise, oldest first."""
        query = sa.select(FeedbackRow).where(
            FeedbackRow.course == self.course, FeedbackRow.exercise == exercise
        )
        with self.store.session() as session:
            return list(session.scalars(query.order_by(FeedbackRow.id)))


class Settings:
    """Named settings with JSON values."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def get(self, key: str, default: object = None) -> Any:
        """Return a setting, or `default`."""
        with self.store.session() as session:
            row = session.get(Setting, key)
            return default if row is None else row.value

    def set(self, key: str, value: object) -> None:
        """Keep a setting."""
        with self.store.write() as session:
            session.merge(Setting(key=key, value=value))


class EditionSettings:
    """Named settings of one edition with JSON values."""

    def __init__(self, store: Store, edition: str) -> None:
        self.store = store
        self.edition = edition

    def get(self, key: str, default: object = None) -> Any:
        """Return a setting, or `default`."""
        with self.store.session() as session:
            row = session.get(EditionSetting, (self.edition, key))
            return default if row is None else row.value

    def set(self, key: str, value: object) -> None:
        """Keep a setting."""
        with self.store.write() as session:
            session.merge(EditionSetting(edition=self.edition, key=key, value=value))
