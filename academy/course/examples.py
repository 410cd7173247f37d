"""Worked examples: one fictional person's answers to every exercise of a course."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from academy.course.files.shared_parts import merged
from academy.course.files.yaml_files import read_yaml
from academy.course.model import Course, Exercise
from academy.course.work import Work

__all__ = ["example_of", "example_work", "flatten", "read_example"]


def read_example(file: Path) -> dict[str, Any]:
    """Return the answers of a worked example. Raises ValueError if the file has none."""
    raw = read_yaml(file)
    answers = raw.get("answers") if isinstance(raw, dict) else None
    if not isinstance(answers, dict):
        raise ValueError("write the answers below the key “answers”.")
    return answers


def flatten(exercise: Exercise, answers: dict[str, Any]) -> dict[str, Any]:
    """Return a document of answers by path, with rows r1, r2, … Raises ValueError for a name that is not asked."""
    flat: dict[str, Any] = {}
    for name, value in answers.items():
        field = exercise.field(name)
        if field is None:
            raise ValueError(f"the exercise has no field {name}.")
        if not field.is_table:
            flat[name] = value
            continue
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise ValueError(f"{name} is a table; write its rows as a list of keys and values.")
        flat[name] = [f"r{n}" for n in range(1, len(value) + 1)]
        for n, row in enumerate(value, 1):
            for key, cell in row.items():
                if field.column(key) is None:
                    raise ValueError(f"the table {name} has no column {key}.")
                flat[f"{name}/r{n}/{key}"] = cell
    return flat


def example_of(exercise: Exercise, language: str = "") -> dict[str, Any]:
    """Return the worked example of an exercise as a document, in a language where it has one; else an empty one.

    An exercise that is `like` another and has no example of its own shows that one's.
    """
    folders = [exercise.folder]
    if exercise.like:
        _, base = merged({"like": exercise.like}, exercise.folder)
        folders.append(base)
    for folder in folders:
        for name in (f"example.{language}.yaml", "example.yaml"):
            if (folder / name).is_file():
                return read_example(folder / name)
    return {}


def example_work(
    course: Course, language: str = "", instead: Mapping[str, Mapping[str, Any]] | None = None
) -> Work:
    """Return the worked examples of all exercises as one person's work.

    `instead` has answers that take the place of the example's, by exercise. Raises ValueError where they do not fit.
    """
    changed = instead or {}
    for name in changed:
        if not course.has(name):
            raise ValueError(f"work names {name}, which is no exercise of the course.")
        flatten(course.exercise(name), dict(changed[name]))

    def read(exercise_id: str) -> Mapping[str, Any]:
        exercise = course.exercise(exercise_id)
        try:
            answers = example_of(exercise, language)
            return flatten(exercise, {**answers, **changed.get(exercise_id, {})})
        except ValueError:  # that is said where this example is looked at itself
            return flatten(exercise, dict(changed.get(exercise_id, {})))

    return Work(course, read)
