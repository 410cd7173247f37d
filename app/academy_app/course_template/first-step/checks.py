"""What is looked at in a first step: that it is all there, in one's own words, and taken together."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, check
from academy.course import judging as j


@check(
    "complete",
    points=3,
    title="Everything is there",
    hint="Which question still waits for an answer?",
    fields=["step", "with_whom", "day", "sign"],
    asks=False,
)
def complete(answers: dict[str, Any], exercise: Exercise) -> Finding:
    return j.complete(exercise, answers, ["step", "with_whom", "day", "sign"])


@check(
    "together",
    points=2,
    title="At least two kinds of people take it",
    hint="Who would miss it if you were ill on that day?",
    fields=["with_whom"],
)
def together(answers: dict[str, Any]) -> float:
    return len(answers["with_whom"] or []) / 2


@check(
    "own-words",
    points=1,
    title="In your own words",
    hint="How would you say it to those who do it with you?",
    fields=["step", "sign"],
)
def own_words(answers: dict[str, Any], exercise: Exercise) -> Finding:
    return j.own_words(exercise, answers)
