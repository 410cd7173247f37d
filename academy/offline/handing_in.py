"""Submits for somebody else: a facilitator does it, and only what that person could see.

Who did it is a line in the desk's log, written with the submission.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from academy.course.problems import Problem, problems
from academy.deadlines import Extensions, due, is_over
from academy.errors import StoreError
from academy.i18n import N_
from academy.offline.typed import DEVICE, PaperAnswers
from academy.session import Session
from academy.store import Draft, Releases, Store, Submission
from academy.store.schema import CourseEvent, Enrolment, utc_now

__all__ = ["PaperState", "hand_in", "handed_in_by", "look", "new_key", "week_ended"]

KIND, MARK = "handed-in", "paper-"
State = Literal["nothing", "submitted", "closed", "own", "faults", "ready"]
CHANGED = N_("Something has changed since you were asked. Please look at it, then submit again.")


@dataclass(frozen=True)
class PaperState:
    """How it stands with handing in what was typed: `own` if there are answers that only the person may hand in."""

    state: State
    rev: int
    count: int
    """Answers from paper."""
    last: Submission | None
    faults: tuple[Problem, ...] = ()


def look(typed: PaperAnswers, session: Session) -> PaperState:
    """Return whether a facilitator may hand in the answers as they are now. `session` is the person's."""
    draft = typed.answers.draft(typed.owner, typed.exercise.id)
    made = typed.answers.submissions(typed.exercise.id, typed.owner)
    last = made[-1] if made else None
    tables = {field.id for field in typed.tables}
    count = sum(_says(value) for path, value in typed.before.items() if path not in tables)

    def stands(state: State, faults: tuple[Problem, ...] = ()) -> PaperState:
        return PaperState(state, draft.rev, count, last, faults)

    if last is not None and last.rev >= draft.rev:
        return stands("submitted")
    if not count:
        return stands("nothing")
    if not Releases(session.store, session.course.edition).is_open(typed.exercise.id):
        return stands("closed")
    if _unseen(typed, draft, tables, last.rev if last else 0):
        return stands("own")
    faults = tuple(problems(typed.exercise, draft.values, typed.work))
    return stands("faults" if faults else "ready", faults)


def _says(value: object) -> bool:
    return value is not None and value is not False and value not in ("", [])


def _unseen(typed: PaperAnswers, draft: Draft, tables: set[str], handed_in: int) -> bool:
    """Whether some answers are neither from paper nor handed in: those are nobody else's to read or to hand in.

    A table's list of rows says nothing by itself: what is in the rows does.
    """
    later = {
        rev
        for path, rev in draft.revs.items()
        if rev > handed_in and path not in tables and _says(draft.values[path])
    }
    return any(origin.device != DEVICE for origin in typed.answers.origins(later).values())


def new_key() -> str:
    """Return a key for one submission from paper: the same key is the same submission."""
    return MARK + secrets.token_hex(12)


def hand_in(typed: PaperAnswers, session: Session, key: str, rev: int) -> Submission:
    """Hand in the answers as they were at a revision, for the person. The same key gives the same submission.

    Raises StoreError if they are no longer what the facilitator was asked about.
    """
    exercise = session.course.exercise(typed.exercise.id)
    if before := typed.answers.submitted(typed.owner, exercise.id, key):
        return before
    paper = look(typed, session)
    if paper.state != "ready" or paper.rev != rev or not key.startswith(MARK):
        raise StoreError(CHANGED)
    log = CourseEvent(
        course=session.course.edition,
        kind=KIND,
        by=typed.answers.author,
        subject=exercise.id,
        person_id=typed.owner,
        data={"key": key},
    )
    return typed.answers.submit(
        typed.owner, exercise.id, key, exercise.version, session.language, rev, log=log
    )


def handed_in_by(store: Store, course_id: str, made: list[Submission]) -> dict[str, str]:
    """Return who handed in submissions for somebody, by their keys. Most were handed in by their own people."""
    marked = {item.key: item for item in made if item.key.startswith(MARK)}
    if not marked:
        return {}
    query = (
        sa.select(CourseEvent.data, CourseEvent.person_id, Enrolment.display_name)
        .outerjoin(
            Enrolment,
            sa.and_(Enrolment.person_id == CourseEvent.by, Enrolment.edition == CourseEvent.course),
        )
        .where(CourseEvent.course == course_id, CourseEvent.kind == KIND)
        .where(CourseEvent.person_id.in_({item.person_id for item in marked.values()}))
    )
    with store.session() as session:
        rows = session.execute(query).all()
    return {
        data["key"]: name or ""
        for data, person, name in rows
        if data["key"] in marked and marked[data["key"]].person_id == person
    }


def week_ended(session: Session, typed: PaperAnswers) -> datetime | None:
    """Return when the exercise's week ended for the person, or None while it goes on."""
    course = session.course
    module = next((each for each in course.modules if typed.exercise.id in each.exercises), None)
    more = Extensions(session.store, course).of(session.person_id, typed.owner)
    end = due(course, module, more) if module else None
    return end if end and is_over(end, utc_now()) else None
