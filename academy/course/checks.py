"""Checks: plain functions over the answers, worth points and with a hint that asks."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any

from academy.course.model import Exercise
from academy.course.rules import Rule
from academy.course.rules.finding import Finding
from academy.course.work import Work

__all__ = [
    "Check",
    "CheckResult",
    "Declared",
    "Finding",
    "call",
    "check",
    "computed",
    "declared",
    "picture",
    "run_checks",
    "run_computes",
]

Answers = dict[str, Any]


@dataclass(frozen=True)
class Check:
    """A check of an exercise. `points` is 0 for advice that earns nothing; `wants` is the rule of a declared one."""

    id: str
    function: Callable[..., bool | float | Finding]
    title: str
    hint: str
    points: float
    fields: tuple[str, ...]
    asks: bool = True
    wants: Rule | None = None

    def said(self, title: str | None, hint: str | None) -> Check:
        """Return the check with its texts in another language."""
        return replace(self, title=title or self.title, hint=hint or self.hint)

    def run(self, exercise: Exercise, answers: Answers, work: Work | None = None) -> CheckResult:
        """Run it. Raises what the check raises: who calls says what that means for the answers."""
        found = call(self.function, answers, exercise, work)
        finding = found if isinstance(found, Finding) else Finding(float(found))
        share = min(max(finding.share, 0.0), 1.0)
        return CheckResult(
            self.id,
            self.title,
            self.hint,
            self.points,
            round(share * self.points, 2),
            share >= 1,
            tuple(finding.paths or self.fields),
            self.asks,
        )


@dataclass(frozen=True)
class CheckResult:
    """The result of a check: `hint` is the question to ask when it did not pass, `fields` what it is about."""

    id: str
    title: str
    hint: str
    points: float
    earned: float
    passed: bool
    fields: tuple[str, ...]
    asks: bool = True


def check(
    id: str, *, title: str, hint: str, points: float = 0, fields: Iterable[str] = (), asks: bool = True
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a function over the answers as a check.

    The function takes the nested answers (as a second parameter, if it has one, the exercise; as a third one the
    person's `Work` in the other exercises) and returns whether they pass, the share of the points from 0 to 1, or a
    Finding. With `asks=False` its hint is no advice while the
    participant writes (what is merely unfinished needs no question), but stands in the feedback.
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__academy_check__ = Check(id, function, title, hint, points, tuple(fields), asks)  # type: ignore[attr-defined]
        return function

    return declare


def computed(id: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a function as the value of a computed field: its text, or for a column a text for each row's `_id`."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__academy_computed__ = id  # type: ignore[attr-defined]
        return function

    return declare


def picture(id: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a function that draws the answers: it returns a `Picture`, or None while there is nothing to draw."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__academy_picture__ = id  # type: ignore[attr-defined]
        return function

    return declare


@dataclass(frozen=True)
class Declared:
    """What a module of an exercise declares, in the order in which it stands."""

    checks: tuple[Check, ...] = ()
    computes: dict[str, Callable[..., Any]] = field(default_factory=dict)
    draws: dict[str, Callable[..., Any]] = field(default_factory=dict)


def declared(module: ModuleType | None) -> Declared:
    """Return the checks, computed values and pictures of a module."""
    things = list(vars(module).values()) if module else []
    return Declared(
        tuple(thing.__academy_check__ for thing in things if hasattr(thing, "__academy_check__")),
        {t.__academy_computed__: t for t in things if hasattr(t, "__academy_computed__")},
        {t.__academy_picture__: t for t in things if hasattr(t, "__academy_picture__")},
    )


def call(function: Callable[..., Any], answers: Answers, exercise: Exercise, work: Work | None) -> Any:
    """Call a function of an exercise with as many of answers, exercise and work as it takes."""
    wanted = len(inspect.signature(function).parameters)
    return function(*(answers, exercise, work or Work(None))[:wanted])


def run_checks(exercise: Exercise, answers: Answers, work: Work | None = None) -> list[CheckResult]:
    """Run all checks of an exercise over nested answers."""
    return [check.run(exercise, answers, work) for check in exercise.checks]


def run_computes(
    exercise: Exercise, answers: Answers, work: Work | None, name: str, function: Callable[..., Any]
) -> dict[str, str]:
    """Return one computed value by the paths where it is shown: a field, or the cells of a column."""
    found = call(function, answers, exercise, work)
    values: dict[str, str] = {}
    for address, column in exercise.all_columns():
        if column.compute != name:
            continue
        table, _, cell = address.partition(".")
        if not cell:
            values[address] = str(found)
        elif isinstance(found, dict):
            values |= {f"{table}/{row}/{cell}": str(text) for row, text in found.items()}
    return values
