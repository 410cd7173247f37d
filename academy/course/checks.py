"""Checks: plain functions over the answers, worth points and with a hint that asks."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from academy.course.model import Exercise

__all__ = ["Check", "CheckResult", "Finding", "check", "computed", "declared", "run_checks"]

Answers = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """What a check found: the share of its points, 0 to 1, and the paths that it is about."""

    share: float
    paths: Sequence[str] = ()


@dataclass(frozen=True)
class Check:
    """A check of an exercise. `points` is 0 for advice that earns nothing."""

    id: str
    function: Callable[..., bool | float | Finding]
    title: str
    hint: str
    points: float
    fields: tuple[str, ...]
    asks: bool = True

    def said(self, title: str | None, hint: str | None) -> Check:
        """Return the check with its texts in another language."""
        return replace(self, title=title or self.title, hint=hint or self.hint)

    def run(self, exercise: Exercise, answers: Answers) -> CheckResult:
        """Run it. Raises what the check raises: who calls says what that means for the answers."""
        wants_exercise = len(inspect.signature(self.function).parameters) > 1
        found = self.function(answers, exercise) if wants_exercise else self.function(answers)
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

    The function takes the nested answers (and, if it has a second parameter, the exercise) and returns whether they
    pass, the share of the points from 0 to 1, or a Finding. With `asks=False` its hint is no advice while the
    participant writes (what is merely unfinished needs no question), but stands in the feedback.
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__academy_check__ = Check(id, function, title, hint, points, tuple(fields), asks)  # type: ignore[attr-defined]
        return function

    return declare


def computed(id: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a function over the answers as the value of a computed field."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        function.__academy_computed__ = id  # type: ignore[attr-defined]
        return function

    return declare


def declared(module: ModuleType) -> tuple[tuple[Check, ...], dict[str, Callable[..., Any]]]:
    """Return the checks and computed values of a module, in the order in which they stand."""
    things = list(vars(module).values())
    checks = tuple(thing.__academy_check__ for thing in things if hasattr(thing, "__academy_check__"))
    computes = {
        thing.__academy_computed__: thing for thing in things if hasattr(thing, "__academy_computed__")
    }
    return checks, computes


def run_checks(exercise: Exercise, answers: Answers) -> list[CheckResult]:
    """Run all checks of an exercise over nested answers."""
    return [check.run(exercise, answers) for check in exercise.checks]
