"""The files of a course, as editors and programs that write them can check them.

The linter (`academy check`) knows more: whether what is named is there. This says what may stand in each file.
"""

from __future__ import annotations

from typing import Any, TypeVar

from academy.course.desk_plan import DeskPlan
from academy.course.fields import Part
from academy.course.lint.proving.cases import Case
from academy.course.model import Course, Exercise
from academy.course.plan import PassportPlan
from academy.course.webinar import Webinar
from academy.documents.base import Document, JsonObject
from academy.documents.key_texts import described

__all__ = ["COURSE_FILES", "Cases", "Example"]

T_co = TypeVar("T_co", covariant=True)


class Cases(Part):
    """Cases that prove the checks of an exercise. `academy check` runs them."""

    cases: list[Case]


class Example(Part):
    """A worked example of an exercise, which passes every check."""

    about: str = ""
    answers: dict[str, Any]


class CourseFile(Document[T_co]):
    """A file of a course. Its schema says what each key is, so that an editor can tell who writes it."""

    def schema(self) -> JsonObject:
        """Return its JSON Schema (draft 2020-12)."""
        schema: dict[str, Any] = super().schema()
        return described(schema)


Written = (
    Document[Course]
    | Document[Exercise]
    | Document[Webinar]
    | Document[PassportPlan]
    | Document[DeskPlan]
    | Document[Cases]
    | Document[Example]
)

COURSE_FILES: dict[str, Written] = {
    "course.yaml": CourseFile("course", 1, Course),
    "exercise.yaml": CourseFile("exercise", 1, Exercise),
    "live.yaml": CourseFile("webinar", 1, Webinar),
    "passport.yaml": CourseFile("passport-plan", 1, PassportPlan),
    "desk.yaml": CourseFile("desk-plan", 1, DeskPlan),
    "cases.yaml": CourseFile("cases", 1, Cases),
    "example.yaml": CourseFile("example", 1, Example),
}
"""By the name of the file."""
