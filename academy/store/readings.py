"""What has come for a person and whether they have read it: feedback, and reviews of their work."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

import sqlalchemy as sa

from academy.errors import StoreError
from academy.store.db import PASSING_SECONDS, Store
from academy.store.events import Events
from academy.store.schema import CourseEvent, FeedbackRow

__all__ = ["FEEDBACK_READ", "REVIEW_READ", "Readings"]

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
