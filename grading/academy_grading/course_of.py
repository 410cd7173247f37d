"""Finds the course of a course root by what stands in it, without asking the process for anything."""

from __future__ import annotations

from pathlib import Path

from academy.course import Course, load_course
from academy.editions import Edition, in_edition

__all__ = ["CONTENT", "COURSE_FOLDER", "course_of", "root_around"]

COURSE_FOLDER = "course-folder.txt"
"""Names the folder of the course's files where that is not the kit's own."""
CONTENT = "course-id.txt"
"""Names the course where the edition has another id."""


def course_of(root: Path, language: str | None = None) -> Course:
    """Return the course of the edition whose course root this is, `<data>/courses/<edition>`, with the course's dates.

    Raises CourseError if its files can't be read.
    """
    content = _noted(root / CONTENT) or root.name
    own = root.parent.parent / "exercises" / content  # in the data folder, wherever that was moved to
    noted = Path(_noted(root / COURSE_FOLDER) or "/nowhere")
    known = next((folder for folder in (own, noted) if (folder / "course.yaml").is_file()), content)
    return in_edition(load_course(known, language), Edition(root.name, content))


def root_around(place: Path, edition: str) -> Path | None:
    """Return the course root of an edition around a folder, or None."""
    for folder in (place, *place.parents):
        if folder.name == edition and (folder / "nbgrader_config.py").is_file():
            return folder
    return None


def _noted(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except OSError:
        return ""
