"""Template context of formgrader and feedback pages: rubric, comment bank, language."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

from academy.course import Exercise
from academy.errors import CourseError
from academy.i18n import DEFAULT_LANGUAGE, direction, translator
from academy_grading.course_of import course_of
from academy_grading.formgrader.comment_bank import rubrics
from academy_grading.sources.notebook import check_id

__all__ = ["TemplateContext", "language_beside"]


class TemplateContext(Preprocessor):
    """Put what the templates need into the resources, under `academy`. The notebook stays as it is.

    An assignment that is none of the course's exercises gets the plain page.
    """

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Look the exercise up by the names that formgrader and the feedback converter give."""
        about = resources.get("nbgrader") or {}
        name = resources.get("assignment_id") or about.get("assignment") or ""
        language = language_beside(Path((resources.get("metadata") or {}).get("path") or "."))
        resources["academy"] = self.known(str(name), language)
        return nb, resources

    def known(self, name: str, language: str) -> dict[str, Any]:
        """Return what templates need for an exercise whose answers were written in a language."""
        exercise, theirs = self._exercise(name, ""), self._exercise(name, language)
        spoken = exercise.language if exercise else DEFAULT_LANGUAGE
        known: dict[str, Any] = {
            "gettext": translator(spoken),
            "language": spoken,
            "dir": direction(spoken),
            "title": exercise.title if exercise else name,
            "rubrics": {},
            "checks": {},
        }
        if exercise and theirs:
            known["rubrics"] = {rubric.cell: rubric for rubric in rubrics(exercise, theirs)}
            known["checks"] = {check_id(check.id): check.title for check in exercise.checks}
        return known

    def _exercise(self, name: str, language: str) -> Exercise | None:
        root = self.config.CourseDirectory.get("root", "")
        with contextlib.suppress(CourseError):
            course = course_of(Path(root), language or None) if root else None
            if course and course.has(name):
                return course.exercise(name)
        return None


def language_beside(folder: Path) -> str:
    """Return the language in which the answers in a submission's folder were written, or nothing."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        found = json.loads((folder / "answers.json").read_text("utf-8")).get("language")
        return found if isinstance(found, str) else ""
    return ""
