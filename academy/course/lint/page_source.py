"""The pages of a course as the linter reads them: cells of code and cells of text. The one place that knows files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from academy.course.files.pages import course_pages, doubled_by, page_cells
from academy.course.model import Course
from academy.errors import CourseError

__all__ = ["Cell", "Page", "pages_of"]


@dataclass(frozen=True)
class Cell:
    """A cell of a page: its place in the file, and what stands in it."""

    id: str
    source: str


@dataclass(frozen=True)
class Page:
    """A page: its address without a language, the language of a translation, the file, its cells.

    `broken` says that the file can't be read as a page.
    """

    name: str
    language: str
    file: Path
    code: tuple[Cell, ...] = ()
    texts: tuple[Cell, ...] = ()
    broken: str = ""
    hidden: Path | None = None
    """A text of the same page, which nobody sees."""


def pages_of(course: Course) -> list[Page]:
    """Return the pages of a course and those that fit all courses, in the order of their files."""
    return sorted(
        (_page(*found) for found in course_pages(course.folder).items()), key=lambda page: page.file
    )


def _page(address: str, file: Path) -> Page:
    name, _, language = address.partition(".")
    hidden = doubled_by(file)
    try:
        cells = [(cell.kind, Cell(cell.place, cell.source)) for cell in page_cells(file)]
    except CourseError:
        return Page(name, language, file, broken="this is not a notebook that can be read; restore it.")
    return Page(
        name,
        language,
        file,
        tuple(cell for kind, cell in cells if kind == "code"),
        tuple(cell for kind, cell in cells if kind == "markdown"),
        hidden=hidden,
    )
