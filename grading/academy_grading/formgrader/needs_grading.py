"""Finds submissions that need manual grading, except of people in `without` (who has left)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from nbgrader.api import Assignment, Grade, Gradebook, Notebook, SubmittedAssignment, SubmittedNotebook

__all__ = ["next_waiting", "waiting", "waiting_by_exercise"]


def waiting(gradebook: Gradebook, assignment: str, notebook: str, without: Collection[str] = ()) -> list[str]:
    """Return the ids of submitted notebooks with points still to be given, in formgrader's order."""
    query = (
        _to_do(without, SubmittedNotebook.id)
        .where(Assignment.name == assignment, Notebook.name == notebook)
        .distinct()
        .order_by(SubmittedNotebook.id)
    )
    return list(gradebook.db.scalars(query))


def next_waiting(
    gradebook: Gradebook, assignment: str, notebook: str, after: str = "", without: Collection[str] = ()
) -> str | None:
    """Return the next of them after a submission, from the beginning again at the end; None if nothing waits."""
    found = waiting(gradebook, assignment, notebook, without)
    later = [key for key in found if key > after]
    return next(iter([*later, *found]), None)


def waiting_by_exercise(gradebook: Gradebook, without: Collection[str] = ()) -> dict[str, int]:
    """Return how many submissions of each exercise wait."""
    rows = gradebook.db.execute(_to_do(without, Assignment.name, SubmittedNotebook.id).distinct())
    return dict(Counter(name for name, _ in rows))


def _to_do(without: Collection[str], *what: Any) -> Any:
    """Notebooks with a grade that needs a person."""
    return (
        sa.select(*what)
        .select_from(SubmittedNotebook)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Grade.needs_manual_grade, SubmittedAssignment.student_id.not_in(list(without)))
    )
