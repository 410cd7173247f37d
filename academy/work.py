"""A person's work, as the store has it."""

from __future__ import annotations

from datetime import datetime

from academy.course import Course, Work
from academy.store import Answers, Store

__all__ = ["work_of"]


def work_of(store: Store, course: Course, person_id: str, at: datetime | None = None) -> Work:
    """Return the answers of a person in all exercises: today's drafts, or what they were at a moment."""
    answers = Answers(store, course.id)
    if at is None:
        return Work(course, lambda exercise: answers.draft(person_id, exercise).values)
    then = answers.everything(person_id, at)
    return Work(course, lambda exercise: then.get(exercise, {}))
