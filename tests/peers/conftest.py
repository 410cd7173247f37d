"""A small course with one round of reviews, and people in it."""

import datetime as dt
import secrets

import pytest

from academy.course import load_course
from academy.peers.rounds import Round
from academy.people import People, Teams
from academy.store import Answers, Edit, Releases, open_store
from tests.peers.small import small_course


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.now = dt.datetime(2026, 3, 25, 12, tzinfo=dt.UTC)

    def __call__(self):
        return self.now

    def forward(self, **time):
        self.now += dt.timedelta(**time)


class Class:
    """The course, its people and their round."""

    def __init__(self, folder, url, clock=None):
        self.course = load_course(folder)
        self.store = open_store(url)
        self.people = People(self.store, b"s" * 32, self.course.id)
        self.teams = Teams(self.store, self.course.id)
        self.answers = Answers(self.store, self.course.id)
        self.clock = clock or Clock()
        self.round = Round(self.store, self.course, self.course.exercise("idea-reviews"), self.clock)
        Releases(self.store, self.course.id).release("idea-reviews")

    def join(self, *names):
        return [self.people.add(name).person.id for name in names]

    def submit(self, owner, text="A study circle at the port"):
        self.answers.save(owner, "idea", [Edit(secrets.token_hex(6), "what", text)])
        return self.answers.submit(owner, "idea", secrets.token_hex(6), "v1", "en")

    def write(self, task, star="It begins with the night shift", wish="Say how you reach them", level=3):
        edits = {"star": star, "wish": wish, "level": level}
        rows = self.answers.draft(task.reviewer, "idea-reviews").values.get("reviews", [])
        changes = [("reviews", [*rows, *([] if task.row in rows else [task.row])])]
        changes += [(f"reviews/{task.row}/{name}", value) for name, value in edits.items()]
        sent = [Edit(secrets.token_hex(6), path, value) for path, value in changes]
        return self.answers.save(task.reviewer, "idea-reviews", sent).rev

    def give(self, reviewer, **answers):
        task = self.round.next_for(reviewer)
        return None if task is None else self.round.finish(reviewer, task.key, self.write(task, **answers))


@pytest.fixture
def course_folder(tmp_path):
    return small_course(tmp_path)


@pytest.fixture
def group(course_folder, tmp_path):
    made = Class(course_folder, tmp_path / "academy.sqlite")
    yield made
    made.store.close()
