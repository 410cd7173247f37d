"""Stamps: a module is stamped when its exercises are complete and submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from academy.course import Course, Exercise, Module, Work, problems

__all__ = ["Stamp", "Todo", "stamps_of"]

State = Literal["blank", "begun", "ready", "stamped"]


@dataclass(frozen=True)
class Todo:
    """An exercise that a stamp still waits for: not begun, with open places, or complete and not submitted."""

    exercise: str
    title: str
    open_places: int
    begun: bool


@dataclass(frozen=True)
class Stamp:
    """The stamp of a module: nothing yet, begun, ready to be submitted, or stamped since a moment."""

    module: str
    title: str
    state: State
    at: datetime | None
    done: int
    of: int
    todo: tuple[Todo, ...] = ()


def stamps_of(course: Course, work: Work, submitted: Mapping[str, datetime]) -> tuple[Stamp, ...]:
    """Return the stamps of a course; `submitted` has when each exercise was first submitted."""
    return tuple(_stamp(course, module, work, submitted) for module in course.modules)


def needed(course: Course, module: Module) -> list[Exercise]:
    """Return the exercises that the stamp of a module waits for."""
    without = course.passport.stamps_without if course.passport else []
    return [course.exercise(name) for name in module.exercises if course.has(name) and name not in without]


def _stamp(course: Course, module: Module, work: Work, submitted: Mapping[str, datetime]) -> Stamp:
    wanted = needed(course, module)
    waiting = [exercise for exercise in wanted if exercise.id not in submitted]
    todo = tuple(_todo(exercise, work) for exercise in waiting)
    done = len(wanted) - len(waiting)
    if wanted and not waiting:
        at = max(submitted[exercise.id] for exercise in wanted)
        return Stamp(module.id, module.title, "stamped", at, done, len(wanted))
    ready = bool(wanted) and all(item.begun and not item.open_places for item in todo)
    begun = done > 0 or any(item.begun for item in todo)
    state: State = "ready" if ready else "begun" if begun else "blank"
    return Stamp(module.id, module.title, state, None, done, len(wanted), todo)


def _todo(exercise: Exercise, work: Work) -> Todo:
    flat = work.flat(exercise.id)
    return Todo(exercise.id, exercise.title, len(problems(exercise, flat, work)), bool(flat))
