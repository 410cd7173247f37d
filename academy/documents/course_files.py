"""The files of a course, as editors and programs that write them can check them.

The linter (`academy check`) knows more: whether what is named is there. This says what may stand in each file.
"""

from __future__ import annotations

from academy.course.desk_plan import DeskPlan
from academy.course.model import Course, Exercise
from academy.course.plan import PassportPlan
from academy.course.webinar import Webinar
from academy.documents.base import Document

__all__ = ["COURSE_FILES"]

Written = (
    Document[Course] | Document[Exercise] | Document[Webinar] | Document[PassportPlan] | Document[DeskPlan]
)

COURSE_FILES: dict[str, Written] = {
    "course.yaml": Document("course", 1, Course),
    "exercise.yaml": Document("exercise", 1, Exercise),
    "live.yaml": Document("webinar", 1, Webinar),
    "passport.yaml": Document("passport-plan", 1, PassportPlan),
    "desk.yaml": Document("desk-plan", 1, DeskPlan),
}
"""By the name of the file."""
