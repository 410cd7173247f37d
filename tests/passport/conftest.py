"""A course with a passport, and a person who fills it in."""

import uuid

import pytest

from academy.course import load_course
from academy.course.examples import flatten
from academy.data import DataFolder
from academy.store import Answers, Edit, open_store
from tests.course.chained import EXAMPLES, write
from tests.support.people import enrolled

PLAN = """
title: Our passport
stamps_without: [diary-2]
pages:
  - {id: holder, code: P1, title: Holder, shows: [groups.union, groups.reach]}
  - id: people
    code: P3
    title: People
    shows:
      - {of: groups.people, columns: [name]}
      - plan.names
      - plan.tool
      - {picture: plan.minutes}
  - {id: stamps, code: P8, title: Stamps, part: stamps}
  - {id: diary, code: P10, title: Diary, shows: [{of: diary-1.happened, only_if: diary-1.share}]}
thread:
  spine: step
  stations:
    - {id: union, label: Union, of: groups.union, empty: Say which union you are.}
    - {id: group, label: Group, of: groups.people, used: true, empty: No group is named.}
    - id: step
      label: Step
      of: plan.steps
      by: plan.steps.whom
      empty: No step is planned.
      loose: "“{name}” is for no group."
    - {id: tool, label: Tool, of: plan.tool, optional: true, empty: never said}
    - id: next
      label: What follows
      of: plan.steps
      by: plan.steps.after
      to: step
      broken: "Nothing follows “{name}”."
"""
ARABIC = "passport: {title: جوازنا, thread: {stations: {step: {empty: لا خطوة بعد.}}}}\n"
STEPS = [
    {"what": "Meet", "minutes": 30, "whom": ["r1"]},
    {"what": "Ask", "minutes": 20, "whom": ["r1", "r2"], "after": ["r1"]},
    {"what": "Tell", "minutes": 10, "whom": ["r2"], "after": ["r2"]},
]
FULL = {
    "groups": EXAMPLES["groups"],
    "plan": EXAMPLES["plan"] | {"steps": STEPS},
    "diary-1": {"happened": "We met.\n\nIt rained.", "share": True},
}


@pytest.fixture
def folder(tmp_path):
    """The course of two steps, whose steps say for whom they are, with a passport."""
    course = write(tmp_path)
    plan = course / "plan" / "exercise.yaml"
    text = plan.read_text().replace(
        "      - {id: load,",
        "      - {id: whom, type: ref, label: Whom, of: groups.people, choose: [1, 2]}\n      - {id: load,",
    )
    plan.write_text(text)
    diary = course / "diary-1" / "exercise.yaml"
    diary.write_text(diary.read_text() + "  - {id: share, type: bool, label: Show it}\npersonal: true\n")
    (course / "passport.yaml").write_text(PLAN, "utf-8")
    (course / "ar.yaml").write_text((course / "ar.yaml").read_text("utf-8") + ARABIC, "utf-8")
    return course


@pytest.fixture
def course(folder):
    return load_course(folder)


@pytest.fixture
def data(tmp_path):
    return DataFolder.create(tmp_path / "data")


@pytest.fixture
def store(data):
    store = open_store(data.store_url)
    with store.write() as session:
        enrolled(session, "chained", "p-amina", "p-bao")
    yield store
    store.close()


class Writer:
    """A person who writes and submits as the form does."""

    def __init__(self, store, course, person="p-amina"):
        self.store, self.course, self.person = store, course, person
        self.answers = Answers(store, course.id)

    def write(self, exercise, **values):
        self.put(exercise, {name.replace("__", "/"): value for name, value in values.items()})

    def put(self, exercise, flat):
        edits = [Edit(uuid.uuid4().hex, path, value) for path, value in flat.items()]
        self.answers.save(self.person, exercise, edits)

    def fill(self, *exercises, answers=FULL):
        for name in exercises:
            self.put(name, flatten(self.course.exercise(name), answers[name]))

    def submit(self, *exercises):
        for name in exercises:
            self.answers.submit(self.person, name, uuid.uuid4().hex, self.course.exercise(name).version)


@pytest.fixture
def amina(store, course):
    return Writer(store, course)
