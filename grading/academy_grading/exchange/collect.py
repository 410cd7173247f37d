"""`nbgrader collect`: write the submissions of the store where nbgrader grades them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.abc import ExchangeCollect
from nbgrader.utils import parse_utc

from academy.course import Work, load_course
from academy.data import file_lock
from academy.errors import CourseError
from academy.people.leaving import who_left
from academy.store import Answers, Submission
from academy.work import answers_of
from academy_grading.exchange.base import StoreExchange, said_time
from academy_grading.grades.names import write_names
from academy_grading.sources.course_root import PRIVATE
from academy_grading.sources.notebook import ANSWERS
from academy_grading.sources.readable_answers import readable_answers

__all__ = ["ANSWERS_FILE", "TIMESTAMP_FILE", "Collect", "submission_number"]

ANSWERS_FILE = "answers.json"
TIMESTAMP_FILE = "timestamp.txt"


def submission_number(folder: Path) -> int | None:
    """Return the number of the submission that lies in a folder, or None if it can't be told."""
    try:
        number = json.loads((folder / ANSWERS_FILE).read_text("utf-8"))["submission"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return number if isinstance(number, int) else None


class Collect(StoreExchange, ExchangeCollect):
    """Write `submitted/<person>/<exercise>/` for the newest submission of each person.

    Each folder has three files, written by us: the released notebook with the answers in it as text, the answers as
    data, and the time. It appears whole or not at all. What was collected before stays, unless `--update` is given
    and the person has submitted again. Who is in `anew` is written once more, into another released notebook.
    """

    anew: Collection[str] = ()

    def init_src(self) -> None:
        """Find the submissions. Raises CourseError for an exercise whose answers are for the person alone."""
        if self.course.has(self.exercise_id) and self.exercise.private:
            raise CourseError(PRIVATE.format(exercise=self.exercise_id))
        self.template = nbformat.read(self.released_notebook(), as_version=4)
        if not any(
            cell.metadata.get("nbgrader", {}).get("grade_id") == ANSWERS for cell in self.template.cells
        ):
            raise CourseError(
                f"release/{self.exercise_id} has no place for the answers. Run: academy build, then "
                f"nbgrader generate_assignment --force {self.exercise_id}"
            )
        self.answers = Answers(self.store, self.course_id)
        left = who_left(self.store, self.course_id)
        self.chosen = [
            item
            for item in self._newest().values()
            if self.wants(item.person_id) and item.person_id not in left
        ]

    def copy_files(self) -> None:
        """Write them."""
        if not self.chosen:
            self.log.warning("Nobody has submitted %s yet.", self.exercise_id)
        with file_lock(self.data.runtime / "collect.lock"):  # two graders may collect at once
            for submission in self.chosen:
                self._collect(submission)
        write_names(self.coursedir, self.store, [item.person_id for item in self.chosen])

    def _newest(self) -> dict[str, Submission]:
        """The newest submission of each person; with `before_duedate` the newest in time where there is one."""
        due = self._due() if self.before_duedate else None
        if due is None:
            return self.answers.latest_submissions(self.exercise_id)
        newest: dict[str, Submission] = {}
        for item in self.answers.submissions(self.exercise_id):
            if item.at <= due or item.person_id not in newest or newest[item.person_id].at > due:
                newest[item.person_id] = item
        return newest

    def _due(self) -> datetime | None:
        with Gradebook(self.coursedir.db_url, self.course_id) as gradebook:
            try:
                due = gradebook.find_assignment(self.exercise_id).duedate
            except MissingEntry:
                return None
        return due.replace(tzinfo=UTC) if due else None

    def _collect(self, submission: Submission) -> None:
        person = submission.person_id
        place = self.folder(self.coursedir.submitted_directory, person)
        there = place.is_dir()
        if there and not self._replaces(submission, place):
            again = "" if self.update else " Use --update to collect what was submitted since."
            self.log.info(
                "%s: submission %s is collected already.%s", person, submission_number(place), again
            )
            return
        self._write(submission, place)
        self.log.info("%s: collected submission %s.", person, submission.number)
        if submission.exercise_version != self.exercise.version and person not in self.anew:
            self.log.warning(
                "%s: submission %s answers an earlier version of %s. Today's checks and rubric are used: look at it "
                "with care.",
                person,
                submission.number,
                self.exercise_id,
            )

    def _replaces(self, submission: Submission, place: Path) -> bool:
        if submission.person_id in self.anew and submission_number(place) == submission.number:
            return True
        if self.before_duedate:
            return submission_number(place) != submission.number
        if not self.update:
            return False
        try:
            before = parse_utc((place / TIMESTAMP_FILE).read_text("utf-8").strip())
        except (OSError, ValueError):
            return True
        newer = before is None or submission.at.replace(tzinfo=None) > before
        return newer or submission.number > (submission_number(place) or 0)

    def _write(self, submission: Submission, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".collect-", dir=place.parent) as folder:
            new = Path(folder) / "new"
            new.mkdir()
            for name, text in self._files(submission).items():
                (new / name).write_text(text, "utf-8")
            if place.exists():
                place.rename(Path(folder) / "old")
            new.rename(place)

    def _files(self, submission: Submission) -> dict[str, str]:
        flat = self.answers.values_at(submission.person_id, self.exercise_id, submission.rev)
        everything = answers_of(self.store, self.course, submission.person_id, submission.at)
        others = {name: other for name, other in everything.items() if self._may_be_read(name)}
        document = {
            "course": self.course_id,
            "exercise": self.exercise_id,
            "exercise_version": submission.exercise_version,
            "person": submission.person_id,
            "submission": submission.number,
            "language": submission.language,
            "answers": flat,
            "work": others,
        }
        return {
            f"{self.exercise_id}.ipynb": self._notebook(flat, others, submission.language),
            ANSWERS_FILE: json.dumps(
                document, indent=1, sort_keys=True
            ),  # ASCII: any character can be in answers
            TIMESTAMP_FILE: said_time(submission.at),
        }

    def _may_be_read(self, name: str) -> bool:
        """Whether the answers of another exercise go along.

        Not those that are for the person alone; nor what the course does not know any more, or never asked: nobody
        can say whether that was.
        """
        known = self.course.has(name) and name != self.exercise_id
        return known and not self.course.exercise(name).private

    def _notebook(self, flat: dict[str, Any], others: dict[str, Any], language: str) -> str:
        """The released notebook with the answers as their writer saw them: in their language, and from its side."""
        course = load_course(self.course.folder, language)
        work = Work(course, lambda exercise: others.get(exercise, {}))
        notebook = nbformat.from_dict(self.template)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("grade_id") == ANSWERS:
                cell.source = readable_answers(course.exercise(self.exercise_id), flat, language, work)
        return str(nbformat.writes(notebook)) + "\n"
