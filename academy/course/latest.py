"""Course cache of long-lived processes: reloads a course when its files change, keeps the last one that was valid."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from academy.course.files.course_stamp import course_stamp
from academy.course.load import load_course
from academy.course.model import Course
from academy.errors import CourseError

__all__ = ["LatestCourse", "fault", "load_or_keep"]

log = logging.getLogger("academy.course")
LOOK_SECONDS = 0.05
"""For so long what was read is new enough: however many ask, looking takes a hundredth of a core."""
STAYS = "The course stays as it was until its files can be read again.\n%s"

_kept: dict[tuple[str, str | None], Course] = {}


def load_or_keep(course: str | Path, language: str | None = None) -> Course:
    """Load a course; while its files are broken, return it as this process, or the one it was forked from, had it last.

    Somebody saves half of a change while people learn, or files come that only a newer kit can read: that is no reason
    to show them an error. A language that was not read before is then given in the course's own. Raises CourseError
    where there never was a version that could be read.
    """
    key = (str(course), language)
    try:
        _kept[key] = load_course(course, language)
    except Exception as error:
        kept = _kept.get(key) or _kept.get((str(course), None))
        if kept is not None:
            return kept
        if isinstance(error, CourseError):
            raise
        raise CourseError(_unread(course, error)) from error
    return _kept[key]


def fault(course: str | Path) -> str:
    """Return what is wrong with the files of a course, with the file and the place in it; empty if nothing is."""
    try:
        load_course(course)
    except CourseError as error:
        return str(error)
    except Exception as error:  # files that a newer kit reads may break anything
        return _unread(course, error)
    return ""


def _unread(course: str | Path, error: Exception) -> str:
    return f"{course}: its files can't be read ({type(error).__name__}: {error})."


class LatestCourse:
    """One course in its languages. Calling it is quick and touches no file; `look` reads what has changed.

    All languages change together. `version` rises with each change that was read.
    """

    def __init__(self, course: str | Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._course, self._clock = course, clock
        self._lock = threading.Lock()
        self._stamp = course_stamp(course)
        self._courses: dict[str | None, Course] = {None: load_course(course)}
        self._looked = clock()
        self.version = 0

    def __call__(self, language: str | None = None) -> Course:
        """Return the course in a language, or in its own."""
        courses = self._courses
        if language not in courses:
            try:
                courses[language] = load_or_keep(self._course, language)
            except CourseError as error:
                log.warning(STAYS, error)
                courses[language] = courses[None]  # until a look finds files that can be read
        return courses[language]

    @property
    def due(self) -> bool:
        """Whether it is time to look again."""
        return self._clock() - self._looked >= LOOK_SECONDS

    def look(self) -> None:
        """Read the course if its files have changed, in every language that was asked for. Safe in any thread."""
        with self._lock:
            if not self.due:
                return
            self._looked = self._clock()
            stamp = course_stamp(self._course)
            if stamp == self._stamp:
                return
            self._stamp = stamp
            try:
                read = {language: load_course(self._course, language) for language in list(self._courses)}
            except Exception as error:  # whatever is in the files, people go on with what there was
                log.warning(STAYS, error)
                return
            self._courses = read
            self.version += 1
