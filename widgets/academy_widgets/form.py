"""The form of an exercise: one widget, whatever the exercise asks."""

from __future__ import annotations

import os
from typing import Any

import anywidget
import traitlets

from academy import i18n
from academy.course import Exercise, load_course
from academy.errors import CourseError
from academy.session import Session, current
from academy_widgets import assets
from academy_widgets.desk import Desk
from academy_widgets.texts import form_texts

__all__ = ["ExerciseForm"]

MODULE = "@academy/form"


def on_light_page() -> bool:
    """Whether the page brings the widget's code itself, as a cached file."""
    return os.environ.get("ACADEMY_PAGE") == "light"


class ExerciseForm(anywidget.AnyWidget):
    """Shows a spec and a document, and passes messages to the desk.

    The synced traits go to the page only: what a page sets on them is never read.
    """

    spec = traitlets.Dict().tag(sync=True)
    doc = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)
    dir = traitlets.Unicode("ltr").tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def __init__(self, exercise: Exercise, desk: Desk | None, language: str) -> None:
        light = on_light_page()
        super().__init__(
            spec=exercise.form_spec(),
            doc=shown(desk, light) if desk else preview(),
            texts=form_texts(language),
            lang=language,
            dir=i18n.direction(language),
            _esm=MODULE if light else assets.text("form.js"),
            _css="" if light else assets.text("form.css"),
        )
        self._desk = desk
        self.on_msg(self._answer)

    @classmethod
    def for_current(cls, exercise_id: str) -> ExerciseForm:
        """Return the form for the person at the page, or a preview for an author who is not signed in."""
        session: Session | None = current()
        course = (
            session.course if session else load_course(os.environ.get("ACADEMY_COURSE", default_course()))
        )
        if not course.has(exercise_id):
            raise CourseError(f"The course has no exercise {exercise_id}. Check the name in this notebook.")
        exercise = course.exercise(exercise_id)
        if exercise.review is not None:  # handed in here, reviews would be of nobody's work
            raise CourseError(
                f"{exercise_id} is a round of reviews: write reviews(…) in this notebook instead."
            )
        desk = Desk(session, exercise) if session else None
        return cls(exercise, desk, session.language if session else i18n.known(course.language))

    def _answer(self, _widget: Any, content: object, _buffers: list[memoryview]) -> None:
        reply = self._desk.answer(content) if self._desk else None
        if reply is not None:
            self.send(reply)


def shown(desk: Desk, light: bool) -> dict[str, Any]:
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


def default_course() -> str:
    """The course that an author's notebook shows when none is named: the first of the folder."""
    from academy.course import courses_root

    return min(path.parent.name for path in courses_root().glob("*/course.yaml"))


def preview() -> dict[str, Any]:
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
