"""States of everybody in every exercise, in three queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from academy.store.db import Store
from academy.store.schema import FeedbackRow, Revision, SubmissionRow

__all__ = ["Marks", "Standing", "Standings", "newer", "standings"]


@dataclass(frozen=True)
class Standing:
    """The newest revision, the last submission and the submission that the newest feedback is about; 0 for none.

    `edited_at` is when something was last written.
    """

    rev: int = 0
    submission: int = 0
    submitted_rev: int = 0
    submitted_at: datetime | None = None
    feedback_on: int = 0
    edited_at: datetime | None = None


Standings = dict[tuple[str, str], Standing]
"""By owner (a person or a team) and exercise; who has done nothing is not there."""


def standings(store: Store, course_id: str, owners: Collection[str] | None = None) -> Standings:
    """Return how far people and teams are, everybody if `owners` is None."""
    found: Standings = {}

    def note(owner: str, exercise: str, **what: Any) -> None:
        found[owner, exercise] = replace(found.get((owner, exercise), Standing()), **what)

    def of(model: Any, *columns: Any) -> Any:
        query = sa.select(model.person_id, model.exercise, *columns).where(model.course == course_id)
        return query if owners is None else query.where(model.person_id.in_(owners))

    newest = (sa.func.max(Revision.id), sa.func.max(Revision.edited_at))
    revisions = of(Revision, *newest).group_by(Revision.person_id, Revision.exercise)
    submissions = of(SubmissionRow, SubmissionRow.number, SubmissionRow.rev, SubmissionRow.at).order_by(
        SubmissionRow.id
    )
    feedback = of(FeedbackRow, FeedbackRow.submission).order_by(FeedbackRow.id)
    with store.session() as session:
        for owner, exercise, rev, at in session.execute(revisions):
            note(owner, exercise, rev=rev, edited_at=at)
        for owner, exercise, number, rev, at in session.execute(submissions):  # the last one stays
            note(owner, exercise, submission=number, submitted_rev=rev, submitted_at=at)
        for owner, exercise, number in session.execute(feedback):
            note(owner, exercise, feedback_on=number)
    return found


@dataclass(frozen=True)
class Marks:
    """The newest revision, submission and feedback of all: what is newer has a greater number."""

    revision: int = 0
    submission: int = 0
    feedback: int = 0


def newer(store: Store, course_id: str, known: Standings, since: Marks) -> Marks:
    """Bring the standings of everybody up to date with what came since, and return the new marks.

    It costs what came since, and next to nothing where nothing did.
    """
    revisions = sa.select(
        Revision.id, Revision.person_id, Revision.exercise, Revision.edited_at, Revision.course
    )
    submissions = (
        sa.select(SubmissionRow).where(SubmissionRow.id > since.submission).order_by(SubmissionRow.id)
    )
    feedback = sa.select(FeedbackRow).where(FeedbackRow.id > since.feedback).order_by(FeedbackRow.id)
    marks = since
    with store.session() as session:
        # The course is looked at here: asked for in the query, it would have the database walk a whole index.
        for rev, owner, exercise, at, course in session.execute(
            revisions.where(Revision.id > since.revision)
        ):
            marks = replace(marks, revision=max(rev, marks.revision))
            if course == course_id:
                one = known.get((owner, exercise), Standing())
                latest = max(at, one.edited_at or at)
                known[owner, exercise] = replace(one, rev=max(rev, one.rev), edited_at=latest)
        for row in session.scalars(submissions):
            marks = replace(marks, submission=row.id)
            if row.course == course_id:
                one = known.get((row.person_id, row.exercise), Standing())
                known[row.person_id, row.exercise] = replace(
                    one, submission=row.number, submitted_rev=row.rev, submitted_at=row.at
                )
        for line in session.scalars(feedback):
            marks = replace(marks, feedback=line.id)
            if line.course == course_id:
                one = known.get((line.person_id, line.exercise), Standing())
                known[line.person_id, line.exercise] = replace(one, feedback_on=line.submission)
    return marks
