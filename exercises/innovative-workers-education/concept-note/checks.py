"""Whether the thread from week 1 is kept, and what is not covered."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Work, check, computed

Answers = dict[str, Any]


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
