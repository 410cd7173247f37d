"""Records that a person has come for the first time, and nothing of when they come again."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from academy.errors import StoreError
from academy.store.db import PASSING_SECONDS, Store
from academy.store.events import Events
from academy.store.schema import CourseEvent

__all__ = ["arrived", "note_arrival"]

CAME = "came"


def arrived(store: Store, course_id: str) -> set[str]:
    """Return everybody who has opened a page of the course."""
    with store.session() as session:
        return set(session.scalars(_who(course_id)))


def note_arrival(store: Store, course_id: str, person_id: str) -> None:
    """Remember that somebody has come, the first time; that can't be kept is no reason to fail."""
    with suppress(StoreError):
        with store.session() as session:
            known = session.scalar(_who(course_id).where(CourseEvent.person_id == person_id).limit(1))
        if known is None:
            Events(store, course_id).add(CAME, person_id, person=person_id, patience=PASSING_SECONDS)


def _who(course_id: str) -> Any:
    return sa.select(CourseEvent.person_id).where(CourseEvent.course == course_id, CourseEvent.kind == CAME)
