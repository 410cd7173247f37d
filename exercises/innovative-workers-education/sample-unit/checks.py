"""Whether a unit plays to the end, and how long it takes."""

from __future__ import annotations

from typing import Any

from academy import units
from academy.course import Exercise, Finding, check, computed, judging
from academy.words import count_words

Answers = dict[str, Any]

WORDS_A_MINUTE = 100
"""A slow reader, with time to think."""
MOST_MINUTES = 10


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


@computed("says")
def says(answers: Answers, exercise: Exercise) -> str:
    """Whether it plays, and the first thing that stops it."""
    if not answers["kind"]:
        return ""
    found = units.faults(answers)
    return exercise.texts[found[0].what].format(name=found[0].name) if found else exercise.texts["plays"]
