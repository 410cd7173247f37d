"""Writes a course root: the nbgrader side of a course."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nbformat

from academy.course import Course, Exercise, courses_root, load_course
from academy.data import DataFolder
from academy.errors import CourseError
from academy_grading.config import CONFIG_FILE, CONFIG_TEXT
from academy_grading.course_of import CONTENT, COURSE_FOLDER
from academy_grading.grades.database import (
    be_patient,
    gradebook_url,
    has_gradebook,
    put_environment_first,
    said_cell_change,
)
from academy_grading.sources.notebook import exercise_notebook

__all__ = ["PRIVATE", "build_course"]

PRIVATE = "{exercise} is private: what people write there is for themselves, so there is nothing to grade."


def build_course(
    data_folder: DataFolder | str | os.PathLike[str],
    course: Course | str | os.PathLike[str],
    exercises: Iterable[str] | None = None,
) -> list[Path]:
    """Write the course root: its configuration and the source notebook of each exercise (or of those named).

    Returns the source notebooks. Building again writes the same bytes and never touches releases, submissions or
    grades. Raises CourseError if there is no such exercise, or if cells would come or go where submissions exist.
    """
    data = data_folder if isinstance(data_folder, DataFolder) else DataFolder.ensure(data_folder)
    chosen = course if isinstance(course, Course) else load_course(os.fspath(course))
    root = data.course_root(chosen.edition)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    put_environment_first()
    be_patient()
    if not (root / CONFIG_FILE).exists():
        _write(root / CONFIG_FILE, CONFIG_TEXT)
    _note_folder(root, chosen)
    return [_build(root, chosen, exercise) for exercise in _chosen(chosen, exercises)]


def _chosen(course: Course, names: Iterable[str] | None) -> list[Exercise]:
    if names is None:
        return [exercise for exercise in course.exercises if not exercise.private]
    names = list(names)
    for name in names:
        if not course.has(name):
            there = ", ".join(exercise.id for exercise in course.exercises)
            raise CourseError(f"{course.id} has no exercise {name}. It has: {there}.")
        if course.exercise(name).private:
            raise CourseError(PRIVATE.format(exercise=name))
    return [course.exercise(name) for name in names]


def _build(root: Path, course: Course, exercise: Exercise) -> Path:
    file = root / "source" / exercise.id / f"{exercise.id}.ipynb"
    text = nbformat.writes(exercise_notebook(exercise)) + "\n"
    if file.is_file() and file.read_bytes() == text.encode():
        return file
    file.parent.mkdir(parents=True, exist_ok=True)
    if has_gradebook(root):
        with tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / file.name
            draft.write_text(text, "utf-8")
            if said := said_cell_change(gradebook_url(root), course.edition, exercise.id, [draft]):
                raise CourseError(said)
    _write(file, text)
    return file


def _note_folder(root: Path, course: Course) -> None:
    """Remember which course it is, and where its files are, if neither is as the kit would take it by itself."""
    content = root / CONTENT
    if course.id == course.edition:
        content.unlink(missing_ok=True)
    else:
        _write(content, f"{course.id}\n")
    note = root / COURSE_FOLDER
    if course.folder.parent == _usual_place():
        note.unlink(missing_ok=True)
    else:
        _write(note, f"{course.folder}\n")


def _usual_place() -> Path:
    """Where courses are found without `ACADEMY_EXERCISES`."""
    chosen = os.environ.pop("ACADEMY_EXERCISES", None)
    try:
        return courses_root().resolve()
    finally:
        if chosen is not None:
            os.environ["ACADEMY_EXERCISES"] = chosen


def _write(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_text(text, "utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
