"""Lazy access to a person's work in all exercises of a course."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from academy.course.answers import nest
from academy.course.model import Course, Exercise
from academy.course.refs import row_label
from academy.errors import CourseError

__all__ = ["Work"]

Flat = Mapping[str, Any]
Document = dict[str, Any]


class _Nothing(dict[str, Any]):
    """The document of an exercise that the course does not have: every field is empty."""

    def __missing__(self, key: str) -> list[object]:
        return []


class Work:
    """The answers of one person in all exercises: `work["people"]["groups"]`, rows with their `_id`.

    `read` gives the flat answers of an exercise. Without it there is nothing anywhere, which is how a blank course
    looks to a check.
    """

    def __init__(self, course: Course | None, read: Callable[[str], Flat] = lambda _exercise: {}) -> None:
        self._course = course
        self._read = read
        self._flat: dict[str, Flat] = {}
        self._documents: dict[str, Document] = {}
        self._own: dict[str, Exercise] = {}

    @property
    def course(self) -> Course:
        """The course. Raises CourseError where the answers of one exercise alone are looked at."""
        if self._course is None:
            raise CourseError("This check looks at the course, so it must be given the person's other work.")
        return self._course

    @property
    def known(self) -> bool:
        """Whether the other exercises can be looked at."""
        return self._course is not None

    def exercise(self, exercise_id: str) -> Exercise | None:
        """Return an exercise of the course, or None."""
        if exercise_id in self._own:
            return self._own[exercise_id]
        if self._course is None or not self._course.has(exercise_id):
            return None
        return self._course.exercise(exercise_id)

    def flat(self, exercise_id: str) -> Flat:
        """Return the answers of an exercise by path."""
        if exercise_id not in self._flat:
            self._flat[exercise_id] = self._read(exercise_id)
        return self._flat[exercise_id]

    def __getitem__(self, exercise_id: str) -> Document:
        """Return the answers of an exercise as a document, an empty one if nothing is there."""
        if exercise_id not in self._documents:
            exercise = self.exercise(exercise_id)
            found = nest(exercise, self.flat(exercise_id)) if exercise else _Nothing()
            self._documents[exercise_id] = found
        return self._documents[exercise_id]

    def having(self, exercise: Exercise, flat: Flat) -> Work:
        """Return this work with other answers in one exercise."""
        work = Work(self._course, self._read)
        work._flat = self._flat | {exercise.id: flat}
        work._own = self._own | {exercise.id: exercise}
        work._documents = {k: v for k, v in self._documents.items() if k != exercise.id}
        return work

    def rows(self, address: str) -> list[Document]:
        """Return the rows of a table by its address, `people.groups`."""
        exercise, _, table = address.partition(".")
        rows = self[exercise].get(table)
        return rows if isinstance(rows, list) else []

    def row(self, address: str, row_id: object) -> Document | None:
        """Return a row of a table by its address and id, or None."""
        return next((row for row in self.rows(address) if row["_id"] == row_id), None)

    def label(self, address: str, row_id: object, show: str | None = None) -> str:
        """Return what a row of a table is called, an empty text if it is not there."""
        exercise_id, _, table = address.partition(".")
        exercise, row = self.exercise(exercise_id), self.row(address, row_id)
        field = exercise.field(table) if exercise else None
        return row_label(exercise, field, row, self, show) if exercise and field and row else ""
