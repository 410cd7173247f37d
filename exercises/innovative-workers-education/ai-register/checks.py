"""When a use of AI must not begin."""

from __future__ import annotations

from typing import Any

from academy.course import Exercise, Finding, check, computed, judging

Answers = dict[str, Any]
Row = dict[str, Any]

ABOUT_PEOPLE = ("learners-work", "personal", "membership")


@check(
    "no-stop",
    points=3,
    title="No open stop",
    hint="One use must not begin like this: what could you leave out, or let people decide?",
    fields=["uses"],
)
def no_stop(answers: Answers) -> Finding:
    """All or nothing. A course without AI has no stop; one that has not said yet is not judged."""
    if answers["will_use"] == "no":
        return Finding(1 if answers["none_why"] else 0, [] if answers["none_why"] else ["none_why"])
    stopped = [f"uses/{row['_id']}/stop" for row in answers["uses"] if stop_of(row)]
    return judging.all_but(stopped, answers["uses"])


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
