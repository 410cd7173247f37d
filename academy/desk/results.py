"""Results for export: points, state and feedback of each person and exercise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from academy.course import Course, Exercise
from academy.deadlines import Extensions, due, is_over
from academy.desk.grades import Grade, Grades
from academy.desk.people import CohortLine, cohort
from academy.store import Store
from academy.store.schema import FeedbackRow, SubmissionRow
from academy.store.standing import Standing

__all__ = ["Result", "State", "results", "said"]

State = Literal["handed in", "to grade", "graded", "feedback given"]


@dataclass(frozen=True)
class Result:
    """One person's result in one exercise. Points are None until nbgrader has all of them for this very submission.

    `late` says that it was first handed in after its week had ended, with all the days that the person was given.
    `feedback` is what the person can read; `team` is who handed it in together.
    """

    person: str
    exercise: str
    submission: int
    at: datetime | None
    automatic: float | None
    manual: float | None
    most: float | None
    state: State
    late: bool
    feedback: str
    team: str = ""

    @property
    def score(self) -> float | None:
        """All points, or None."""
        return None if self.automatic is None or self.manual is None else self.automatic + self.manual

    @property
    def whole(self) -> bool:
        """Whether the points are all there."""
        return self.state in ("graded", "feedback given") and self.score is not None


def results(store: Store, course: Course, grades: Grades) -> list[Result]:
    """Return the results of everybody in the order of names and of the course. What is private is nobody's result."""
    everybody = cohort(store, course)
    given = Extensions(store, course).given()
    extensions = Extensions(store, course)
    modules = {name: module for module in course.modules for name in module.exercises}
    first, feedback = _first(store, course), _feedback(store, course)
    found = []
    for line in everybody.lines:
        more = extensions.of(line.id, line.team or line.id, given=given)
        for exercise in course.exercises:
            owner = line.team if line.team and not exercise.personal else line.id
            one = everybody.standings.get((owner, exercise.id))
            if exercise.private or one is None or not one.submission:
                continue
            module = modules.get(exercise.id)
            end = due(course, module, more) if module else None
            began = first.get((owner, exercise.id))
            late = bool(end and began and is_over(end, began))
            grade = grades.get((owner, exercise.id))
            text = said(exercise, feedback.get((owner, exercise.id), {})) if one.feedback_on else ""
            found.append(_result(line, exercise, one, _of(one, grade), late, text, owner))
    return found


def _result(
    line: CohortLine,
    exercise: Exercise,
    one: Standing,
    grade: Grade | None,
    late: bool,
    text: str,
    owner: str,
) -> Result:
    state: State = "handed in"
    if one.feedback_on >= one.submission:
        state = "feedback given"
    elif grade is not None:
        state = "graded" if grade.whole else "to grade"
    return Result(
        line.id,
        exercise.id,
        one.submission,
        one.submitted_at,
        grade.automatic if grade and not grade.checks_wait else None,
        grade.manual if grade and not grade.people_wait else None,
        grade.most if grade else None,
        state,
        late,
        text,
        "" if owner == line.id else owner,
    )


def _of(one: Standing, grade: Grade | None) -> Grade | None:
    """The grade, if it is that of the last submission."""
    return grade if grade is not None and grade.is_of(one.submitted_at) else None


def _first(store: Store, course: Course) -> dict[tuple[str, str], datetime]:
    query = (
        sa.select(SubmissionRow.person_id, SubmissionRow.exercise, sa.func.min(SubmissionRow.at))
        .where(SubmissionRow.course == course.edition)
        .group_by(SubmissionRow.person_id, SubmissionRow.exercise)
    )
    with store.session() as session:
        return {(owner, exercise): at for owner, exercise, at in session.execute(query)}


def _feedback(store: Store, course: Course) -> dict[tuple[str, str], dict[str, Any]]:
    query = sa.select(FeedbackRow).where(FeedbackRow.course == course.edition).order_by(FeedbackRow.id)
    with store.session() as session:
        return {(row.person_id, row.exercise): row.document for row in session.scalars(query)}


def said(exercise: Exercise, document: dict[str, Any]) -> str:
    """Return feedback as plain text: each criterion with its level's words and comment, then the comments on it all."""
    return "\n".join(_lines(exercise, document))


def _lines(exercise: Exercise, document: dict[str, Any]) -> Iterator[str]:
    criteria = {criterion.id: criterion for criterion in exercise.rubric}
    for item in document.get("rubric", []):
        criterion = criteria.get(str(item.get("id")))
        score = item.get("score")
        words = [criterion.label] if criterion else []
        if criterion and isinstance(score, int | float) and 1 <= score <= 4:
            words.append(criterion.levels[int(score) - 1])
        comment = " ".join(str(item.get("comment") or "").split())
        if criterion and len(words) + bool(comment) > 1:
            yield ": ".join(words[:2]) + (f" {comment}" if comment else "")
    for item in document.get("comments", []):
        if text := str(item.get("text", "")).strip():
            yield text
