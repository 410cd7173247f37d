"""Reads everybody's points and comments in one exercise in a handful of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SolutionCell,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)

__all__ = ["CellComment", "CellGrade", "NotebookGrades", "grades_by_person"]


@dataclass(frozen=True)
class CellGrade:
    """The points of one cell."""

    name: str
    score: float
    max_score: float


@dataclass(frozen=True)
class CellComment:
    """The comment on one cell."""

    name: str
    comment: str | None


@dataclass
class NotebookGrades:
    """What the gradebook says about one person's notebook, by the names that nbgrader gives it."""

    late: float = 0
    max_score: float = 0
    needs_manual_grade: bool = False
    grades: Sequence[CellGrade] = field(default_factory=list)
    comments: Sequence[CellComment] = field(default_factory=list)

    @property
    def score(self) -> float:
        """All points together."""
        return sum((mark.score for mark in self.grades), 0.0)


def grades_by_person(gradebook: Gradebook, exercise: str) -> dict[str, NotebookGrades]:
    """Return the marks of everybody who is in the gradebook with this exercise, which has one notebook."""
    database: Any = gradebook.db
    found = _of_exercise(SubmittedNotebook.id, SubmittedAssignment.student_id, exercise=exercise)
    people = {row[0]: row[1] for row in database.execute(found)}
    late = _of_exercise(SubmittedNotebook.id, SubmittedNotebook.late_submission_penalty, exercise=exercise)
    marks = {row[0]: NotebookGrades(late=row[1] or 0) for row in database.execute(late)}
    points = _cells(database, exercise, GradeCell) | _cells(database, exercise, TaskCell)
    commented = _cells(database, exercise, SolutionCell) | _cells(database, exercise, TaskCell)
    grades: dict[str, list[CellGrade]] = {key: [] for key in marks}
    score: Any = Grade.score
    for key, cell, earned, waits in database.execute(
        _of_exercise(
            Grade.notebook_id, Grade.cell_id, score, Grade.needs_manual_grade, exercise=exercise, via=Grade
        )
    ):
        name, most = points[cell]
        grades[key].append(CellGrade(name, earned, most))
        marks[key].needs_manual_grade |= bool(waits)
    comments: dict[str, list[CellComment]] = {key: [] for key in marks}
    said: Any = Comment.comment
    for key, cell, text in database.execute(
        _of_exercise(Comment.notebook_id, Comment.cell_id, said, exercise=exercise, via=Comment)
    ):
        comments[key].append(CellComment(commented[cell][0], text))
    most = sum(most for _, most in points.values())
    for key, mark in marks.items():
        mark.grades, mark.comments, mark.max_score = grades[key], comments[key], most
    database.rollback()  # whoever reads holds nobody up
    return {people[key]: mark for key, mark in marks.items()}


def _of_exercise(*what: Any, exercise: str, via: Any = None) -> Any:
    query = sa.select(*what)
    if via is None:
        query = query.select_from(SubmittedNotebook)
    else:
        query = query.select_from(via).join(SubmittedNotebook, SubmittedNotebook.id == via.notebook_id)
    return (
        query.join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == exercise)
    )


def _cells(database: Any, exercise: str, kind: Any) -> dict[str, tuple[str, float]]:
    """The cells of a kind: their names and points."""
    query = (
        sa.select(kind)
        .join(Notebook, Notebook.id == kind.notebook_id)
        .join(Assignment, Assignment.id == Notebook.assignment_id)
        .where(Assignment.name == exercise)
    )
    return {cell.id: (cell.name, getattr(cell, "max_score", 0.0)) for cell in database.scalars(query)}
