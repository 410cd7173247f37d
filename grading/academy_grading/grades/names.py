"""Names in the gradebook: only if the facilitator turned them on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from nbgrader.api import Gradebook

from academy.people.links import csv_safe
from academy.store import EditionSettings, Store
from academy.store.schema import Enrolment, PersonPrivate

__all__ = ["SHOW_NAMES", "name_of", "write_names"]

SHOW_NAMES = "grading.show_names"


def write_names(coursedir: Any, store: Store, people: Iterable[str]) -> None:
    """Give the gradebook the names of people if the setting `grading.show_names` is on, or take them away.

    nbgrader shows "last name, first name", and ids where one is missing. Names are not split here: the whole name is
    the last name and the id the first, which reads "Amina Diallo, p-7k3m9q". E-mail addresses never go there.
    They are taken away from everybody who is in the gradebook, also from those who are not in `people`.
    """
    edition = str(coursedir.course_id)
    on = bool(EditionSettings(store, edition).get(SHOW_NAMES, False))
    gradebook: Any
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        for person in people if on else []:
            if name := name_of(store, edition, person):
                gradebook.update_or_create_student(person, last_name=_for_export(name), first_name=person)
        if not on:
            for person in [student.id for student in gradebook.students if _is_ours(student)]:
                gradebook.update_or_create_student(person, last_name=None, first_name=None)


def _for_export(name: str) -> str:
    """A name that stays one cell, and no formula, in nbgrader's CSV export, which writes it as it is."""
    return csv_safe(" ".join(name.replace(",", " ").replace('"', "'").split()))


def name_of(store: Store, edition: str, person_id: str) -> str | None:
    """Return the name of a person of an edition: the full one, or the one that others see."""
    query = (
        sa.select(Enrolment.display_name, PersonPrivate.full_name, Enrolment.erased)
        .outerjoin(PersonPrivate, PersonPrivate.person_id == Enrolment.person_id)
        .where(Enrolment.edition == edition, Enrolment.person_id == person_id)
    )
    with store.session() as session:
        row = session.execute(query).first()
    if row is None:
        return None
    return str(row.display_name if row.erased else row.full_name or row.display_name)


def _is_ours(student: Any) -> bool:
    """Whether the names of a student were written here."""
    return bool(student.last_name) and student.first_name == student.id
