"""A class that writes: people and their submissions, through the store as the form uses it."""

import uuid
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from academy.course import Course
from academy.data import DataFolder
from academy.store import Answers, Edit, Store, Submission
from tests.support.people import enrolled

GOAL = {"goal": "Reach night workers"}


@dataclass
class Class:
    """A data folder with an edition of a course, and people who write."""

    data: DataFolder
    course: Course
    store: Store
    known: set[str] = field(default_factory=set)

    @property
    def root(self) -> Path:
        return self.data.course_root(self.course.edition)

    @property
    def answers(self) -> Answers:
        return Answers(self.store, self.course.edition)

    def person(self, person_id: str, name: str = "", language: str = "en") -> str:
        if person_id not in self.known:
            with self.store.write() as session:
                enrolled(session, self.course.edition, person_id, name=name or person_id, language=language)
            self.known.add(person_id)
        return person_id

    def submit(self, person_id: str, exercise: str, flat: dict, language: str = "en") -> Submission:
        """Save and submit as the form does."""
        self.person(person_id, language=language)
        edits = [Edit(uuid.uuid4().hex, path, value) for path, value in flat.items()]
        self.answers.save(person_id, exercise, edits)
        version = self.course.exercise(exercise).version
        return self.answers.submit(person_id, exercise, uuid.uuid4().hex, version, language)


def flat(rows: list[dict], table: str = "map") -> dict:
    """Rows of a table as the form saves them."""
    answers: dict = {table: [f"r{number}" for number in range(1, len(rows) + 1)]}
    for number, row in enumerate(rows, 1):
        answers |= {f"{table}/r{number}/{column}": value for column, value in row.items()}
    return answers


def example(file: Path) -> dict:
    """A worked example of an exercise as flat answers."""
    return flat(yaml.safe_load(file.read_text("utf-8"))["answers"]["map"])
