"""What takes thought in a learning design: minutes, data and outcomes along the storyboard."""

from __future__ import annotations

from typing import Any

from academy import pictures
from academy.course import Exercise, Finding, Work, check, computed, judging, picture
from academy.pictures import Picture

Answers = dict[str, Any]
Row = dict[str, Any]

ACTIVE = ("practice", "discussion", "collaboration", "production")
MAKING = ("practice", "production")
HEAVY = 1.0
"""Megabytes a minute from which a step is heavy: a voice call takes half of it, video five times as much."""
WEEKS_A_MONTH = 52 / 12


# Coherence


@check(
    "outcomes-practised",
    points=3,
    title="Every outcome is practised in a step",
    hint="In which step do learners practise this outcome, or make something with it?",
    fields=["outcomes"],
)
def outcomes_practised(answers: Answers) -> Finding:
    """Half of an outcome's share for a step that serves it, the other half if learners practise or produce there."""
    served = {i for row in answers["story"] for i in row["outcomes"]}
    made = {i for row in answers["story"] if row["type"] in MAKING for i in row["outcomes"]}
    ids = [row["_id"] for row in answers["outcomes"]]
    earned = sum((i in served) + (i in made) for i in ids)
    weak = [f"outcomes/{i}/statement" for i in ids if i not in made]
    return Finding(earned / (2 * len(ids)) if ids else 0, weak)


# Access


@check(
    "within-data",
    points=1,
    title="The data fits what your people have",
    hint="Which step could be lighter, or on paper, so that half of your people's monthly data is enough?",
    fields=["story"],
)
def within_data(answers: Answers, exercise: Exercise, work: Work) -> bool:
    """The data of a month is at most half of the smallest budget among the groups; none at all always fits."""
    if not minutes(answers):
        return False
    half = half_budget(answers, work)
    return not data_a_month(answers) or (half is not None and data_a_month(answers) <= half)


@check(
    "within-time",
    points=1,
    title="The weekly time fits the minutes your people have free",
    hint="Your people said how many minutes a week they have: what could be shorter, or spread over more weeks?",
    fields=["weeks", "total_minutes"],
)
def within_time(answers: Answers, exercise: Exercise, work: Work) -> bool:
    free = free_minutes(answers, work)
    return free is not None and 0 < minutes_a_week(answers) <= free


@check(
    "low-tech-twins",
    points=1,
    title="Every heavy step has a low-tech twin",
    hint="How does somebody without data, or on the late shift, do this step?",
    fields=["story"],
)
def low_tech_twins(answers: Answers, exercise: Exercise, work: Work) -> Finding:
    """A twin is needed for steps that are heavy and live, and for all that take data when the month is too dear."""
    dear = not within_data(answers, exercise, work)
    weak = [
        f"story/{row['_id']}/twin"
        for row in answers["story"]
        if row["twin"] is None and (zone_of(row) == "zone-heavy-live" or (dear and row["data_mb"]))
    ]
    return judging.all_but(weak, answers["story"])


# What is computed


@computed("zone")
def zone(answers: Answers, exercise: Exercise) -> dict[str, str]:
    return {row["_id"]: exercise.texts[key] for row in answers["story"] if (key := zone_of(row))}


@computed("load")
def load(answers: Answers, exercise: Exercise, work: Work) -> str:
    if not minutes(answers) or not answers["weeks"]:
        return ""
    said = [
        exercise.texts["load"].format(
            week=f"{minutes_a_week(answers):.0f}", month=f"{data_a_month(answers):.0f}"
        )
    ]
    if (free := free_minutes(answers, work)) is not None:
        said.append(exercise.texts["load-time"].format(minutes=f"{free:g}"))
    if (half := half_budget(answers, work)) is not None:
        said.append(exercise.texts["load-data"].format(half=f"{half:g}"))
    return " ".join(said)


@picture("balance")
def balance(answers: Answers, exercise: Exercise) -> Picture | None:
    found, total = by_type(answers), minutes(answers)
    if not total:
        return None
    column = exercise.at("story/r1/type")
    options = column.options or [] if column else []
    amounts = [(option.label, found.get(option.id, 0)) for option in options]
    most = max(amounts, key=lambda amount: amount[1])
    active = sum(found.get(kind, 0) for kind in ACTIVE)
    say = exercise.texts
    sentence = say["balance"].format(
        most=most[0],
        share=round(100 * most[1] / total),
        minutes=f"{total:g}",
        active=round(100 * active / total),
    )
    rows = [[label, f"{value:g}", f"{round(100 * value / total)}%"] for label, value in amounts]
    head = [say["kind-of-learning"], say["minutes"], say["share"]]
    return pictures.bars(
        amounts, sentence=sentence, head=head, rows=rows, unit=say["unit"], language=exercise.language
    )


# Reading the storyboard


def minutes(answers: Answers) -> float:
    return float(sum(row["minutes"] or 0 for row in answers["story"]))


def by_type(answers: Answers) -> dict[str, float]:
    found: dict[str, float] = {}
    for row in answers["story"]:
        if row["type"] and row["minutes"]:
            found[row["type"]] = found.get(row["type"], 0) + row["minutes"]
    return found


def zone_of(row: Row) -> str | None:
    """Bandwidth against immediacy (after D. Stanford, 2020), as the id of the sentence that says it."""
    if row["mode"] is None or row["data_mb"] is None:
        return None
    if row["mode"] == "face-to-face":
        return "zone-person"
    heavy = row["data_mb"] > HEAVY * (row["minutes"] or 1)
    return f"zone-{'heavy' if heavy else 'light'}-{row['mode']}"


def minutes_a_week(answers: Answers) -> float:
    return minutes(answers) / (answers["weeks"] or 1)


def data_a_month(answers: Answers) -> float:
    months = max(1.0, (answers["weeks"] or 1) / WEEKS_A_MONTH)
    return float(sum(row["data_mb"] or 0 for row in answers["story"])) / months


def access(answers: Answers, work: Work) -> list[Row]:
    """The access profiles of the chosen groups."""
    return [row for row in work["people"]["access"] if row["group"] in answers["groups"]]


def half_budget(answers: Answers, work: Work) -> float | None:
    budgets = [row["data_budget"] for row in access(answers, work) if row["data_budget"] is not None]
    return min(budgets) / 2 if budgets else None


def free_minutes(answers: Answers, work: Work) -> float | None:
    free = [row["minutes"] for row in access(answers, work) if row["minutes"] is not None]
    return float(min(free)) if free else None
