"""Moves or removes a person's rows in the gradebook where their record is merged or removed."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from academy.data import DataFolder, gradebook_url

__all__ = ["forget", "move_work"]

STEPS = ("submitted", "autograded", "feedback")


def move_work(data: DataFolder, course_id: str, other: str, keep: str, exercises: Collection[str]) -> None:
    """Give `keep` the submissions, points and comments of `other` in some exercises, where `keep` has none."""
    root = data.course_root(course_id)
    for exercise in exercises:
        for step in STEPS:
            there, here = (root / step / person / exercise for person in (other, keep))
            if there.is_dir() and not here.exists():
                here.parent.mkdir(mode=0o700, exist_ok=True)
                there.rename(here)
    if not _is_there(data, course_id):
        return
    engine = sa.create_engine(gradebook_url(data, course_id), poolclass=sa.NullPool)
    with engine.begin() as book:
        if book.execute(sa.text("SELECT 1 FROM student WHERE id = :keep"), {"keep": keep}).first() is None:
            book.execute(sa.text("INSERT INTO student (id) VALUES (:keep)"), {"keep": keep})
        for exercise in exercises:
            book.execute(
                sa.text(
                    "UPDATE submitted_assignment SET student_id = :keep WHERE student_id = :other AND assignment_id = "
                    "(SELECT id FROM assignment WHERE name = :name) AND NOT EXISTS (SELECT 1 FROM submitted_assignment "
                    "AS mine WHERE mine.student_id = :keep AND mine.assignment_id = submitted_assignment.assignment_id)"
                ),
                {"keep": keep, "other": other, "name": exercise},
            )


def forget(data: DataFolder, course_id: str, person: str) -> None:
    """Take away what nbgrader has of a person: folders, points, comments."""
    from nbgrader.api import Gradebook, MissingEntry

    root = data.course_root(course_id)
    for step in STEPS:
        shutil.rmtree(root / step / person, ignore_errors=True)
    if _is_there(data, course_id):
        with Gradebook(gradebook_url(data, course_id), course_id) as gradebook, suppress(MissingEntry):
            gradebook.remove_student(person)


def _is_there(data: DataFolder, course_id: str) -> bool:
    """Whether the course has a gradebook with something in it."""
    url = sa.make_url(gradebook_url(data, course_id))
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return False
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as book:
        return bool(sa.inspect(book).has_table("submitted_assignment"))
