"""Writes points and comments with optimistic locking: only by who has seen them as they are now.

Formgrader and the grading page both go through here, so that two graders never erase each other's points.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from nbgrader.api import Comment, Grade, Gradebook, SubmittedAssignment, SubmittedNotebook

from academy.errors import AcademyError
from academy.i18n import N_

__all__ = ["LONGEST_COMMENT", "MarkError", "StaleError", "comment", "grade", "save_comment", "save_grade"]

LONGEST_COMMENT = 20_000
"""Characters of a comment: what is longer was pasted by mistake."""


class MarkError(AcademyError):
    """What was sent can't be kept as points or as a comment."""


class StaleError(AcademyError):
    """Something was changed since the page showed it. `now` is what the gradebook has, with its version."""

    def __init__(self, said: str, now: dict[str, Any]) -> None:
        super().__init__(said)
        self.now = now


@dataclass(frozen=True)
class _Kind:
    """What a grade and a comment have in common: a row of a submitted notebook that people change."""

    entity: type
    names: tuple[str, ...]

    def find(self, gradebook: Gradebook, key: str) -> Any:
        """Find a row as it is in the database now, not as this process remembers it."""
        gradebook.db.rollback()
        if self.entity is Grade:
            return gradebook.find_grade_by_id(key)
        return gradebook.find_comment_by_id(key)

    def said(self, row: Any) -> dict[str, Any]:
        """What nbgrader says of a row, with a version: two short sums, of the submission and of the values."""
        values = [getattr(row, name) for name in self.names]
        return {**row.to_dict(), "version": f"{_sum(row.assignment.timestamp)}.{_sum(values)}"}

    def write(self, gradebook: Gradebook, row: Any, seen: object, **values: Any) -> dict[str, Any]:
        """Change a row if it still is what the page showed; of two processes at once only one can."""
        now = self.said(row)
        if seen != now["version"]:
            same_work = str(seen).partition(".")[0] == now["version"].partition(".")[0]
            raise StaleError(CHANGED if same_work or not isinstance(seen, str) else RESUBMITTED, now)
        table, key = self.entity.__table__, row.id  # type: ignore[attr-defined]
        unchanged = [table.c[name].is_not_distinct_from(getattr(row, name)) for name in self.names]
        still = sa.exists().where(
            SubmittedNotebook.id == table.c.notebook_id,
            SubmittedAssignment.id == SubmittedNotebook.assignment_id,
            SubmittedAssignment.timestamp.is_not_distinct_from(row.assignment.timestamp),
        )
        # PostgreSQL looks at `still` before it waits for who is just writing to the row: so we wait for them first.
        work = sa.select(SubmittedAssignment.id).where(SubmittedAssignment.id == row.assignment.id)
        gradebook.db.execute(work.with_for_update(read=True))
        change = sa.update(table).where(table.c.id == key, *unchanged, still).values(**values)
        done = gradebook.db.execute(change)
        gradebook.db.commit()
        after = self.said(self.find(gradebook, key))
        if done.rowcount != 1:
            raise StaleError(CHANGED, after)
        return after


_GRADE = _Kind(Grade, ("auto_score", "manual_score", "extra_credit", "needs_manual_grade"))
_COMMENT = _Kind(Comment, ("manual_comment",))


def grade(row: Grade) -> dict[str, Any]:
    """Return what nbgrader says of a grade, with its version."""
    return _GRADE.said(row)


def comment(row: Comment) -> dict[str, Any]:
    """Return what nbgrader says of a comment, with its version."""
    return _COMMENT.said(row)


def save_grade(
    gradebook: Gradebook, grade_id: str, seen: object, points: object, **more: object
) -> dict[str, Any]:
    """Give points by hand, or take them back with None; returns the grade as it is then.

    `seen` is the version that the grader's page showed; `extra` (points beyond the most) stays where it is not
    given. Raises StaleError if the grade is another one now,
    MarkError if the points are none, and nbgrader's MissingEntry if there is no such grade.
    """
    row = _GRADE.find(gradebook, grade_id)
    score = _points(points, row.max_score)
    extra = _points(more["extra"], None) if "extra" in more else row.extra_credit
    if (score, extra, False) == (row.manual_score, row.extra_credit, row.needs_manual_grade):
        return grade(row)  # nothing to change: it does not matter who was first
    waits = score is None and row.auto_score is None
    return _GRADE.write(
        gradebook, row, seen, manual_score=score, extra_credit=extra, needs_manual_grade=waits
    )


def save_comment(gradebook: Gradebook, comment_id: str, seen: object, text: object) -> dict[str, Any]:
    """Write a comment by hand; returns it as it is then. Raises what `save_grade` raises."""
    row = _COMMENT.find(gradebook, comment_id)
    said = _text(text)
    if (said or "") == (row.manual_comment or ""):
        return comment(row)
    return _COMMENT.write(gradebook, row, seen, manual_comment=said)


CHANGED = N_(
    "Somebody else changed this since you opened the page, so yours was not saved. Look at both and choose one."
)
RESUBMITTED = N_(
    "A newer version of this work was graded since you opened the page, so this was not saved. Copy what you wrote, "
    "then open the page again."
)


OUT_OF_RANGE = N_(
    "There are not so many points here, so nothing was saved. Which number did you mean? It goes from 0 to the most "
    "that stands beside it."
)


def _sum(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:12]


def _points(given: object, most: float | None) -> float | None:
    """Points as a number from 0 to the most there are; None where none are given. What is beyond is never cut."""
    if given is None or given == "":
        return None
    try:
        points = float(given)  # type: ignore[arg-type]  # whatever it is: float says so
    except (TypeError, ValueError):
        raise MarkError(N_("Points are a number. Write one, such as 2.5.")) from None
    if isinstance(given, bool) or not math.isfinite(points):
        raise MarkError(N_("Points are a number. Write one, such as 2.5."))
    if points < 0 or (most is not None and points > most):
        raise MarkError(OUT_OF_RANGE)
    return points


def _text(given: object) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str):
        raise MarkError(N_("A comment is a text. Write it again."))
    if len(given) > LONGEST_COMMENT:
        raise MarkError(N_("This comment is too long to be kept. Shorten it."))
    # What no database keeps, and nobody can see.
    return given.replace("\x00", "").encode("utf-8", "replace").decode("utf-8") or None
