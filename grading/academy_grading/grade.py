"""Grading workflow of `academy grade` and `academy feedback`: nbgrader's steps for one exercise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.abc import ExchangeError
from traitlets.config import Config

from academy.course import Course
from academy.data import DataFolder
from academy.errors import CourseError
from academy_grading.autograde.batch import Outcome, autograde_all
from academy_grading.autograde.log_capture import LogCapture
from academy_grading.autograde.prepare import prepare
from academy_grading.config import CONFIG_FILE, configure
from academy_grading.exchange import Collect, ReleaseFeedback
from academy_grading.exchange.collect import submission_number
from academy_grading.exchange.release_feedback import feedback_document
from academy_grading.feedback import FeedbackPages
from academy_grading.grades.grade_queries import grades_by_person
from academy_grading.sources.course_root import build_course
from academy_grading.sources.versions import VersionChange, graded_by

__all__ = ["Given", "Taken", "course_config", "feedback_exercise", "grade_exercise"]

Progress = Callable[[int, int], object]


@dataclass
class Taken:
    """What came of collecting and autograding an exercise."""

    collected: list[str] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)
    waiting: list[str] = field(default_factory=list)
    """Whose answers want a person's judgement."""
    changes: list[VersionChange] = field(default_factory=list)
    """What has changed in the exercise since it was last graded."""
    anew: list[str] = field(default_factory=list)
    """Who was graded by an earlier version of it, or nobody knows by which, and is now graded by this one."""
    differs: bool = False
    """Whether that is another version: what nobody knows about, such as after nbgrader's own autograde, is another only
    where it gave other points."""
    lost: bool = False
    """Whether the gradebook was gone and had to be made anew."""


@dataclass
class Given:
    """What came of giving feedback: people by what happened."""

    released: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Submitted and not autograded yet."""


def course_config(data: DataFolder, course: Course, *, kernel: bool = False) -> Config:
    """Return the configuration of a course's root, which is made if it is not there.

    `kernel` lets nbgrader's own kernel run submissions with code cells of somebody else's.
    """
    root = data.course_root(course.edition)
    if not (root / CONFIG_FILE).is_file():
        build_course(data, course)
    config = Config()
    configure(config, root / CONFIG_FILE)
    if kernel:
        config.ExecuteStoredCells.kernel_for_others = True
    return config


def grade_exercise(config: Config, exercise: str, *, again: bool, progress: Progress) -> Taken:
    """Collect what was submitted and autograde it, everybody by the version of the exercise that there is now.

    Raises CourseError with a sentence if it can't be graded or collected.
    """
    directory = _directory(config, exercise)
    ready = prepare(config, exercise)
    before = _numbers(directory, directory.submitted_directory)
    remarks = _exchange(Collect, config, directory, update=True, anew=ready.anew)
    after = _numbers(directory, directory.submitted_directory)
    behind = ready.graded.behind
    scored = {} if ready.known else _scores(directory, behind)
    outcome = autograde_all(
        config, exercise, again=again, behind=behind, asked=ready.graded.asked, progress=progress
    )
    outcome.remarks[:0] = remarks
    left = behind - set(outcome.graded)
    if left != behind:
        ready.graded.put(behind=left, asked=ready.graded.asked if left else frozenset())
    taken = Taken([person for person, number in after.items() if before.get(person) != number], outcome)
    taken.waiting = _waiting(directory)
    taken.changes, taken.lost = ready.changes, ready.lost
    taken.anew = sorted(behind & set(outcome.graded))
    same = set(taken.anew) - set(taken.collected)  # what was handed in since may have other points anyway
    now = {} if ready.known else _scores(directory, same)
    taken.differs = bool(taken.anew) and (
        ready.known or any(scored.get(name) != now.get(name) for name in same)
    )
    return taken


def feedback_exercise(config: Config, exercise: str, *, progress: Progress) -> Given:
    """Generate and release the feedback of everybody who is graded to the end.

    Who has it already, and nothing has changed since, is left alone.
    """
    directory = _directory(config, exercise)
    release: Any = ReleaseFeedback(coursedir=directory, config=config)
    graded, submitted = (
        _numbers(directory, step) for step in (directory.autograded_directory, directory.submitted_directory)
    )
    behind = graded_by(Path(directory.root), exercise).behind
    known = {name: number for name, number in graded.items() if number is not None}
    earlier = {name for name, number in submitted.items() if known.get(name) != number or name in behind}
    given = Given(missing=sorted(earlier | (graded.keys() - known.keys())))
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        marks = grades_by_person(gradebook, exercise)
    given.waiting = sorted(name for name in graded if name in marks and marks[name].needs_manual_grade)
    ready = sorted(known.keys() & marks.keys() - set(given.waiting) - behind)
    pages = FeedbackPages(config, exercise)
    written = _numbers(directory, directory.feedback_directory)
    what = release.exercise
    for done, person in enumerate(ready, 1):
        number = known[person]
        document = feedback_document(what, marks[person], number)
        if release.is_released(person, number, document) and written.get(person) == number:
            given.unchanged.append(person)
        else:
            pages.write(person, marks[person])
            release.put(person, number, document)
            given.released.append(person)
        progress(done, len(ready))
    return given


def _exchange(step: Any, config: Config, directory: Any, **options: Any) -> list[str]:
    """Do a step of the exchange and return what it had to remark. Raises CourseError with its sentence."""
    part = step(coursedir=directory, config=config)
    for name, value in options.items():
        setattr(part, name, value)
    with LogCapture(part.log) as heard:
        try:
            part.start()
        except ExchangeError as error:
            raise CourseError(str(error)) from error
    return heard.said


def _directory(config: Config, exercise: str) -> Any:
    return CourseDirectory(config=config, assignment_id=exercise)


def _numbers(directory: Any, step: str) -> dict[str, int | None]:
    """Everybody with a folder at a step, and the number of the submission in it."""
    pattern = Path(directory.format_path(step, "*", directory.assignment_id)).relative_to(directory.root)
    folders = sorted(Path(directory.root).glob(str(pattern)))
    there = [folder for folder in folders if not folder.parent.name.startswith(".")]
    return {folder.parent.name: submission_number(folder) for folder in there}


def _scores(directory: Any, people: Iterable[str]) -> dict[str, list[tuple[str, float]]]:
    """The points of each cell of some people."""
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        marks = grades_by_person(gradebook, directory.assignment_id)
    return {name: sorted((m.name, m.score) for m in marks[name].grades) for name in people if name in marks}


def _waiting(directory: Any) -> list[str]:
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        marks = grades_by_person(gradebook, directory.assignment_id)
    return sorted(person for person, mark in marks.items() if mark.needs_manual_grade)
