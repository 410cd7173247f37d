"""The passport as a page, and its thread alone."""

from __future__ import annotations

from typing import Any

from IPython.display import HTML

from academy.passport import Passport, Stamp
from academy.passport.travel import travel_of
from academy.session import Session, current
from academy_widgets.dates import when
from academy_widgets.pages import nobody, render

__all__ = ["passport_page", "thread_page"]

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
    return render("passport.html", session, travel=travel, take=TAKE, **_values(session, passport))


def thread_page() -> HTML:
    """Return the golden thread of the person at the page."""
    session = current()
    if session is None:
        return nobody()
    passport = Passport.of(session.store, session.course, session.person_id)
    return render("thread.html", session, **_values(session, passport))


def _values(session: Session, passport: Passport) -> dict[str, Any]:
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
