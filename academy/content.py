"""Locates content: courses and pages, of one's own in the data folder, of the kit in the checkout or the package."""

from __future__ import annotations

import os
from pathlib import Path

from academy.errors import DataError

__all__ = [
    "FLAGSHIP",
    "course_folder",
    "course_folders",
    "courses_root",
    "in_both_places",
    "is_general",
    "kit_notebooks",
    "notebooks_root",
    "own_courses_root",
    "use_data",
]

FLAGSHIP = "innovative-workers-education"
"""The course whose pages are all of `notebooks/`."""
GENERAL_PAGES = frozenset({"home", "passport"})
GENERAL_FOLDER = "facilitator"
"""What of `notebooks/` fits any course: these pages, and those in this folder."""

_PACKAGE = Path(__file__).resolve().parent
_data: Path | None = None


def use_data(folder: str | os.PathLike[str] | None) -> None:
    """From now on look for courses in this data folder first; None leaves it to `ACADEMY_DATA`.

    Processes that are started from here learn the folder from that variable.
    """
    global _data
    _data = None if folder is None else Path(folder).expanduser().absolute()


def own_courses_root() -> Path | None:
    """Return where courses of one's own lie, `exercises/` in the data folder, whether it is there or not; None where no
    data folder is known."""
    told = os.environ.get("ACADEMY_DATA")
    data = _data or (Path(told).expanduser().absolute() if told else None)
    return data / "exercises" if data else None


def courses_root() -> Path:
    """Return the folder of the kit's own courses: `ACADEMY_EXERCISES`, the checkout's, or the installed one."""
    if chosen := os.environ.get("ACADEMY_EXERCISES"):
        return Path(chosen)
    beside = _PACKAGE.parent / "exercises"
    return beside if beside.is_dir() else _PACKAGE / "_content" / "exercises"


def course_folders() -> dict[str, Path]:
    """Return the folder of each course by its id, in order of the ids.

    Where a course stands in the data folder and in the kit, that of the data folder counts.
    """
    found: dict[str, Path] = {}
    for root in reversed(_roots()):
        found |= {file.parent.name: file.parent for file in root.glob("*/course.yaml")}
    return dict(sorted(found.items()))


def course_folder(course: str | os.PathLike[str]) -> Path:
    """Return the folder of a course that is named by its id or its folder, whether there is a course in it or not."""
    name, folder = os.fspath(course), Path(course)
    if Path(name).name == name:
        for root in _roots():
            if (root / name / "course.yaml").is_file():
                return root / name
    return folder if folder.is_dir() else courses_root() / name


def in_both_places() -> dict[str, tuple[Path, Path]]:
    """Return courses that stand twice: the folder that counts, in the data folder, and the one that doesn't."""
    own = own_courses_root()
    if own is None or own == courses_root():
        return {}
    both = sorted(file.parent for file in own.glob("*/course.yaml"))
    kit = courses_root()
    return {
        here.name: (here, kit / here.name) for here in both if (kit / here.name / "course.yaml").is_file()
    }


def notebooks_root() -> Path:
    """Return the folder of general pages: `ACADEMY_NOTEBOOKS`, the checkout's or the installed. Raises DataError."""
    if chosen := os.environ.get("ACADEMY_NOTEBOOKS"):
        return Path(chosen).expanduser().absolute()
    if place := kit_notebooks():
        return place
    raise DataError("The notebooks are missing. Install the package again.")


def kit_notebooks() -> Path | None:
    """Return the kit's own folder of pages, the checkout's or the installed one."""
    places = (_PACKAGE.parent / "notebooks", _PACKAGE / "_content" / "notebooks")
    return next((place for place in places if place.is_dir()), None)


def is_general(page: str) -> bool:
    """Whether a page of `notebooks/` fits any course, by its path without ending and language."""
    return page in GENERAL_PAGES or page.startswith(f"{GENERAL_FOLDER}/")


def _roots() -> list[Path]:
    """The folders of courses, the one that counts first."""
    own = own_courses_root()
    return [*([own] if own else []), courses_root()]
