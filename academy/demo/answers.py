"""Generates answers of invented people: one story, told for their own union and varied by chance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from academy.course import Exercise
from academy.course.examples import example_of, flatten
from academy.course.fields import Column
from academy.course.files.yaml_files import read_yaml

__all__ = ["answers_to", "some_of", "stories", "story_of", "tells", "varied"]

TOWN = "Lantern Bay"
WORKED = (
    ("Lantern Bay Domestic Workers' Union", "union"),
    (TOWN, "town"),
    ("the Bay", "town"),
    ("نقابة العاملات المنزليات في خليج الفنار", "union"),
    ("خليج الفنار", "town"),
)
"""The union of the worked examples and its town, as they are said there, and whose words take their place."""
MOVED = 0.25
"""How often a scale differs from the story."""

Flat = dict[str, Any]


def stories() -> dict[str, dict[str, Any]]:
    """Return the stories by name."""
    return dict(read_yaml(Path(__file__).with_name("stories.yaml")))


def story_of(given: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the story of an invented person, with what they say of themselves in a language."""
    story = stories()[given["story"]]
    told = story["profile"].get(language) or story["profile"]["en"]
    profile = {
        "role": given["role"],
        "union": given["union"],
        "level": "local",
        "region": given["region"],
        "time_zone": given["zone"],
        "languages": given["languages"],
        "endorse": "The executive committee of the union",
        "endorse_role": "The general secretary",
        "endorse_promise": ["time", "people"],
    }
    return {**story, "union": given["union"], "town": given["town"], "profile": {**profile, **told}}


def tells(exercise: Exercise, story: Mapping[str, Any], language: str) -> bool:
    """Whether a story has answers to an exercise, in a language: its own, or those of the worked example.

    Answers without words belong to any story.
    """
    if story.get(exercise.id):
        return True
    example = flatten(exercise, example_of(exercise, language))
    wordless = not any(_is_text(exercise.at(path)) for path, value in example.items() if value)
    return wordless or (bool(story.get("worked")) and (language == "en" or _translated(exercise, language)))


def _is_text(part: Column | None) -> bool:
    return part is not None and part.kind.written


def _translated(exercise: Exercise, language: str) -> bool:
    return (exercise.folder / f"example.{language}.yaml").is_file()


def answers_to(exercise: Exercise, story: Mapping[str, Any], language: str) -> Flat:
    """Return somebody's answers by path: the story's own where it has some, else those of the worked example.

    Fields of the story that the exercise does not have are left out: a course may be changed.
    """
    own = {name: value for name, value in story.get(exercise.id, {}).items() if exercise.field(name)}
    told = own or example_of(exercise, language)
    return {path: _renamed(exercise, path, value, story) for path, value in flatten(exercise, told).items()}


def varied(exercise: Exercise, flat: Mapping[str, Any], chance: Random, later: timedelta) -> Flat:
    """Return the answers with some scales moved by one, and all dates moved alike."""
    return {path: _moved(exercise.at(path), value, chance, later) for path, value in flat.items()}


def some_of(exercise: Exercise, flat: Mapping[str, Any], share: float) -> Flat:
    """Return the first part of the answers, as of somebody who has not finished: whole fields, and rows of tables."""
    pieces: list[Flat] = []
    for field in exercise.fields:
        if field.id not in flat:
            continue
        if not field.is_table:
            pieces.append({field.id: flat[field.id]})
            continue
        for row in flat[field.id]:
            cells = {path: value for path, value in flat.items() if path.startswith(f"{field.id}/{row}/")}
            pieces.append({field.id: [row], **cells})
    kept: Flat = {}
    for piece in pieces[: max(round(len(pieces) * share), 1)]:
        for path, value in piece.items():
            table = exercise.field(path)
            kept[path] = [*kept.get(path, []), *value] if table and table.is_table else value
    return kept


def _renamed(exercise: Exercise, path: str, value: Any, story: Mapping[str, Any]) -> Any:
    """A text of the worked example with the union and town of who tells it. An economy keeps its name."""
    if not isinstance(value, str) or not _is_text(exercise.at(path)):
        return value
    if value == TOWN:
        return value
    for said, instead in WORKED:
        value = value.replace(said, story[instead])
    return value


def _moved(part: Column | None, value: Any, chance: Random, later: timedelta) -> Any:
    if part is None:
        return value
    if part.type == "date" and isinstance(value, str):
        return (date.fromisoformat(value) + later).isoformat()
    if part.type == "scale" and part.range and isinstance(value, int) and chance.random() < MOVED:
        return int(min(max(value + chance.choice((-1, 1)), part.range[0]), part.range[1]))
    return value
