"""Progress of one person through the course."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from academy.course import Course, Exercise
from academy.people import Team
from academy.store import Releases, Store
from academy.store.standing import Standing, Standings, standings

__all__ = ["Step", "next_step", "steps"]

State = Literal["closed", "open", "started", "submitted", "feedback"]


@dataclass(frozen=True)
class Step:
    """An exercise and how far a person is with it.

    `changed` says that there are answers newer than the last submission; `feedback_on` is the number of the
    submission that the feedback is about.
    """

    exercise: Exercise
    page: str | None
    state: State
    submission: int = 0
    submitted_at: datetime | None = None
    feedback_on: int = 0
    changed: bool = False


def steps(
    store: Store,
    course: Course,
    person_id: str,
    team: Team | None = None,
    known: Standings | None = None,
    opened: Collection[str] | None = None,
) -> list[Step]:
    """Return the exercises of the course in order, each with the state of the person or of their team.

    `known` are the standings of everybody and `opened` the open exercises, where many people are looked at.
    """
    owners = {person_id, team.id} if team else {person_id}
    there = standings(store, course.edition, owners) if known is None else known
    if opened is None:
        opened = {release.exercise for release in Releases(store, course.edition).all()}
    pages = {name: module.page for module in course.modules for name in module.exercises}
    found = []
    for exercise in course.exercises:
        owner = person_id if team is None or exercise.personal else team.id
        one = there.get((owner, exercise.id), Standing())
        state: State = "open" if exercise.id in opened else "closed"
        if one.feedback_on:
            state = "feedback"
        elif one.submission:
            state = "submitted"
        elif one.rev:
            state = "started"
        changed = bool(one.submission) and one.rev > one.submitted_rev
        found.append(
            Step(
                exercise,
                pages.get(exercise.id),
                state,
                one.submission,
                one.submitted_at,
                one.feedback_on,
                changed,
            )
        )
    return found


def next_step(found: list[Step]) -> Step | None:
    """The step to go on with: what is begun, else what is open, else the first with feedback to read."""
    for state in ("started", "open"):
        for step in found:
            if step.state == state:
                return step
    return next((step for step in found if step.state == "feedback"), None)
