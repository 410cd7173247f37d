"""What a results chain should have: 3 points for presence, 7 for coherence, 3 for access and ethics."""

from __future__ import annotations

from collections import Counter
from typing import Any

from academy import pictures
from academy.course import Exercise, Finding, Work, check, judging, picture
from academy.course.judging import all_but
from academy.i18n import listed
from academy.pictures import Picture

Answers = dict[str, Any]

FIELDS = (
    "resources",
    "activities",
    "outputs",
    "union_result",
    "wider",
    "assumptions",
    "indicators",
    "instruments",
)

NEEDED = ({"learning"}, {"behaviour", "union-result"}, {"inclusion"}, {"participation"})
"""Kinds of indicators of which each must occur; any one of a set will do."""
STEPS = ("resources", "activities", "outputs", "union_result", "wider")


# Presence


@check(
    "complete-chain",
    points=3,
    title="The chain and its indicators are filled in",
    hint="Which step, assumption or indicator still waits for an answer?",
    fields=["indicators"],
    asks=False,
)
def complete_chain(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, FIELDS)


# Coherence


@check(
    "levels-covered",
    points=3,
    title="Learning, use or union result, inclusion and participation each have an indicator",
    hint="Which is missing: what people can do, what they do with it, who was left out, or who had a say?",
    fields=["indicators"],
)
def levels_covered(answers: Answers) -> float:
    found = {row["level"] for row in answers["indicators"]}
    return sum(bool(kinds & found) for kinds in NEEDED) / len(NEEDED)


@check(
    "outcomes-measured",
    points=2,
    title="Every learning outcome of your canvas is measured",
    hint="For which learning outcome would you not know whether it was reached?",
    fields=["indicators"],
)
def outcomes_measured(answers: Answers, exercise: Exercise, work: Work) -> float:
    outcomes = {row["_id"] for row in work["canvas"]["outcomes"]}
    measured = {row["outcome"] for row in answers["indicators"]}
    return len(outcomes & measured) / len(outcomes) if outcomes else 0


@check(
    "targets-move",
    points=1,
    title="Each target differs from where you start",
    hint="What would have to happen for this number to move?",
    fields=["indicators"],
)
def targets_move(answers: Answers) -> Finding:
    """A start that is still to be measured must be measured before the target is due."""
    rows = [row for row in answers["indicators"] if row["target"] is not None]
    still = [
        f"indicators/{row['_id']}/target"
        for row in rows
        if row["target"] == row["baseline"]
        or (row["baseline_due"] and row["due"] and row["baseline_due"] >= row["due"])
    ]
    return all_but(still, rows)


@check(
    "two-kinds",
    points=1,
    title="Counting and listening",
    hint="What could learners tell or show you that no list has in it, or the other way round?",
    fields=["indicators"],
)
def two_kinds(answers: Answers) -> float:
    return len({row["evidence"] for row in answers["indicators"]} - {None}) / 2


# Access and ethics


@check(
    "in-their-words",
    points=1,
    title="Learners tell one indicator in their own words",
    hint="Which change would you rather hear from a learner than read in a table?",
    fields=["indicators"],
)
def in_their_words(answers: Answers) -> bool:
    return any(row["evidence"] == "told" for row in answers["indicators"])


@check(
    "who-is-behind-the-average",
    points=1,
    title="The numbers show who was left out",
    hint="By what could you split one of these numbers to see who was left out?",
    fields=["indicators"],
)
def who_is_behind_the_average(answers: Answers) -> bool:
    """One number that is split is enough: small groups are rightly not split."""
    return any(set(row["split"]) - {"none"} for row in answers["indicators"])


@check(
    "no-personal-data",
    points=1,
    title="No personal data",
    hint="Is there a telephone number, an e-mail address or an identity number that you could leave out?",
    fields=["indicators"],
)
def no_personal_data(answers: Answers, exercise: Exercise) -> Finding:
    return judging.no_personal_data(exercise, answers)


@check(
    "own-words",
    title="Your own words",
    hint="Does a text still hold an example from the help or a stand-in?",
    fields=["indicators"],
)
def own(answers: Answers, exercise: Exercise) -> Finding:
    return judging.own_words(exercise, answers)


# Pictures


@picture("chain")
def draw_chain(answers: Answers, exercise: Exercise, work: Work) -> Picture | None:
    say = exercise.texts
    outcomes = listed((row["statement"] for row in work["canvas"]["outcomes"]), exercise.language, ";")
    rows = [
        (say["step_resources"], answers["resources"]),
        (say["step_activities"], answers["activities"]),
        (say["step_outputs"], answers["outputs"]),
        (say["step_outcomes"], outcomes),
        (say["step_union"], answers["union_result"]),
        (say["step_wider"], answers["wider"]),
    ]
    if not any(answers[step] for step in STEPS):
        return None
    done = sum(bool(text) for _, text in rows)
    return pictures.chain(
        [(label, text or "") for label, text in rows],
        sentence=say["chain_sentence"].format(done=done),
        head=[say["step"], say["says"]],
        rows=[(label, text or "–") for label, text in rows],
        language=exercise.language,
    )


@picture("levels")
def draw_levels(answers: Answers, exercise: Exercise) -> Picture | None:
    say, counts = exercise.texts, Counter(row["level"] for row in answers["indicators"] if row["level"])
    column = exercise.at("indicators/_/level")
    if not counts or column is None or column.options is None:
        return None
    rows = [(option.label, counts[option.id]) for option in column.options]
    return pictures.bars(
        rows,
        sentence=say["levels_sentence"].format(n=sum(counts.values()), kinds=len(counts)),
        head=[say["level"], say["count"]],
        rows=rows,
        language=exercise.language,
    )
