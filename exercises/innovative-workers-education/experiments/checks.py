"""What experiments should have: 2 points for presence, 4 for coherence, 1 for safety."""

from __future__ import annotations

from typing import Any

import regex

from academy.course import Exercise, Finding, check, judging
from academy.course.writing import uses

Answers = dict[str, Any]

TRIES = 2


@check(
    "complete-tries",
    points=2,
    title="At least two tries, written down from belief to lesson",
    hint="Which try still waits for an answer?",
    fields=["tries"],
    asks=False,
)
def complete_tries(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, ["tries", "before_after"])


@check(
    "really-tried",
    points=2,
    title="Two tries have a result and a decision",
    hint="What happened when you tried it, and do you keep, change or drop it?",
    fields=["tries"],
)
def really_tried(answers: Answers) -> float:
    """Dropping something counts as much as keeping it."""
    return sum(bool(row["result"] and row["decision"]) for row in answers["tries"]) / TRIES


@check(
    "a-sign-to-see",
    points=1,
    title="Each try has a sign that can be counted or seen",
    hint="How many, how often, by when: what would you have to see to believe it, or to give it up?",
    fields=["tries"],
)
def a_sign_to_see(answers: Answers, exercise: Exercise) -> Finding:
    signs = [(f"tries/{row['_id']}/sign", row["sign"]) for row in answers["tries"] if row["sign"]]
    weak = [
        path
        for path, text in signs
        if not regex.search(r"\p{Nd}", text) and not uses(text, exercise.words["counting"])
    ]
    return Finding(1 - len(weak) / len(signs) if signs else 0, weak)


@check(
    "different-pieces",
    points=1,
    title="Each try is about another piece",
    hint="Which second piece of the course are you least sure of?",
    fields=["tries"],
)
def different_pieces(answers: Answers) -> float:
    return len({row["element"].strip().casefold() for row in answers["tries"] if row["element"]}) / TRIES


@check(
    "own-words-no-names",
    points=1,
    title="Your own words, and no personal data",
    hint="Does a text still hold an example from the help, a stand-in, or somebody's number or address?",
)
def own_words_no_names(answers: Answers, exercise: Exercise) -> Finding:
    return judging.worst(judging.own_words(exercise, answers), judging.no_personal_data(exercise, answers))


@check(
    "something-changes",
    title="At least one try changes something",
    hint="You keep everything as it was: what surprised you, or what would you try with a shyer person?",
    fields=["tries"],
)
def something_changes(answers: Answers) -> bool:
    return any(row["decision"] in ("change", "drop") for row in answers["tries"])
