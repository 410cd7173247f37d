"""What a sample unit should have: 3 points for presence, 5 for coherence, 1 for access."""

from __future__ import annotations

from typing import Any

from academy import units
from academy.course import Exercise, Finding, Work, check, computed, judging
from academy.words import count_words

Answers = dict[str, Any]

COMMON = ("kind", "title", "outcome", "minutes", "twin")
WORDS_A_MINUTE = 100
"""A slow reader, with time to think."""
MOST_MINUTES = 10


@check(
    "complete-unit",
    points=3,
    title="The unit is written",
    hint="Which part of your unit still waits for words?",
    asks=False,
)
def complete_unit(answers: Answers, exercise: Exercise) -> Finding:
    if answers["kind"] is None:
        return Finding(0, ["kind"])
    return judging.complete(exercise, answers, [*COMMON, *units.FIELDS[answers["kind"]]])


@check(
    "plays-to-the-end",
    points=3,
    title="It can be played from beginning to end",
    hint="Where does a learner get stuck: a way that leads nowhere, or an answer without a reason?",
)
def plays_to_the_end(answers: Answers) -> Finding:
    found = units.faults(answers)
    return judging.all_but([fault.path for fault in found], units.written(answers))


@check(
    "serves-outcome",
    points=1,
    title="It serves an outcome of your canvas",
    hint="Which outcome of your canvas does a learner come closer to with this unit?",
    fields=["outcome"],
)
def serves_outcome(answers: Answers, exercise: Exercise, work: Work) -> bool:
    return answers["outcome"] in {row["_id"] for row in work["canvas"]["outcomes"]}


@check(
    "short-enough",
    points=1,
    title="It takes ten minutes at most",
    hint="A slow reader needs longer than you say: what could you leave out?",
    fields=["minutes"],
)
def short_enough(answers: Answers) -> bool:
    """The minutes are at most ten, and enough for its words at a slow reader's pace."""
    said = answers["minutes"] or 0
    words = sum(count_words(text) for text in units.written(answers))
    return 0 < said <= MOST_MINUTES and 0 < words <= said * WORDS_A_MINUTE


@check(
    "without-a-phone",
    points=1,
    title="It can be done without a phone",
    hint="How does somebody without a phone go through this unit, and with whom?",
    fields=["twin"],
)
def without_a_phone(answers: Answers) -> bool:
    return answers["twin"] is not None


@check(
    "own-words-no-names",
    title="Your own words, and no personal data",
    hint="Does a text still hold an example from the help, a stand-in, or somebody's number or address?",
)
def own_words_no_names(answers: Answers, exercise: Exercise) -> Finding:
    return judging.worst(judging.own_words(exercise, answers), judging.no_personal_data(exercise, answers))


@computed("says")
def says(answers: Answers, exercise: Exercise) -> str:
    """Whether it plays, and the first thing that stops it."""
    if not answers["kind"]:
        return ""
    found = units.faults(answers)
    return exercise.texts[found[0].what].format(name=found[0].name) if found else exercise.texts["plays"]
