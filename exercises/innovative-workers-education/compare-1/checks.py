"""What a post should have: 2 points for presence, 1 for ethics. What it says is for the discussion."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, check, judging

Answers = dict[str, Any]


@check(
    "complete",
    points=1,
    title="A change, a post and a question",
    hint="Which of the three is still missing: the change, the post or the question?",
    fields=["row", "post", "question"],
    asks=False,
)
def complete(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, ["row", "post", "question"])


@check(
    "own-words",
    points=1,
    title="Your own words",
    hint="Does the post still hold an example from the help or a text that stands in?",
    fields=["post"],
)
def own_words(answers: Answers, exercise: Exercise) -> Finding:
    return judging.own_words(exercise, answers)


@check(
    "no-personal-data",
    points=1,
    title="Nothing that could harm anyone",
    hint="Is there a telephone number, an e-mail address or an identity number that others should not read?",
    fields=["post"],
)
def no_personal_data(answers: Answers, exercise: Exercise) -> Finding:
    return judging.no_personal_data(exercise, answers)
