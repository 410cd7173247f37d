"""To-do items of the desk as sentences, each with the place where it is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from academy.desk.people import Cohort
from academy.desk.waiting import Thing
from academy.documents.desk_state import TodoItem
from academy.i18n import Translator

__all__ = ["door_things", "said_things"]

MOST_NAMES = 60


def said_things(things: Iterable[Thing], cohort: Cohort) -> list[TodoItem]:
    """Return each thing with its page or command, and the first of those it is about."""
    return [_said(thing, cohort) for thing in things]


def door_things(server: dict[str, Any] | None, gettext: Translator) -> list[TodoItem]:
    """Return what the server says of its door, where somebody guesses at it or many are kept waiting."""
    door = (server or {}).get("door") or {}
    sentences = [
        (
            "refused",
            gettext(
                "Somebody guesses codes: {wrong} wrong ones in the last hour. Who types a code has to wait "
                "now and then; with a link nobody waits."
            ),
        ),
        (
            "held",
            gettext(
                "Very many people come in from one address: {held} times in the last hour somebody was asked to "
                "wait. {came} came in. If these are not your people, make a new code with: academy join renew"
            ),
        ),
        (
            "many",
            gettext(
                "From one device more than ten people wanted to come in: {many} times in the last hour. "
                "People who share a device need personal links."
            ),
        ),
    ]
    return [
        {"kind": "door", "text": sentence.format(**door), "count": door[key]}
        for key, sentence in sentences
        if door.get(key)
    ]


def _said(thing: Thing, cohort: Cohort) -> TodoItem:
    exercise = thing.exercise
    found: TodoItem = {
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
    if thing.newest:
        found["newest"] = thing.newest
    if thing.who:
        found["who"] = [(owner, cohort.names.get(owner, owner)) for owner in thing.who[:MOST_NAMES]]
    return found
