"""Model of `desk.yaml`: what the facilitators' dashboard shows of a course. A course without it has a plain one."""

from __future__ import annotations

from typing import Literal

from academy.course.fields import Id, Part
from academy.course.files.sentences import validated
from academy.course.files.yaml_files import read_yaml
from academy.course.model import Course

__all__ = ["Coverage", "DeskPlan", "Stop", "desk_plan"]


class Stop(Part):
    """What must not go on like this: a check that does not hold in what was handed in, or an answer that says so.

    `check` is written `exercise.check`; `answer` is an address such as `prototype-reviews.reviews.ethics`, which says
    so when it is one of `said`.
    """

    check: str | None = None
    answer: str | None = None
    said: list[str] = []


class Coverage(Part):
    """An outcome of the course, and the exercises in which it shows."""

    outcome: Id
    exercises: list[Id]


class DeskPlan(Part):
    """Where the pictures of the cohort find what they show. What is left out is not drawn."""

    stops: list[Stop] = []
    drivers: str | None = None
    region: str | None = None
    access: str | None = None
    link: Id = "link"
    data: Id = "data_budget"
    coverage: list[Coverage] = []
    balance: list[str] = []
    pictures: list[Literal["drivers", "access", "coverage", "balance", "minutes"]] = [
        "drivers",
        "access",
        "coverage",
        "balance",
        "minutes",
    ]


def desk_plan(course: Course) -> DeskPlan:
    """Return a course's plan. Raises CourseError with the place of a mistake."""
    file = course.folder / "desk.yaml"
    if not file.is_file():
        return DeskPlan()
    return validated(DeskPlan, read_yaml(file), file)
