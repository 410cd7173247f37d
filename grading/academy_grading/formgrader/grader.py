"""Manual grading outside of formgrader, on the same gradebook and with the same versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import sqlalchemy as sa
from nbgrader.api import Assignment, Gradebook, MissingEntry, SubmittedAssignment

from academy.course import Course, Exercise, load_course
from academy.errors import AcademyError
from academy.i18n import N_, direction
from academy_grading.formgrader.check_sentences import sentence_of
from academy_grading.formgrader.comment_bank import Rubric, rubrics
from academy_grading.formgrader.needs_grading import next_waiting, waiting, waiting_by_exercise
from academy_grading.formgrader.render_guard import safe
from academy_grading.formgrader.template_context import language_beside
from academy_grading.grades import grade_writes
from academy_grading.grades.database import be_patient, put_environment_first
from academy_grading.sources.notebook import ANSWERS, check_id

__all__ = ["Grader", "GraderError"]

DAMAGED = N_(
    "The gradebook is damaged. Please tell whoever looks after the server: academy status names the file and the mend."
)
GONE = N_("This work is not there any more. Open the list again.")
Said = dict[str, Any]


class GraderError(AcademyError):
    """There is nothing to grade here."""


class Grader:
    """Reads works from the course root and gives points in its gradebook. Those of people who `left` are in no list."""

    def __init__(
        self, course: Course, root: Path, url: str, left: Callable[[], Collection[str]] = tuple
    ) -> None:
        self.left = left
        self.course = course
        self.root = root
        self.url = url

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """Open the gradebook. Raises GraderError if it is damaged, or not there yet: nbgrader would make one."""
        file = sa.make_url(self.url)
        if file.get_backend_name() == "sqlite" and not Path(file.database or "").is_file():
            raise GraderError(N_("Nothing was autograded yet. Collect and autograde an exercise first."))
        be_patient()
        put_environment_first()
        try:
            with Gradebook(self.url, self.course.edition) as gradebook:
                yield gradebook
        except sa.exc.DatabaseError as error:
            if type(error.orig) is not sqlite3.DatabaseError:  # one of those below it is about what was asked
                raise
            raise GraderError(DAMAGED) from error

    def exercises(self) -> list[Said]:
        """Return the exercises that were autograded, with how many works there are and how many wait."""
        left = self.left()
        with self.gradebook() as gradebook:
            waits = waiting_by_exercise(gradebook, left)
            query: Any = sa.select(Assignment.name, sa.func.count()).join(
                SubmittedAssignment, SubmittedAssignment.assignment_id == Assignment.id
            )
            query = query.where(SubmittedAssignment.student_id.not_in(list(left))).group_by(Assignment.name)
            there: dict[str, int] = dict(gradebook.db.execute(query).all())
        return [
            {
                "id": exercise.id,
                "title": exercise.title,
                "works": there[exercise.id],
                "waits": waits.get(exercise.id, 0),
            }
            for exercise in self.course.exercises
            if there.get(exercise.id)
        ]

    def works(self, exercise_id: str) -> list[Said]:
        """Return the works of an exercise: those that wait first."""
        self._exercise(exercise_id)
        left = self.left()
        with self.gradebook() as gradebook:
            waits = set(waiting(gradebook, exercise_id, exercise_id, left))
            rows = sorted(gradebook.notebook_submissions(exercise_id, exercise_id), key=lambda row: row.id)
            found = [
                {
                    "id": row.id,
                    "n": number,
                    "who": row.student.id,
                    "waits": row.id in waits,
                    "points": row.score,
                    "most": row.max_score,
                }
                for number, row in enumerate(rows, 1)
                if row.student.id not in left
            ]
        return sorted(found, key=lambda work: (not work["waits"], work["n"]))

    def next(self, exercise_id: str, after: str = "") -> str | None:
        """Return the id of the next work that waits."""
        self._exercise(exercise_id)
        with self.gradebook() as gradebook:
            return next_waiting(gradebook, exercise_id, exercise_id, after, self.left())

    def work(self, work_id: str) -> Said:
        """Return all that a grader needs of one work. Raises GraderError if it is not there."""
        with self.gradebook() as gradebook:
            row = self._row(gradebook, work_id)
            exercise = self._exercise(row.assignment.assignment.name)
            cells, language = self._cells(row)
            theirs = load_course(self.course.folder, language).exercise(exercise.id)
            grades = {grade.name: grade_writes.grade(grade) for grade in row.grades}
            comments = {comment.name: grade_writes.comment(comment) for comment in row.comments}
            return {
                "id": row.id,
                "exercise": exercise.id,
                "title": exercise.title,
                "who": row.student.id,
                "answers": safe(cells[ANSWERS].source) if ANSWERS in cells else "",
                "criteria": [
                    _criterion(rubric, grades[rubric.cell], comments.get(rubric.cell))
                    for rubric in rubrics(exercise, theirs)
                    if rubric.cell in grades
                ],
                "checks": [
                    {
                        "title": check.title,
                        "said": sentence_of(cells[name]) if name in cells else "",
                        "grade": grades[name],
                    }
                    for check in exercise.checks
                    if (name := check_id(check.id)) in grades
                ],
                "whole": comments.get(ANSWERS),
                "lang": theirs.language,
                "dir": direction(theirs.language),
            }

    def give(self, grade_id: str, seen: object, points: object) -> Said:
        """Give points. Raises what `grade_writes.save_grade` raises, and GraderError if there is no such grade."""
        with self.gradebook() as gradebook:
            try:
                return grade_writes.save_grade(gradebook, grade_id, seen, points)
            except MissingEntry:
                raise GraderError(GONE) from None

    def comment(self, comment_id: str, seen: object, text: object) -> Said:
        """Write a comment. Raises what `grade_writes.save_comment` raises, and GraderError if there is none."""
        with self.gradebook() as gradebook:
            try:
                return grade_writes.save_comment(gradebook, comment_id, seen, text)
            except MissingEntry:
                raise GraderError(GONE) from None

    def _exercise(self, exercise_id: str) -> Exercise:
        if not self.course.has(exercise_id) or self.course.exercise(exercise_id).private:
            raise GraderError(GONE)
        return self.course.exercise(exercise_id)

    def _row(self, gradebook: Gradebook, work_id: str) -> Any:
        try:
            return gradebook.find_submission_notebook_by_id(work_id)
        except MissingEntry:
            raise GraderError(GONE) from None

    def _cells(self, row: Any) -> tuple[dict[str, nbformat.NotebookNode], str]:
        """The cells of the autograded notebook by their names, and the language of its answers."""
        name = row.assignment.assignment.name
        folder = self.root / "autograded" / row.student.id / name
        try:
            notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
        except (OSError, ValueError):
            raise GraderError(N_("This work was not autograded yet. Autograde it first.")) from None
        named = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
        return named, language_beside(folder)


def _criterion(rubric: Rubric, grade: Said, comment: Said | None) -> Said:
    levels = [
        {"points": level.points, "text": level.text, "comments": list(level.comments)}
        for level in rubric.levels
    ]
    return {"label": rubric.label, "levels": levels, "grade": grade, "comment": comment}
