import shutil
from pathlib import Path

import pytest

from academy.content import courses_root
from academy.course import load_course
from tests.course.chained import write

COURSE = """
id: small-course
title: A small course
start: 2026-03-09
end: 2026-04-03
languages: [en, ar]
modules:
  - id: one
    title: Module one
    minutes: 60
    activities:
      - {id: first-steps, title: First steps, minutes: 60, exercise: first-steps}
lists:
  colours:
    - {id: red, label: Red}
    - {id: blue, label: Blue}
"""
EXERCISE = """
id: first-steps
module: one
title: First steps
minutes: 60
fields:
  - {id: story, type: text, label: Story, words: [2, 4], required: true}
  - {id: name, type: line, label: Name, chars: 10}
  - {id: colour, type: choice, label: Colour, options: colours, required: true}
  - {id: several, type: multi, label: Several, options: colours, choose: [1, 1]}
  - {id: rating, type: scale, label: Rating, range: [1, 5], low: little, high: much}
  - {id: share, type: number, label: Share, range: [0, 100], unit: "%"}
  - {id: day, type: date, label: Day, earliest: 2026-01-01}
  - {id: agreed, type: bool, label: Agreed}
  - {id: office, type: email, label: Office}
  - id: people
    type: table
    label: People
    rows: [1, 2]
    required: true
    columns:
      - {id: who, type: line, label: Who, required: true}
      - {id: size, type: number, label: How many}
  - {id: chosen, type: ref, label: Chosen, of: first-steps.people, choose: [1, 2]}
  - {id: total, type: computed, label: Total, compute: total}
rubric:
  - {id: clear, label: Clear, levels: [a, b, c, d]}
"""
CHECKS = """
from academy.course import Finding, check, computed

@check("has-story", points=2, title="A story", hint="What happened?", fields=["story"])
def has_story(answers):
    return bool(answers["story"])

@check("two-people", points=4, title="Two people", hint="Who else?", fields=["people"])
def two_people(answers):
    return len(answers["people"]) / 2

@check("sized", title="Sizes", hint="How many are they?", asks=False)
def sized(answers, exercise):
    missing = [f"people/{row['_id']}/size" for row in answers["people"] if row["size"] is None]
    return Finding(0 if missing else 1, missing)

@computed("total")
def total(answers):
    return sum(row["size"] or 0 for row in answers["people"])
"""
ARABIC = """
title: الخطوات الأولى
fields:
  story: {label: القصة}
  colour: {options: {red: أحمر}}
  people: {columns: {who: {label: من}}}
rubric:
  clear: {label: واضح, levels: [أ, ب, ج, د]}
checks:
  has-story: {title: قصة, hint: ماذا حدث؟}
"""


def written(below: Path) -> Path:
    """Write a small course with every type of field below a folder and return its own folder."""
    folder = below / "small-course"
    (folder / "first-steps").mkdir(parents=True)
    (folder / "course.yaml").write_text(COURSE, "utf-8")
    (folder / "first-steps" / "exercise.yaml").write_text(EXERCISE, "utf-8")
    (folder / "first-steps" / "checks.py").write_text(CHECKS, "utf-8")
    (folder / "first-steps" / "ar.yaml").write_text(ARABIC, "utf-8")
    return folder


@pytest.fixture
def small(tmp_path):
    """The folder of a small course with every type of field."""
    return written(tmp_path)


@pytest.fixture
def exercise(small):
    return load_course(small).exercise("first-steps")


@pytest.fixture
def flagship_copy(tmp_path) -> Path:
    """A copy of the flagship course that a test may break."""
    copy = tmp_path / "innovative-workers-education"
    shutil.copytree(courses_root() / "innovative-workers-education", copy)
    return copy


@pytest.fixture
def chained(tmp_path) -> Path:
    """The folder of a course whose exercises build on each other."""
    return write(tmp_path)
