"""What waits for a facilitator, with the place where it can be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from academy.desk.people import Cohort
from academy.desk.waiting import Thing

__all__ = ["said_things"]

MOST_NAMES = 60


def said_things(things: Iterable[Thing], cohort: Cohort) -> list[dict[str, Any]]:
    """Return each thing with its page or command, and the first of those it is about."""
    return [_said(thing, cohort) for thing in things]


def _said(thing: Thing, cohort: Cohort) -> dict[str, Any]:
    exercise = thing.exercise
    found: dict[str, Any] = {
        "kind": thing.kind,
        "text": exercise.title if exercise else "",
        "count": thing.count,
    }
    if exercise is not None:
        found["exercise"] = exercise.id
        if exercise.review:
            found["page"] = f"reviews.ipynb#board-{exercise.id}"
    commands = {"collect": "academy grade", "release": "academy feedback"}
    if exercise is not None and thing.kind in commands:
        found["command"] = f"{commands[thing.kind]} {exercise.id}"
    if thing.who:
        found["who"] = [[owner, cohort.names.get(owner, owner)] for owner in thing.who[:MOST_NAMES]]
    return found
