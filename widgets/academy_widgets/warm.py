"""Warms caches before kernels are forked from the process that has them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from ipywidgets.widgets.widget import Widget

from academy.course import Exercise, load_or_keep
from academy.data import DataFolder
from academy.errors import AcademyError
from academy.i18n import LANGUAGES
from academy.session import current, of_environment, store_at
from academy.store import Answers
from academy.store.schema import Base, Enrolment, PersonRow
from academy_widgets import assets, beside, exercise, feedback, home, live, pages, passport, texts, thread
from academy_widgets.peer_review.page import review_parts

__all__ = ["warm"]

NOBODY = "p-nobody"


def warm() -> None:
    """Load the course in its languages, the sentences and the templates, and show everything once to nobody.

    Python and the libraries keep much of what they found out on the way, and kernels share that. Nobody writes into
    a database of their own, which is gone at the end; no connection, person or secret stays behind.
    """
    pages.warm()
    for language in LANGUAGES:
        texts.form_texts(language)
    with suppress(AcademyError):  # whoever opens a page is told what is wrong
        assets.manifest()
        for number, course_id in enumerate(os.environ.get("ACADEMY_COURSES", "").split()):
            with suppress(AcademyError):
                _know(course_id, show=not number)


def _know(course_id: str, *, show: bool) -> None:
    """Read a course in its languages; one is shown whole, which is enough for what all have in common."""
    for language in (None, *load_or_keep(course_id).languages):
        if show:
            _show(course_id, language)
        else:
            load_or_keep(course_id, language)


def _show(course_id: str, language: str | None) -> None:
    with _nobody(course_id, language):
        session = current()
        assert session is not None
        for asked in session.course.exercises:
            if asked.review is None:
                _type(exercise(asked.id), asked)
                feedback(asked.id)
            else:
                review_parts(asked.id)
        for webinar in session.course.webinars:
            live(webinar.id)
            for activity in webinar.activities:
                if activity.about.whole_order:
                    beside(activity.id)
        written = Answers(session.store, session.course.edition)
        written.touched(
            written.newest()
        )  # what open forms ask again and again: here no loop runs that would ask
        home()
        passport()
        thread()
        Widget.close_all()  # type: ignore[no-untyped-call]


def _type(form: Any, asked: Exercise) -> None:
    """Let a form save the answer to the first question that takes any text."""
    field = next((field for field in asked.fields if field.kind.written), None)
    if field is not None:
        edit = {"id": f"warm-{asked.id}", "path": field.id, "value": "-"}
        form._answer(form, {"kind": "save", "n": 1, "edits": [edit]}, [])


@contextmanager
def _nobody(course_id: str, language: str | None) -> Iterator[None]:
    """Be at a page as somebody who does not exist, in a database that will not stay."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="academy-") as folder, ExitStack() as stack:
        data = DataFolder.create(Path(folder) / "data")
        url = _url_of_kernels(data)
        store = store_at(url)
        stack.enter_context(store.rehearsing(data.path / "nobody.sqlite"))
        Base.metadata.create_all(store.engine)
        with store.write() as session:
            session.add(PersonRow(id=NOBODY, display_name="", language=language))
            session.flush()
            session.add(Enrolment(edition=course_id, person_id=NOBODY, role="participant", display_name=""))
        os.environ |= {
            "ACADEMY_DATA": str(data.path),
            "ACADEMY_DATABASE": url,
            "ACADEMY_EDITION": course_id,
            "ACADEMY_PERSON": NOBODY,
            "ACADEMY_PAGE": "light",
        }
        of_environment.cache_clear()
        try:
            yield
        finally:
            of_environment.cache_clear()
            os.environ.clear()
            os.environ.update(before)


def _url_of_kernels(instead: DataFolder) -> str:
    """Where kernels find their database, so that what is made ready serves them; elsewhere that of the folder."""
    if folder := os.environ.get("ACADEMY_DATA"):
        url = DataFolder.open(folder).store_url
        if url.startswith("sqlite"):
            return url
    return f"sqlite:///{instead.path / 'academy.sqlite'}"
