"""Answers of an invented person: a worked example, told as another union's story and varied by chance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from academy.course import Exercise
from academy.course.examples import example_of, flatten
from academy.course.fields import Column
from academy.course.load import read_yaml

__all__ = ["UNION", "answers_to", "some_of", "stories", "varied"]

UNION = "Lantern Bay Domestic Workers' Union"
"""The union of the worked examples."""
MOVED = 0.25
"""How often a scale differs from the story."""

Flat = dict[str, Any]


def stories() -> dict[str, dict[str, Any]]:
    """Return what differs from the worked examples, by story."""
    return dict(read_yaml(Path(__file__).with_name("stories.yaml")))


def answers_to(exercise: Exercise, story: Mapping[str, Any], language: str) -> Flat:
    """Return somebody's answers by path: the story's where it has some, else those of the worked example.

    Fields of the story that the exercise does not have are left out: a course may be changed.
    """
    own = {name: value for name, value in story.get(exercise.id, {}).items() if exercise.field(name)}
    example = example_of(exercise, "" if own else language)
    return {path: _renamed(value, story) for path, value in flatten(exercise, {**example, **own}).items()}


def varied(exercise: Exercise, flat: Mapping[str, Any], chance: Random, later: timedelta) -> Flat:
    """Return the answers with some scales moved by one, and all dates moved alike."""
    return {path: _moved(exercise.at(path), value, chance, later) for path, value in flat.items()}


def some_of(exercise: Exercise, flat: Mapping[str, Any], share: float) -> Flat:
    """Return the first part of the answers, as of somebody who has not finished: whole fields, and rows of tables."""
    pieces: list[Flat] = []
    for field in exercise.fields:
        if field.id not in flat:
            continue
        if field.type != "table":
            pieces.append({field.id: flat[field.id]})
            continue
        for row in flat[field.id]:
            cells = {path: value for path, value in flat.items() if path.startswith(f"{field.id}/{row}/")}
            pieces.append({field.id: [row], **cells})
    kept: Flat = {}
    for piece in pieces[: max(round(len(pieces) * share), 1)]:
        for path, value in piece.items():
            table = exercise.field(path)
            kept[path] = [*kept.get(path, []), *value] if table and table.type == "table" else value
    return kept


def _renamed(value: Any, story: Mapping[str, Any]) -> Any:
    return value.replace(UNION, story["union"]) if isinstance(value, str) else value


def _moved(part: Column | None, value: Any, chance: Random, later: timedelta) -> Any:
    if part is None:
        return value
    if part.type == "date" and isinstance(value, str):
        return (date.fromisoformat(value) + later).isoformat()
    if part.type == "scale" and part.range and isinstance(value, int) and chance.random() < MOVED:
        return int(min(max(value + chance.choice((-1, 1)), part.range[0]), part.range[1]))
    return value
