"""Filling what pages read again and again, before kernels are forked from the process that has it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from academy.course import load_course
from academy.data import DataFolder
from academy.errors import AcademyError
from academy.i18n import LANGUAGES
from academy.session import current
from academy.store import open_store
from academy.store.schema import Base, Person
from academy_widgets import assets, pages, texts
from academy_widgets.desk import Desk

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
        if course_id := os.environ.get("ACADEMY_COURSE"):
            _show(course_id, None)
            for language in load_course(course_id).languages:
                _show(course_id, language)


def _show(course_id: str, language: str | None) -> None:
    with _nobody(course_id, language):
        session = current()
        assert session is not None
        for exercise in session.course.exercises:
            exercise.form_spec()
            Desk(session, exercise).document()
            pages.feedback_page(exercise.id)
        pages.home_page()
        session.store.close()


@contextmanager
def _nobody(course_id: str, language: str | None) -> Iterator[None]:
    """Be at a page as somebody who does not exist, with a data folder that will not stay."""
    before = dict(os.environ)
    os.environ.pop("ACADEMY_DATABASE", None)  # it would be everybody's
    with tempfile.TemporaryDirectory(prefix="academy-") as folder:
        data = DataFolder.create(Path(folder) / "data")
        store = open_store(data.store_url, migrate=False)
        Base.metadata.create_all(store.engine)
        with store.write() as session:
            session.add(Person(id=NOBODY, display_name="", role="participant", language=language))
        store.close()
        os.environ |= {
            "ACADEMY_DATA": str(data.path),
            "ACADEMY_COURSE": course_id,
            "ACADEMY_PERSON": NOBODY,
        }
        current.cache_clear()
        try:
            yield
        finally:
            current.cache_clear()
            os.environ.clear()
            os.environ.update(before)
