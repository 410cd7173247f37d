"""The widget for manual grading, on the gradebook that formgrader uses too."""

from __future__ import annotations

import logging
from typing import Any

import traitlets

from academy.data import gradebook_url
from academy.errors import AcademyError
from academy.i18n import N_, translator
from academy.people import person_called
from academy.people.leaving import who_left
from academy.session import Session, current
from academy_widgets.texts import grade_texts
from academy_widgets.widget import PageWidget

__all__ = ["GradeController", "GradePage"]

FAILED = N_("Something went wrong on the server. Please try again in a moment.")
log = logging.getLogger(__name__)

Message = dict[str, Any]


class GradeController:
    """Answers what the page asks: for facilitators alone, looked up anew each time."""

    def __init__(self, session: Session) -> None:
        from academy_grading.formgrader.grader import Grader

        self.session = session
        self.gettext = translator(session.language)
        data, course = session.data_folder, session.course
        self.grader = Grader(
            course,
            data.course_root(course.edition),
            gradebook_url(data, course.edition),
            lambda: who_left(session.store, course.edition),
        )

    def document(self) -> Message:
        """Return what a page begins with: the exercises, or why there is nothing to see."""
        try:
            self.session.check_facilitator()
            return {"exercises": self.grader.exercises()}
        except AcademyError as error:
            return {"refused": self.gettext(str(error))}

    def answer(self, content: object) -> Message | None:
        """Answer a message; it is never believed who it says it is from."""
        if not isinstance(content, dict):
            return None
        asked = content.get("ask")
        ask = asked if isinstance(asked, int) else 0
        return {"ask": ask, **self._answered(content)}

    def _answered(self, content: Message) -> Message:
        from academy_grading.grades.grade_writes import StaleError

        try:
            self.session.check_facilitator()
            return self._done(content)
        except StaleError as stale:
            return {"kind": "stale", "text": self.gettext(str(stale)), "now": stale.now}
        except AcademyError as error:
            return {"kind": "not-done", "text": self.gettext(str(error))}
        except Exception:
            log.exception("Grading: %s failed.", content.get("kind"))
            return {
                "kind": "not-done",
                "text": self.gettext(FAILED),
            }

    def _done(self, content: Message) -> Message:
        kind, key = content.get("kind"), content.get("id")
        name = key if isinstance(key, str) else ""
        if kind == "exercises":
            return {"kind": kind, "exercises": self.grader.exercises()}
        if kind == "works":
            return {"kind": kind, "works": self._named(self.grader.works(name))}
        if kind == "work":
            return {"kind": kind, "work": self._named([self.grader.work(name)])[0]}
        if kind == "next":
            after = content.get("after")
            return {"kind": kind, "id": self.grader.next(name, after if isinstance(after, str) else "")}
        if kind == "points":
            return {
                "kind": "kept",
                "now": self.grader.give(name, content.get("version"), content.get("points")),
            }
        if kind == "comment":
            return {
                "kind": "kept",
                "now": self.grader.comment(name, content.get("version"), content.get("text")),
            }
        return {
            "kind": "not-done",
            "text": self.gettext(FAILED),
        }

    def _named(self, works: list[Message]) -> list[Message]:
        """Works with the names that people are seen by, beside their pseudonyms."""
        for work in works:
            person = person_called(self.session.store, self.session.course.edition, work["who"])
            work["name"] = person.display_name if person else work["who"]
        return works


class GradePage(PageWidget):
    """Shows works and what is to be given, and passes messages to the desk."""

    doc = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: GradeController | None, language: str) -> None:
        refused = {"refused": "Nobody is signed in here: open this page in the app."}
        super().__init__("grade", grade_texts(language), language, doc=desk.document() if desk else refused)
        self._desk = desk

    @classmethod
    def for_current(cls) -> GradePage:
        """Return the page for the person at it; one that says whose page it is for everybody else."""
        session = current()
        if session is None:
            return cls(None, "en")
        return cls(GradeController(session), session.language)

    def reply(self, message: object) -> dict[str, object] | None:
        """Let the desk answer."""
        return self._desk.answer(message) if self._desk else None
