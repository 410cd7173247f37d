"""Filling what pages read again and again, before kernels are forked from the process that has it."""

from __future__ import annotations

import os

from sqlalchemy.orm import configure_mappers

from academy.course import load_course
from academy.errors import AcademyError
from academy.i18n import LANGUAGES
from academy_widgets import assets, form, pages, texts

__all__ = ["warm"]


def warm() -> None:
    """Load the course in its languages, texts, templates and tables. Opens no database and knows nobody."""
    configure_mappers()
    pages.warm()
    form.ExerciseForm.class_traits()
    for language in LANGUAGES:
        texts.form_texts(language)
    try:
        assets.manifest()
        if course_id := os.environ.get("ACADEMY_COURSE"):
            for language in load_course(course_id).languages:
                for exercise in load_course(course_id, language).exercises:
                    exercise.form_spec()
    except AcademyError:
        pass  # whoever opens a page is told
