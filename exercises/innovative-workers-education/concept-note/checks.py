"""What a concept note should have: 1 point for presence, 3 for coherence."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, Work, check, computed, judging

Answers = dict[str, Any]

FIELDS = ("approach", "align", "same", "changed", "resources", "first_version")


@check(
    "complete-note",
    points=1,
    title="The parts that only you can write are there",
    hint="Which question of the concept note still waits for an answer?",
    asks=False,
)
def complete_note(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, FIELDS)


@check(
    "priorities-answered",
    points=2,
    title="Each priority of week 1 has an answer",
    hint="Which priority of week 1 is not in the table yet, and does your course answer it?",
    fields=["align"],
)
def priorities_answered(answers: Answers, exercise: Exercise, work: Work) -> float:
    """ "Not now" with a reason is an answer, as long as one priority is met."""
    priorities = ids(work)
    rows = [row for row in answers["align"] if row["answered"] and row["how"]]
    if not priorities or not any(row["outcomes"] for row in rows):
        return 0
    return len({row["priority"] for row in rows} & priorities) / len(priorities)


@check(
    "thread-kept",
    points=1,
    title="Need and people are those of week 1, or it says what changed",
    hint="The people of your canvas are not those of your need statement: what changed, and why?",
    fields=["same", "changed"],
)
def thread_kept(answers: Answers, exercise: Exercise, work: Work) -> bool:
    if answers["same"] == "changed":
        return bool(answers["changed"])
    return answers["same"] == "same" and meets_the_group(work)


@check(
    "own-words-no-names",
    title="Your own words, and no personal data",
    hint="Does a text still hold an example from the help, a stand-in, or somebody's number or address?",
)
def own_words_no_names(answers: Answers, exercise: Exercise) -> Finding:
    return judging.worst(judging.own_words(exercise, answers), judging.no_personal_data(exercise, answers))


@computed("gaps")
def gaps(answers: Answers, exercise: Exercise, work: Work) -> str:
    """What is not covered, in sentences."""
    say = exercise.texts
    if not (priorities := ids(work)):
        return say["no-priorities"]
    missing = len(priorities - {row["priority"] for row in answers["align"]})
    said = [say["missing-priorities"].format(n=missing) if missing else say["all-answered"]]
    if not meets_the_group(work):
        said.append(say["other-people"])
    return " ".join(said)


def ids(work: Work) -> set[str]:
    return {row["_id"] for row in work["priorities"]["priorities"]}


def meets_the_group(work: Work) -> bool:
    """Whether the canvas is for the people of the need statement."""
    group, groups = work["priorities"]["need_group"], work["canvas"]["groups"]
    wanted = group if isinstance(group, list) else [group]
    return any(one in groups for one in wanted if one)
