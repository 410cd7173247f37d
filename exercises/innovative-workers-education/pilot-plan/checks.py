"""What takes thought in a plan: the order of its tasks, its sums and its pictures."""

from __future__ import annotations

from datetime import date
from typing import Any

from academy import pictures
from academy.course import Exercise, Finding, check, computed, picture
from academy.i18n import listed
from academy.numbers import formatted
from academy.pictures import Axis, Picture, Point, Task

Answers = dict[str, Any]

Row = dict[str, Any]


def dated(answers: Answers) -> list[Row]:
    """The tasks that have both dates, the first of them not after the last."""
    return [row for row in answers["tasks"] if row["start"] and row["end"] and row["start"] <= row["end"]]


def waiting(answers: Answers) -> dict[str, set[str]]:
    """Which tasks each task waits for."""
    there = {row["_id"] for row in answers["tasks"]}
    return {row["_id"]: set(row["after"]) & there for row in answers["tasks"]}


def circle(waits: dict[str, set[str]]) -> set[str]:
    """The tasks that can never begin, because they wait for each other."""
    left = dict(waits)
    while free := [task for task, before in left.items() if not before & left.keys()]:
        for task in free:
            del left[task]
    return set(left)


def critical(answers: Answers) -> list[Row]:
    """The tasks that decide about the last day: the last one, what it waits for the longest, and so on back."""
    rows = {row["_id"]: row for row in dated(answers)}
    waits = waiting(answers)
    if not rows or circle(waits):
        return []
    task = max(rows.values(), key=lambda row: str(row["end"]))
    path = [task]
    while before := [rows[i] for i in waits[task["_id"]] if i in rows]:
        task = max(before, key=lambda row: str(row["end"]))
        path.insert(0, task)
    return path


def sums(answers: Answers) -> tuple[float, float]:
    """All costs, and those that are not secured."""
    costs = [row for row in answers["costs"] if row["amount"] is not None]
    return sum(r["amount"] for r in costs), sum(r["amount"] for r in costs if r["secured"] != "secured")


def money(answers: Answers, amount: float, exercise: Exercise) -> str:
    """An amount with its currency."""
    digits = 0 if amount == round(amount) else 2
    return f"{formatted(amount, exercise.language, digits)} {answers['currency'] or ''}".strip()


# Coherence


@check(
    "in-order",
    points=1,
    title="Tasks wait for each other in an order that works",
    hint="Can this task begin before the one that it waits for is finished?",
    fields=["tasks"],
)
def in_order(answers: Answers) -> Finding:
    """At least two tasks wait for another, none in a circle, and none begins before what it waits for has ended."""
    waits, ends = waiting(answers), {row["_id"]: row["end"] for row in answers["tasks"]}
    lost = circle(waits)
    wrong = [
        f"tasks/{row['_id']}/after"
        for row in answers["tasks"]
        if row["_id"] in lost
        or any(ends[i] and row["start"] and ends[i] > row["start"] for i in waits[row["_id"]])
    ]
    enough = sum(bool(before) for before in waits.values()) >= 2
    return Finding(enough and not wrong, wrong)


@check(
    "more-than-one",
    points=1,
    title="The plan rests on more than one pair of shoulders",
    hint="What happens in the week in which this person is ill?",
    fields=["team"],
)
def more_than_one(answers: Answers) -> bool:
    owners = {str(row["owner"]).casefold() for row in answers["tasks"] if row["owner"]}
    return len(owners) > 1 and any(row["deputy"] for row in answers["team"])


# Sums


@computed("total")
def total(answers: Answers, exercise: Exercise) -> str:
    return money(answers, sums(answers)[0], exercise) if answers["costs"] else ""


@computed("each")
def each_learner(answers: Answers, exercise: Exercise) -> str:
    learners = answers["learners"]
    if not learners or not answers["costs"]:
        return ""
    return money(answers, round(sums(answers)[0] / learners, 2), exercise)


@computed("unsecured")
def unsecured(answers: Answers, exercise: Exercise) -> str:
    all_costs, open_costs = sums(answers)
    if not answers["costs"]:
        return ""
    if not open_costs:
        return exercise.texts["nothing_open"]
    share = round(100 * open_costs / all_costs)
    return exercise.texts["share"].format(amount=money(answers, open_costs, exercise), share=share)


# Pictures


@picture("gantt")
def draw_gantt(answers: Answers, exercise: Exercise) -> Picture | None:
    say, rows = exercise.texts, dated(answers)
    if not rows:
        return None
    path = critical(answers)
    lost = circle(waiting(answers))
    names = {row["_id"]: row["task"] or "…" for row in answers["tasks"]}
    numbers = {row["_id"]: str(n) for n, row in enumerate(rows, 1)}
    end = max(str(row["end"]) for row in rows)
    if lost:
        sentence = say["circle"].format(
            tasks=listed((names[i] for i in names if i in lost), exercise.language)
        )
    elif len(path) > 1:
        sentence = say["critical"].format(end=end, tasks=" → ".join(numbers[row["_id"]] for row in path))
    else:
        sentence = say["no_path"].format(end=end)
    decides = {row["_id"] for row in path}
    return pictures.gantt(
        [
            Task(
                names[row["_id"]],
                date.fromisoformat(row["start"]),
                date.fromisoformat(row["end"]),
                row["_id"] in decides,
            )
            for row in rows
        ],
        sentence=sentence,
        head=["", say["task"], say["first"], say["last"], say["decides"]],
        rows=[
            (
                numbers[row["_id"]],
                names[row["_id"]],
                row["start"],
                row["end"],
                say["yes" if row["_id"] in decides else "no"],
            )
            for row in rows
        ],
        language=exercise.language,
    )


@picture("risk-map")
def draw_risks(answers: Answers, exercise: Exercise) -> Picture | None:
    say = exercise.texts
    rows = [row for row in answers["risks"] if row["chance"] and row["harm"]]
    if not rows:
        return None
    heaviest = max(row["chance"] * row["harm"] for row in rows)
    worst = [row for row in rows if row["chance"] * row["harm"] == heaviest]
    return pictures.scatter(
        [Point(row["chance"], row["harm"], str(n), row in worst) for n, row in enumerate(rows, 1)],
        x=Axis(say["chance"], "1", "5"),
        y=Axis(say["harm"], "1", "5"),
        sentence=say["risks_sentence"].format(
            risk=listed((row["risk"] or "…" for row in worst), exercise.language, ";")
        ),
        head=["", say["risk"], say["chance"], say["harm"]],
        rows=[(n, row["risk"] or "…", row["chance"], row["harm"]) for n, row in enumerate(rows, 1)],
        language=exercise.language,
    )
