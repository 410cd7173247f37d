"""The player of sample units: one widget that shows what somebody built as a learner meets it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from academy import i18n, units
from academy.errors import CourseError
from academy.session import Session, current
from academy.work import work_of
from academy_widgets import assets
from academy_widgets.texts import play_texts

__all__ = ["Player"]

MODULE = "@academy/play"


class Player(anywidget.AnyWidget):
    """Plays the unit that `read` returns, anew at each beginning.

    The synced traits go to the page only: what a page sets on them is never read, and a message can only ask for
    the unit again.
    """

    unit = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)
    dir = traitlets.Unicode("ltr").tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def __init__(self, read: Callable[[], units.Unit | None], language: str) -> None:
        light = os.environ.get("ACADEMY_PAGE") == "light"
        super().__init__(
            unit=read(),
            texts=play_texts(language),
            lang=language,
            dir=i18n.direction(language),
            _esm=MODULE if light else assets.text("play.js"),
            _css="" if light else assets.text("play.css"),
        )
        self._read = read
        self.on_msg(self._answer)

    @classmethod
    def for_current(cls, exercise_id: str) -> Player:
        """Return the player of the unit of the person at the page; an empty one where nobody is signed in."""
        session = current()
        if session is None:
            return cls(lambda: None, "en")
        if not session.course.has(exercise_id):
            raise CourseError(f"The course has no exercise {exercise_id}. Check the name in this notebook.")
        return cls(lambda: drafted(session, exercise_id), session.language)

    def _answer(self, _widget: Any, content: object, _buffers: list[memoryview]) -> None:
        if isinstance(content, dict) and content.get("kind") == "read":
            self.send({"kind": "unit", "unit": self._read()})


def drafted(session: Session, exercise_id: str) -> units.Unit | None:
    """Return the unit as this person, or their team, has written it so far; None where there is none yet."""
    return units.unit(work_of(session.store, session.course, session.person_id)[exercise_id])
