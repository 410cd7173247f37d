"""Session of a page: the person, known in a kernel only through what the server put into its environment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

from academy import languages
from academy.course import Course, Exercise, load_or_keep
from academy.data import DataFolder
from academy.deadlines import zone_called
from academy.editions import edition_called, in_edition
from academy.errors import AcademyError
from academy.i18n import N_
from academy.people import Team, Teams, person_called
from academy.store import Store, open_store
from academy.store.arrivals import note_arrival
from academy.store.ties import ties_of
from academy.work import work_of

__all__ = ["FOR_FACILITATORS", "Session", "acting_as", "current", "of_environment", "session_of", "store_at"]

FOR_FACILITATORS = N_("This page is for facilitators. Ask one of them if you need it.")


@dataclass(frozen=True)
class Session:
    """A person at a page of a course."""

    person_id: str
    role: str
    display_name: str
    language: str
    time_zone: str | None
    course: Course
    store: Store
    data_folder: DataFolder
    team: Team | None = None

    def owner(self, exercise: Exercise) -> str:
        """Whose answers to an exercise this person writes: the team's, or one's own where it is personal."""
        return self.person_id if self.team is None or exercise.personal else self.team.id

    def is_facilitator(self) -> bool:
        """Whether this person is a facilitator now: whoever was one when the page opened need not be one still."""
        person = person_called(self.store, self.course.edition, self.person_id)
        return person is not None and person.active and person.role == "facilitator"

    def check_facilitator(self) -> None:
        """Raise AcademyError, with a sentence, for anybody who is not a facilitator now."""
        if not self.is_facilitator():
            raise AcademyError(FOR_FACILITATORS)


def _told_zone(store: Store, course: Course, person_id: str) -> str | None:
    """The time zone that a person chose in the exercise that asks for it."""
    exercise, _, field = (course.time_zone_of or "").partition(".")
    if not (exercise and course.has(exercise)):
        return None
    return zone_called(work_of(store, course, person_id)[exercise].get(field))


_acting: ContextVar[tuple[Session | None] | None] = ContextVar("academy_acting", default=None)


@contextmanager
def acting_as(session: Session | None) -> Iterator[None]:
    """Within this context, and nowhere else in the process, `current` is this session, or nobody's."""
    token = _acting.set((session,))
    try:
        yield
    finally:
        _acting.reset(token)


def current() -> Session | None:
    """Return the session of this kernel, or None where nobody is signed in (an author's own notebook)."""
    acting = _acting.get()
    return of_environment() if acting is None else acting[0]


@cache
def of_environment() -> Session | None:
    """Return the session that the server put into this kernel's environment; who came is noted once."""
    person_id, folder, edition = (os.environ.get(f"ACADEMY_{name}") for name in ("PERSON", "DATA", "EDITION"))
    if not (person_id and folder and edition):
        return None
    data = DataFolder.open(folder)
    session = session_of(person_id, data, _store(data), edition)
    if session is not None and session.role != "facilitator":
        note_arrival(session.store, session.course.edition, session.person_id)
    return session


@cache
def store_at(url: str) -> Store:
    """Return the store of this process; made before kernels are forked, it has everything ready but a connection."""
    return open_store(url, migrate=False)


def _store(data: DataFolder) -> Store:
    store = store_at(data.store_url)
    store.ties = ties_of(data.store_url, data.ties)
    return store


def session_of(person_id: str, data: DataFolder, store: Store, edition_id: str) -> Session | None:
    """Return the session of a person whose identity is known for certain, or None if they may not come in."""
    person = person_called(store, edition_id, person_id)
    if person is None or not person.active:
        return None
    edition = edition_called(store, edition_id)
    course = load_or_keep(edition.course)
    language = languages.nearest(person.language or "", course.languages) or course.default_language
    if language != course.default_language:
        course = load_or_keep(edition.course, language)
    course = in_edition(course, edition)
    return Session(
        person.id,
        person.role,
        person.display_name,
        language,
        person.time_zone or _told_zone(store, course, person.id),
        course,
        store,
        data,
        Teams(store, edition.id).of(person.id),
    )
