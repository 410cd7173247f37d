"""Incremental view of the cohort: read whole once, then only what was added."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from academy.course import Course
from academy.course.desk_plan import desk_plan
from academy.desk.grades import Grades, gradebook_mark, grades
from academy.desk.people import Cohort, with_standings
from academy.desk.waiting import Thing, waiting
from academy.errors import StoreError
from academy.store import Store
from academy.store.readings import FEEDBACK_READ, REVIEW_READ
from academy.store.schema import (
    CourseEvent,
    Enrolment,
    FeedbackRow,
    Release,
    ReviewEvent,
    Revision,
    SubmissionRow,
    TeamMember,
    utc_now,
)
from academy.store.standing import Marks, Standings, newer, standings

__all__ = ["CohortWatch"]

AGAIN_SECONDS = 60.0
"""So often it is looked whether somebody got stuck or a time is over, though nothing was written."""
PATIENCE = 0.5
"""So many seconds the gradebook is waited for: while a class is graded the desk goes on."""
REST = 4
"""After working out what waits, so many times as long is rested: a busy cohort must not keep a core busy."""


class CohortWatch:
    """Looks at a course for the desk. `look` says whether anything is new; `cohort` and `things` are what is there."""

    def __init__(
        self,
        store: Store,
        course: Course,
        gradebook_url: str,
        clock: Callable[[], datetime] = utc_now,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.store, self.course, self.gradebook = store, course, gradebook_url
        self.clock, self.ticks = clock, ticks
        self.plan = desk_plan(course)
        self.marks = Marks()
        self.known: Standings = {}
        self.grades: Grades = {}
        self._stops: dict[tuple[str, int], bool] = {}
        self._small: object = None
        self._book: object = None
        self._looked = self._rest_until = float("-inf")
        self._late = True
        self._read()

    def _read(self) -> None:
        with self.store.session() as session:
            newest = [
                session.scalar(sa.select(sa.func.max(t.id))) or 0
                for t in (Revision, SubmissionRow, FeedbackRow)
            ]
        self.marks = Marks(*newest)
        self.known = standings(self.store, self.course.edition)
        self.cohort: Cohort = with_standings(self.store, self.course, self.known, self.clock())
        self.things: list[Thing] = []
        self._small = self._few()
        self._looked = self.ticks()
        self.work_out()

    def look(self) -> bool:
        """Take in what is new. Returns whether people, exercises or what waits may have changed."""
        marks, small, book = (
            newer(self.store, self.course.edition, self.known, self.marks),
            self._few(),
            self._shelf(),
        )
        over = self.ticks() - self._looked >= AGAIN_SECONDS
        changed = over or (marks, small, book) != (self.marks, self._small, self._book)
        if over:  # transactions may end in another order than they began in: once in a while all is read
            self.known = standings(self.store, self.course.edition)
        if changed:
            written = (marks.submission, marks.feedback) == (self.marks.submission, self.marks.feedback)
            self._late = self._late or over or not written or small != self._small or book != self._book
            self.marks, self._small, self._looked = marks, small, self.ticks()
            self.cohort = with_standings(self.store, self.course, self.known, self.clock())
        if self._late and self.ticks() >= self._rest_until:
            self.work_out()
            return True
        return changed

    def work_out(self) -> None:
        """Find out what waits."""
        began = self.ticks()
        shelf = self._shelf()
        if shelf != self._book or shelf is None:
            with suppress(
                StoreError
            ):  # somebody writes for long: what was read before stands until the next time
                self.grades, self._book = grades(self.gradebook, PATIENCE), shelf
        self.things = waiting(self.store, self.course, self.plan, self.cohort, self.grades, self._stops)
        self._late = False
        self._rest_until = self.ticks() + REST * (self.ticks() - began)

    def _shelf(self) -> Any:
        return gradebook_mark(self.gradebook)

    def _few(self) -> Any:
        """What changes with people, teams, what is open, reviews and what is done at desks, in one question."""
        here, team = Enrolment.edition == self.course.edition, TeamMember.edition == self.course.edition
        found = sa.select(
            sa.select(sa.func.count()).select_from(Enrolment).where(here).scalar_subquery(),
            sa.select(sa.func.count()).where(here, Enrolment.active).scalar_subquery(),
            sa.select(sa.func.count()).select_from(TeamMember).where(team).scalar_subquery(),
            sa.select(sa.func.max(TeamMember.at)).where(team).scalar_subquery(),
            sa.select(sa.func.count()).select_from(Release).scalar_subquery(),
            sa.select(sa.func.max(Release.at)).scalar_subquery(),
            sa.select(sa.func.max(ReviewEvent.id)).scalar_subquery(),
            sa.select(sa.func.max(CourseEvent.id))
            .where(CourseEvent.kind.not_in((FEEDBACK_READ, REVIEW_READ)))
            .scalar_subquery(),
        )
        with self.store.session() as session:
            return tuple(session.execute(found).one())
