"""Editions: a course with dates, people, answers and settings of its own.

An edition that the store does not know has the id of a course: it is that course as it is written. Later ones have ids
of their own, under which everything that belongs to them is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from academy.course import Course, load_course
from academy.errors import CourseError
from academy.i18n import Translator
from academy.store import Store
from academy.store.live import LiveSession
from academy.store.schema import EditionRow, Enrolment, utc_now

__all__ = ["Edition", "Editions", "edition_called", "edition_of_code", "in_edition", "load_edition"]

ID = re.compile(r"[a-z][a-z0-9-]{0,63}")
TITLE = 120
_EDITION = EditionRow.__table__
_CALLED = sa.select(_EDITION).where(_EDITION.c.id == sa.bindparam("edition"))
_SESSION = LiveSession.__table__.c
_OF_CODE = sa.select(_SESSION.course).where(_SESSION.code == sa.bindparam("code"))
_ALL = sa.select(_EDITION).order_by(_EDITION.c.created_at, _EDITION.c.id)


@dataclass(frozen=True)
class Edition:
    """What there is to know about an edition without its course. Dates that are None are the course's."""

    id: str
    course: str
    title: str = ""
    start: date | None = None
    end: date | None = None
    listed: bool = True
    closed_at: datetime | None = None

    @classmethod
    def of(cls, row: sa.Row[object]) -> Edition:
        """Copy a row of the database."""
        return cls(row.id, row.course, row.title, row.start, row.end, bool(row.listed), row.closed_at)

    @property
    def closed(self) -> bool:
        """Whether it is over: nobody joins, and nothing is submitted."""
        return self.closed_at is not None


def edition_called(store: Store, edition_id: str) -> Edition:
    """Return an edition; for an id that the store does not know the course of that id, as it is written."""
    rows = store.rows(_CALLED, edition=edition_id)
    return Edition.of(rows[0]) if rows else Edition(edition_id, edition_id)


def edition_of_code(store: Store, code: str) -> str | None:
    """Return the edition whose live session has a code (in its normal form), or None. No two sessions have the same."""
    rows = store.rows(_OF_CODE, code=code)
    return str(rows[0].course) if rows else None


def in_edition(course: Course, edition: Edition) -> Course:
    """Return a course as an edition has it: its dates, all moved by as many days as its beginning is."""
    start, end = edition.start or course.start, edition.end or course.end
    moved = start - course.start
    if edition.end is None:
        end = course.end + moved
    if (edition.id, start, end) == (course.edition, course.start, course.end):
        return course
    return course.model_copy(
        update={
            "edition": edition.id,
            "start": start,
            "end": end,
            "modules": [
                module.model_copy(update={"starts": module.starts + moved}) if module.starts else module
                for module in course.modules
            ],
            "exercises": tuple(
                exercise.model_copy(update={"edition": edition.id}) for exercise in course.exercises
            ),
        }
    )


def load_edition(store: Store, edition_id: str, language: str | None = None) -> Course:
    """Load the course of an edition, with the edition's dates. Raises CourseError as `load_course` does."""
    edition = edition_called(store, edition_id)
    return in_edition(load_course(edition.course, language), edition)


class Editions:
    """The editions of a data folder. Errors are in the language of `gettext`."""

    def __init__(self, store: Store, gettext: Translator = str) -> None:
        self.store = store
        self._ = gettext

    def all(self) -> list[Edition]:
        """Return all editions, the oldest first."""
        return [Edition.of(row) for row in self.store.rows(_ALL)]

    def get(self, edition_id: str) -> Edition | None:
        """Return an edition, or None."""
        rows = self.store.rows(_CALLED, edition=edition_id)
        return Edition.of(rows[0]) if rows else None

    def new(
        self,
        edition_id: str,
        course: Course,
        *,
        title: str = "",
        start: date | None = None,
        end: date | None = None,
        listed: bool = True,
    ) -> Edition:
        """Make an edition of a course.

        Raises CourseError for an id that is taken, that is another course's, or that can't stand in an address, and
        for an end before the start.
        """
        _ = self._
        if not ID.fullmatch(edition_id):
            raise CourseError(
                _(
                    "{id} can't be the id of an edition. Write small letters, digits and hyphens, beginning with a "
                    "letter, such as north-autumn-2026."
                ).format(id=edition_id)
            )
        begins = start or course.start
        ends = end or course.end + (begins - course.start)
        if ends < begins:
            raise CourseError(
                _("The edition ends ({end}) before it begins ({start}). Give it another date.").format(
                    start=begins, end=ends
                )
            )
        row = EditionRow(
            id=edition_id,
            course=course.id,
            title=" ".join(title.split())[:TITLE],
            start=start,
            end=end,
            listed=listed,
        )
        with self.store.write() as session:
            if session.get(EditionRow, edition_id) is not None:
                raise CourseError(
                    _("There is an edition {id} already. Choose another id.").format(id=edition_id)
                )
            session.add(row)
        return edition_called(self.store, edition_id)

    def ensure(self, course: Course) -> Edition:
        """Return the first edition of a course, which has the course's id; it is made if it is not there."""
        found = self.get(course.id)
        return self.new(course.id, course) if found is None else found

    def close(self, edition_id: str) -> Edition:
        """Close an edition: nobody joins it or submits any more. What there is stays, and people can read it."""
        return self._change(edition_id, closed_at=utc_now())

    def reopen(self, edition_id: str) -> Edition:
        """Open an edition again."""
        return self._change(edition_id, closed_at=None)

    def counts(self) -> dict[str, int]:
        """Return how many people are in each edition and have not left."""
        query = (
            sa.select(Enrolment.edition, sa.func.count())
            .where(Enrolment.active, Enrolment.role == "participant")
            .group_by(Enrolment.edition)
        )
        with self.store.session() as session:
            return {edition: count for edition, count in session.execute(query)}  # noqa: C416

    def _change(self, edition_id: str, closed_at: datetime | None) -> Edition:
        with self.store.write() as session:
            row = session.get(EditionRow, edition_id)
            if row is None:
                raise CourseError(
                    self._("There is no edition {id}. See which there are with: academy edition list").format(
                        id=edition_id
                    )
                )
            row.closed_at = closed_at
        return edition_called(self.store, edition_id)
