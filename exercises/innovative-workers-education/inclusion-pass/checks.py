"""What an inclusion pass should have: 2 points for presence, 2 for coherence, 5 for access and ethics."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, check, judging

Answers = dict[str, Any]

PRINCIPLES = {
    "engagement": ("interests", "effort", "emotions"),
    "representation": ("perception", "language", "knowledge"),
    "action": ("interaction", "expression", "strategy"),
}
GUIDELINES = tuple(name for names in PRINCIPLES.values() for name in names)
CARED_FOR = ("done", "planned")
FIELDS = (*(part for name in GUIDELINES for part in (f"{name}_status", name)), "measures", "left_out")
MEASURES = 4


@check(
    "complete-pass",
    points=2,
    title="All nine questions are answered",
    hint="Which of the nine still waits for an answer?",
    asks=False,
)
def complete_pass(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, FIELDS)


@check(
    "three-principles",
    points=2,
    title="Something is done or planned for why, what and how people learn",
    hint="Is there one of the three, why people learn, what they meet or how they take part, where nothing is planned?",
)
def three_principles(answers: Answers) -> Finding:
    """A third for each principle with a guideline that is done or planned and says what."""
    bare = [
        f"{name}_status"
        for names in PRINCIPLES.values()
        if not any(answers[f"{n}_status"] in CARED_FOR and answers[n] for n in names)
        for name in names
    ]
    return Finding(1 - len(bare) / len(GUIDELINES), bare)


@check(
    "left-out",
    points=2,
    title="It says who could still be left out",
    hint="Who exactly could still be left out: which work, which place, which hours, and what then?",
    fields=["left_out"],
)
def left_out(answers: Answers, exercise: Exercise) -> Finding:
    said = judging.texts(exercise, answers, ["left_out"])
    return judging.each(said, lambda text: judging.specific(exercise, text))


@check(
    "measures",
    points=2,
    title="At least four things are taken care of",
    hint="What else would bring somebody in who now stays away: the hour, the children, the fare, the language?",
    fields=["measures"],
)
def measures(answers: Answers) -> float:
    return len(answers["measures"]) / MEASURES


@check(
    "own-words-no-names",
    points=1,
    title="Your own words, and no personal data",
    hint="Does a text still hold an example from the help, a stand-in, or somebody's number or address?",
)
def own_words_no_names(answers: Answers, exercise: Exercise) -> Finding:
    return judging.worst(judging.own_words(exercise, answers), judging.no_personal_data(exercise, answers))


@check(
    "not-nine-times-the-same",
    title="Nine questions, nine answers",
    hint="Two of your answers say the same thing: what is special about each question?",
)
def not_nine_times_the_same(answers: Answers) -> Finding:
    said = [(name, answers[name].strip().casefold()) for name in GUIDELINES if answers[name]]
    return judging.all_but([name for name, text in said if sum(text == other for _, other in said) > 1], said)
