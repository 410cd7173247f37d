"""What is looked at in a problem: that it is all there, and in one's own words."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, check
from academy.course import judging as j


@check(
    "complete",
    points=3,
    title="Everything is there",
    hint="Which question still waits for an answer?",
    fields=["place", "what", "whom", "know"],
    asks=False,
)
def complete(answers: dict[str, Any], exercise: Exercise) -> Finding:
    return j.complete(exercise, answers, ["place", "what", "whom", "know"])


@check(
    "own-words",
    points=2,
    title="In your own words",
    hint="How would a member say it, in a sentence of their own?",
    fields=["place", "what"],
)
def own_words(answers: dict[str, Any], exercise: Exercise) -> Finding:
    return j.own_words(exercise, answers)


@check(
    "nobody-named",
    points=1,
    title="Nobody can be recognised",
    hint="Is there a number or an address in it that leads to a person?",
    fields=["place", "what"],
)
def nobody_named(answers: dict[str, Any], exercise: Exercise) -> Finding:
    return j.no_personal_data(exercise, answers)
