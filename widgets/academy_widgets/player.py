"""The player of sample units: one widget that shows what somebody built as a learner meets it."""

from __future__ import annotations

from collections.abc import Callable

import traitlets

from academy import units
from academy.errors import CourseError
from academy.session import Session, current
from academy.work import work_of
from academy_widgets.texts import play_texts
from academy_widgets.widget import PageWidget

__all__ = ["Player"]


class Player(PageWidget):
    """Plays the unit that `read` returns, anew at each beginning.

    A message can only ask for the unit again.
    """

    unit = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(self, read: Callable[[], units.Unit | None], language: str) -> None:
        super().__init__("play", play_texts(language), language, unit=read())
        self._read = read

    @classmethod
    def for_current(cls, exercise_id: str) -> Player:
        """Return the player of the unit of the person at the page; an empty one where nobody is signed in."""
        session = current()
        if session is None:
            return cls(lambda: None, "en")
        if not session.course.has(exercise_id):
            raise CourseError(f"The course has no exercise {exercise_id}. Check the name in this notebook.")
        return cls(lambda: drafted(session, exercise_id), session.language)

    def reply(self, message: object) -> dict[str, object] | None:
        """Return the unit as it is now."""
        if isinstance(message, dict) and message.get("kind") == "read":
            return {"kind": "unit", "unit": self._read()}
        return None


def drafted(session: Session, exercise_id: str) -> units.Unit | None:
    """Return the unit as this person, or their team, has written it so far; None where there is none yet."""
    return units.unit(work_of(session.store, session.course, session.person_id)[exercise_id])
