"""Unread marks: feedback and reviews that came for a person, and whether they have read them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Literal

import sqlalchemy as sa

from academy.errors import StoreError
from academy.store.db import PASSING_SECONDS, Store
from academy.store.events import Events
from academy.store.schema import CourseEvent, FeedbackRow, ReviewRow, TeamMember

__all__ = ["FEEDBACK_READ", "REVIEW_READ", "Readings", "feedback_mark", "note_reached", "review_mark"]

Kind = Literal["read-feedback", "read-review"]
FEEDBACK_READ: Kind = "read-feedback"
REVIEW_READ: Kind = "read-review"


class Readings:
    """What one person has read. Nothing else of their reading is kept: not when, not how often, not how long."""

    def __init__(self, store: Store, course_id: str, person_id: str) -> None:
        self.store, self.course, self.person = store, course_id, person_id

    def read(self, kind: Kind) -> dict[str, int]:
        """Return what was read, by exercise or review, with the number of the newest version of it that was."""
        query = sa.select(CourseEvent.subject, CourseEvent.data).where(
            CourseEvent.course == self.course, CourseEvent.kind == kind, CourseEvent.person_id == self.person
        )
        found: dict[str, int] = {}
        with self.store.session() as session:
            for subject, data in session.execute(query):
                found[subject] = max(found.get(subject, 0), int(data.get("of", 0)))
        return found

    def note(self, kind: Kind, subject: str, of: int = 1) -> bool:
        """Remember that something was read. Returns whether it was new; that can't be kept is no reason to fail."""
        if self.read(kind).get(subject, 0) >= of:
            return False
        with suppress(StoreError):
            events = Events(self.store, self.course)
            events.add(kind, self.person, subject, self.person, {"of": of}, patience=PASSING_SECONDS)
        return True

    def new_feedback(self, *owners: str) -> set[tuple[str, str]]:
        """Return the feedback of a person or their teams that was not read yet: by owner and exercise."""
        query = (
            sa.select(FeedbackRow.person_id, FeedbackRow.exercise, sa.func.max(FeedbackRow.id))
            .where(FeedbackRow.course == self.course, FeedbackRow.person_id.in_(owners))
            .group_by(FeedbackRow.person_id, FeedbackRow.exercise)
        )
        with self.store.session() as session:
            newest = [(owner, exercise, of) for owner, exercise, of in session.execute(query)]
        read = self.read(FEEDBACK_READ) if newest else {}
        return {(owner, exercise) for owner, exercise, of in newest if read.get(exercise, 0) < of}

    def reach(self, mark: str) -> bool:
        """Remember that something was reached on a page, by its mark. Returns whether it was new.

        Marks come from pages: what is not there, or has come for others, is passed over.
        """
        kind, _, which = mark.partition("/")
        if kind == FEEDBACK_READ and which.isascii() and which.isdecimal() and len(which) < 16:
            query = sa.select(FeedbackRow.exercise, FeedbackRow.id).where(FeedbackRow.id == int(which))
            return self._note_own(FEEDBACK_READ, query, FeedbackRow.course, FeedbackRow.person_id)
        if kind == REVIEW_READ:
            query = sa.select(ReviewRow.key, sa.literal(1)).where(
                ReviewRow.key == which, ReviewRow.done_at.is_not(None)
            )
            return self._note_own(REVIEW_READ, query, ReviewRow.course, ReviewRow.author_id)
        return False

    def _note_own(self, kind: Kind, query: Any, course: Any, owner: Any) -> bool:
        """Note what a query finds, if it is of this course and has come for this person or their team."""
        team = sa.select(TeamMember.team_id).where(
            TeamMember.edition == self.course, TeamMember.person_id == self.person
        )
        query = query.where(course == self.course, sa.or_(owner == self.person, owner.in_(team)))
        with self.store.session() as session:
            there = session.execute(query).first()
        return there is not None and self.note(kind, there[0], there[1])


def feedback_mark(of: int) -> str:
    """Return the mark by which a page says that a version of somebody's feedback was reached."""
    return f"{FEEDBACK_READ}/{of}"


def review_mark(key: str) -> str:
    """Return the mark by which a page says that a review of somebody's work was reached."""
    return f"{REVIEW_READ}/{key}"


def note_reached(store: Store, course_id: str, person_id: str, marks: Iterable[str]) -> None:
    """Remember what somebody has reached on a page; that can't be kept is no reason to fail."""
    readings = Readings(store, course_id, person_id)
    with suppress(StoreError):
        for mark in marks:
            readings.reach(mark)
