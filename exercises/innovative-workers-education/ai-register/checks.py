"""What an AI and data register should have: 2 points for presence, 3 for coherence, 5 for ethics and safety."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, Work, check, computed, judging

Answers = dict[str, Any]
Row = dict[str, Any]

ABOUT_PEOPLE = ("learners-work", "personal", "membership")
FIELDS = ("will_use", "none_why", "uses", "collects", "protect", "values", "rules")
RULES = 3


@check(
    "complete-register",
    points=2,
    title="The register is filled in",
    hint="Which part of the register still waits for an answer?",
    asks=False,
)
def complete_register(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, FIELDS)


@check(
    "bias-tested",
    points=1,
    title="Each use says whom it could get wrong and how that is tested",
    hint="Whom could this get wrong: which dialect, name, age or sex, and how do you find out?",
    fields=["uses"],
)
def bias_tested(answers: Answers) -> Finding:
    weak = [f"uses/{row['_id']}/test" for row in answers["uses"] if not (row["bias"] and row["test"])]
    return _for_uses(answers, weak)


@check(
    "people-check",
    points=1,
    title="People check what comes out",
    hint="Who looks at the result before a learner does, and can change it?",
    fields=["uses"],
)
def people_check(answers: Answers) -> Finding:
    return _for_uses(answers, [f"uses/{row['_id']}/human" for row in answers["uses"] if not row["human"]])


@check(
    "house-rules",
    points=1,
    title="At least three house rules, all different",
    hint="What else would you like everybody in the course to keep to when a machine helps them?",
    fields=["rules"],
)
def house_rules(answers: Answers) -> float:
    return len({row["rule"].strip().casefold() for row in answers["rules"] if row["rule"]}) / RULES


@check(
    "no-stop",
    points=3,
    title="No open stop",
    hint="One use must not begin like this: what could you leave out, or let people decide?",
    fields=["uses"],
)
def no_stop(answers: Answers) -> Finding:
    """All or nothing. A course without AI has no stop; one that has not said yet is not judged."""
    return _for_uses(answers, [f"uses/{row['_id']}/stop" for row in answers["uses"] if stop_of(row)])


@check(
    "learners-told",
    points=1,
    title="Learners are told",
    hint="Where do learners read or hear that a machine had a part in this?",
    fields=["uses"],
)
def learners_told(answers: Answers) -> Finding:
    return _for_uses(answers, [f"uses/{row['_id']}/told" for row in answers["uses"] if row["told"] != "yes"])


@check(
    "data-kept",
    points=1,
    title="It says what is kept, why, where, and until when",
    hint="What do you keep about learners, even on paper, and who deletes it when?",
    fields=["collects", "protect"],
)
def data_kept(answers: Answers) -> Finding:
    """Keeping nothing is the best protection."""
    if answers["collects"] == "no":
        return Finding(1)
    gaps = [f"protect/{row['_id']}/{name}" for row in answers["protect"] for name in row if row[name] is None]
    return judging.all_but(gaps, answers["protect"])


@check(
    "own-words-no-names",
    title="Your own words, and no personal data",
    hint="Does a text still hold an example from the help, a stand-in, or somebody's number or address?",
)
def own_words_no_names(answers: Answers, exercise: Exercise, work: Work) -> Finding:
    return judging.worst(judging.own_words(exercise, answers), judging.no_personal_data(exercise, answers))


@computed("stop")
def stop(answers: Answers, exercise: Exercise) -> dict[str, str]:
    """What the register says about each use."""
    return {row["_id"]: exercise.texts[stop_of(row) or "go-on"] for row in answers["uses"] if row["data"]}


def stop_of(row: Row) -> str | None:
    """Why a use must not begin, as the id of the sentence that says it, or None."""
    if row["decides"] == "yes":
        return "stop-decides"
    if "membership" in row["data"] and row["provider"] == "company":
        return "stop-membership"
    if any(kind in row["data"] for kind in ABOUT_PEOPLE) and not (row["ground"] and row["less"]):
        return "stop-ground"
    return None


def _for_uses(answers: Answers, weak: list[str]) -> Finding:
    """All uses must be good; a reasoned "none" is good for all."""
    if answers["will_use"] == "no":
        return Finding(1 if answers["none_why"] else 0, [] if answers["none_why"] else ["none_why"])
    return judging.all_but(weak, answers["uses"])
