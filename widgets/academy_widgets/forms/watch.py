"""Tells open forms what others have written meanwhile, without being asked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import cache
from typing import Any

from academy.errors import AcademyError
from academy.store import Answers
from academy_widgets.forms.desk import Desk

__all__ = ["AnswersWatch", "watch"]

SECONDS = 3.0
log = logging.getLogger(__name__)

Send = Callable[[dict[str, Any]], None]


class AnswersWatch:
    """Looks whether anything was written in the database, and asks the desks of this process if it is news to them.

    Looking costs one short statement, whoever has written; only forms whose answers or sources were touched do more.
    """

    def __init__(self) -> None:
        self._desks: list[tuple[Desk, Send]] = []
        self._answers: Answers | None = None
        self._mark = (0, 0)

    def add(self, desk: Desk, send: Send) -> None:
        """Keep a form up to date from now on, where a loop is running: in a kernel, not where kernels are prepared."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        self._desks.append((desk, send))
        if self._answers is None:
            self._answers = Answers(desk.session.store, desk.session.course.edition)
            self._mark = self._answers.newest()
            loop.call_later(SECONDS, self._again, loop)

    def look(self) -> None:
        """Tell each form what is new to it."""
        if self._answers is None:
            return
        newest = self._answers.newest()
        if newest == self._mark:
            return
        touched = self._answers.touched(self._mark)
        self._mark = newest
        for desk, send in self._desks:
            owners = {desk.owner, desk.session.person_id, getattr(desk.session.team, "id", desk.owner)}
            theirs = {exercise for owner, exercise in touched if owner in owners}
            news = desk.news(theirs) if theirs else None
            if news is not None:
                send(news)

    def _again(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            self.look()
        except AcademyError:
            pass  # the database is busy, or the person has left the team: who writes is told
        except Exception:
            log.exception("open forms were not told what is new")
        loop.call_later(SECONDS, self._again, loop)


@cache
def watch() -> AnswersWatch:
    """Return the one of this process: a kernel has the forms of one page."""
    return AnswersWatch()
