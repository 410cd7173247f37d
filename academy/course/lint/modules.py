"""Linter rules for modules: their minutes, their activities, and the exercises that these name."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from academy.course.lint.findings import Fault, instead
from academy.course.lint.neighbours import Neighbours
from academy.course.model import Course

__all__ = ["module_faults"]


def module_faults(course: Course) -> Iterator[Fault]:
    """Find minutes that do not add up, and exercises and modules that do not name each other."""
    yield from _minutes(course)
    yield from _activities(course)


def _minutes(course: Course) -> Iterator[Fault]:
    file = course.folder / "course.yaml"
    week = course.thresholds.get("week_minutes")
    for module in course.modules:
        place = f"modules.{module.id}.minutes"
        total = sum(activity.minutes for activity in module.activities)
        if module.activities and total != module.minutes:
            text = f"the activities add up to {total} minutes, not {module.minutes}; change one or the other."
            yield Fault(file, place, text)
        if (
            module.week
            and isinstance(week, list)
            and len(week) == 2
            and not week[0] <= module.minutes <= week[1]
        ):
            text = (
                f"a week takes {week[0]:g} to {week[1]:g} minutes (thresholds.week_minutes), not {module.minutes}; "
                "move an activity."
            )
            yield Fault(file, place, text)


def _activities(course: Course) -> Iterator[Fault]:
    file, beside = course.folder / "course.yaml", Neighbours(course)
    there = [exercise.id for exercise in course.exercises]
    used: dict[str, str] = {}
    meant: set[str] = set()
    for module in course.modules:
        for activity in module.activities:
            name, place = activity.exercise, f"modules.{module.id}.activities.{activity.id}"
            if name is None:
                continue
            if name in used:
                text = f"another activity has the exercise {name} already; take it out of one."
                yield Fault(file, f"{place}.exercise", text)
            used[name] = module.id
            if name not in there:
                meant.update(get_close_matches(name, there, 1))
                yield Fault(file, f"{place}.exercise", _no_exercise(name, there, beside))
            elif course.exercise(name).minutes != activity.minutes:
                said = course.exercise(name).minutes
                text = f"the exercise {name} says {said} minutes, not {activity.minutes}."
                yield Fault(file, f"{place}.minutes", text)
    modules = [module.id for module in course.modules]
    for exercise in course.exercises:
        own = exercise.folder / "exercise.yaml"
        if exercise.module not in modules:
            text = f"the course has no module {exercise.module}{instead(exercise.module, modules)}."
            yield Fault(own, "module", text)
        elif used.get(exercise.id, "") == "" and exercise.id not in meant:
            text = f"no activity of the module {exercise.module} in course.yaml names this exercise; add one."
            yield Fault(own, "module", text)
        elif exercise.id in used and used[exercise.id] != exercise.module:
            text = (
                f"in course.yaml it is an activity of the module {used[exercise.id]}, not {exercise.module}."
            )
            yield Fault(own, "module", f"{text[:-1]}; change one or the other.")


def _no_exercise(name: str, there: list[str], beside: Neighbours) -> str:
    if other := beside.having(name):
        return f"the exercise {name} belongs to the course {other}. A course uses its own: copy the folder {name} here."
    return f"there is no exercise {name} beside course.yaml{instead(name, there)}."
