"""Begins a course: from the template, or from a course that is there, with its translations and pages."""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

from academy.content import FLAGSHIP, course_folder, course_folders, is_general, notebooks_root
from academy.course.files.pages import PAGES, page_files
from academy.errors import CourseError
from academy_app.cli.words import _

__all__ = ["begin_course"]

TEMPLATE = Path(__file__).parents[1] / "course_template"
_ID = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*")


def begin_course(course_id: str, root: Path, like: str | None = None, today: date | None = None) -> Path:
    """Make a course in a folder below `root` and return it: the template's, or that of a course (id or folder).

    A new one from the template begins next Monday. Raises CourseError where the id can't be one or is taken, or there
    is no course to begin from.
    """
    _check_id(course_id, root)
    source = TEMPLATE if like is None else course_folder(like)
    if not (source / "course.yaml").is_file():
        there = ", ".join(course_folders())
        raise CourseError(
            _("There is no course {course}. There are: {courses}").format(course=like, courses=there)
        )
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=root) as draft:
        made = Path(draft) / course_id
        shutil.copytree(source, made, ignore=_LEFT_OUT)
        _take_pages(source, made)
        start = None if like else _next_monday(today or date.today())
        _write_head(made / "course.yaml", course_id, start)
        made.rename(root / course_id)
    return root / course_id


def _check_id(course_id: str, root: Path) -> None:
    if not _ID.fullmatch(course_id) or len(course_id) > 64:
        raise CourseError(
            _(
                "{id} can't be the id of a course: it begins with a small letter, and has small letters, digits and "
                "hyphens, such as safe-at-work."
            ).format(id=course_id)
        )
    taken = course_folders().get(course_id) or root / course_id
    if taken.exists():
        raise CourseError(_("{folder} is there already. Choose another id.").format(folder=taken))


def _take_pages(source: Path, made: Path) -> None:
    """Copy the pages that lie elsewhere: the flagship's are among the general ones."""
    if source.name != FLAGSHIP:
        return
    beside = source.parent.parent / "notebooks"
    for name, file in page_files(source, beside if beside.is_dir() else notebooks_root()).items():
        if not is_general(name.partition(".")[0]) and not file.is_relative_to(source):
            target = made / PAGES / f"{name}{file.suffix}"
            target.parent.mkdir(exist_ok=True)
            shutil.copy(file, target)


def _write_head(file: Path, course_id: str, start: date | None) -> None:
    """Put the id, and the dates of a course that begins anew, into `course.yaml`; all else stays as it is written."""
    said = {"id": course_id}
    if start is not None:
        said |= {"start": start.isoformat(), "end": (start + timedelta(weeks=4, days=-1)).isoformat()}
    text = file.read_text("utf-8")
    for key, value in said.items():
        text = re.sub(rf"(?m)^{key}:[^\n#]*", f"{key}: {value}", text, count=1)
    file.write_text(text, "utf-8")


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())
