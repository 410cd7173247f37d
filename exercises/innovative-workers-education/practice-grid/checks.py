"""What an analysis of practices should have: 3 points for presence, 3 for coherence, 1 for access."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, check, judging

Answers = dict[str, Any]

REGIONS = 2
METHODS = 2
TAKEN = ("cases.take", "cases.adapt", "cases.leave")


@check(
    "complete-grid",
    points=3,
    title="At least two practices, each looked at from all sides",
    hint="Which practice still waits for an answer?",
    fields=["cases"],
    asks=False,
)
def complete_grid(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, ["cases"])


@check(
    "two-regions",
    points=1,
    title="From at least two regions",
    hint="Which practice from another part of the world could you put beside it?",
    fields=["cases"],
)
def two_regions(answers: Answers) -> bool:
    return len({row["region"] for row in answers["cases"]} - {None}) >= REGIONS


@check(
    "two-methods",
    points=1,
    title="At least two different methods",
    hint="Do all your practices teach in the same way, and is there one that does it differently?",
    fields=["cases"],
)
def two_methods(answers: Answers) -> bool:
    return len({method for row in answers["cases"] for method in row["method"]}) >= METHODS


@check(
    "three-answers",
    points=1,
    title="Taking, changing and leaving are three different answers",
    hint="You take something, change something and leave something: are these really three different things?",
    fields=["cases"],
)
def three_answers(answers: Answers, exercise: Exercise) -> Finding:
    """Nothing of the three is said twice in the table, and nothing is copied from the help."""
    return judging.own_words(exercise, answers, TAKEN)


@check(
    "somebody-missing",
    points=1,
    title="Each practice says who could not take part",
    hint="Who exactly could not take part: which work, which place, which hours, which phone?",
    fields=["cases"],
)
def somebody_missing(answers: Answers, exercise: Exercise) -> Finding:
    missing = judging.texts(exercise, answers, ["cases.missing"])
    return judging.each(missing, lambda text: judging.specific(exercise, text))


@check(
    "no-personal-data",
    title="No personal data",
    hint="Is there a telephone number, an e-mail address or an identity number that you could leave out?",
)
def no_personal_data(answers: Answers, exercise: Exercise) -> Finding:
    return judging.no_personal_data(exercise, answers)
