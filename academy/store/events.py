"""Log of facilitators' acts. What is taken back stays in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from academy.errors import StoreError
from academy.i18n import N_
from academy.store.db import Store
from academy.store.schema import CourseEvent, utc_now

__all__ = ["BACK", "Events"]

BACK = "back"
"""The kind of a line that takes another one back; its subject is the number of that one."""
GONE = N_("This was taken back already. Please look at the list again.")


class Events:
    """Adds lines to the log of a course, and reads those that hold."""

    def __init__(self, store: Store, course_id: str, clock: Callable[[], datetime] = utc_now) -> None:
        self.store = store
        self.course = course_id
        self.clock = clock

    def add(
        self,
        kind: str,
        by: str,
        subject: str = "",
        person: str | None = None,
        data: dict[str, object] | None = None,
        patience: float | None = None,
    ) -> int:
        """Write a line; return its number. `patience` is that of `Store.write`."""
        with self.store.write(patience=patience) as session:
            row = CourseEvent(
                course=self.course,
                kind=kind,
                by=by,
                subject=subject,
                person_id=person,
                data=data or {},
                at=self.clock(),
            )
            session.add(row)
            session.flush()
            return row.id

    def holding(self, kind: str) -> list[CourseEvent]:
        """Return the lines of a kind that were not taken back, oldest first."""
        query = (
            sa.select(CourseEvent)
            .where(CourseEvent.course == self.course, CourseEvent.kind.in_((kind, BACK)))
            .order_by(CourseEvent.id)
        )
        with self.store.session() as session:
            rows = list(session.scalars(query))
        gone = {row.subject for row in rows if row.kind == BACK}
        return [row for row in rows if row.kind == kind and str(row.id) not in gone]

    def take_back(self, kind: str, number: int, by: str) -> None:
        """Let a line hold no more. Raises StoreError if there is none of this kind that holds."""
        if all(row.id != number for row in self.holding(kind)):
            raise StoreError(GONE)
        self.add(BACK, by, subject=str(number))
