"""Prepares a data folder for serving. Every step is idempotent."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from academy.course import Course, load_course
from academy.editions import Editions, load_edition
from academy.errors import AccessError, CourseError, PeopleError
from academy.people import Person
from academy.store import EditionSettings, Releases
from academy_app.cli.options import Opened, which_course, which_edition
from academy_app.cli.words import _
from academy_app.quick_imports import without_grammars

if TYPE_CHECKING:
    from academy.people import People

__all__ = ["Ready", "prepare", "prepare_all", "release_with_nbgrader"]

AT_START = "at_start"
JOIN_OPEN = "join.open"


@dataclass(frozen=True)
class Ready:
    """A data folder whose course can be served."""

    course: Course
    facilitator: Person


Releaser = Callable[[Path, list[str]], tuple[list[str], str | None]]
"""Releases exercises of a course root; returns those it did, and why it stopped if it did."""


def release_with_nbgrader(root: Path, exercises: list[str]) -> tuple[list[str], str | None]:
    """Let nbgrader generate and release exercises; return those it did, and why it stopped if it did."""
    words = [sys.executable, "-m", "academy_app.cli.commands.release", *exercises]
    ended = subprocess.run(  # noqa: S603 – our own words, no shell
        words, cwd=root, capture_output=True, text=True, errors="replace", check=False
    )
    done = [line for line in ended.stdout.splitlines() if line in exercises]
    if not ended.returncode:
        return done, None
    said = [line for line in ended.stderr.splitlines() if line.strip()] or [""]
    failed = next(exercise for exercise in exercises if exercise not in done)
    return done, _(
        "{exercise} could not be opened. To see why, run in {folder}: nbgrader generate_assignment {exercise}\n{said}"
    ).format(exercise=failed, folder=root, said=said[-1])


def prepare(
    folder: Opened,
    edition: str | None = None,
    *,
    facilitator: str | None = None,
    release: Releaser | None = release_with_nbgrader,
    tell: Callable[[str], None] = lambda _: None,
) -> Ready:
    """Make an edition's facilitator, join code and course root, and open the exercises that open at the start.

    What is there already stays as it is: a join code that was closed stays closed, an exercise that was withdrawn
    stays withdrawn. Without `release` exercises stay closed until nbgrader releases them.
    Raises CourseError if the course can't be loaded or built.
    """
    folder.data.check_room()
    course = _begin(folder, edition)
    folder = replace(folder, chosen=course.edition)
    settings = EditionSettings(folder.store, course.edition)
    folder.people.set_end(_end(course))
    person = _facilitator(folder.people, facilitator or _("Facilitator"))
    if settings.get(JOIN_OPEN) is None:
        folder.people.open_join()
    _build(folder, course, tell)
    _open_at_start(folder, course, release, tell)
    return Ready(course, person)


def prepare_all(
    folder: Opened, course: str | None = None, *, tell: Callable[[str], None] = lambda _: None
) -> list[Ready]:
    """Prepare every edition that is not closed; one whose course can't be read is told about, and left out.

    `course` is the course to begin with where there is no edition yet. Raises CourseError if none can be prepared.
    """
    first = _begin(folder, course).edition if course or not Editions(folder.store).all() else None
    going = [edition.id for edition in Editions(folder.store).all() if not edition.closed]
    ready, faults = [], []
    for edition in sorted(going, key=lambda each: each != first):
        try:
            ready.append(prepare(folder, edition, tell=tell))
        except CourseError as error:
            faults.append(error)
    if faults and not ready:
        raise faults[0]
    for fault in faults:
        tell(str(fault))
    return ready


def _begin(folder: Opened, chosen: str | None) -> Course:
    """Return the course of the edition that is meant; the first edition is made where there is none."""
    editions = Editions(folder.store, _)
    there = [edition.id for edition in editions.all()]
    if not there or (chosen and chosen not in there):
        editions.ensure(load_course(which_course(chosen)))
    return load_edition(folder.store, chosen or which_edition(None, folder.store))


def _end(course: Course) -> datetime:
    """The last moment of the course's last day, where the course is at home."""
    try:
        zone = ZoneInfo(course.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return datetime.combine(course.end, time.max, zone)


def _facilitator(people: People, name: str) -> Person:
    """The facilitator whose link is shown: the first whose link works, or whose link has only expired."""
    there = sorted(people.all("facilitator"), key=lambda person: person.created_at)
    for person in there:
        if people.works(person.id):
            return person
    for person in there:
        if person.active and _expired(people, person):
            people.renew(person.id)
            return person
    return people.add(name, role="facilitator").person


def _expired(people: People, person: Person) -> bool:
    """Whether the person has a link that nobody revoked."""
    try:
        people.by_link(people.link_and_code(person.id)[0])
    except PeopleError:
        return False
    except AccessError:
        return True
    return False


def _build(folder: Opened, course: Course, tell: Callable[[str], None]) -> None:
    """Write the nbgrader sources that are not there yet."""
    root = folder.data.course_root(course.edition)
    missing = [
        exercise.id
        for exercise in course.exercises
        if not exercise.private and not (root / "source" / exercise.id / f"{exercise.id}.ipynb").is_file()
    ]
    if missing or not (root / "nbgrader_config.py").is_file():
        tell(_("Building the course…"))
        with without_grammars():
            from academy_grading.sources.course_root import build_course

        build_course(folder.data, course, missing)


def _open_at_start(
    folder: Opened, course: Course, release: Releaser | None, tell: Callable[[str], None]
) -> None:
    """Release the exercises that open at the start, each once in the life of the data folder."""
    settings = EditionSettings(folder.store, course.edition)
    opened: list[str] = settings.get(AT_START, [])
    new = [each for each in course.exercises if each.release == "at-start" and each.id not in opened]
    if not new:
        return
    wanted = [exercise.id for exercise in new]
    failure = None
    if release is not None:
        tell(_("Opening {exercises}…").format(exercises=", ".join(exercise.title for exercise in new)))
        graded = [exercise.id for exercise in new if not exercise.private]
        released, failure = release(folder.data.course_root(course.edition), graded) if graded else ([], None)
        alone = [exercise.id for exercise in new if exercise.private]  # nbgrader does not know of them
        for exercise_id in alone:
            Releases(folder.store, course.edition).release(exercise_id)
        wanted = [*released, *alone]
    settings.set(AT_START, [*opened, *wanted])
    if failure:
        raise CourseError(failure)
