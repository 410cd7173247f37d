"""Linter rule for declared checks: each is missed by something that is made from the worked example."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from academy.course.answers import nest
from academy.course.examples import example_of, example_work, flatten
from academy.course.lint.spoiling import spoiled
from academy.course.model import Course, Exercise

__all__ = ["proof_faults"]


def proof_faults(
    exercise: Exercise, course: Course, missed: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Say which declared checks pass whatever is emptied and spoiled, but those that a case has `missed`.

    That the example passes them is looked at with the example.
    """
    left = [check for check in exercise.checks if check.wants and check.id not in missed]
    try:
        flat = flatten(exercise, example_of(exercise))
    except ValueError:
        return  # that is said where the example is looked at
    if not flat:
        return
    work = example_work(course)
    for worse in spoiled(exercise, flat):
        if not left:
            return
        answers, other = nest(exercise, worse), work.having(exercise, worse)
        left = [check for check in left if check.run(exercise, answers, other).passed]
    for check in left:
        text = (
            "it passes whatever is emptied or spoiled in the example, so it can't fail; look at what it wants, or "
            "write a case that misses it."
        )
        yield f"checks.{check.id}", text
