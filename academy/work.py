"""A person's or a team's work, read from the store."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from academy.course import Course, Work
from academy.people import Team, Teams
from academy.store import Answers, Store

__all__ = ["answers_of", "work_of"]


def work_of(store: Store, course: Course, owner: str) -> Work:
    """Return the answers of a person or team in all exercises, each read from the store when it is asked for.

    What somebody's team writes together counts as theirs; what is personal belongs to each member and to no team.
    """
    answers = Answers(store, course.edition)

    @cache
    def team() -> Team | None:
        return Teams(store, course.edition).of(owner)

    def read(exercise: str) -> dict[str, object]:
        together = None if course.exercise(exercise).personal else team()
        return answers.draft(together.id if together else owner, exercise).values

    return Work(course, read)


def answers_of(
    store: Store, course: Course, owner: str, at: datetime | None = None
) -> dict[str, dict[str, object]]:
    """Return the flat answers by exercise, as they are or as they had come in at a moment."""
    answers = Answers(store, course.edition)
    found = answers.everything(owner, at)
    team = Teams(store, course.edition).of(owner)
    if team is None:
        return found
    own = {e: flat for e, flat in found.items() if course.has(e) and course.exercise(e).personal}
    return answers.everything(team.id, at) | own
