"""Base class of the exchange's commands: the store, the course, errors as one sentence."""

from __future__ import annotations

import fnmatch
import re
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, cast

from nbgrader.exchange.abc import Exchange, ExchangeError

from academy.course import Course, Exercise
from academy.data import DataFolder
from academy.editions import edition_called, in_edition
from academy.errors import AcademyError, CourseError
from academy.store import Store, open_store
from academy_grading.course_of import course_of

__all__ = ["StoreExchange", "said_time"]

_PERSON = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class StoreExchange(Exchange):
    """Base of the exchange: opens the store two folders above the course root."""

    coursedir: Any

    def __init__(self, coursedir: object = None, authenticator: object = None, **kwargs: object) -> None:
        kwargs.pop("authentictor", None)  # formgrader releases feedback with this spelling
        cast(Any, super()).__init__(coursedir=coursedir, authenticator=authenticator, **kwargs)

    def start(self) -> Any:
        """Do it. Raises ExchangeError with a sentence, never anything else that could have been foreseen."""
        try:
            return cast(Any, super()).start()
        except AcademyError as error:
            self.fail(str(error))
        except OSError as error:
            self.fail(f"{error.filename or self.root} can't be used: {error.strerror or error}.")

    def fail(self, msg: str) -> NoReturn:
        """Log a sentence and raise ExchangeError with it."""
        self.log.critical(msg)
        raise ExchangeError(msg)

    def init_src(self) -> None:
        """Nothing to find out: the store has it."""

    def init_dest(self) -> None:
        """Nothing to prepare."""

    @property
    def root(self) -> Path:
        """The course root."""
        return Path(self.coursedir.root)

    @cached_property
    def data(self) -> DataFolder:
        """The data folder. Raises DataError if the course root does not lie in one."""
        return DataFolder.open(self.root.parent.parent)

    @cached_property
    def store(self) -> Store:
        """The store of the data folder."""
        return open_store(self.data.store_url, ties=self.data.ties)

    @cached_property
    def course(self) -> Course:
        """The course of the edition, in the language it was written in."""
        return in_edition(course_of(self.root), edition_called(self.store, self.course_id))

    @property
    def course_id(self) -> str:
        """The id of the edition, which nbgrader calls a course."""
        return str(self.coursedir.course_id)

    @property
    def exercise_id(self) -> str:
        """The id of the exercise: what nbgrader calls an assignment."""
        return str(self.coursedir.assignment_id)

    @property
    def exercise(self) -> Exercise:
        """The exercise. Raises CourseError with the ones there are."""
        if not self.course.has(self.exercise_id):
            there = ", ".join(exercise.id for exercise in self.course.exercises)
            raise CourseError(f"{self.course_id} has no exercise {self.exercise_id}. It has: {there}.")
        return self.course.exercise(self.exercise_id)

    def wants(self, person_id: str) -> bool:
        """Whether the command is about this person (`--student`, and `student_id_exclude` in the configuration)."""
        excluded = self.coursedir.student_id_exclude.split(",")
        pattern = self.coursedir.student_id or "*"
        return person_id not in excluded and fnmatch.fnmatchcase(person_id, pattern)

    def folder(self, step: str, person_id: str) -> Path:
        """Return the folder of a step (`submitted`, `autograded` …) for a person.

        Raises CourseError for an id that would lead elsewhere.
        """
        if not _PERSON.fullmatch(person_id):
            raise CourseError(f"{person_id!r} can't be the name of a folder, so it can't be graded.")
        return Path(self.coursedir.format_path(step, person_id, self.exercise_id))

    def released_notebook(self) -> Path:
        """Return the released notebook. Raises CourseError if it was not generated."""
        folder = Path(self.coursedir.format_path(self.coursedir.release_directory, ".", self.exercise_id))
        file = folder / f"{self.exercise_id}.ipynb"
        if not file.is_file():
            source = Path(self.coursedir.format_path(self.coursedir.source_directory, ".", self.exercise_id))
            first = "" if source.is_dir() else "academy build, then "
            raise CourseError(
                f"{self.exercise_id} is not ready to be released. Run: {first}nbgrader generate_assignment "
                f"{self.exercise_id}"
            )
        return file


def said_time(at: Any) -> str:
    """Return a UTC time as nbgrader reads it from `timestamp.txt`."""
    return str(at.strftime("%Y-%m-%d %H:%M:%S.%f UTC"))
