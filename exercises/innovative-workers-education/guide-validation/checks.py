"""What a validation of the guide should have: 1 point for presence, 1 for ethics. An opinion is not judged."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, check, judging

Answers = dict[str, Any]

FIELDS = ("chapters", "train_with", "condition", "may_quote", "quote")


@check(
    "complete-validation",
    points=1,
    title="At least one chapter is looked at, with a verdict",
    hint="Which answer about a chapter or the whole guide is still missing?",
    fields=["chapters"],
    asks=False,
)
def complete_validation(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, FIELDS)


@check(
    "no-personal-data",
    points=1,
    title="No personal data",
    hint="Is there a name, a telephone number or an e-mail address that you could leave out?",
    fields=["chapters"],
)
def no_personal_data(answers: Answers, exercise: Exercise) -> Finding:
    return judging.no_personal_data(exercise, answers)


@check(
    "own-words",
    title="Your own words",
    hint="Does a text still hold an example from the help or a stand-in?",
    fields=["chapters"],
)
def own(answers: Answers, exercise: Exercise) -> Finding:
    return judging.own_words(exercise, answers)
