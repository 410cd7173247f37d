"""What reviews should be: 10 points, whatever levels they give. The other rounds use the same checks."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, check
from academy.peers import judging

Answers = dict[str, Any]


@check(
    "considered",
    points=3,
    title="The reviews are considered",
    hint="Could you say a little more, so that each author knows what you mean?",
    fields=["reviews"],
)
def considered(answers: Answers, exercise: Exercise) -> Finding:
    return judging.considered(answers, exercise)


@check(
    "quoted",
    points=2,
    title="Each review quotes the work",
    hint='Which words of the work do you mean? Could you put them between "quotation marks"?',
    fields=["reviews"],
)
def quoted(answers: Answers, exercise: Exercise) -> Finding:
    return judging.quoted(answers, exercise)


@check(
    "each-their-own",
    points=1,
    title="Each review is about its own work",
    hint="Are two of your reviews alike? What is special about each work?",
    fields=["reviews"],
)
def each_their_own(answers: Answers, exercise: Exercise) -> Finding:
    return judging.each_their_own(answers, exercise)
