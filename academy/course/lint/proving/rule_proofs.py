"""Linter rule for declared checks: each of their rules is missed by something that is made from the worked example."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from academy.course.answers import nest
from academy.course.examples import example_of, example_work, flatten
from academy.course.lint.proving.spoiling import spoiled
from academy.course.model import Course, Exercise
from academy.course.rules.base import Rule
from academy.course.rules.look import Look

__all__ = ["unproven_rules"]


def unproven_rules(
    exercise: Exercise, course: Course, missed: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Say which rules are met whatever is emptied and spoiled, but those of checks that a case has `missed`.

    That the example passes the checks is looked at with the example.
    """
    left = [
        found
        for check in exercise.checks
        if check.wants and check.id not in missed
        for found in _rules(check.wants, f"checks.{check.id}.wants")
    ]
    try:
        flat = flatten(exercise, example_of(exercise))
    except ValueError:
        return  # that is said where the example is looked at
    if not flat:
        return
    work = example_work(course)
    for emptied, worse in spoiled(exercise, flat):
        if not left:
            return
        at = Look(exercise, nest(exercise, worse), work.having(exercise, worse))
        left = [(place, rule) for place, rule in left if _met(rule, at, emptied)]
    for place, _rule in left:
        text = (
            "this is met whatever is emptied or spoiled in the example, so it can't be missed; look at what it wants, "
            "or write a case that misses it."
        )
        yield place, text


def _met(rule: Rule, at: Look, emptied: bool) -> bool:
    return (emptied and rule.about_what_is_there) or rule.found(at).passed


def _rules(rule: Rule, place: str) -> Iterator[tuple[str, Rule]]:
    """A rule, or those that it is made of."""
    inner = [*rule.inner()]
    if not inner:
        yield place, rule
    for key, one in inner:
        yield from _rules(one, f"{place}.{key}")
