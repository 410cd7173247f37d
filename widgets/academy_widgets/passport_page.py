"""The passport as a page, and its thread alone."""

from __future__ import annotations

from collections.abc import Mapping

from IPython.display import HTML

from academy.passport import Passport, Stamp
from academy.passport.travel import travel_of
from academy.people import Teams
from academy.session import Session, current
from academy.store import Answers
from academy_widgets.dates import when
from academy_widgets.pages import nobody, render

__all__ = ["makers", "passport_page", "thread_page"]

TAKE = "../../passport"
"""The page with its files, from /voila/render/passport.ipynb, whatever the base is."""
WIDEST = 4
"""A table with more columns is shown row by row: on a phone it could not be read."""


def passport_page() -> HTML:
    """Return the whole passport of the person at the page."""
    session = current()
    if session is None:
        return nobody()
    passport = Passport.of(session.store, session.course, session.person_id)
    travel = travel_of(session.store, session.course, session.person_id)
    values = _values(session, passport)
    return render("passport.html", session, travel=travel, take=TAKE, makers=makers(session), **values)


def thread_page() -> HTML:
    """Return the golden thread of the person at the page."""
    session = current()
    if session is None:
        return nobody()
    passport = Passport.of(session.store, session.course, session.person_id)
    return render("thread.html", session, **_values(session, passport))


def makers(session: Session) -> list[dict[str, object]]:
    """Return what each member of the person's team has brought: exercises, answers, and a statement of their own.

    It is counted from the history, where every version of every answer has its author.
    """
    if session.team is None:
        return []
    course = session.course
    written = Teams(session.store, course.edition).contributions(session.team.id)
    answers = Answers(session.store, course.edition)
    exercise, _, field = (course.contribution_of or "").partition(".")
    found = []
    for member in session.team.members:
        counts: Mapping[str, int] = written.get(member.id, {})
        told = answers.draft(member.id, exercise).values.get(field) if field else ""
        found.append(
            {
                "name": member.display_name,
                "answers": sum(counts.values()),
                "exercises": [course.exercise(name).title for name in counts if course.has(name)],
                "statement": told if isinstance(told, str) else "",
            }
        )
    return found


def _values(session: Session, passport: Passport) -> dict[str, object]:
    pages = {name: module.page for module in session.course.modules for name in module.exercises}

    def stamped(stamp: Stamp) -> str:
        return when(stamp.at, session.language, session.time_zone) if stamp.at else ""

    return {
        "passport": passport,
        "thread": passport.thread,
        "page_of": pages,
        "stamped": stamped,
        "widest": WIDEST,
    }
