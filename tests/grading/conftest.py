"""What tests of grading share: a small course, a class that takes it, and nbgrader as formgrader calls it."""

import os
import shutil
from pathlib import Path

import pytest

from academy.course import load_course
from academy.data import DataFolder
from academy.store import open_store
from tests.grading.classroom import GOAL, Class

COURSE = """\
id: small-course
title: Small course
start: 2026-01-01
end: 2026-02-01
languages: [en, ar]
modules:
  - id: first
    title: First module
    minutes: 30
    activities:
      - {id: plan, title: Plan, minutes: 30, exercise: plan}
"""
EXERCISE = """\
id: plan
title: A plan
module: first
minutes: 30
summary: Say what you will do.
intro: |
  Write a **goal**. Read <https://example.org> first.
fields:
  - {id: goal, type: text, label: Your goal, words: [2, 40], required: true}
  - {id: town, type: line, label: Town}
  - id: way
    type: choice
    label: "Way | of working"
    options: [{id: course, label: A course}, {id: circle, label: A study circle}]
  - id: tools
    type: multi
    label: Tools
    options: [{id: phone, label: A phone}, {id: paper, label: Paper}]
  - {id: sure, type: scale, label: How sure are you?, range: [1, 5], low: not at all, high: very}
  - {id: people, type: number, label: How many people?, unit: people}
  - {id: begins, type: date, label: When does it begin?}
  - {id: agreed, type: bool, label: Is it agreed?}
  - id: steps
    type: table
    label: Steps
    rows: [0, 5]
    row_label: Step
    columns:
      - {id: what, type: text, label: What}
      - {id: who, type: line, label: Who}
rubric:
  - {id: clarity, label: Clarity, levels: [Vague., Getting there., Clear., Others could use it.]}
  - {id: reach, label: Reach, levels: [Few., Some., Many., Those left out.]}
"""
CHECKS = '''\
"""Checks of the small exercise."""
from academy.course import check

@check("has-goal", points=2, title="A goal is written", hint="What do you want to reach?", fields=["goal"])
def has_goal(answers):
    return bool(answers["goal"])

@check("steps", points=3, title="Three steps", hint="What comes next?", fields=["steps"])
def three_steps(answers):
    return min(len(answers["steps"]) / 3, 1)
'''


def write_course(place: Path) -> Path:
    """Write the files of the small course."""
    folder = place / "exercises" / "small-course"
    (folder / "plan").mkdir(parents=True)
    (folder / "course.yaml").write_text(COURSE, "utf-8")
    (folder / "plan" / "exercise.yaml").write_text(EXERCISE, "utf-8")
    (folder / "plan" / "checks.py").write_text(CHECKS, "utf-8")
    return folder


@pytest.fixture
def course_files(tmp_path, monkeypatch) -> Path:
    """The files of a small course, where the kit looks for courses."""
    folder = write_course(tmp_path)
    monkeypatch.setenv("ACADEMY_EXERCISES", str(folder.parent))
    return folder


@pytest.fixture
def small(course_files, tmp_path):
    """A data folder with the small course."""
    data = DataFolder.create(tmp_path / "data")
    store = open_store(data.store_url)
    yield Class(data, load_course(course_files), store)
    store.close()


@pytest.fixture
def exercise(course_files):
    return load_course(course_files).exercise("plan")


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory):
    """A new gradebook to copy: nbgrader takes seconds to make one, because it asks `alembic` for its version."""
    from nbgrader.api import Gradebook

    from academy_grading.grades.database import put_environment_first

    folder = tmp_path_factory.mktemp("gradebook")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.environ["PATH"])
        put_environment_first()
        Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "small-course").close()
    return folder / "gradebook.db"


@pytest.fixture
def nbgrader(small, empty_gradebook, monkeypatch):
    """nbgrader's API on the built course root, set up as formgrader sets it up."""
    return set_up(small, empty_gradebook, monkeypatch)


def set_up(small: Class, empty_gradebook: Path, monkeypatch: pytest.MonkeyPatch):
    """Build the course root of a class, and return nbgrader's API on it."""
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    from academy_grading.config import configure
    from academy_grading.sources.course_root import build_course

    monkeypatch.setenv("PATH", os.environ["PATH"])
    build_course(small.data, small.course)
    root = small.data.course_root(small.course.edition)
    shutil.copy(empty_gradebook, root)
    config = Config()
    configure(config, root / "nbgrader_config.py")
    return NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)


@pytest.fixture
def ready(nbgrader):
    """The exercise is generated."""
    assert nbgrader.generate_assignment("plan")["success"]
    return nbgrader


@pytest.fixture
def one(ready, small):
    """One submission, collected."""
    small.submit("p-one", "plan", GOAL)
    assert ready.collect("plan")["success"]
    return small.root / "submitted" / "p-one" / "plan"
