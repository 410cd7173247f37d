"""Locates content: courses and pages, in the checkout or beside the installed package."""

from __future__ import annotations

import os
from pathlib import Path

from academy.errors import DataError

__all__ = ["courses_root", "notebooks_root"]

_PACKAGE = Path(__file__).resolve().parent


def courses_root() -> Path:
    """Return the folder with one folder for each course: `ACADEMY_EXERCISES`, the checkout's, or the installed one."""
    if chosen := os.environ.get("ACADEMY_EXERCISES"):
        return Path(chosen)
    beside = _PACKAGE.parent / "exercises"
    return beside if beside.is_dir() else _PACKAGE / "_content" / "exercises"


def notebooks_root() -> Path:
    """Return the folder of the pages: `ACADEMY_NOTEBOOKS`, the checkout's, or the installed one. Raises DataError."""
    if chosen := os.environ.get("ACADEMY_NOTEBOOKS"):
        return Path(chosen).expanduser().absolute()
    for place in (_PACKAGE.parent / "notebooks", _PACKAGE / "_content" / "notebooks"):
        if place.is_dir():
            return place
    raise DataError("The notebooks are missing. Install the package again, or set ACADEMY_NOTEBOOKS.")
