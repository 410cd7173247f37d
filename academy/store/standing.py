"""How far everybody is in every exercise, in three questions to the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from academy.store.db import Store
from academy.store.schema import FeedbackRow, Revision, SubmissionRow

__all__ = ["Standing", "Standings", "standings"]


@dataclass(frozen=True)
class Standing:
    """The newest revision, the last submission and the submission that the newest feedback is about; 0 for none."""

    rev: int = 0
    submission: int = 0
    submitted_rev: int = 0
    submitted_at: datetime | None = None
    feedback_on: int = 0


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

    revisions = of(Revision, sa.func.max(Revision.id)).group_by(Revision.person_id, Revision.exercise)
    submissions = of(SubmissionRow, SubmissionRow.number, SubmissionRow.rev, SubmissionRow.at).order_by(
        SubmissionRow.id
    )
    feedback = of(FeedbackRow, FeedbackRow.submission).order_by(FeedbackRow.id)
    with store.session() as session:
        for owner, exercise, rev in session.execute(revisions):
            note(owner, exercise, rev=rev)
        for owner, exercise, number, rev, at in session.execute(submissions):  # the last one stays
            note(owner, exercise, submission=number, submitted_rev=rev, submitted_at=at)
        for owner, exercise, number in session.execute(feedback):
            note(owner, exercise, feedback_on=number)
    return found
