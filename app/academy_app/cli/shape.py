"""Finds wrong types and missing rights in a data folder: a file where a folder belongs, and the like.

Each is said with its mend, which depends on what it is: some things are made anew, others only a backup has.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from academy.data import MARK
from academy.errors import DataError
from academy_app.cli.words import _

__all__ = ["check_shape", "of_folder", "owner_of"]

FOLDERS = ("keys", "courses", "exercises", "runtime", "logs")
FILES = (MARK, "academy.sqlite", "academy.sqlite-shm", "keys/secret")
COURSE_FOLDERS = ("source", "release", "submitted", "autograded", "feedback", ".graded")
COURSE_FILES = ("gradebook.db", "nbgrader_config.py")
ONLY_IN_BACKUPS = ("academy.sqlite", "gradebook.db")


def check_shape(data: Path) -> None:
    """Raise DataError if a part of a data folder is a file instead of a folder, or a folder instead of a file.

    What only a running server needs is made where it is missing.
    """
    root = data.expanduser().absolute()
    try:
        known = list(_known(root))
        for place, is_folder in known:
            if place.exists() and place.is_dir() != is_folder:
                raise DataError(_of_kind(place, root))
    except PermissionError:
        return  # whoever needs what can't be looked at says so
    if (root / MARK).exists():
        with contextlib.suppress(OSError):
            (root / "runtime").mkdir(mode=0o700, exist_ok=True)


def of_folder(error: Exception, data: Path | None) -> str | None:
    """Return the sentence for an error that comes from the shape or the rights of a data folder, or None."""
    if data is None:
        return None
    root = data.expanduser().absolute()
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, OSError):
            for name in (found.filename2, found.filename):
                if isinstance(name, str) and (sentence := _of_place(Path(name), root, found)):
                    return sentence
        found = found.__cause__ or found.__context__
    return None


def owner_of(place: Path) -> str:
    """Return who a place belongs to: the name, or the number of somebody without one."""
    try:
        return place.owner()
    except (KeyError, OSError):
        return str(place.stat().st_uid)


def _known(root: Path) -> Iterator[tuple[Path, bool]]:
    """The places whose kind is known, and whether each is a folder."""
    for name in FOLDERS:
        yield root / name, True
    for name in FILES:
        yield root / name, False
    courses = root / "courses"
    for course in sorted(courses.iterdir()) if courses.is_dir() else ():
        for name in COURSE_FOLDERS:
            yield course / name, True
        for name in COURSE_FILES:
            yield course / name, False


def _of_place(place: Path, root: Path, error: OSError) -> str | None:
    if not place.is_relative_to(root) or place == root or not os.path.lexists(root / MARK):
        return None
    above = [folder for folder in reversed(place.parents) if folder != root and folder.is_relative_to(root)]
    if error.errno in (errno.EACCES, errno.EPERM):
        return next((_of_rights(each) for each in (*above, place) if _is_shut(each)), None)
    for folder in above:
        if os.path.lexists(folder) and not folder.is_dir():
            return _of_kind(folder, root)
    if (error.errno == errno.EISDIR and place.is_dir()) or (
        error.errno in (errno.EEXIST, errno.ENOTDIR) and place.is_file()
    ):
        return _of_kind(place, root)
    return None


def _is_shut(place: Path) -> bool:
    """Whether it is there and may not be used; what lies in a folder that is shut can't be told."""
    if not os.access(place, os.F_OK):
        return False
    return not os.access(place, os.R_OK | os.W_OK | (os.X_OK if place.is_dir() else 0))


def _of_rights(place: Path) -> str:
    return _(
        "{place} can't be read or written by you. It belongs to {owner}: run the command as that user, or give "
        "yourself the right."
    ).format(place=place, owner=owner_of(place))


def _of_kind(place: Path, root: Path) -> str:
    parts = place.relative_to(root).parts
    if parts[0] in ("runtime", "logs") or place.name == "academy.sqlite-shm":
        mend = _("Nothing in it is needed: stop the server, delete it, and run the command again.")
    elif place.name == MARK:
        mend = _("Delete it, and put an empty file of that name there.")
    elif parts[0] == "keys" or parts[-1] in ONLY_IN_BACKUPS or len(parts) < 3:
        mend = _("Move it away, and put back the one from the latest backup.")
    else:
        mend = _("Move it away, and run the command again: it is made anew.")
    if place.is_dir():
        return _("{place} is a folder, and a file belongs there. {mend}").format(place=place, mend=mend)
    return _("{place} is a file, and a folder belongs there. {mend}").format(place=place, mend=mend)
