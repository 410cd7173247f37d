"""The pages of a course as the linter reads them: cells of code and cells of text. The one place that knows files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from academy.course.model import Course

__all__ = ["Cell", "Page", "pages_of"]


@dataclass(frozen=True)
class Cell:
    """A cell of a page: its id, and what stands in it."""

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


def pages_of(course: Course) -> list[Page]:
    """Return the pages of a course and those of all courses, in the order of their files."""
    folder = course.folder.parent.parent / "notebooks"
    if not folder.is_dir():
        return []
    return [
        _page(file, folder)
        for file in sorted(folder.rglob("*.ipynb"))
        if ".ipynb_checkpoints" not in file.parts
    ]


def _page(file: Path, folder: Path) -> Page:
    stem, _, language = file.stem.partition(".")
    name = (file.parent.relative_to(folder) / stem).as_posix()
    try:
        cells = [
            (cell.get("cell_type", "code"), Cell(str(cell.get("id", number)), "".join(cell["source"])))
            for number, cell in enumerate(json.loads(file.read_text("utf-8"))["cells"], 1)
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Page(name, language, file, broken="this is not a notebook that can be read; restore it.")
    return Page(
        name,
        language,
        file,
        tuple(cell for kind, cell in cells if kind == "code"),
        tuple(cell for kind, cell in cells if kind == "markdown"),
    )
