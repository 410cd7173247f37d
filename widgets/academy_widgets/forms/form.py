"""The form of an exercise: one widget, whatever the exercise asks."""

from __future__ import annotations

import os
from pathlib import Path

import traitlets

from academy.content import course_folders
from academy.course import Exercise, load_course
from academy.course.form_spec import form_spec
from academy.errors import CourseError
from academy.session import Session, current
from academy_widgets import assets
from academy_widgets.forms.desk import Desk
from academy_widgets.forms.watch import watch
from academy_widgets.texts import form_texts
from academy_widgets.widget import PageWidget, on_light_page

__all__ = ["ExerciseForm"]


class ExerciseForm(PageWidget):
    """Shows a spec and a document, and passes messages to the desk."""

    spec = traitlets.Dict().tag(sync=True)
    doc = traitlets.Dict().tag(sync=True)

    def __init__(self, exercise: Exercise, desk: Desk | None, language: str) -> None:
        doc = shown(desk, on_light_page()) if desk else preview()
        super().__init__("form", form_texts(language), language, spec=form_spec(exercise), doc=doc)
        self._desk = desk
        if desk is not None:
            watch().add(desk, self.send)

    @classmethod
    def for_current(cls, exercise_id: str) -> ExerciseForm:
        """Return the form for the person at the page, or a preview for an author who is not signed in."""
        session: Session | None = current()
        course = session.course if session else load_course(default_course())
        if not course.has(exercise_id):
            raise CourseError(f"The course has no exercise {exercise_id}. Check the name in this notebook.")
        exercise = course.exercise(exercise_id)
        if exercise.review is not None:  # handed in here, reviews would be of nobody's work
            raise CourseError(
                f"{exercise_id} is a round of reviews: write reviews(…) in this notebook instead."
            )
        desk = Desk(session, exercise) if session else None
        return cls(exercise, desk, session.language if session else course.language)

    def reply(self, message: object) -> dict[str, object] | None:
        """Let the desk answer."""
        return self._desk.answer(message) if self._desk else None


def shown(desk: Desk, light: bool) -> dict[str, object]:
    """The document of a form; on the light page with the ways to take it away."""
    ways = {"links": links(desk.exercise.id)} if light and desk.goes_away else {}
    return desk.document() | ways


def links(exercise_id: str) -> dict[str, str]:
    """Where the form goes on without the page: in a file, on paper, and back."""
    base = os.environ.get("ACADEMY_BASE", "/")
    return {
        "file": f"{base}offline/{exercise_id}.html",
        "answers": f"{base}answers/{exercise_id}",
        "sheet": f"{base}paper/{exercise_id}.json",
        "paper": f"{base}assets/{assets.file('paper.js').name}",
        "style": f"{base}assets/{assets.file('paper.css').name}",
    }


def default_course() -> str | Path:
    """The course of an author's notebook: the one that is named, the one that it lies in, or the first there is."""
    if named := os.environ.get("ACADEMY_COURSE"):
        return named
    around = (folder for folder in Path.cwd().parents if (folder / "course.yaml").is_file())
    return next(around, None) or min(course_folders())


def preview() -> dict[str, object]:
    """The document of a form that nobody is signed in to: nothing is kept."""
    return {
        "person": "preview",
        "open": False,
        "open_text": "",
        "values": {},
        "revs": {},
        "rev": 0,
        "submissions": [],
        "advice": [],
        "computed": {},
        "shown": {},
        "options": {},
        "where": {},
        "again": [],
        "preview": True,
    }
