"""Sample passports: the worked examples of all exercises, with what a sample changes in them."""

import copy
from pathlib import Path
from typing import Any

import yaml

from academy.course import Course, Exercise, Work
from academy.course.examples import example_of, flatten
from academy.course.lint.proving.cases import put

FOLDER = Path(__file__).with_name("samples")


def sample(course: Course, name: str | None = None) -> Work:
    """The answers of a sample by its name; without one those of the examples, which are the complete sample."""
    changed = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))["exercises"] if name else {}
    return Work(course, lambda exercise: answers(course.exercise(exercise), changed.get(exercise, {})))


def answers(exercise: Exercise, changed: dict[str, Any]) -> dict[str, Any]:
    """The flat answers of one exercise of a sample."""
    document = copy.deepcopy(example_of(exercise))
    for path, value in changed.get("change", {}).items():
        put(document, path, value)
    return flatten(exercise, document)
