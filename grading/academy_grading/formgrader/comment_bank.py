"""Comment bank: each criterion with its levels, and words to start a comment from."""

from __future__ import annotations

from dataclasses import dataclass

from academy.course import Criterion, Exercise
from academy.i18n import Translator, direction, translator
from academy_grading.sources.notebook import criterion_id

__all__ = ["Level", "Rubric", "rubrics"]


@dataclass(frozen=True)
class Level:
    """A level: its points, its text for the grader, and comments in the language of the participant."""

    points: int
    text: str
    comments: tuple[str, ...]


@dataclass(frozen=True)
class Rubric:
    """A criterion as a grader sees it. `cell` is its cell in the notebook; `language` is that of the comments."""

    cell: str
    label: str
    levels: tuple[Level, ...]
    language: str
    dir: str


def rubrics(exercise: Exercise, theirs: Exercise) -> list[Rubric]:
    """Return the criteria of an exercise in the grader's language, with comments in the participant's (`theirs`).

    Comments begin with what the course's files say; after that comes the next level, as a step to take.
    """
    gettext = translator(theirs.language)
    found = []
    for criterion in exercise.rubric:
        other = next((item for item in theirs.rubric if item.id == criterion.id), criterion)
        levels = tuple(
            Level(number, text, tuple(_comments(other, number, gettext)))
            for number, text in enumerate(criterion.levels, 1)
        )
        cell, way = criterion_id(criterion.id), direction(theirs.language)
        found.append(Rubric(cell, criterion.label, levels, theirs.language, way))
    return found


def _comments(criterion: Criterion, level: int, gettext: Translator) -> list[str]:
    own = [criterion.comments[level - 1]] if criterion.comments else []
    if level == len(criterion.levels):
        return own or [gettext("What I see: {text}").format(text=criterion.levels[level - 1])]
    return [*own, gettext("A next step: {text}").format(text=criterion.levels[level])]
