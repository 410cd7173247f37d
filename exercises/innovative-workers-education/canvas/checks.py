"""What a learning design should have: 4 points for presence, 12 for coherence, 4 for access."""

from __future__ import annotations

from typing import Any

from academy import pictures
from academy.course import Exercise, Finding, Work, check, computed, judging, picture
from academy.pictures import Picture

Answers = dict[str, Any]
Row = dict[str, Any]

FRAME = (
    "title",
    "promise",
    "groups",
    "format",
    "group_size",
    "total_minutes",
    "weeks",
    "facilitator_hours",
    "languages",
)
FIELDS = (*FRAME, "outcomes", "story", "why")

ACTIVE = ("practice", "discussion", "collaboration", "production")
MAKING = ("practice", "production")
TAKE_IN = "acquisition"
BOUNDS = (0.4, 0.6)
"""Up to here taking in is fine; from here on it takes the course over."""
INTERACTION = 0.3
TYPES = 3
HEAVY = 1.0
"""Megabytes a minute from which a step is heavy: a voice call takes half of it, video five times as much."""
WEEKS_A_MONTH = 52 / 12


# Presence


@check(
    "complete-canvas",
    points=4,
    title="The whole canvas is filled in",
    hint="Which part of the frame, the outcomes or the storyboard still waits for an answer?",
    fields=["story"],
    asks=False,
)
def complete_canvas(answers: Answers, exercise: Exercise) -> Finding:
    return judging.complete(exercise, answers, FIELDS)


# Coherence


@check(
    "time-adds-up",
    points=2,
    title="The storyboard adds up to the time you promised",
    hint="The steps and the total time differ by more than a tenth: which of the two is right?",
    fields=["total_minutes", "story"],
)
def time_adds_up(answers: Answers) -> bool:
    total, told = minutes(answers), answers["total_minutes"] or 0
    return total > 0 and abs(total - told) * 10 <= told


@check(
    "three-types",
    points=1,
    title="At least three kinds of learning",
    hint="What could learners try, ask, find out or make, where they now listen or read?",
    fields=["story"],
)
def three_types(answers: Answers) -> float:
    return len(by_type(answers)) / TYPES


@check(
    "not-mostly-taking-in",
    points=2,
    title="Learners do more than take in",
    hint="Which part of what you tell them could they find out, or read to each other, instead?",
    fields=["story"],
)
def not_mostly_taking_in(answers: Answers) -> Finding:
    """Full points up to 40 % of the minutes, half of them up to 60 %."""
    if not (total := minutes(answers)):
        return Finding(0)
    share = by_type(answers).get(TAKE_IN, 0) / total
    told = [f"story/{row['_id']}/type" for row in answers["story"] if row["type"] == TAKE_IN]
    return Finding(1 if share <= BOUNDS[0] else 0.5 if share <= BOUNDS[1] else 0, told)


@check(
    "interaction",
    points=2,
    title="Learners talk, practise, work together or make something",
    hint="Where do learners talk with each other, practise, or make something, for a third of the time?",
    fields=["story"],
)
def interaction(answers: Answers) -> float:
    active = sum(by_type(answers).get(kind, 0) for kind in ACTIVE)
    return active / minutes(answers) / INTERACTION if active else 0


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


@check(
    "outcomes-seen",
    points=2,
    title="Each outcome can be seen or heard",
    hint='What will people do that you could see or hear, instead of "know" or "understand"?',
    fields=["outcomes"],
)
def outcomes_seen(answers: Answers, exercise: Exercise) -> Finding:
    statements = judging.texts(exercise, answers, ["outcomes.statement"])
    return judging.each(statements, lambda text: judging.in_action(exercise, text))


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


@check(
    "own-words-no-names",
    points=1,
    title="Your own words, and no personal data",
    hint="Does a text still hold an example from the help, a stand-in, or somebody's number or address?",
)
def own_words_no_names(answers: Answers, exercise: Exercise) -> Finding:
    return judging.worst(judging.own_words(exercise, answers), judging.no_personal_data(exercise, answers))


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
