"""What the check of a claim should have: 1 point for presence, 3 for coherence, 1 for safety."""

from __future__ import annotations

from typing import Any

import regex

from academy.course import Exercise, Finding, check, judging
from academy.course.writing import plain

Answers = dict[str, Any]

FIELDS = (
    "claim",
    "reaches",
    "harm",
    "stop",
    "source",
    "better",
    "trace",
    "verdict",
    "response",
    "reply",
    "care",
)
MOVES = ("stop", "source", "better", "trace")
UNFIT = {("true", "correct"), ("true", "prebunk"), ("open", "correct")}
"""What is true, or not known to be false, is not corrected."""
SAME = 0.6
"""From this share of a sentence's longer words on, the answer begins by saying the claim again."""
LONG = 4


@check(
    "complete-check",
    points=1,
    title="All four moves and an answer",
    hint="Which move is still missing?",
    asks=False,
)
def complete_check(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, FIELDS)


@check(
    "four-moves",
    points=1,
    title="Each move found something of its own",
    hint="Two moves say the same thing: what did you find when you left the page and looked elsewhere?",
    fields=list(MOVES),
)
def four_moves(answers: Answers) -> float:
    return len({answers[move].strip().casefold() for move in MOVES if answers[move]}) / len(MOVES)


@check(
    "fitting-response",
    points=1,
    title="The response fits the finding",
    hint="You want to correct something that may be true: what would you do if it is?",
    fields=["verdict", "response"],
)
def fitting_response(answers: Answers) -> bool:
    chosen = (answers["verdict"], answers["response"])
    return None not in chosen and chosen not in UNFIT


@check(
    "truth-first",
    points=1,
    title="The answer begins with what is true",
    hint="Your answer begins by saying the claim again: what is true, in one sentence, to put there instead?",
    fields=["reply"],
)
def truth_first(answers: Answers) -> bool:
    """The first sentence of the answer does not repeat most of the claim, unless the claim is true."""
    if not (answers["claim"] and answers["reply"]):
        return False
    first = _long_words(regex.split(r"[.!?؟。]", answers["reply"].strip())[0])
    again = _long_words(answers["claim"])
    return answers["verdict"] == "true" or not first or len(first & again) / len(first) < SAME


@check(
    "own-words-no-names",
    points=1,
    title="Your own words, and no personal data",
    hint="Does a text still hold an example from the help, a stand-in, or somebody's number or address?",
)
def own_words_no_names(answers: Answers, exercise: Exercise) -> Finding:
    return judging.worst(judging.own_words(exercise, answers), judging.no_personal_data(exercise, answers))


def _long_words(text: str) -> set[str]:
    return {word for word in regex.findall(r"[\p{L}\p{N}]+", plain(text)) if len(word) >= LONG}
